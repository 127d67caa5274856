"""この計画づくりで聞かれること: everything that the template asks, to be read before one starts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

from planwizard.blueprint import blanks
from planwizard.blueprint.edition import Edition
from planwizard.blueprint.kinds import AnyField, ByYear, FieldSet, Group, Level, Rows, Sheet
from planwizard.blueprint.town_words import reworded
from planwizard.blueprint.values import is_entered

_MARKS = {Level.REQUIRED: "◎", Level.RECOMMENDED: "○", Level.OPTIONAL: "△"}


@dataclass(frozen=True, slots=True)
class Question:
    mark: str  # ◎ ○ △
    label: str
    condition: str
    help: str
    columns: tuple[str, ...]  # what is asked of each row: 指標名◎, 定義◎, 現状値◎
    pillar: str = ""  # of a question that the sheets of one area alone ask

    @property
    def least(self) -> Question:
        """With the ◎ of its rows alone; rows without any are asked whole."""
        return replace(self, columns=tuple(each for each in self.columns if each[-1] == "◎") or self.columns)


@dataclass(frozen=True, slots=True)
class Topic:
    """What one screen asks. ``sets`` are ``(heading, questions)``."""

    key: str
    title: str
    guide: str
    at_hand: tuple[str, ...]
    sets: tuple[tuple[str, tuple[Question, ...]], ...]

    @property
    def is_of_each_measure(self) -> bool:
        return self.key == "measure"

    @property
    def count(self) -> int:
        return sum(len(questions) for _, questions in self.sets)

    @property
    def most_at_once(self) -> int:
        """Of the questions of all areas, as many as one sheet asks at the most."""
        counts = Counter(question.pillar for _, questions in self.sets for question in questions)
        of_all = counts.pop("", 0)
        return of_all + max(counts.values(), default=0)

    @property
    def required_count(self) -> int:
        return sum(question.mark == "◎" for _, questions in self.sets for question in questions)

    @property
    def least(self) -> Topic:
        """Only its ◎, for a plan that starts small."""
        sets = (
            (title, tuple(each.least for each in asked if each.mark == "◎")) for title, asked in self.sets
        )
        return replace(self, sets=tuple((title, asked) for title, asked in sets if asked))


Phases = tuple[tuple[str, tuple[Topic, ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that is asked, with its sums."""

    phases: Phases

    @property
    def topics(self) -> list[Topic]:
        return [topic for _, topics in self.phases for topic in topics]

    @property
    def once(self) -> int:
        return sum(topic.count for topic in self.topics if not topic.is_of_each_measure)

    @property
    def of_each_measure(self) -> int:
        return sum(topic.most_at_once for topic in self.topics if topic.is_of_each_measure)


@lru_cache(maxsize=64)
def asked_of(
    blueprint: Edition, town: str = "", prefecture: str = "", *, only_required: bool = False
) -> Asked:
    """What a town is asked, in its name once it is known."""
    phases = topics(blueprint)
    if only_required:
        phases = tuple((phase, tuple(topic.least for topic in found)) for phase, found in phases)
    return Asked(reworded(phases, partial(blanks.filled, town=town, prefecture=prefecture)))


@cache
def topics(blueprint: Edition) -> Phases:
    """``(phase, topics)`` of an edition in the order of work; the measure sheet, asked of each measure, follows 5章."""
    found = []
    for phase in blueprint.phases:
        fixed = [
            _topic(blueprint.sheet(key))
            for key in blueprint.in_order_of_work(phase.part_keys)
            if blueprint.sheet(key).kind != "area"
        ]
        has_areas = any(blueprint.sheet(key).kind == "area" for key in phase.part_keys)
        found.append((phase.title, (*fixed, *([_measure_topic(blueprint)] if has_areas else []))))
    return tuple(found)


def _topic(sheet: Sheet) -> Topic:
    number = f"{sheet.key.removeprefix('ch')}章　" if sheet.kind == "chapter" else ""
    return Topic(sheet.key, f"{number}{sheet.title}", sheet.guide, sheet.at_hand, tuple(_sets(sheet.sets)))


def _measure_topic(blueprint: Edition) -> Topic:
    """The sheet of every area: what all ask, then what one area asks alone."""
    measures = blueprint.measures
    first = next(iter(measures.values()))
    common = [each for each in first.sets if all(each in sheet.sets for sheet in measures.values())]
    sets = [*_sets(common)]
    for pillar in blueprint.pillars:
        own = [each for each in measures[pillar.key].sets if each not in common]
        sets += [
            (
                f"{pillar.mark}{pillar.short_name}の施策だけ：{title}",
                tuple(replace(each, pillar=pillar.key) for each in asked),
            )
            for title, asked in _sets(own)
        ]
    return Topic(first.key, "6章　施策シート（施策1件ごとに1枚）", first.guide, first.at_hand, tuple(sets))


def _sets(sets: Iterable[FieldSet]) -> Iterator[tuple[str, tuple[Question, ...]]]:
    for each in sets:
        asked = tuple(_questions(each.fields))
        if asked:
            yield each.title, asked


def _questions(fields: Iterable[AnyField], before: str = "") -> Iterator[Question]:
    for item in fields:
        if not is_entered(item):
            continue
        if isinstance(item, Group):
            yield from _questions(item.fields, f"{before}{item.label}：")
        else:
            columns = item.columns if isinstance(item, Rows | ByYear) else ()
            asked = tuple(f"{each.label}{_mark(each)}" for each in columns if is_entered(each))
            yield Question(_mark(item), before + item.label, item.condition, item.help, asked)


def _mark(item: AnyField) -> str:
    return "◎" if item.level is Level.CONDITIONAL and item.required_when else _MARKS.get(item.level, "△")
