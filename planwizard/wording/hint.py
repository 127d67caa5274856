"""What a hint is, what it is made from, and what a rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that people wrote, where it stands."""

    part: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the plan declares: 総人口 84,312人. ``values``: every number it has under this name."""

    label: str
    unit: str
    values: frozenset[str]  # decimal strings


@dataclass(frozen=True, slots=True)
class TownWord:
    """An entry of the town's own dictionary (用字用語)."""

    wrong: str
    right: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the hints of a plan depend on beside its texts."""

    on: date
    laws: tuple[str, ...] = ()  # titles as the catalogue writes them
    words: tuple[TownWord, ...] = ()
    figures: tuple[Figure, ...] = ()
    spellings: frozenset[str] = frozenset()  # those of ``terms.EITHER`` that the whole plan uses
    off: frozenset[str] = frozenset()  # ids of rules


@dataclass(frozen=True, slots=True)
class Finding:
    """A span of a text. ``fix`` replaces it safely; None: a person has to look."""

    start: int
    end: int
    words: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    part: str
    path: str
    start: int  # in code points
    end: int
    rule: str
    words: str
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as rules see it: ``open`` is as long as the text, with what no rule may touch blotted out."""

    passage: Passage
    open: str
    setting: Setting = field(repr=False)


Find = Callable[[Text], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    title: str
    source: str
    example: str  # 例：3ヶ所 → 3か所
    find: Find


RULES: dict[str, Rule] = {}


def rule(id: str, title: str, *, source: str, example: str) -> Callable[[Find], Find]:
    """Enter a function among the rules, in the order of their declaration."""

    def entered(find: Find) -> Find:
        RULES[id] = Rule(id, title, source, example, find)
        return find

    return entered


def replaced(text: Text, spans: Iterable[tuple[int, int, str]], words: str) -> Iterator[Finding]:
    """Findings that ``words`` describes, with {now} for what stands there and {fix} for what should."""
    for start, end, fix in spans:
        yield Finding(start, end, words.format(now=text.passage.text[start:end], fix=fix), fix)
