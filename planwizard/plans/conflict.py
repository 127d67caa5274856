"""Two texts of one part: what differs, field by field, and which side to take by default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from planwizard.plans.saving import Record

Side = Literal["mine", "theirs", ""]


@dataclass(frozen=True, slots=True)
class Difference:
    """One path whose text differs. ``preselected`` names the side that alone changed it, "" if both did."""

    path: str
    base: object
    mine: object
    theirs: object
    preselected: Side


def differences(base: Record, mine: Record, theirs: Record) -> list[Difference]:
    """The paths where mine and theirs differ, in the order of mine, then of theirs."""
    texts = [_joined(record) for record in (base, mine, theirs)]
    paths = dict.fromkeys([*texts[1], *texts[2]])
    return [_difference(path, *texts) for path in paths if texts[1].get(path) != texts[2].get(path)]


def merged(
    mine: Record, theirs: Record, chosen: Mapping[str, Side], *, row_lists: Iterable[str] = ()
) -> Record:
    """Theirs, with the paths for which mine was chosen taken over (also as typed, also emptied).

    ``row_lists`` are the paths of lists of rows. A row stands if any of its answers does: so the rows that
    both sides added are all kept, whichever order was chosen.
    """
    values, as_typed = dict(theirs.values), dict(theirs.as_typed)
    for path, side in chosen.items():
        if side != "mine":
            continue
        for target, source in ((values, mine.values), (as_typed, mine.as_typed)):
            target.pop(path, None)
            if path in source:
                target[path] = source[path]
    for path in row_lists:
        if keys := _answered_rows(path, {**values, **as_typed}, (mine, theirs)):
            values[path] = keys
        else:
            values.pop(path, None)
    return Record(values, as_typed)


def _answered_rows(path: str, texts: Mapping[str, object], sides: Iterable[Record]) -> list[str]:
    """The rows that have answers: in the chosen order, then those that only another order names."""
    orders = [texts.get(path), *(side.values.get(path) for side in sides)]
    named = dict.fromkeys(key for order in orders if isinstance(order, list) for key in order)
    answered = {
        text.removeprefix(f"{path}.").partition(".")[0] for text in texts if text.startswith(f"{path}.")
    }
    return [key for key in named if key in answered]


def _joined(record: Record) -> dict[str, object]:
    return {**record.values, **record.as_typed}


def _difference(path: str, base: Mapping, mine: Mapping, theirs: Mapping) -> Difference:
    before, left, right = base.get(path), mine.get(path), theirs.get(path)
    side: Side = "theirs" if left == before else "mine" if right == before else ""
    return Difference(path, before, left, right, side)
