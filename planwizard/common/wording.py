"""How far two wordings have moved apart: what was taken out, what was put in, and the share of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Numbers whole (50件 → 100件, never 「[5→10]0件」), then runs of one script, as a reader takes them in.
_WORDS = re.compile(r"[0-9０-９.,，．]+|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヶー]+|[一-鿿々]+|[ぁ-ゖ]+|\n|.")


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Literal["same", "out", "in"]
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """Both wordings in one: without what is "in" it is the old one, without what is "out" the new one."""
    return list(_pieces(_WORDS.findall(old), _WORDS.findall(new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for act, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            yield Piece("same", "".join(old[i:j]))
            continue
        if i < j:
            yield Piece("out", "".join(old[i:j]))
        if k < m:
            yield Piece("in", "".join(new[k:m]))


def changed_share(found: list[Piece]) -> int:
    """Of a hundred characters of both wordings, how many are in one of them only. 0 for the same text only."""
    count = {
        kind: sum(len(piece.text) for piece in found if piece.kind == kind) for kind in ("same", "out", "in")
    }
    changed, whole = count["out"] + count["in"], 2 * count["same"] + count["out"] + count["in"]
    return max(1, round(100 * changed / whole)) if changed else 0
