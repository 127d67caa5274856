"""A form's strings to stored values and back."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, assert_never

from planwizard.blueprint import parsing
from planwizard.blueprint.content import Value, Values
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
    Year,
    YesNo,
)
from planwizard.blueprint.parsing import Unread
from planwizard.blueprint.places import (
    UPLOAD_PATHS,
    Place,
    StoredShape,
    declared_path,
    is_row_key,
    places,
)
from planwizard.common.fiscal_year import FiscalYear, day_label, parse_day
from planwizard.common.text import changed_count, clean, one_line

_SHOWN = 20  # characters of an unread answer that its message repeats


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form held, read."""

    values: dict[str, Value] = field(default_factory=dict)
    as_typed: dict[str, str] = field(default_factory=dict)  # what could not be read, as it was typed
    messages: dict[str, str] = field(default_factory=dict)  # {path: what to do about it}, in Japanese
    cleaned: list[tuple[str, int]] = field(default_factory=list)  # path, number of characters taken out

    @property
    def is_read(self) -> bool:
        """True if every answer could be read. A text that is too long was read; its message says so."""
        return not self.as_typed


def read(
    sheet: Sheet,
    data: Mapping[str, Sequence[str]],
    *,
    years: Iterable[int] = (),
    pictures: Container[str] | None = None,
) -> Typed:
    """Read ``{path: strings}`` of a submitted form; raises for no string whatever.

    ``years`` are the fiscal years that the form showed (``shown_years``), ``pictures`` the hashes that it may name
    (None: any). Fixed fields, fields of a later act,
    paths that nobody declared and rows without a valid key are left out. Too long a text is read and reported.
    """
    typed = Typed()
    for place in places(sheet.fields, _PostedShape(data, years)):
        if is_entered(place.field):
            _read_place(place, data, typed, pictures)
    return typed


def reread(sheet: Sheet, values: Values, as_typed: Mapping[str, str], *, years: Iterable[int] = ()) -> Typed:
    """What ``read`` says of a form that shows these stored answers, which are read anew only if there may be
    something to say: one that could not be read, or a text too long. Most pages have neither.
    """
    if as_typed or _has_too_long(sheet, values):
        standing = {str(value) for path, value in values.items() if path.endswith(".asset")}
        return read(sheet, to_form(sheet, values, as_typed), years=years, pictures=standing)
    return Typed(dict(values))


def _has_too_long(sheet: Sheet, values: Values) -> bool:
    limits = dict(_limits(sheet.fields, ""))
    texts = ((path, value) for path, value in values.items() if isinstance(value, str))
    return any(len(value) > limits.get(declared_path(path), len(value)) for path, value in texts)


def _limits(declared: Iterable[AnyField], prefix: str) -> Iterator[tuple[str, int]]:
    """(path without rows and years, most characters) of each text."""
    for item in declared:
        path = f"{prefix}{item.key}"
        if isinstance(item, Line | Text | Prose):
            yield path, item.max_chars
        elif isinstance(item, Group):
            yield from _limits(item.fields, f"{path}.")
        elif isinstance(item, Rows | ByYear):
            yield from _limits(item.columns, f"{path}.")


def is_entered(declared: AnyField) -> bool:
    """True for what an officer enters on the sheet: neither computed, nor set by an act, nor due later."""
    return declared.level is not Level.NONE and not declared.is_fixed


class _PostedShape:
    """The rows that the form posted, and the years it showed."""

    def __init__(self, data: Mapping[str, Sequence[str]], years: Iterable[int]) -> None:
        self._data = data
        self._years = sorted(set(years))

    def row_keys(self, path: str, rows: Rows) -> list[str]:
        return _row_keys(self._data, path)[: rows.max_rows]

    def years(self, path: str) -> list[int]:
        return self._years


def _row_keys(data: Mapping[str, Sequence[str]], path: str) -> list[str]:
    """The posted keys in order, each once; what is no key is no row."""
    return [key for key in dict.fromkeys(data.get(path, ())) if is_row_key(key)]


def _read_place(
    place: Place, data: Mapping[str, Sequence[str]], typed: Typed, pictures: Container[str] | None
) -> None:
    match place.field:
        case Group() | ByYear() | Computed():
            return
        case Rows() as rows:
            _read_rows(place, rows, _row_keys(data, place.path), typed)
        case Upload():
            _read_upload(place, data, typed, pictures)
        case (
            Line() | Text() | Prose() | Number() | Day() | Year() | Choice() | Choices() | YesNo()
            | Reference()
        ) as one:  # fmt: skip
            _read_one(place, one, _kept(place.path, data, typed), typed)
        case _:
            assert_never(place.field)


