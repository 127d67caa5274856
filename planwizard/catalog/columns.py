"""The catalogue's tables as people see them in a spreadsheet: one head a column, one entry a row, words for choices.

Which columns a table has is declared once, by its model's ``FACTS``: this module turns them into cells and back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models

from planwizard.catalog.catalog_file import SECTIONS, identity_of
from planwizard.catalog.entries import Loaded
from planwizard.catalog.measures import PILLARS
from planwizard.common.tables.sheet import Cell, is_blank

YES, NO = "はい", "いいえ"
_AREAS = ("area", "area_sub", "pillar")
_BETWEEN = re.compile("[、,\\s]+")
_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})\Z")


class NoCell(ValueError):
    """A cell does not say what its column wants; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    field: models.Field

    @property
    def head(self) -> str:
        return str(self.field.verbose_name)

    def cell(self, value: object) -> Cell:
        """A plain value of ``Loaded.facts`` as it stands in a spreadsheet."""
        if isinstance(value, bool):
            return YES if value else NO
        if self.name in _AREAS:
            return "、".join(PILLARS[key].short_name for key in str(value or "").split() if key in PILLARS)
        if self.field.choices:
            return str(dict(self.field.choices).get(value, value or ""))
        return value if isinstance(value, int) else str(value or "")

    def entry(self, cell: Cell) -> object:
        """The value of a cell as a catalogue file writes it. Raises NoCell."""
        if is_blank(cell):
            return self._empty()
        match self.field:
            case models.BooleanField():
                return _yes_or_no(cell)
            case models.IntegerField():
                return _integer(cell)
            case models.DateField():
                return _day(cell)
        if not isinstance(cell, str):
            raise NoCell("数や日付になっています。セルの書式を「文字列」にして入れ直してください。")
        if self.name in _AREAS:
            return self._areas(cell)
        return _key_of(self.field.choices, cell.strip()) if self.field.choices else cell

    def _empty(self) -> object:
        if isinstance(self.field, models.BooleanField):
            return False
        if self.name == "area_sub":
            return []
        return None if self.field.null or self.field.has_default() else ""

    def _areas(self, cell: str) -> object:
        names = {pillar.short_name: key for key, pillar in PILLARS.items()}
        found = [names.get(each, each) for each in _BETWEEN.split(cell.strip()) if each]
        for each in found:
            if each not in PILLARS:
                raise NoCell(f"「{each}」という柱はありません。{'、'.join(names)}のどれかを入れてください。")
        if self.name != "area_sub" and len(found) > 1:
            raise NoCell("柱は一つだけ入れてください。")
        return found if self.name == "area_sub" else found[0]


def columns_of(model: type[Loaded]) -> list[Column]:
    """The identity of an entry first, then its facts in the file's order."""
    return [Column(name, model._meta.get_field(name)) for name in (*identity_of(model), *model.FACTS)]


def title_of(model: type[Loaded]) -> str:
    """What a sheet of this table is called."""
    return str(model._meta.verbose_name)


def section_titled(title: str) -> str:
    """The section of a catalogue file whose sheet has this name, "" for any other."""
    return next((section for section, model in SECTIONS.items() if title_of(model) == title.strip()), "")


def heads_of(model: type[Loaded]) -> list[str]:
    return [column.head for column in columns_of(model)]


def cells_of(row: Loaded) -> list[Cell]:
    """One entry as a row. Fetch with what its facts need (``catalog_file.references_in``)."""
    facts = row.facts() | {"code": row.code}
    if edition := getattr(row, "edition", None):
        facts["edition"] = edition.code
    return [column.cell(facts[column.name]) for column in columns_of(type(row))]


def words(model: type[Loaded], facts: Mapping[str, object], names: Iterable[str]) -> list[tuple[str, str]]:
    """``(head, words)`` of some facts, as a screen shows them."""
    columns = {column.name: column for column in columns_of(model)}
    return [(columns[name].head, str(columns[name].cell(facts.get(name)))) for name in names]


def _yes_or_no(cell: Cell) -> bool:
    said = (
        cell
        if isinstance(cell, bool)
        else {YES: True, NO: False, "TRUE": True, "FALSE": False}.get(str(cell).strip())
    )
    if said is None:
        raise NoCell(f"{YES}か{NO}で入れてください。")
    return said


def _integer(cell: Cell) -> int:
    text = "" if isinstance(cell, bool) else str(cell).strip()
    if not re.fullmatch(r"[0-9]{1,9}(\.0)?", text):
        raise NoCell("整数で入れてください（例：2025）。")
    return int(float(text))


def _day(cell: Cell) -> str:
    found = _DAY.match(str(cell).strip())
    if found is None:
        raise NoCell("日付は 2025-06-13 の形で入れてください。")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def _key_of(choices: Iterable[tuple[str, str]], said: str) -> str:
    for key, label in choices:
        if said in (key, str(label)):
            return str(key)
    raise NoCell(
        f"「{said}」は選べません。{'、'.join(str(label) for _, label in choices)}のどれかを入れてください。"
    )
