"""A block of a spreadsheet as rows of a list: which column goes where, what each cell says there, what finds no place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from planwizard.blueprint import parsing
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Day,
    Group,
    Line,
    Number,
    Prose,
    Reference,
    Rows,
    Text,
    Year,
    YesNo,
)
from planwizard.blueprint.parsing import OneValue, Unread
from planwizard.blueprint.reading import is_entered
from planwizard.common.fiscal_year import FiscalYear
from planwizard.common.pasted import cells
from planwizard.common.text import one_line, search_form

MOST_ROWS = 500
NOWHERE = "-"  # chosen for a column that is to be left out
Choosable = Mapping[str, Sequence[tuple[str, str]]]  # {what a Reference points to: (key, name) of each}

_ONE_VALUE = (Line, Text, Prose, Number, Day, Year, Choice, Choices, YesNo, Reference)
_NOT_COMPARED = re.compile(r"[\s※◎○△*:・]|\([^)]*\)")
_BETWEEN = re.compile(r"[、,，;；\n]")
_YES, _NO = {"○", "◯", "有", "あり", "はい", "yes"}, {"×", "無", "なし", "いいえ", "no"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where in a row a cell may go."""

    path: str  # within the row: name, cells.2027.text
    label: str
    field: OneValue
    year: int | None = None
    is_first: bool = True  # of the columns under a year, the one that a cell alone stands for


@dataclass(frozen=True, slots=True)
class Cell:
    text: str  # as it was pasted
    strings: tuple[str, ...] = ()  # as the form sends it
    problem: str = ""  # why it does not say what its place asks, or has no place


@dataclass(frozen=True, slots=True)
class Column:
    head: str
    target: Target | None


