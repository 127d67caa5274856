"""Words that are no longer current, and blanks of the template that were never filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.rules.rule import Place


@dataclass(frozen=True, slots=True)
class Outdated:
    """A wording and what is said today. ``since`` is the day from which the new one holds, where it is known."""

    pattern: re.Pattern[str]
    old: str
    now: str
    since: date | None = None
    part: str = ""  # only there


def _old(old: str, now: str, pattern: str = "", since: date | None = None, part: str = "") -> Outdated:
    return Outdated(re.compile(pattern or re.escape(old)), old, now, since, part)


_DIGITAL_AGENCY = date(2021, 9, 1)
# The office's list of 2026-11. Titles of chapters and laws keep 個人番号カード, so what follows it there is let through.
OUTDATED = (
    _old(
        "個人番号カード",
        "マイナンバーカード（章名と法令の引用は「個人番号カード」のままで構いません）",
        r"個人番号カード(?!の普及及び活用|等の利用|（マイナンバーカード|」)",
    ),
    _old("IT総合戦略本部", "デジタル庁・デジタル社会推進会議", since=_DIGITAL_AGENCY),
    _old("IT総合戦略室", "デジタル庁", since=_DIGITAL_AGENCY),
    _old("政府CIO", "デジタル庁・デジタル社会推進会議", since=_DIGITAL_AGENCY),
    _old(
        "世界最先端デジタル国家創造宣言",
        "デジタル社会の実現に向けた重点計画（現行の国計画として書いている場合）",
        since=date(2021, 6, 18),
    ),
    _old("推奨データセット", "自治体標準オープンデータセット"),
    _old("自治体クラウド", "ガバメントクラウド・標準準拠システム"),
    _old(
        "個人情報保護条例",
        "個人情報の保護に関する法律、法律施行条例",
        since=date(2023, 4, 1),
        part="ch7",
    ),
    _old(
        "デジタル田園都市国家構想交付金",
        "新しい地方経済・生活環境創生交付金（令和7年度）、地域未来交付金（令和8年度）",
        since=date(2025, 4, 1),
    ),
)
# 〇 is also the zero of 二〇二六年, ○ also a mark in tables: alone they count only where a name is missing.
_LEFT_OVER = re.compile(
    r"[○〇◯]{2,}|[●]{2,}|[△]{2,}|[×]{2,}|（例）|\(例\)"
    r"|(?<![一二三四五六七八九十〇])[○〇◯●△×](?=市|町|村|県|年|月|日|課|部|条例|大学|円|人|件|％|%)"
)


@dataclass(frozen=True, slots=True)
class Spot:
    at: Place
    words: str  # as they stand there, with a little around them
    now: str = ""


def outdated(content: PlanContent, on: date) -> Iterator[Spot]:
    known = [each for each in OUTDATED if each.since is None or each.since <= on]
    quick = re.compile("|".join(f"(?:{each.pattern.pattern})" for each in known))
    for part, path, text in texts(content):
        if part.kind == "appendix" or not quick.search(text):  # a glossary explains old words
            continue
        for each in known:
            if each.part in ("", part.key) and (match := each.pattern.search(text)):
                yield Spot(Place(part.key, path), _around(text, match), each.now)


def mixed_spellings(content: PlanContent) -> Iterator[Spot]:
    """デジタルディバイド beside デジタルデバイド: either is right, both in one plan are not."""
    found: dict[str, Spot] = {}
    for part, path, text in texts(content):
        for word in ("デジタルディバイド", "デジタルデバイド"):
            if word in text and word not in found:
                found[word] = Spot(Place(part.key, path), word)
    if len(found) == 2:
        yield found["デジタルディバイド"]


def left_over(content: PlanContent) -> Iterator[Spot]:
    """○○ ●● （例） of the template that stayed in a text."""
    for part, path, text in texts(content):
        if match := _LEFT_OVER.search(text):
            yield Spot(Place(part.key, path), _around(text, match))


def texts(content: PlanContent) -> Iterator[tuple[PartContent, str, str]]:
    """Every text that people wrote, with its part and path. Numbers, days and keys are ASCII and match nothing."""
    for part in content.parts:
        for path, value in part.all_values.items():
            if isinstance(value, str) and not value.isascii():
                yield part, path, value


def _around(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - 8) : match.start()].rpartition("\n")[2]
    after = text[match.end() : match.end() + 8].partition("\n")[0]
    return f"{before}{match[0]}{after}"
