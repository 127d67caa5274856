"""What the office chose for one output. Plain values, so that a job's row and a child's order can carry them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Variant(StrEnum):
    """Which pages of the plan."""

    FULL = "full"
    PARTS = "parts"  # the chapters, areas and measures of ``Options.only``
    SUMMARY = "summary"  # 概要版, A4, two to four pages
    POSTER = "poster"  # 概要版, one page A3
    EVIDENCE = "evidence"  # 証拠の一覧, see evidence_sheet.py


@dataclass(frozen=True, slots=True)
class Options:
    """``only`` holds keys of parts, in any order. An empty ``era`` means the calendar that the plan says."""

    variant: Variant = Variant.FULL
    only: tuple[str, ...] = ()
    budgets: bool = False  # print 概算事業費, 財源 and 予算の状態
    empty_items: bool = False  # print ◎ and ○ without an answer under their labels
    era: str = ""  # wareki | seireki | both
    reason: str = ""  # of the evidence sheet: why the plan is handed out although something required fails
    with_data: bool = False  # 公開用（データ添付）: plan.json and CSV files within the PDF

    def to_json(self) -> dict[str, Any]:
        """What differs from the default."""
        default = asdict(Options())
        return {key: value for key, value in asdict(self).items() if value != default[key]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_json``. Raises TypeError and ValueError for what ``to_json`` never wrote."""
        facts = dict(data)
        if "only" in facts:
            facts["only"] = tuple(facts["only"])
        if "variant" in facts:
            facts["variant"] = Variant(facts["variant"])
        return cls(**facts)