@dataclass(frozen=True, slots=True)
class Pasted:
    """``rows`` are as wide as ``columns``."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_head: bool
    left: int = 0  # rows over MOST_ROWS
    added: Mapping[int, Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict
    )  # what a row says elsewhere

    def strings(self, number: int) -> dict[str, tuple[str, ...]]:
        """What the row of that number says, by the path within a row."""
        pairs = zip(self.columns, self.rows[number], strict=True)
        said = {column.target.path: cell.strings for column, cell in pairs if column.target and cell.strings}
        return {**self.added.get(number, {}), **said}

    @property
    def problems(self) -> list[tuple[int, str, Cell]]:
        """(number of the row from 1, head, cell) of what is kept as it was typed or left out."""
        return [
            (number, column.head, cell)
            for number, row in enumerate(self.rows, 1)
            for column, cell in zip(self.columns, row, strict=True)
            if cell.problem
        ]

    @property
    def unplaced(self) -> list[str]:
        """The columns that find no place."""
        return [column.head for column in self.columns if column.target is None]


def targets(rows: Rows, years: Sequence[int]) -> list[Target]:
    """Every place of a row that is entered, in the order of its columns; years unfolded."""
    return list(_targets(rows.columns, years, "", ""))


def _targets(fields: Iterable[AnyField], years: Sequence[int], prefix: str, label: str) -> Iterator[Target]:
    for item in filter(is_entered, fields):
        path, name = f"{prefix}{item.key}", f"{label}{item.label}"
        if isinstance(item, _ONE_VALUE):
            yield Target(path, name, item)
        elif isinstance(item, Group):
            yield from _targets(item.fields, years, f"{path}.", f"{name}：")
        elif isinstance(item, ByYear):
            for year in years:
                yield from _targets_of_year(item, year, path)


def _targets_of_year(item: ByYear, year: int, path: str) -> Iterator[Target]:
    label = FiscalYear(year).wareki
    for at, column in enumerate(filter(is_entered, item.columns)):
        if isinstance(column, _ONE_VALUE):
            name = f"{label}の{column.label}"
            yield Target(f"{path}.{year}.{column.key}", name, column, year, is_first=not at)


def paste(
    text: str,
    rows: Rows,
    *,
    years: Sequence[int],
    choices: Choosable,
    start: str = "",
    has_head: bool | None = None,
    chosen: Sequence[str] = (),
) -> Pasted:
    """Read a pasted block. ``start``: the column into whose cell it was pasted. ``has_head`` and ``chosen`` (the path
    of a target for each column, NOWHERE for none) are what somebody has decided; the rest is found out.
    """
    block, known = cells(text), targets(rows, years)
    width = max(map(len, block), default=0)
    found = _by_heads(block[0], known) if block else []
    if has_head is None:
        has_head = _is_head(block[0], found, known) if block else False
    heads = block[0] if has_head else []
    placed = found if has_head else _by_position(known, start, width)
    columns = _columns(heads, _decided(placed, chosen, known), width)
    lines = block[1 if has_head else 0 :]
    read = [_read(line, columns, choices) for line in lines[:MOST_ROWS]]
    with_units = [_with_unit(columns, *_with_stages(columns, line, known), rows) for line in read]
    return Pasted(
        columns,
        tuple(line for line, _ in with_units),
        has_head,
        left=max(0, len(lines) - MOST_ROWS),
        added={number: more for number, (_, more) in enumerate(with_units) if more},
    )


# Which column goes where


def _plain(text: str) -> str:
    return _NOT_COMPARED.sub("", search_form(text))


def _by_heads(heads: Sequence[str], known: Sequence[Target]) -> list[Target | None]:
    return [_by_head(head, known) for head in heads]


def _by_head(head: str, known: Sequence[Target]) -> Target | None:
    """By its words, as a year, or by the one label that it begins or that begins it."""
    plain = _plain(head)
    if not plain:
        return None
    same = [target for target in known if _plain(target.label) == plain] or _of_year(head, known)
    alike = [
        target
        for target in known
        if target.year is None
        and (_plain(target.label).startswith(plain) or plain.startswith(_plain(target.label)))
    ]
    if same:
        return same[0]
    return alike[0] if len(alike) == 1 and len(plain) > 1 else None


def _of_year(head: str, known: Sequence[Target]) -> list[Target]:
    try:
        year = FiscalYear.parse(head).start
    except ValueError:
        return []
    return [target for target in known if target.year == year and target.is_first]


def _is_head(first: Sequence[str], found: Sequence[Target | None], known: Sequence[Target]) -> bool:
    """Half of it names columns, and not only years, which may be answers as well."""
    filled = [cell for cell in first if cell]
    labels = {_plain(target.label) for target in known}
    return sum(map(bool, found)) * 2 >= len(filled) and any(_plain(cell) in labels for cell in filled)


def _by_position(known: Sequence[Target], start: str, width: int) -> list[Target | None]:
    if start and all(target.path != start for target in known):
        start = ""
    rest = [target for target in known if target.is_first or target.path == start]
    begin = next((at for at, target in enumerate(rest) if target.path == start), 0)
    return list(rest[begin : begin + width])


def _decided(
    placed: Sequence[Target | None], chosen: Sequence[str], known: Sequence[Target]
) -> list[Target | None]:
    by_path = {target.path: target for target in known}
    pairs = zip_longest(placed, chosen, fillvalue=None)
    decided = [by_path.get(path) if path else target for target, path in pairs]
    # No two columns go to one place: the first one does.
    taken: set[str] = set()
    return [
        target if target and not (target.path in taken or taken.add(target.path)) else None  # type: ignore[func-returns-value]
        for target in decided
    ]


def _columns(heads: Sequence[str], placed: Sequence[Target | None], width: int) -> tuple[Column, ...]:
    named = zip_longest(heads, placed[:width], range(width), fillvalue=None)
    return tuple(Column(head or f"{at + 1}列目", target) for head, target, at in named if at is not None)


# What a cell says


def _read(line: Sequence[str], columns: Sequence[Column], choices: Choosable) -> tuple[Cell, ...]:
    texts = [*line, *[""] * (len(columns) - len(line))]
    return tuple(_cell(text, column.target, choices) for text, column in zip(texts, columns, strict=True))


def _cell(text: str, target: Target | None, choices: Choosable) -> Cell:
    if not text or target is None:
        return Cell(text)
    strings, lost = _strings(target.field, text, choices)
    if lost:
        return Cell(text, tuple(strings), f"「{'、'.join(lost)}」は選べるものの中にありません。入れません。")
    try:
        parsing.parse(target.field, strings)
    except Unread as why:
        return Cell(text, tuple(strings), f"{target.label}{why}そのまま残します。")
    return Cell(text, tuple(strings))


def _strings(item: OneValue, text: str, choices: Choosable) -> tuple[list[str], list[str]]:
    """As the form sends it, and what is none of what may be chosen."""
    match item:
        case Choice(options=options):
            return [_key(text, [(option.key, option.label) for option in options]) or text], []
        case YesNo(yes=yes, no=no):
            return [_yes_or_no(text, yes, no)], []
        case Choices(options=options):
            return _keys(text, [(option.key, option.label) for option in options], many=True)
        case Reference(many=many):
            return _keys(text, choices.get(item.choices_key, ()), many=many)
        case Number(unit=unit):
            return [_without_unit(text, unit)], []
        case Text() | Prose():
            return [text], []
        case Line() | Day() | Year():
            return [one_line(text)], []


def _key(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The key of what is called so, also by its number alone or without it (I-2　窓口が混む)."""
    plain = _plain(text)
    same = [key for key, label in pairs if plain in (_plain(label), search_form(key))]
    alike = [key for key, label in pairs if plain and plain in map(_plain, label.split("　"))]
    return same[0] if same else alike[0] if len(alike) == 1 else ""


