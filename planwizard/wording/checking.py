"""Hints on texts, and texts with every safe fix made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwizard.wording import dictionary, figures, style, terms  # noqa: F401 (they enter their rules)
from planwizard.wording.hint import RULES, Finding, Hint, Passage, Rule, Setting, Text
from planwizard.wording.quoting import opened

_ROUNDS = 10


def rules() -> tuple[Rule, ...]:
    """In the order of their ids: W, N, T, and the town's own words."""
    order = "WNTD"
    return tuple(sorted(RULES.values(), key=lambda rule: (order.index(rule.id[0]), rule.id)))


def hints(passages: Iterable[Passage], setting: Setting) -> Iterator[Hint]:
    """The hints on each passage in the order of the text. Fixes of one passage do not overlap."""
    asked = [rule for rule in rules() if rule.id not in setting.off]
    for passage in passages:
        text = Text(passage, opened(passage.text, setting.laws), setting)
        found = [(each, rule) for rule in asked for each in rule.find(text)]
        for each, rule in _apart(found):
            yield Hint(passage.part, passage.path, each.start, each.end, rule.id, each.words, each.fix)


def mended(passage: Passage, setting: Setting) -> str:
    """The text with every safe fix made, also those that become possible by another one."""
    text = passage.text
    for _ in range(_ROUNDS):
        fixes = [
            hint
            for hint in hints([Passage(passage.part, passage.path, text)], setting)
            if hint.fix is not None
        ]
        if not fixes:
            break
        for hint in reversed(fixes):
            text = f"{text[: hint.start]}{hint.fix}{text[hint.end :]}"
    return text


def _apart(found: list[tuple[Finding, Rule]]) -> list[tuple[Finding, Rule]]:
    """In order. Of two fixes of one place the first rule's stays; what a person has to look at overlaps freely."""
    kept: list[tuple[Finding, Rule]] = []
    last = 0
    for each, rule in sorted(found, key=lambda pair: (pair[0].start, pair[0].end)):
        if each.fix is None:
            kept.append((each, rule))
        elif each.start >= last:
            kept.append((each, rule))
            last = each.end
    return kept
