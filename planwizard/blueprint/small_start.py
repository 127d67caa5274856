"""まず小さく作る: the least that a sheet asks, and how a form that asks less keeps what it does not ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeVar

from planwizard.blueprint.content import Values
from planwizard.blueprint.edition import Edition
from planwizard.blueprint.kinds import AnyField, ByYear, FieldSet, Group, Level, Rows, Sheet, When
from planwizard.blueprint.places import declared_path
from planwizard.blueprint.reading import is_entered

Kept = TypeVar("Kept")
_UNIT = "unit"  # without it a number says nothing
_LATER = "{}は、「この画面のすべての欄を出す」で、あとから書けます。"
_ROW = re.compile(r"\.([a-z][a-z0-9]{9})(?=\.)")


@cache
def essential(edition: Edition, kind: str, key: str, pillar: str, plan_type: str, stage: str) -> Sheet:
    """The sheet of a part with its ◎ alone, and with what is asked in a case that applies or may still apply."""
    sheet = edition.sheet_for(kind, key, pillar)
    known = {"basics:plan_type": plan_type, "version:stage": stage, "pillar": pillar}
    sets = (FieldSet(each.title, tuple(_essential(each.fields, known))) for each in sheet.sets)
    return replace(sheet, sets=tuple(each for each in sets if each.fields))


def asks_anything(sheet: Sheet) -> bool:
    return any(map(is_entered, sheet.fields))


def unasked(sheet: Sheet, shown: Sheet) -> frozenset[str]:
    """The declared paths of the fields of ``sheet`` that ``shown`` leaves out: ``vision``, ``kpis.source``."""
    return frozenset(_unasked(sheet.fields, shown.fields, ""))


def kept(stored: Mapping[str, Kept], unasked: Collection[str], typed: Values) -> dict[str, Kept]:
    """What is stored under unasked fields, but for rows that ``typed`` has no more."""
    return {
        path: value
        for path, value in stored.items()
        if is_unasked(path, unasked) and _has_its_rows(path, unasked, typed)
    }


def is_unasked(path: str, unasked: Collection[str]) -> bool:
    """Whether an answer lies at or below one of these declared paths."""
    pieces = declared_path(path).split(".")
    return any(".".join(pieces[:end]) in unasked for end in range(1, len(pieces) + 1))


def _has_its_rows(path: str, unasked: Collection[str], typed: Values) -> bool:
    for row in _ROW.finditer(path):
        rows = path[: row.start()]
        keys = typed.get(rows)
        if not is_unasked(rows, unasked) and not (isinstance(keys, list) and row[1] in keys):
            return False
    return True


def _essential(fields: Iterable[AnyField], known: Mapping[str, str]) -> Iterator[AnyField]:
    fields = tuple(fields)
    stand_ins = {item.waived_by for item in fields} - {""}
    for item in fields:
        if item.key in stand_ins or item.key == _UNIT or _is_essential(item, known):
            yield from _reduced(_settled(item, known), known)


def _settled(item: AnyField, known: Mapping[str, str]) -> AnyField:
    """A field that is required in a case known to be this one: it is required, and no more is to be said but that
    another answer may stand in for it."""
    when = item.required_when
    if when and known.get(when.path) in when.equals:
        return replace(item, level=Level.REQUIRED, condition=item.condition if item.waived_by else "")
    return item


def _is_essential(item: AnyField, known: Mapping[str, str]) -> bool:
    if item.asked_when and not _may_hold(item.asked_when, known):
        return False
    if item.required_when:
        return item.level is Level.REQUIRED or _may_hold(item.required_when, known)
    return item.level in (Level.REQUIRED, Level.CONDITIONAL, Level.NONE)


def _may_hold(when: When, known: Mapping[str, str]) -> bool:
    """True also of what is answered on the same form, where it can change at any moment."""
    return when.path not in known or known[when.path] in when.equals


def _reduced(item: AnyField, known: Mapping[str, str]) -> Iterator[AnyField]:
    if isinstance(item, Group):
        inside = tuple(_essential(item.fields, known))
        if inside:
            told = _help(item, item.fields, inside)
            yield replace(item, fields=inside, help=told, example=_example(item, item.fields, inside))
    elif isinstance(item, Rows | ByYear):
        # A row of which no column is ◎ still says something: it is asked whole.
        columns = tuple(_essential(item.columns, known)) or item.columns
        told = _help(item, item.columns, columns)
        yield replace(item, columns=columns, help=told, example=_example(item, item.columns, columns))
    else:
        yield item


def _help(item: AnyField, whole: tuple[AnyField, ...], shown: tuple[AnyField, ...]) -> str:
    """Help may speak of what is not shown, so it says where that is."""
    there = {each.key for each in shown}
    left_out = [each.label for each in whole if is_entered(each) and each.key not in there]
    return item.help + _LATER.format("、".join(left_out)) if item.help and left_out else item.help


def _example(item: AnyField, whole: tuple[AnyField, ...], shown: tuple[AnyField, ...]) -> str:
    """I-2／来庁しづらい／バス1日4便 without the pieces of what is not shown: a piece for each field, in their order."""
    there = {each.key for each in shown}
    pieces = item.example.split("／")
    if len(there) == len(whole) or len(pieces) == 1:
        return item.example
    entered = [each.key for each in whole if is_entered(each)]
    return "／".join(piece for key, piece in zip(entered, pieces, strict=False) if key in there)


def _unasked(fields: Iterable[AnyField], shown: Iterable[AnyField], prefix: str) -> Iterator[str]:
    there = {item.key: item for item in shown}
    for item in fields:
        path, other = f"{prefix}{item.key}", there.get(item.key)
        if other is None:
            yield from [path] if is_entered(item) else []
        else:
            yield from _unasked(_inside(item), _inside(other), f"{path}.")


def _inside(item: AnyField) -> tuple[AnyField, ...]:
    if isinstance(item, Group):
        return item.fields
    return item.columns if isinstance(item, Rows | ByYear) else ()