def _keys(text: str, pairs: Sequence[tuple[str, str]], *, many: bool) -> tuple[list[str], list[str]]:
    if whole := _key(text, pairs):
        return [whole], []
    texts = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()] if many else [text]
    found = [(piece, _key(piece, pairs)) for piece in texts]
    return [key for _, key in found if key], [piece for piece, key in found if not key]


def _yes_or_no(text: str, yes: str, no: str) -> str:
    plain = search_form(text)
    if plain == search_form(yes) or plain in _YES:
        return "yes"
    return "no" if plain == search_form(no) or plain in _NO else text


def _without_unit(text: str, unit: str) -> str:
    return text.removesuffix(unit).strip() if unit else text


Added = dict[str, tuple[str, ...]]


def _with_stages(
    columns: Sequence[Column], line: tuple[Cell, ...], known: Sequence[Target]
) -> tuple[tuple[Cell, ...], Added]:
    """「実施」 alone under a year is the stage of that year, not the words for it."""
    added: Added = {}
    read = []
    for column, cell in zip(columns, line, strict=True):
        stage = _stage(column.target, cell.text, known)
        added |= stage
        read.append(Cell(cell.text) if stage else cell)
    return tuple(read), added


def _stage(target: Target | None, text: str, known: Sequence[Target]) -> Added:
    if target is None or target.year is None or not isinstance(target.field, Line):
        return {}
    place = target.path.rpartition(".")[0]
    others = ((each.path, each.field) for each in known if each.path.rpartition(".")[0] == place)
    found = (
        (path, _key(text, [(option.key, option.label) for option in item.options]))
        for path, item in others
        if isinstance(item, Choice)
    )
    return {path: (key,) for path, key in found if key}


def _with_unit(
    columns: Sequence[Column], line: tuple[Cell, ...], added: Added, rows: Rows
) -> tuple[tuple[Cell, ...], Added]:
    """「18.0%」 is a number and the unit of its row, where the row has one for all of its numbers."""
    unit = next((item for item in rows.columns if isinstance(item, Choice) and item.key == "unit"), None)
    if unit is None:
        return line, added
    pairs = list(zip(columns, line, strict=True))
    stated = next(
        (
            cell.strings[0]
            for column, cell in pairs
            if column.target and column.target.field is unit and cell.strings
        ),
        "",
    )
    labels = {option.key: search_form(option.label) for option in unit.options}
    found = {_unit_of(cell, labels) for column, cell in pairs if _is_unread_number(column, cell)} - {""}
    one = stated or next(iter(found), "")
    if len(found | {one}) != 1 or not one:
        return line, added
    suffix = next(option.label for option in unit.options if option.key == one) if one in labels else ""
    read = tuple(
        _cell(_without_unit(search_form(cell.text), search_form(suffix)), column.target, {})
        if _is_unread_number(column, cell)
        else cell
        for column, cell in pairs
    )
    return tuple(replace(new, text=old.text) for new, old in zip(read, line, strict=True)), {
        **added,
        unit.key: (one,),
    }


def _is_unread_number(column: Column, cell: Cell) -> bool:
    return bool(cell.problem and column.target and isinstance(column.target.field, Number))


def _unit_of(cell: Cell, labels: Mapping[str, str]) -> str:
    """The key of the unit that it ends with, the longest one: 千円, not 円."""
    text = search_form(cell.text)
    ends = [key for key, label in labels.items() if text.endswith(label)]
    return max(ends, key=lambda key: len(labels[key]), default="")
