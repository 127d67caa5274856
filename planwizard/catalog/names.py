"""The printed names of what plans cite: documents and laws by code, national measures by ``edition/code``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from planwizard.catalog.models import Law, NationalDocument, NationalMeasure

Names = dict[str, dict[str, str]]


def names() -> Names:
    """``{kind: {key: printed name}}`` of the whole catalogue, also of entries switched off. Three queries."""
    return _named(
        NationalDocument.objects.all(),
        Law.objects.all(),
        NationalMeasure.objects.all(),
    )


def names_of(cited: Mapping[str, Iterable[str]]) -> Names:
    """As ``names``, for the cited keys only: ``{"law": ["act-9-3"], …}``. At most three queries.

    A key that the catalogue does not hold has no name; kinds that are not the catalogue's are ignored.
    """
    return _named(
        NationalDocument.objects.filter(code__in=list(cited.get("national_document", ()))),
        Law.objects.filter(code__in=list(cited.get("law", ()))),
        NationalMeasure.objects.by_references(list(cited.get("national_measure", ()))),
    )


def _named(
    documents: QuerySet[NationalDocument], laws: QuerySet[Law], measures: QuerySet[NationalMeasure]
) -> Names:
    measures = measures.select_related("edition").defer("search_text", "summary", "notes", "source")
    return {
        "national_document": {document.code: document.printed_name for document in documents},
        "law": {law.code: law.printed_name for law in laws},
        "national_measure": {measure.reference: measure.display_title for measure in measures},
    }
