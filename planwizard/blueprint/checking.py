"""Stored values from outside (plan.json), held strictly against the declaration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeGuard, assert_never

from planwizard.blueprint import parsing
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Line,
    Number,
    Option,
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
from planwizard.blueprint.places import StoredShape, is_row_key, is_year, places
from planwizard.blueprint.reading import own_paths
from planwizard.common.numbers import parse_number


def check(
    sheet: Sheet, values: Mapping[str, object], as_typed: Mapping[str, object] | None = None
) -> list[tuple[str, str]]:
    """What is wrong with stored answers: (path, reason in Japanese), in the order of the paths.

    A text that is merely too long is not wrong; neither is a missing answer or a key that points nowhere.
    """
    unread = as_typed or {}
    declared = _declared(sheet, {**unread, **values})
    problems = [(path, _problem(path, declared.get(path), value)) for path, value in values.items()]
    problems += [(path, _unread_problem(path, declared, values, text)) for path, text in unread.items()]
    return sorted((path, problem) for path, problem in problems if problem)


def _declared(sheet: Sheet, values: Mapping[str, object]) -> dict[str, AnyField]:
    """{path: field} of every place that the rows and years at hand make."""
    shape = StoredShape(values)
    return {path: place.field for place in places(sheet.fields, shape) for path in own_paths(place)}


def _unread_problem(
    path: str, declared: Mapping[str, AnyField], values: Mapping[str, object], text: object
) -> str:
    if path not in declared or isinstance(declared[path], Rows):
        return "雛型にない項目です。"
    if path in values:
        return "値と、読めなかった入力の両方があります。どちらか一つにしてください。"
    return "" if isinstance(text, str) and text.strip() else "文字列で書いてください。"


def _problem(path: str, declared: AnyField | None, value: object) -> str:
    match declared:
        case None | Group() | ByYear() | Computed():
            return "雛型にない項目です。"
        case Upload():
            return _picture(path.rpartition(".")[2], value)
        case Rows():
            return _rows(declared, value)
        case Line() | Text() | Prose():
            return _text(declared, value)
        case Number():
            return _number(declared, value)
        case Day():
            return "" if _is_day(value) else "日付を「2027-03-25」の形の文字列で書いてください。"
        case Year():
            return "" if _is_year(value) else "年度を「2027」の形の整数で書いてください。"
        case YesNo():
            return "" if isinstance(value, bool) else "true か false を書いてください。"
        case Choice(options=options):
            return "" if value in _keys(options) else _choose(options)
        case Choices(options=options):
            return "" if _is_list(value) and set(value) <= set(_keys(options)) else _choose(options)
        case Reference():
            return _reference(declared, value)
        case _:
            assert_never(declared)


def _text(declared: Line | Text | Prose, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        return "空でない文字列で書いてください。空の答えは項目ごと省きます。"
    if not isinstance(declared, Line):
        return ""
    if "\n" in value:
        return "1行で書いてください。"
    try:
        parsing.check_format(declared.format, value)
    except Unread as why:
        return f"{declared.label}{why}"
    return ""


def _number(declared: Number, value: object) -> str:
    try:
        if (
            isinstance(value, str)
            and parse_number(value) == value
            and value == parsing.parse(declared, [value])
        ):
            return ""
    except ValueError:
        pass
    least = f"{declared.minimum}以上の" if declared.minimum else ""
    return f"{least}数を「1234.5」の形の文字列で書いてください。"


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and is_year(date.fromisoformat(value).year) and len(value) == 10
    except ValueError:
        return False


def _is_year(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and is_year(value)


def _rows(rows: Rows, value: object) -> str:
    if not _is_list(value) or not all(is_row_key(key) for key in value):
        return "行のキー（英小文字で始まる英数字10文字）を、重ならないように並べてください。"
    return f"{rows.max_rows}行までにしてください。" if len(value) > rows.max_rows else ""


def _reference(declared: Reference, value: object) -> str:
    keys = value if declared.many else [value]
    try:
        if _is_list(keys) and parsing.parse(declared, keys) is not None:
            return ""
    except Unread:
        pass
    return "キーを重ならないように並べてください。" if declared.many else "キーを1つ書いてください。"


def _is_list(value: object) -> TypeGuard[list[str]]:
    """True for a list of different strings, at least one."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, str) for item in value)
        and len(set(value)) == len(value)
    )


def _keys(options: tuple[Option, ...]) -> list[str]:
    return [option.key for option in options]


def _choose(options: tuple[Option, ...]) -> str:
    return f"次のどれかを書いてください：{'、'.join(_keys(options))}。"


def _picture(name: str, value: object) -> str:
    try:
        if name == "width_mm":
            is_right = isinstance(value, int) and not isinstance(value, bool)
            is_right = is_right and parsing.parse_width(str(value)) == value
        elif name == "asset":
            is_right = isinstance(value, str) and parsing.parse_asset(value) == value
        else:
            is_right = isinstance(value, str) and bool(value.strip())
    except Unread:
        is_right = False
    return "" if is_right else _PICTURE[name]


_PICTURE: Mapping[str, str] = {
    "asset": "画像の sha256 を16進64文字で書いてください。",
    "alt": "空でない文字列で書いてください。",
    "caption": "空でない文字列で書いてください。",
    "width_mm": "幅を20から160までの、5きざみの整数で書いてください。",
}
