"""How often plans use the catalogue, over all towns: numbers only, never who or what is written in a draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from planwizard.catalog.models import NationalMeasure
from planwizard.plans.models import Adoption


@dataclass(frozen=True, slots=True)
class Usage:
    reference: str  # edition/code
    title: str
    status: str
    towns: int
    versions: int
    measures: int


def usage() -> list[Usage]:
    """The national measures that plans adopted, the most used first. Two queries."""
    kept = Adoption.all_municipalities.filter(part__deleted_at=None).order_by()
    counts = kept.values("edition_code", "code").annotate(
        towns=Count("municipality", distinct=True),
        versions=Count("part__version", distinct=True),
        measures=Count("part", distinct=True),
    )
    rows = NationalMeasure.objects.select_related("edition", "replaced_by").defer("search_text", "summary")
    known = {row.reference: row for row in rows}
    found = []
    for each in counts:
        reference = f"{each['edition_code']}/{each['code']}"
        row = known.get(reference)
        title, status = (row.display_title, row.status_words) if row else ("（このカタログにはない）", "")
        found.append(Usage(reference, title, status, each["towns"], each["versions"], each["measures"]))
    return sorted(found, key=lambda each: (-each.measures, each.reference))
