"""What the catalogue offers to forms: pairs of a key and words to choose from, and names to suggest.

Kept for a few seconds: every page with a form asks for the same lists, and the catalogue changes a few times a year.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from django.db.models import QuerySet

from planwizard.blueprint.content import CatalogueFacts
from planwizard.catalog.entries import marked
from planwizard.catalog.models import (
    FundingSource,
    Law,
    NationalDocument,
    NationalMeasure,
    StandardIndicator,
    Term,
)
from planwizard.catalog.names import Cited, Names, cited, names_and_facts

Choices = list[tuple[str, str]]  # (key, words)
T = TypeVar("T")

KEPT_SECONDS = 10
_kept: dict[str, tuple[float, Any]] = {}  # {what: (until when, what was found)}


def choices(what: str) -> Choices:
    """What a Reference with this ``choices_key`` may point to, as it stood at most ten seconds ago."""
    return _CHOICES[what]()


def names(what: str) -> list[str]:
    """What a Line may suggest, as it stood at most ten seconds ago."""
    return _recent(what, _NAMES[what])


def glossary() -> list[tuple[str, str]]:
    """The words of the glossary with their meaning, as they stood at most ten seconds ago."""
    return _recent("glossary", lambda: list(Term.objects.offered().values_list("term", "description")))


def national_measures() -> dict[int, NationalMeasure]:
    """Every national measure by its id, also those no longer offered, as they stood at most ten seconds ago."""
    return _recent("national_measures", lambda: {measure.pk: measure for measure in _with_all_that_it_says()})


def recent_names_and_facts() -> tuple[Names, CatalogueFacts]:
    """What plans cite and what rules ask, as it stood at most ten seconds ago."""
    return _cited()[1]


def forget() -> None:
    """Read anew at the next question. Other processes notice a change by themselves, ten seconds later."""
    _kept.clear()


def _recent(what: str, read: Callable[[], T]) -> T:
    until, found = _kept.get(what, (0.0, None))
    if time.monotonic() >= until:
        found = read()
        _kept[what] = time.monotonic() + KEPT_SECONDS, found
    return found


def _cited() -> tuple[Cited, tuple[Names, CatalogueFacts]]:
    def read() -> tuple[Cited, tuple[Names, CatalogueFacts]]:
        found = cited()
        return found, names_and_facts(found)

    return _recent("cited", read)


def _laws(use: str = "") -> Choices:
    laws = _cited()[0].laws
    return [(law.code, law.printed_name) for law in laws if law.is_offered and use in ("", law.use)]


def _basic_plans() -> Choices:
    offered = (document for document in _cited()[0].documents if document.is_offered)
    return [
        (document.code, marked(document.printed_name, document.status))
        for document in offered
        if document.kind == NationalDocument.Kind.BASIC_PLAN
    ]


def _national_measures() -> Choices:
    def read() -> Choices:
        found = NationalMeasure.objects.offered().in_order().select_related("edition")
        return [
            (measure.reference, marked(measure.display_title, measure.status))
            for measure in found.defer("search_text", "summary")
        ]

    return _recent("national_measure", read)


def _with_all_that_it_says() -> QuerySet[NationalMeasure]:
    related = "edition", "replaced_by__edition", "replaced_by__replaced_by"
    return NationalMeasure.objects.select_related(*related).defer("search_text")


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
