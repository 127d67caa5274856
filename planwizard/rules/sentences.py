"""The sentences of a text, one by one, so that an author can point to one and it is found again.

Headings and tables are no sentences. The mark of an item (・ ① (1)) is not part of its sentence, nor are the line
breaks of a paragraph: moving or re-wrapping changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planwizard.blueprint.content import PartContent
from planwizard.blueprint.edition import Edition
from planwizard.blueprint.kinds import Prints, Prose, Text
from planwizard.blueprint.values import stored_places
from planwizard.document.prose import CIRCLED

_ITEM = re.compile(rf"(?:・|[{CIRCLED}]|\([0-9０-９]{{1,3}}\)|（[0-9０-９]{{1,3}}）)[ \u3000]*")
_SENTENCE = re.compile(r"[^。]*。[」』）)]*|[^。]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    path: str
    quote: str
    occurrence: int  # 1 for the first of several that read the same in one field
    label: str  # the field's


def sentences(text: str) -> list[str]:
    """Each sentence of a text in its order, without blanks around it."""
    found = []
    for paragraph in _paragraphs(text):
        found += [piece for match in _SENTENCE.finditer(paragraph) if (piece := match[0].strip())]
    return found


def sentences_of(part: PartContent, blueprint: Edition) -> Iterator[Sentence]:
    """What an author may point to in a part: the sentences that are printed, in the order of its sheet."""
    sheet = blueprint.sheet_for(part.kind, part.key, part.pillar)
    hidden = {Prints.NEVER}
    if part.answers.text(text_path(part)).strip():
        hidden.add(Prints.BODY)
    for path, place in stored_places(sheet, part.values).items():
        value = part.values.get(path)
        is_text = isinstance(place.field, Text | Prose) and place.field.prints not in hidden
        if is_text and isinstance(value, str):
            seen: dict[str, int] = {}
            for quote in sentences(value):
                seen[quote] = seen.get(quote, 0) + 1
                yield Sentence(path, quote, seen[quote], place.label)


def text_path(part: PartContent) -> str:
    """The field of a chapter's 本文."""
    return f"{part.key}_text"


def left_out(part: PartContent, blueprint: Edition, path: str) -> str:
    """The label of a field that prints only while the chapter has no 本文, if the 本文 lacks a sentence of it; or ""."""
    text, value = part.answers.text(text_path(part)), part.values.get(path)
    if not text.strip() or not isinstance(value, str):
        return ""
    place = stored_places(blueprint.sheet_for(part.kind, part.key, part.pillar), part.values).get(path)
    if place is None or not isinstance(place.field, Text | Prose) or place.field.prints is not Prints.BODY:
        return ""
    there = "".join(text.split())
    is_there = all("".join(each.rstrip("。").split()) in there for each in sentences(value))
    return "" if is_there else place.label


def _paragraphs(text: str) -> Iterator[str]:
    words: list[str] = []
    for line in text.split("\n"):
        is_item = _ITEM.match(line)
        if not line.strip() or line.startswith(("■", "□", "\u3000")) or "\t" in line or is_item:
            yield "".join(words)
            words = []
        if line.strip() and not line.startswith(("■", "□")) and "\t" not in line:
            words.append(line[is_item.end() :] if is_item else line)
    yield "".join(words)
