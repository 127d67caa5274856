"""What is still unanswered, printed under its label when an office sends a draft round to have it filled in."""

from __future__ import annotations

from collections.abc import Iterator

from planwizard.blueprint.content import PartContent
from planwizard.blueprint.measure_sheet import BUDGET_FIELDS
from planwizard.common.keys import block_id
from planwizard.document.nodes import Block, Source
from planwizard.manuscript import tables
from planwizard.manuscript.material import Material

EMPTY = "（未記入）"


def labels(material: Material, part_key: str) -> list[str]:
    """The ◎ and ○ of a part without an answer, in its order; none unless the office wants them printed."""
    if not material.options.empty_items:
        return []
    found = material.missing.get(part_key, [])
    if not material.options.budgets:  # what the document would not print is no gap of it
        found = [each for each in found if each.path.partition(".")[0] not in BUDGET_FIELDS]
    return [material.named(each.label) for each in found]


def blocks(material: Material, part: PartContent) -> Iterator[Block]:
    """One table at the end of a chapter or area."""
    if found := labels(material, part.key):
        entries = [(label, EMPTY) for label in found]
        yield from tables.facts(
            block_id(part.key, "blanks"), "まだ書かれていない項目", entries, source=Source(part.key)
        )
