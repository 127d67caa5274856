"""Word's rule for the numbers of headings, so that the file and the tree cannot disagree.

Word counts by itself; the tree carries finished labels. ``Counter`` counts as Word does and says, heading by
heading, whether Word would print the label, must be told to start anew, or cannot print it at all.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def label(level: int, count: int) -> str:
    """What Word prints for the ``count``-th heading of ``level``: 第１章, １, (1), ア, (ア)."""
    wide = str(count).translate(_WIDE)
    kana = KANA[(count - 1) % len(KANA)]
    return (f"第{wide}章", wide, f"({count})", kana, f"({kana})")[level - 1]


def count_of(level: int, text: str) -> int | None:
    """The inverse of ``label``; None for a label Word has no format for."""
    bare = text.strip("第章()")
    if level <= 3:
        digits = unicodedata.normalize("NFKC", bare)
        count = int(digits) if digits.isascii() and digits.isdigit() else 0
    else:
        count = KANA.find(bare) + 1 if len(bare) == 1 else 0
    return count if count and label(level, count) == text else None


@dataclass(slots=True)
class Counter:
    """``num_id`` is the list in use: 0 for that of the styles, or an instance that starts a level at a given number."""

    num_id: int = 0
    counts: list[int] = field(default_factory=lambda: [0] * 5)

    def expects(self, level: int) -> str:
        return label(level, self.counts[level - 1] + 1)

    def take(self, level: int, count: int) -> None:
        self.counts[level - 1] = count
        self.counts[level:] = [0] * (5 - level)

    def starts(self, level: int, count: int) -> list[int]:
        """Where each level of a new instance begins, so that ``level`` goes on at ``count``."""
        return [each + 1 for each in self.counts[: level - 1]] + [count]
