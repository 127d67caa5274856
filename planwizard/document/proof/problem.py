"""What is wrong with a finished file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """``what`` is for the log: English, and no word of the plan. ``block`` is the id of the block it stands in, ""
    if it stands in none; ``label`` what the row of a sheet is headed by, for the sentence an officer reads.
    """

    what: str
    block: str = ""
    label: str = ""

    def __str__(self) -> str:
        return f"{self.block}: {self.what}" if self.block else self.what