def _kept(path: str, data: Mapping[str, Sequence[str]], typed: Typed) -> list[str]:
    """The strings at ``path`` that are worth reading; what had to go is noted."""
    posted = data.get(path, ())
    fit = [clean(text) for text in posted]
    if gone := sum(
        changed_count(text, kept) for text, kept in zip(posted, fit, strict=True) if kept is not text
    ):
        typed.cleaned.append((path, gone))
    return [text for text in fit if text.strip()]


def _read_rows(place: Place, rows: Rows, keys: list[str], typed: Typed) -> None:
    if keys:
        typed.values[place.path] = keys[: rows.max_rows]
    if len(keys) > rows.max_rows:
        typed.messages[place.path] = (
            f"{place.label}は{rows.max_rows}行までです（いまは{len(keys)}行）。{rows.max_rows}行目までを保存しました。"
        )


def _read_one(place: Place, one: parsing.OneValue, strings: list[str], typed: Typed) -> None:
    if not strings:
        return
    try:
        value = parsing.parse(one, strings)
    except Unread as why:
        # A list is kept one answer a line, see _as_lines.
        text = "\n".join(map(one_line, strings)) if _is_many(one) else strings[-1]
        _keep_as_typed(place.path, place.label, text, why, typed)
        return
    if value is not None:
        typed.values[place.path] = value
        if message := too_long(place, value):
            typed.messages[place.path] = message


def too_long(place: Place, value: Value) -> str:
    """What to tell of a text over its limit, "" within it. Lengths count code points."""
    if not isinstance(place.field, Line | Text | Prose) or not isinstance(value, str):
        return ""
    limit = place.field.max_chars
    if len(value) <= limit:
        return ""
    return f"{place.label}は{limit:,}文字までです（いまは{len(value):,}文字）。保存はしました。"


def _keep_as_typed(path: str, label: str, text: str, why: Unread, typed: Typed) -> None:
    shown = one_line(text)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    typed.as_typed[path] = text
    typed.messages[path] = f"{label}{why}「{shown}」はそのまま残しました。直すまで文書には出ません。"


def _read_upload(
    place: Place, data: Mapping[str, Sequence[str]], typed: Typed, pictures: Container[str] | None
) -> None:
    for name in UPLOAD_PATHS:
        path = f"{place.path}.{name}"
        for text in _kept(path, data, typed)[-1:]:
            try:
                typed.values[path] = _upload_value(name, text, pictures)
            except Unread as why:
                _keep_as_typed(path, place.label, text, why, typed)


def _upload_value(name: str, text: str, pictures: Container[str] | None) -> str | int:
    if name == "asset":
        return parsing.parse_asset(text, pictures)
    return parsing.parse_width(text) if name == "width_mm" else one_line(text)


def to_form(
    sheet: Sheet,
    values: Values,
    as_typed: Mapping[str, str],
    *,
    era: Literal["wareki", "seireki", "both"] = "wareki",
) -> dict[str, list[str]]:
    """Stored answers as a form shows them, by path: the inverse of ``read``.

    Years and days are written in ``era``'s calendar (wareki also for both).
    """
    calendar: Literal["wareki", "seireki"] = "seireki" if era == "seireki" else "wareki"
    shown: dict[str, list[str]] = {}
    for place in places(sheet.fields, StoredShape({**values, **as_typed})):
        for path in own_paths(place):
            if path in as_typed:
                shown[path] = _as_lines(place.field, as_typed[path])
            elif path in values:
                shown[path] = _strings(place.field, values[path], calendar)
    return shown


def own_paths(place: Place) -> list[str]:
    """The paths at which the field itself keeps values: none, one, or four for a picture."""
    match place.field:
        case Group() | ByYear() | Computed():
            return []
        case Upload():
            return [f"{place.path}.{name}" for name in UPLOAD_PATHS]
        case (
            Line() | Text() | Prose() | Number() | Day() | Year() | Choice() | Choices() | YesNo()
            | Reference() | Rows()
        ):  # fmt: skip
            return [place.path]
        case _:
            assert_never(place.field)


def _as_lines(declared: AnyField, text: str) -> list[str]:
    return text.split("\n") if _is_many(declared) else [text]


def _is_many(declared: AnyField) -> bool:
    return isinstance(declared, Choices) or (isinstance(declared, Reference) and declared.many)


def _strings(declared: AnyField, value: Value, calendar: Literal["wareki", "seireki"]) -> list[str]:
    if isinstance(value, list):
        return list(value)
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(declared, Year) and isinstance(value, int):
        return [FiscalYear(value).label(calendar)]
    if isinstance(declared, Day):
        return [day_label(parse_day(str(value)), calendar)]
    return [str(value)]
