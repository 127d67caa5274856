"""The printed names of what plans cite: documents and laws by code, national measures by ``edition/code``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from planwizard.blueprint.content import CatalogueFacts
from planwizard.catalog.entries import Status
from planwizard.catalog.models import Law, NationalDocument, NationalMeasure

Names = dict[str, dict[str, str]]


def names() -> Names:
    """``{kind: {key: printed name}}`` of the whole catalogue, also of entries switched off. Three queries."""
    return _named(
        NationalDocument.objects.all(),
        Law.objects.all(),
        _without_texts(NationalMeasure.objects.all()),
    )


def names_and_facts() -> tuple[Names, CatalogueFacts]:
    """``names`` with what rules ask of the catalogue, from the same three queries."""
    documents, laws = list(NationalDocument.objects.newest_first()), list(Law.objects.all())
    measures = list(_without_texts(NationalMeasure.objects.all()))
    named = _named(documents, laws, measures)
    return named, _facts(documents, laws, measures, named)


def _facts(
    documents: list[NationalDocument], laws: list[Law], measures: list[NationalMeasure], named: Names
) -> CatalogueFacts:
    offered = (
        each for each in documents if each.is_offered and each.kind == NationalDocument.Kind.BASIC_PLAN
    )
    newest = next(offered, None)
    titles = {each.pk: named["national_measure"][each.reference] for each in measures}
    old = {each.code: "" for each in documents if each.status == Status.SUPERSEDED}
    old |= {
        each.reference: titles.get(each.replaced_by_id, "")
        for each in measures
        if each.status == Status.SUPERSEDED
    }
    since = {law.code: law.effective_from for law in laws if law.effective_from}
    return CatalogueFacts(newest.code if newest else "", old, since)


def names_of(cited: Mapping[str, Iterable[str]]) -> Names:
    """As ``names``, for the cited keys only: ``{"law": ["act-9-3"], …}``. At most three queries.

    A key that the catalogue does not hold has no name; kinds that are not the catalogue's are ignored.
    """
    return _named(
        NationalDocument.objects.filter(code__in=list(cited.get("national_document", ()))),
        Law.objects.filter(code__in=list(cited.get("law", ()))),
        _without_texts(NationalMeasure.objects.by_references(list(cited.get("national_measure", ())))),
    )


def _without_texts(measures: QuerySet[NationalMeasure]) -> QuerySet[NationalMeasure]:
    return measures.select_related("edition").defer("search_text", "summary", "notes", "source")


def _named(
    documents: Iterable[NationalDocument], laws: Iterable[Law], measures: Iterable[NationalMeasure]
) -> Names:
    return {
        "national_document": {document.code: document.printed_name for document in documents},
        "law": {law.code: law.printed_name for law in laws},
        "national_measure": {measure.reference: measure.display_title for measure in measures},
    }
