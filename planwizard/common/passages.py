"""What changed between two texts, passage by passage: the sentences that differ, and inside them the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Side = Literal["same", "removed", "added", "skipped"]

_SENTENCE = re.compile(r"[^。\n]*(?:[。\n]|\Z)")
_TOKEN = re.compile(r"[A-Za-z0-9０-９.,]+|[ァ-ヶー]+|.", re.DOTALL)
_MOST_PAIRS = 250_000  # pieces of one text times those of the other: beyond it the search takes seconds
_ALIKE = 0.4  # below it two sentences are two sentences, and the words in common are an accident
_AROUND = 40  # characters of what stayed the same that are shown on either side of a change


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text. ``skipped`` stands for text that stayed the same and is left out; its text is empty."""

    side: Side
    text: str


def passages(before: str, after: str) -> list[Passage]:
    """The changed passages of a text in their order, each with a little of what stands around it."""
    found = _merged(_compared(_sentences(before), _sentences(after)))
    return list(_shortened(found))


def _sentences(text: str) -> list[str]:
    return [found for found in _SENTENCE.findall(text) if found]


def _compared(before: Sequence[str], after: Sequence[str], *, in_words: bool = True) -> Iterator[Passage]:
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    stop_before, stop_after = len(before) - end, len(after) - end
    yield Passage("same", "".join(before[:start]))
    yield from _middle(before[start:stop_before], after[start:stop_after], in_words=in_words)
    yield Passage("same", "".join(before[stop_before:]))


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = zip(before, after, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))


def _middle(before: Sequence[str], after: Sequence[str], *, in_words: bool) -> Iterator[Passage]:
    if len(before) * len(after) > _MOST_PAIRS:
        yield from _replaced(before, after)
        return
    for kind, b1, b2, a1, a2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Passage("same", "".join(before[b1:b2]))
        elif kind == "replace" and in_words:
            yield from _in_words("".join(before[b1:b2]), "".join(after[a1:a2]))
        else:
            yield from _replaced(before[b1:b2], after[a1:a2])


def _in_words(before: str, after: str) -> Iterator[Passage]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    is_long = len(old) * len(new) > _MOST_PAIRS
    if is_long or SequenceMatcher(None, old, new, autojunk=False).ratio() < _ALIKE:
        yield from _replaced([before], [after])
    else:
        yield from _compared(old, new, in_words=False)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    yield Passage("removed", "".join(before))
    yield Passage("added", "".join(after))


def _merged(found: Iterator[Passage]) -> list[Passage]:
    """Neighbours of one side as one passage, without empty ones."""
    groups = groupby((passage for passage in found if passage.text), key=lambda passage: passage.side)
    return [Passage(side, "".join(passage.text for passage in group)) for side, group in groups]


def _shortened(found: list[Passage]) -> Iterator[Passage]:
    for at, passage in enumerate(found):
        if passage.side != "same":
            yield passage
            continue
        head = passage.text[:_AROUND] if at else ""
        tail = passage.text[-_AROUND:] if at < len(found) - 1 else ""
        if len(passage.text) <= len(head) + len(tail):
            yield passage
            continue
        for piece in (Passage("same", head), Passage("skipped", ""), Passage("same", tail)):
            if piece.text or piece.side == "skipped":
                yield piece
