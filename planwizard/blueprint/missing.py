"""Which ◎ and ○ are still unanswered, with the conditions of each field applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from planwizard.blueprint.content import Answers, PlanContent, Values
from planwizard.blueprint.edition import edition_of
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Level,
    Line,
    Number,
    Prose,
    Reference,
    Rows,
    Sheet,
    Text,
    Upload,
    When,
    Year,
    YesNo,
)
from planwizard.blueprint.places import group_label, row_label, year_label

_ASKED = (Level.REQUIRED, Level.RECOMMENDED)


@dataclass(frozen=True, slots=True)
class Missing:
    """An answer that a plan needs before it is published (REQUIRED) or had better have (RECOMMENDED)."""

    path: str
    label: str
    level: Level
    message: str  # 自治体保有情報の活用を入力してください。


@dataclass(slots=True)
class _Found:
    is_blank: bool = True
    missing: list[Missing] = field(default_factory=list)

    def add(self, other: _Found) -> None:
        self.is_blank = self.is_blank and other.is_blank
        self.missing += other.missing


def missing(sheet: Sheet, values: Values, others: Mapping[str, Values]) -> list[Missing]:
    """What is unanswered on one sheet, in its order.

    ``others`` holds the answers that conditions look at: ``{part key: values}`` and ``{"version": {"stage": …}}``.
    A group or table that is blank as a whole is named once; a blank row asks for nothing. Of a measure give
    ``PartContent.all_values``, which has its columns and what it adopted.
    """
    return _Asking(values, others).fields(sheet.fields, Answers(values), "").missing


def missing_in(content: PlanContent) -> dict[str, list[Missing]]:
    """{part key: what is unanswered} of a whole plan. What was typed and could not be read is not missing."""
    blueprint = edition_of(content)
    others: dict[str, Values] = {part.key: part.values for part in content.parts}
    others["version"] = {"stage": content.stage}
    found = {}
    for part in content.parts:
        sheet = blueprint.sheet_for(part.kind, part.key, part.pillar)
        found[part.key] = missing(sheet, {**part.as_typed, **part.all_values}, others)
    return found


class _Asking:
    def __init__(self, values: Values, others: Mapping[str, Values]) -> None:
        self._values = values
        self._others = others

    def fields(self, declared: Iterable[AnyField], answers: Answers, label: str) -> _Found:
        found = _Found()
        for item in declared:
            found.add(self._field(item, answers, label))
        return found

    def _field(self, item: AnyField, answers: Answers, label: str) -> _Found:
        match item:
            case Group(fields=fields):
                inside = self.fields(fields, answers.at(item.key), group_label(label, item))
            case Rows():
                inside = self._rows(item, answers, label)
            case ByYear(columns=columns):
                inside = self._years(item, columns, answers, label)
            case Upload():
                is_blank = item.is_drawn is False and answers[f"{item.key}.asset"] is None
                inside = _Found(is_blank)
            case Computed():
                return _Found()
            case (
                Line() | Text() | Prose() | Number() | Day() | Year() | Choice() | Choices() | YesNo()
                | Reference()
            ):  # fmt: skip
                inside = _Found(answers[item.key] is None)
            case _:
                assert_never(item)
        return self._blank(item, answers, label) if inside.is_blank else inside

    def _rows(self, rows: Rows, answers: Answers, label: str) -> _Found:
        found = _Found()
        for number, row in enumerate(answers.rows(rows.key), 1):
            inside = self.fields(rows.columns, row, label + row_label(rows, number))
            if not inside.is_blank:
                found.add(inside)
        return found

    def _years(self, item: ByYear, columns: Iterable[AnyField], answers: Answers, label: str) -> _Found:
        found = _Found()
        for year, cells in answers.by_year(item.key).items():
            found.add(self.fields(columns, cells, year_label(label + item.label, year)))
        return found

    def _blank(self, item: AnyField, answers: Answers, label: str) -> _Found:
        level = self._level(item, answers)
        if level not in _ASKED or (item.waived_by and answers[item.waived_by] not in (None, False)):
            return _Found()
        name = label + item.label
        path = f"{answers.prefix}{item.key}"
        return _Found(missing=[Missing(path, name, level, f"{name}{_verb(item)}ください。")])

    def _level(self, item: AnyField, answers: Answers) -> Level:
        if item.asked_when and not self._holds(item.asked_when, answers):
            return Level.OPTIONAL
        if item.required_when and self._holds(item.required_when, answers):
            return Level.REQUIRED
        return item.level

    def _holds(self, when: When, answers: Answers) -> bool:
        part, _, path = when.path.rpartition(":")
        value = self._others.get(part, {}).get(path) if part else answers[path]
        if value is None or not when.equals:
            return value is not None
        said = "yes" if value is True else "no" if value is False else value
        return said in when.equals


def _verb(item: AnyField) -> str:
    if isinstance(item, Rows):
        return "を1件以上入力して"
    return "を選んで" if isinstance(item, Choice | Choices | Reference | YesNo | Upload) else "を入力して"
