"""Numbers as officers type them and as a plan prints them. Stored form: a plain decimal string."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\Z")
_MINUS_SIGNS = str.maketrans("−－‐▲△", "-----")


def parse_number(text: str) -> str:
    """Read 84,312, ８４３１２, ▲3.5 into ``"84312"``, ``"-3.5"``. Digits after the point are kept as typed;
    nothing is less than nothing: -0 is 0.

    Raises ValueError for anything else (約70, 70%, 七十).
    """
    plain = unicodedata.normalize("NFKC", text.translate(_MINUS_SIGNS)).strip().replace("、", ",")
    if not _NUMBER.match(plain):
        raise ValueError(text)
    whole, point, rest = plain.replace(",", "").partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    is_zero = not (digits + rest).strip("0")
    return f"{'' if is_zero else sign}{digits.lstrip('0') or '0'}{point}{rest}"


def show_number(stored: str) -> str:
    """``"84312.50"`` as 84,312.50: thousands are separated, decimals stay as they were given."""
    return f"{Decimal(stored):,}"


def decimals(stored: str) -> int:
    """How many digits stand after the point; 0 for an empty answer."""
    return len(stored.partition(".")[2])


def with_decimals(stored: str, least: int) -> str:
    """``"28"`` with one decimal as ``"28.0"``: zeros are added, nothing is rounded; "" stays empty."""
    missing = least - decimals(stored)
    if not stored or missing <= 0:
        return stored
    return f"{stored}{'' if decimals(stored) else '.'}{'0' * missing}"


def show_with_unit(stored: str, unit: str) -> str:
    return f"{show_number(stored)}{unit}"


def yen_in_words(thousands: str) -> str:
    """Thousands of yen as people say them: ``"1200"`` is 120万円, ``"1234500"`` 12億3,450万円."""
    yen = Decimal(thousands) * 1000
    rest = abs(yen)
    words = ""
    for name, size in (("億", 10**8), ("万", 10**4)):
        count, rest = divmod(rest, size)
        words += f"{int(count):,}{name}" if count else ""
    if rest or not words:
        words += f"{rest.normalize():,f}"
    return f"{'-' if yen < 0 else ''}{words}円"
