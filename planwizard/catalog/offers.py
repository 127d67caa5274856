"""What the catalogue offers to forms: pairs of a key and words to choose from, and names to suggest.

Kept for a few seconds: every page with a form asks for the same lists, and the catalogue changes a few times a year.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from planwizard.blueprint.content import CatalogueFacts
from planwizard.catalog.adopting import wording_of
from planwizard.catalog.entries import marked
from planwizard.catalog.models import (
    FundingSource,
    Law,
    NationalDocument,
    NationalMeasure,
    StandardIndicator,
    Term,
)
from planwizard.catalog.names import Names, names_and_facts

Choices = list[tuple[str, str]]  # (key, words)
T = TypeVar("T")

KEPT_SECONDS = 10
_kept: dict[str, tuple[float, Any]] = {}  # {what: (until when, what was found)}


def choices(what: str) -> Choices:
    """What a Reference with this ``choices_key`` may point to, as it stood at most ten seconds ago."""
    return _recent(what, _CHOICES[what])


def names(what: str) -> list[str]:
    """What a Line may suggest, as it stood at most ten seconds ago."""
    return _recent(what, _NAMES[what])


def glossary() -> list[tuple[str, str]]:
    """The words of the glossary with their meaning, as they stood at most ten seconds ago."""
    return _recent("glossary", lambda: list(Term.objects.offered().values_list("term", "description")))


def wordings() -> dict[int, str]:
    """How each national measure that is offered reads, by its id, as it stood at most ten seconds ago."""
    return _recent("wordings", _wordings)


def recent_names_and_facts() -> tuple[Names, CatalogueFacts]:
    """What plans cite and what rules ask, as it stood at most ten seconds ago."""
    return _recent("names_and_facts", names_and_facts)


def forget() -> None:
    """Read anew at the next question. Other processes notice a change by themselves, ten seconds later."""
    _kept.clear()


def _recent(what: str, read: Callable[[], T]) -> T:
    until, found = _kept.get(what, (0.0, None))
    if time.monotonic() >= until:
        found = read()
        _kept[what] = time.monotonic() + KEPT_SECONDS, found
    return found


def _laws(use: str = "") -> Choices:
    found = Law.objects.offered().in_order()
    return [(law.code, law.printed_name) for law in (found.filter(use=use) if use else found)]


def _basic_plans() -> Choices:
    found = NationalDocument.objects.offered().basic_plans().newest_first()
    return [(document.code, marked(document.printed_name, document.status)) for document in found]


def _national_measures() -> Choices:
    found = (
        NationalMeasure.objects.offered().in_order().select_related("edition").defer("search_text", "summary")
    )
    return [(measure.reference, marked(measure.display_title, measure.status)) for measure in found]


def _wordings() -> dict[int, str]:
    found = NationalMeasure.objects.offered().select_related("replaced_by").defer("search_text")
    return {measure.pk: wording_of(measure) for measure in found}


def _named(model: type[FundingSource | StandardIndicator | Term], column: str) -> list[str]:
    return list(model.objects.offered().values_list(column, flat=True))


_CHOICES: Mapping[str, Callable[[], Choices]] = {
    "law": _laws,
    **{f"law:{use}": partial(_laws, use) for use in Law.Use.values},
    "national_document:basic_plan": _basic_plans,
    "national_measure": _national_measures,
}
_NAMES: Mapping[str, Callable[[], list[str]]] = {
    "funding_source": partial(_named, FundingSource, "name"),
    "standard_indicator": partial(_named, StandardIndicator, "name"),
    "term": partial(_named, Term, "term"),
}
CHOICES, NAMES = frozenset(_CHOICES), frozenset(_NAMES)
