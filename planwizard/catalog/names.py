"""The printed names of what plans cite: documents and laws by code, national measures by ``edition/code``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Model, QuerySet, Value

from planwizard.blueprint.content import CatalogueFacts
from planwizard.catalog.entries import Status
from planwizard.catalog.models import Edition, Law, NationalDocument, NationalMeasure
from planwizard.web.in_one import InOne

# Of each table what names, rules and lists to choose from look into.
_LOOKED_AT: Mapping[type[Model], set[str]] = {
    NationalDocument: {"code", "title", "kind", "decided_on", "decision", "status", "is_on", "verified"},
    Law: {"code", "title", "number", "article", "effective_from", "use", "position", "is_on", "verified"},
    Edition: {"id", "code"},
    NationalMeasure: {
        "id", "edition_id", "code", "title", "section", "title_kind", "status", "replaced_by_id",
    },
}  # fmt: skip

Names = dict[str, dict[str, str]]


class Cited(NamedTuple):
    """What plans cite, also what is switched off, with the columns above: documents newest first, laws in their order."""

    documents: list[NationalDocument]
    laws: list[Law]
    measures: list[NationalMeasure]


def cited() -> Cited:
    """One query."""
    first, *rest = (_in_one(model) for model in _LOOKED_AT)
    found = dict(first.union(*rest, all=True))
    documents, laws, editions, measures = (
        _entries(model, found[model.__name__] or ()) for model in _LOOKED_AT
    )
    documents.sort(key=lambda each: (-(each.decided_on or date.min).toordinal(), each.code))
    laws.sort(key=lambda each: (each.position, each.code))
    edition_of = {each.pk: each for each in editions}
    for each in measures:
        each.edition = edition_of[each.edition_id]
    return Cited(documents, laws, measures)


def names_and_facts(found: Cited | None = None) -> tuple[Names, CatalogueFacts]:
    """``{kind: {key: printed name}}`` of the whole catalogue, also of entries switched off, and what rules ask of it.

    One query, none if what plans cite is at hand.
    """
    documents, laws, measures = found or cited()
    named = _named(documents, laws, measures)
    return named, _facts(documents, laws, measures, named)


def _in_one(model: type[Model]) -> QuerySet:
    rows = model._default_manager.order_by().values(table=Value(model.__name__))
    return rows.annotate(all=InOne(*_columns(model))).values_list("table", "all")


def _columns(model: type[Model]) -> list[str]:
    """In the order in which Django makes a record of a row."""
    return [each.attname for each in model._meta.concrete_fields if each.attname in _LOOKED_AT[model]]


def _entries(model: type[Model], rows: Iterable[list]) -> list:
    """As far as they are looked into."""
    columns = _columns(model)
    dates = [at for at, name in enumerate(columns) if name in ("decided_on", "effective_from")]
    found = []
    for row in rows:
        for at in dates:
            row[at] = date.fromisoformat(row[at]) if row[at] else None
        found.append(model.from_db(None, columns, row))
    return found


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
    """The names of the cited keys only: ``{"law": ["act-9-3"], …}``. At most three queries.

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
