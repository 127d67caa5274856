"""One answer from the strings of a form to its stored value. Lenient: what cannot be read says why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence
from typing import assert_never
from urllib.parse import urlsplit

from planwizard.blueprint.content import Value
from planwizard.blueprint.kinds import (
    Choice,
    Choices,
    Day,
    Line,
    Number,
    Option,
    Prose,
    Reference,
    Text,
    Year,
    YesNo,
)
from planwizard.blueprint.places import is_year
from planwizard.common.fiscal_year import FiscalYear, parse_day
from planwizard.common.numbers import parse_number
from planwizard.common.text import one_line

OneValue = Line | Text | Prose | Number | Day | Year | Choice | Choices | YesNo | Reference

PICTURE_WIDTHS = range(20, 161, 5)  # mm; the text of a page is 160 mm wide
_MAX_DIGITS = 20
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_REFERENCE = re.compile(r"\S{1,100}\Z")
_EMAIL = re.compile(r"[!-?A-~]+@[0-9A-Za-z](?:[0-9A-Za-z.-]*[0-9A-Za-z])?\Z")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{1,63}\.?\Z")  # a page that everybody reads lies under a domain
_TEL = re.compile(r"\+?[0-9 ()・、,-]*[0-9][0-9 ()・、,-]*(?:\(?内線[0-9 ()・、,-]*)?\Z")


class Unread(ValueError):
    """What was typed is not an answer. The message says in Japanese what to type instead."""


def parse(field: OneValue, typed: Sequence[str]) -> Value | None:
    """The stored value of cleaned, non-blank strings, None if they come to nothing. Raises Unread."""
    match field:
        case Text() | Prose():
            return typed[-1]
        case Line():
            return _line(field, one_line(typed[-1]))
        case Number():
            return _number(field, typed[-1])
        case Day():
            return _day(typed[-1])
        case Year():
            return _year(typed[-1])
        case Choice(options=options):
            return _chosen(options, typed[-1:])[0]
        case Choices(options=options):
            return _chosen(options, list(map(one_line, typed)))
        case YesNo():
            return _yes_no(typed[-1])
        case Reference():
            return _references(list(map(one_line, typed))) if field.many else _references(typed[-1:])[0]
        case _:
            assert_never(field)


def parse_asset(typed: str, known: Container[str] | None = None) -> str:
    """The hash of a picture in the store, of one of ``known`` if they are given. Raises Unread."""
    if _SHA256.match(typed) and (known is None or typed in known):
        return typed
    raise Unread("の画像が見つかりません。もう一度選んでください。")


def parse_width(typed: str) -> int:
    """The printed width of a picture in mm. Raises Unread."""
    try:
        width = int(parse_number(typed)) if len(typed) <= _MAX_DIGITS else 0
    except ValueError:
        width = 0
    if width in PICTURE_WIDTHS:
        return width
    raise Unread("の幅は20から160までの、5きざみの数で入力してください（例：80）。")


def _line(field: Line, text: str) -> str:
    check_format(field.format, text)
    return text


def check_format(name: str, text: str) -> None:
    """Raises Unread for a text that is not in the format of its Line."""
    if name:
        is_right, message = _FORMATS[name]
        if not is_right(text):
            raise Unread(message)


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_there = parts.port is None or parts.port > 0
    except ValueError:  # of the port too
        return False
    is_web = parts.scheme.lower() in ("http", "https") and _HOST.match(parts.hostname or "") is not None
    return is_there and is_web and not re.search(r"\s", text)


def _is_tel(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    return _TEL.match(re.sub("[‐－−–—ー]", "-", plain)) is not None


_FORMATS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "url": (
        _is_url,
        "はページのアドレスを https:// か http:// から入力してください（例：https://www.example.lg.jp/）。",
    ),
    "email": (
        lambda text: _EMAIL.match(text) is not None,
        "はメールアドレスで入力してください（例：digital@example.lg.jp）。",
    ),
    "tel": (_is_tel, "は電話番号で入力してください（例：000-000-0000）。"),
    "municipality_code": (
        lambda text: re.match(r"[0-9]{6}\Z", text) is not None,
        "は6桁の数字で入力してください（例：992011）。",
    ),
}


def _number(field: Number, typed: str) -> str:
    example = field.example if re.match(r"[0-9.,]+\Z", field.example) else "70.0" if field.decimals else "120"
    try:
        stored = parse_number(typed)
    except ValueError:
        stored = ""
    # \d takes the digits of every script; a plan is written with those of ASCII.
    if not stored or not stored.isascii():
        raise Unread(f"は数で入力してください（例：{example}）。")
    if len(stored) > _MAX_DIGITS:
        raise Unread(f"は{_MAX_DIGITS}桁までの数で入力してください。")
    if field.minimum and float(stored) < float(field.minimum):
        raise Unread(f"は{field.minimum}以上の数で入力してください。")
    return stored


def _day(typed: str) -> str:
    try:
        day = parse_day(typed)
        if is_year(day.year):
            return day.isoformat()
    except (ValueError, OverflowError):
        pass
    raise Unread("は日付で入力してください（例：令和9年3月25日、2027-03-25）。")


def _year(typed: str) -> int:
    try:
        year = FiscalYear.parse(typed).start
        if is_year(year):
            return year
    except ValueError:
        pass
    raise Unread("は年度で入力してください（例：令和9年度、2027）。")


def _chosen(options: Sequence[Option], typed: Sequence[str]) -> list[str]:
    keys = [option.key for option in options]
    if any(text not in keys for text in typed):
        raise Unread("は選択肢から選んでください。")
    return [key for key in keys if key in typed]


def _yes_no(typed: str) -> bool:
    if typed not in ("yes", "no"):
        raise Unread("は選択肢から選んでください。")
    return typed == "yes"


def _references(typed: Sequence[str]) -> list[str]:
    if not all(_REFERENCE.match(text) for text in typed):
        raise Unread("は一覧から選んでください。")
    return list(dict.fromkeys(typed))
