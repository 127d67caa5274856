"""外字: characters of one machine or of no font, and where in a plan they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.edition import edition_of
from planwizard.blueprint.values import stored_places

# The private use areas of Unicode: what such a character looks like is known to one office's machines only.
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Found:
    """Characters in one answer: ``place`` is 「6-①-01 窓口の改革」の「現状と課題」."""

    place: str
    characters: str


def find(content: PlanContent, wanted: re.Pattern[str]) -> Iterator[Found]:
    """Every title and answer that holds a character of ``wanted``, in printing order."""
    for part in content.parts:
        if characters := _in(part.title, wanted):
            yield Found(f"{place(content, part)}の名称", characters)
        for path, value in part.values.items():
            if isinstance(value, str) and (characters := _in(value, wanted)):
                yield Found(place(content, part, path) or f"{place(content, part)}の「{path}」", characters)


def place(content: PlanContent, part: PartContent, path: str = "") -> str:
    """A part, or an answer of it, as an officer calls it: 「6-①-01 窓口の改革」の「現状と課題」.

    "" for a path that the part has not.
    """
    town = content.basics.text("municipality_name") or "本市町村"
    name = " ".join(filter(None, (part.measure_no, part.title.replace("○○市", town))))
    if not path:
        return f"「{name}」"
    sheet = edition_of(content).sheet_for(part.kind, part.key, part.pillar)
    found = stored_places(sheet, part.values).get(path)
    return f"「{name}」の「{found.label}」" if found else ""


def _in(text: str, wanted: re.Pattern[str]) -> str:
    return "".join(dict.fromkeys(wanted.findall(text)))
