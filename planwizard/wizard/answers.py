"""入力の見直し: all answers of a part as one reads them, with what is open and the way to each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Computed,
    Group,
    Level,
    Rows,
    Sheet,
    Upload,
)
from planwizard.blueprint.places import UPLOAD_PATHS, Place, group_label, row_label, year_label, years_by_path
from planwizard.plans.saving import Record
from planwizard.wizard.said import BLANK, Said

_State = Literal["", "required", "recommended", "unread"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, or a blank that is asked for. Without ``path`` it is set elsewhere and not changed by its field."""

    label: str
    words: str
    path: str
    state: _State = ""
    picture: str = ""  # the hash of the picture that stands here


@dataclass(frozen=True, slots=True)
class Block:
    """The answers under one heading: a set of fields, a group, or one row. ``blanks``: (label, path) of the optional."""

    title: str
    level: int
    answers: tuple[Answer, ...]
    blanks: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.blanks)


def answers_of(sheet: Sheet, said: Said, record: Record, missing: Mapping[str, Level]) -> list[Block]:
    """In the order of the form. ``missing`` are the unanswered fields that a plan needs, by path."""
    reading = _Reading(said, record, missing)
    return [block for each in sheet.sets for block in reading.blocks(each.fields, each.title, "", "", 2)]


def counts(blocks: Iterable[Block]) -> dict[str, int]:
    """How many answers are in each state that somebody should look at."""
    states = [answer.state for block in blocks for answer in block.answers]
    return {state: states.count(state) for state in ("required", "unread")}


class _Reading:
    def __init__(self, said: Said, record: Record, missing: Mapping[str, Level]) -> None:
        self._said, self._missing = said, missing
        self._texts: dict[str, object] = {**record.values, **record.as_typed}
        self._typed = record.as_typed
        self._years = years_by_path(self._texts)
        pieces = [path.split(".") for path in self._texts]
        self._answered = {".".join(each[:at]) for each in pieces for at in range(1, len(each) + 1)}

    def blocks(
        self, fields: Iterable[AnyField], title: str, prefix: str, label: str, level: int
    ) -> Iterator[Block]:
        """A block of the fields' own answers, then those of the groups and rows among them."""
        answers: list[Answer] = []
        blanks: list[tuple[str, str]] = []
        inner: list[Block] = []
        for field in fields:
            path = prefix + field.key
            if isinstance(field, Computed):
                continue
            if path not in self._answered or path in self._missing:
                self._open(field, path, answers, blanks)
            elif isinstance(field, Group):
                inner += self.blocks(
                    field.fields, field.label, f"{path}.", group_label(label, field), level + 1
                )
            elif isinstance(field, Rows):
                inner += self._rows(field, path, label, level + 1)
            else:
                answers += self._answers(field, path)
        own = Block(title, level, tuple(answers), tuple(blanks))
        if not own.is_empty or (inner and level == 2):
            yield own
        yield from inner

    def _open(self, field: AnyField, path: str, answers: list[Answer], blanks: list[tuple[str, str]]) -> None:
        level = self._missing.get(path)
        if level is None:
            if not field.is_fixed and field.level is not Level.NONE:  # what a later act fills in has no field
                blanks.append((field.label, path))
            return
        state: _State = "required" if level is Level.REQUIRED else "recommended"
        answers.append(Answer(field.label, BLANK, path, state))

    def _rows(self, rows: Rows, path: str, label: str, level: int) -> Iterator[Block]:
        keys = self._texts.get(path)
        for number, key in enumerate(keys if isinstance(keys, list) else [], 1):
            start = row_label(rows, number)
            title = start.removesuffix("の")
            yield from self.blocks(rows.columns, title, f"{path}.{key}.", label + start, level)

    def _answers(self, field: AnyField, path: str) -> Iterator[Answer]:
        if isinstance(field, ByYear):
            for year in self._years.get(path, []):
                head = year_label(field.label, year)
                for column in field.columns:
                    if (at := f"{path}.{year}.{column.key}") in self._texts:
                        yield self._answer(column, at, head + column.label)
        elif isinstance(field, Upload):
            for at in (f"{path}.{name}" for name in UPLOAD_PATHS):
                if at in self._texts:
                    yield self._answer(field, at, field.label)
        else:
            yield self._answer(field, path, field.label)

    def _answer(self, field: AnyField, path: str, label: str) -> Answer:
        place, value = Place(path, field, label), self._texts[path]
        is_unread = path in self._typed
        is_picture = isinstance(field, Upload) and path.endswith(".asset") and not is_unread
        return Answer(
            label=self._said.label(place, path),
            words=str(value) if is_unread else self._said.words(place, path, value),
            path="" if field.is_fixed else path.removesuffix(".asset"),
            state="unread" if is_unread else "",
            picture=str(value) if is_picture else "",
        )
