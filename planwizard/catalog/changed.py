"""What changed in entries that plans cite or copy: plans are told from here, whoever changed them and by which way.

National measures are not among them: a plan that adopts one keeps its wording, and is compared with that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import models

from planwizard.accounts.models import User
from planwizard.catalog.catalog_file import SECTIONS
from planwizard.catalog.entries import Entry, Loaded
from planwizard.catalog.measures import NationalMeasure
from planwizard.catalog.named_entry import NamedEntry

_SECTION_OF = {model: section for section, model in SECTIONS.items()}


class CatalogChange(NamedEntry):
    """One entry before and after."""

    before = models.JSONField()
    after = models.JSONField(null=True)  # None: no longer offered
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "カタログの変更"
        ordering = ["at", "pk"]
        indexes = [models.Index("section", "at", name="change_of_section")]


def keep(
    rows: Iterable[tuple[Loaded, Mapping[str, object] | None]], *, by: User | None, at: datetime
) -> None:
    """Keep what became of rows, each with the facts that it had before (None: it is new, nobody cites it)."""
    CatalogChange.objects.bulk_create(
        CatalogChange(
            section=_SECTION_OF[type(row)],
            reference=row.reference,
            before=before,
            after=row.facts() if row.is_offered else None,
            by=by,
            at=at,
        )
        for row, before in rows
        if isinstance(row, Entry) and not isinstance(row, NationalMeasure) and _is_news(row, before)
    )


def _is_news(row: Entry, before: Mapping[str, object] | None) -> bool:
    return before is not None and row.facts() != before
