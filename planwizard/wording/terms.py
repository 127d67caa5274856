"""Words that are no longer those of today, with the day from which the new one holds and where that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planwizard.wording.hint import Finding, Text, rule

# 法と国の文書の名が変わった日。
_DIGITAL_AGENCY = date(2021, 9, 1)
_FOCUS_PLAN = date(2021, 6, 18)
_PRIVACY = date(2023, 4, 1)


@dataclass(frozen=True, slots=True)
class Outdated:
    old: str
    now: str
    source: str
    since: date | None = None
    pattern: str = ""  # where the old word alone would find too much
    fix: str | None = None
    part: str = ""  # found only there

    @property
    def searched(self) -> str:
        return self.pattern or re.escape(self.old)


# As of 2026-11.
OUTDATED = (
    Outdated(
        "個人番号カード",
        "マイナンバーカード",
        "番号法の用語。章名と法令の引用は「個人番号カード」のまま",
        pattern=r"(?<!マイナンバーカード（)個人番号カード(?!の普及及び活用|等の利用|（マイナンバーカード|の普及・活用|」)",
        fix="マイナンバーカード",
    ),
    Outdated("IT総合戦略本部", "デジタル庁、デジタル社会推進会議", "デジタル社会形成基本法", _DIGITAL_AGENCY),
    Outdated("IT総合戦略室", "デジタル庁", "デジタル庁設置法", _DIGITAL_AGENCY),
    Outdated("政府CIO", "デジタル庁、デジタル社会推進会議", "デジタル庁設置法", _DIGITAL_AGENCY),
    Outdated(
        "世界最先端デジタル国家創造宣言",
        "デジタル社会の実現に向けた重点計画",
        "重点計画（令和3年6月18日閣議決定）。経緯として書くときはそのまま",
        _FOCUS_PLAN,
    ),
    Outdated(
        "推奨データセット", "自治体標準オープンデータセット", "デジタル庁。旧称は前の資料に残っています"
    ),
    Outdated("自治体クラウド", "ガバメントクラウド、標準準拠システム", "標準化法の基本方針"),
    Outdated(
        "個人情報保護条例",
        "個人情報の保護に関する法律、法律施行条例",
        "個人情報の保護に関する法律（地方公共団体への適用）",
        _PRIVACY,
        part="ch7",
    ),
    Outdated(
        "デジタル田園都市国家構想交付金",
        "新しい地方経済・生活環境創生交付金（令和7年度）、地域未来交付金（令和8年度）",
        "交付金の名称変更。前の年度のことなら、そのまま",
        date(2025, 4, 1),
    ),
)

# Either is right; both in one plan are not. The first one is proposed.
EITHER = (("デジタルデバイド", "デジタルディバイド"),)


@rule(
    "T-01",
    "今は使わなくなった用語",
    source="法令と国の文書の名称の変更（2026年11月現在）",
    example="個人番号カード → マイナンバーカード",
)
def outdated(text: Text) -> Iterator[Finding]:
    if text.passage.part == "appendix":  # a glossary explains old words
        return
    for each in OUTDATED:
        if each.part not in ("", text.passage.part) or (each.since and each.since > text.setting.on):
            continue
        if each.old in text.open:
            since = f"（{each.since.year}年{each.since.month}月から）" if each.since else ""
            words = f"「{each.old}」は、今は「{each.now}」といいます{since}。根拠：{each.source}。"
            for found in re.finditer(each.searched, text.open):
                yield Finding(*found.span(), words, each.fix)


@rule(
    "T-02",
    "同じ言葉の書き方を計画の中でそろえる",
    source="公用文作成の考え方（建議）Ⅰ 表記の原則",
    example="デジタルディバイドとデジタルデバイド → どちらか一つに",
)
def either(text: Text) -> Iterator[Finding]:
    for usual, other in EITHER:
        if {usual, other} <= text.setting.spellings:
            for found in re.finditer(other, text.open):
                words = f"この計画には「{usual}」と「{other}」の両方があります。どちらかにそろえると探しやすくなります。"
                yield Finding(*found.span(), words, usual)


def spellings_in(text: str) -> Iterator[str]:
    return (word for pair in EITHER for word in pair if word in text)
