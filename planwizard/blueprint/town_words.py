"""What the blueprint calls a municipality: declared in the words of a city (市), read in those of the plan's own kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any, TypeVar, cast

CITY = "市"
KINDS = "市町村区"

Declared = TypeVar("Declared")
_HALLS = {"町": "町役場", "村": "村役場"}
_CITY_HALL = re.compile("市役所")
_THE_CITY = re.compile("(?<![○△])市(?!町)")  # neither ○○市, a blank, nor △△市, another one, nor 市町村


def kind_of(town: str) -> str:
    """市, 町, 村 or 区, as the name of the town ends; 市 while it has no name."""
    return town[-1] if town and town[-1] in KINDS else CITY


def in_words_of(kind: str, declared: Declared) -> Declared:
    """A text, field or sheet as a town of this kind reads it: 町長, 町役場, 町の計画. What says nothing of it stays
    the same object."""
    return declared if kind == CITY else cast(Declared, reworded(declared, partial(_in_words_of, kind)))


def reworded(declared: Any, reword: Callable[[str], str]) -> Any:
    """The same with every text reworded, however deep in tuples and dataclasses it lies."""
    if type(declared) is str:  # a Level is a str too
        return reword(declared)
    if isinstance(declared, tuple):
        said = tuple(reworded(each, reword) for each in declared)
        return said if any(new is not old for new, old in zip(said, declared, strict=True)) else declared
    if is_dataclass(declared) and not isinstance(declared, type):
        old = {each.name: getattr(declared, each.name) for each in fields(declared)}
        new = {name: reworded(value, reword) for name, value in old.items()}
        return replace(declared, **new) if any(new[name] is not old[name] for name in old) else declared
    return declared


def _in_words_of(kind: str, text: str) -> str:
    return _THE_CITY.sub(kind, _CITY_HALL.sub(_HALLS.get(kind, f"{kind}役所"), text))
