"""A chapter: its text, and under the headings of the text the tables and figures that belong there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from planwizard.blueprint.content import PartContent
from planwizard.blueprint.kinds import AnyField, FieldSet, Prints
from planwizard.common.keys import block_id
from planwizard.document import prose
from planwizard.document.nodes import Block, Heading, Source
from planwizard.manuscript import fields, special
from planwizard.manuscript.material import Material
from planwizard.manuscript.numbering import wide
from planwizard.manuscript.words import printed

_ALIKE = 0.4  # 期待する効果 is 期待される効果; 目的 is not 目指す姿


def chapter(material: Material, part: PartContent) -> Iterator[Block]:
    """The heading, the lead, the text or the material for it, and everything with a table or figure of its own."""
    yield Heading(part.key, 1, material.chapter_title(part), source=Source(part.key))
    yield from special.lead(material, part)
    text = tuple(written(material, part, text_key(part)))
    pieces = [piece for piece in _pieces(material, part, not text) if piece.blocks]
    if part.kind == "appendix":
        pieces = [
            replace(piece, title=f"資料{wide(nth)}　{piece.title}") for nth, piece in enumerate(pieces, 1)
        ]
    yield from woven(text, pieces, part.key)


def _pieces(material: Material, part: PartContent, with_bodies: bool) -> Iterator[Piece]:
    """What the sets of the sheet make. The one that holds the text goes first: its figure opens the chapter."""
    sets = material.sheet(part).sets
    for each in sorted(sets, key=lambda each: not _holds_text(part, each)):
        title = each.title.removeprefix("本文と")  # 本文と体制図: the text stands above
        yield Piece(title, each, tuple(_set(material, part, each, with_bodies)))
    for title, blocks in special.from_elsewhere(material, part):
        yield Piece(title, None, blocks)


def _holds_text(part: PartContent, fields: FieldSet) -> bool:
    return any(field.key == text_key(part) for field in fields.fields)


def text_key(part: PartContent) -> str:
    """The field that holds the text of a chapter."""
    known = part.key.removeprefix("ch").isdigit()
    return f"{part.key}_text" if known else "free_text"


def written(material: Material, part: PartContent, key: str, level: int = 2) -> Iterator[Block]:
    """The blocks of a Prose field; ``level`` is that of a ■ heading."""
    text = part.answers.text(key)
    source = Source(part.key, key)
    yield from prose.parse(
        text, prefix=block_id(part.key, key), source=source, level=level, resolve=material.by_key
    )


# --- text and tables together --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """What one set of fields makes."""

    title: str
    fields: FieldSet | None
    blocks: tuple[Block, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(field.label for field in self.fields.fields) if self.fields else ()

    def likeness(self, heading: str) -> float:
        """From 0 to 1: how surely a heading of the text is about this set."""
        if self.title == heading:
            return 1
        if any(name in heading or heading in name for name in (self.title, *self.labels)):
            return 0.9
        return _likeness(self.title, heading)


def _likeness(one: str, other: str) -> float:
    """How many pairs of neighbouring characters two titles share, of all their pairs."""
    pairs = {*map("".join, pairwise(one))}, {*map("".join, pairwise(other))}
    return 2 * len(pairs[0] & pairs[1]) / max(1, len(pairs[0]) + len(pairs[1]))


def woven(text: Sequence[Block], pieces: Sequence[Piece], prefix: str) -> Iterator[Block]:
    """The text with each piece at the end of the passage about it.

    Pieces and passages are in one order: a piece that no heading names follows the piece before it. If no heading
    names any piece, the text comes first and each piece stands under a heading of its own.
    """
    passages = _passages(text)
    places = _places(passages, pieces)
    for at, passage in enumerate(passages):
        yield from passage
        for piece, place in zip(pieces, places, strict=True):
            if place == at:
                yield from piece.blocks
    if not places or places[0] is None:
        for number, piece in enumerate(pieces, 1):
            yield Heading(block_id(prefix, "set", number), 2, piece.title, source=Source(prefix))
            yield from piece.blocks


def _passages(text: Sequence[Block]) -> list[list[Block]]:
    """The text cut before each heading of level 2; the first passage may have no heading."""
    passages: list[list[Block]] = [[]]
    for block in text:
        if isinstance(block, Heading) and block.level == 2:
            passages.append([])
        passages[-1].append(block)
    return passages


def _places(passages: list[list[Block]], pieces: Sequence[Piece]) -> list[int | None]:
    """For each piece the passage that it follows; None for all if no heading names any.

    Pieces before the first that is named belong to the introduction, if there is one.
    """
    named = _named(passages, pieces)
    if not named:
        return [None] * len(pieces)
    places: list[int | None] = []
    last = 0 if passages[0] and 1 not in named.values() else 1
    for nth in range(len(pieces)):
        last = max(last, named.get(nth, 0))
        places.append(last)
    return places


def _named(passages: list[list[Block]], pieces: Sequence[Piece]) -> dict[int, int]:
    """{piece: first passage whose heading is more about it than about any other piece}."""
    named: dict[int, int] = {}
    for at, passage in enumerate(passages):
        if pieces and passage and isinstance(heading := passage[0], Heading):
            marks = [piece.likeness(heading.text) for piece in pieces]
            if max(marks) >= _ALIKE:
                named.setdefault(marks.index(max(marks)), at)
    return named


# --- one set of fields ---------------------------------------------------------------------------------------


def _set(material: Material, part: PartContent, group: FieldSet, with_bodies: bool) -> Iterator[Block]:
    """Material of the text, if there is no text; then lines in one table; then tables and pictures."""
    shown = [field for field in printed(group.fields) if field.key != text_key(part)]
    bodies = [field for field in shown if field.prints is Prints.BODY]
    own = [field for field in shown if field.prints is Prints.OWN and not _stands_elsewhere(field)]
    if with_bodies:
        for field in bodies:
            yield from fields.body(material, part, field)
    lines = [field for field in own if fields.is_line(field) and field.key not in special.BLOCKS]
    yield from fields.facts(material, part, group.title, lines)
    for field in own:
        if field.key in special.BLOCKS:
            yield from special.BLOCKS[field.key](material, part, field)
        elif field not in lines:
            yield from fields.blocks(material, part, field)


def _stands_elsewhere(field: AnyField) -> bool:
    return field.key in special.LEADS or field.key in special.ELSEWHERE
