"""Differences between two texts of a part, in words an officer reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planwizard.blueprint.kinds import Rows
from planwizard.blueprint.say import say
from planwizard.blueprint.values import Place, stored_places
from planwizard.plans.conflict import Difference, Side
from planwizard.plans.models import Part
from planwizard.wizard.surroundings import Surroundings, around


@dataclass(frozen=True, slots=True)
class Shown:
    """One differing answer: what it is called, and each side as a reader sees it."""

    path: str
    label: str
    mine: str
    theirs: str
    preselected: Side


def shown_differences(part: Part, found: Iterable[Difference]) -> list[Shown]:
    found = list(found)
    side = around(part)
    places = _places(part, found)
    return [
        Shown(
            item.path,
            places[item.path].label if item.path in places else item.path,
            _words(places.get(item.path), item.mine, side),
            _words(places.get(item.path), item.theirs, side),
            item.preselected,
        )
        for item in found
    ]


def row_lists(part: Part) -> list[str]:
    """The paths of all lists of rows on the part's sheet."""
    return [path for path, place in stored_places(part.sheet, {}).items() if isinstance(place.field, Rows)]


def _places(part: Part, found: Iterable[Difference]) -> dict[str, Place]:
    """The places of both texts; where a row is in one of them only, that one names it."""
    places: dict[str, Place] = {}
    for side in ("theirs", "mine"):
        values = {item.path: getattr(item, side) for item in found if getattr(item, side) is not None}
        places |= stored_places(part.sheet, {**part.answers, **values})
    return places


def _words(place: Place | None, value: object, side: Surroundings) -> str:
    if value is None:
        return "（空欄）"
    if place is None:
        return str(value)
    if isinstance(place.field, Rows):
        return f"{len(value) if isinstance(value, list) else 0}行"
    names = {to: dict(pairs) for to, pairs in side.choices.items()}
    try:
        return say(place.field, value, era=side.era, names=names)
    except (TypeError, ValueError, ArithmeticError):  # kept as it was typed
        return str(value)
