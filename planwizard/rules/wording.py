"""Words that are no longer current, and blanks of the template that were never filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.rules.rule import Place
from planwizard.wording.terms import EITHER, OUTDATED

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
    known = [(each, re.compile(each.searched)) for each in OUTDATED if each.since is None or each.since <= on]
    quick = re.compile("|".join(f"(?:{each.searched})" for each, _ in known))
    for part, path, text in texts(content):
        if part.kind == "appendix" or not quick.search(text):  # a glossary explains old words
            continue
        for each, pattern in known:
            if each.part in ("", part.key) and (match := pattern.search(text)):
                yield Spot(Place(part.key, path), _around(text, match), each.now)


def mixed_spellings(content: PlanContent) -> Iterator[Spot]:
    """デジタルディバイド beside デジタルデバイド: either is right, both in one plan are not."""
    found: dict[str, Spot] = {}
    for part, path, text in texts(content):
        for word in (word for pair in EITHER for word in pair):
            if word in text and word not in found:
                found[word] = Spot(Place(part.key, path), word)
    yield from (found[other] for usual, other in EITHER if usual in found and other in found)


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
