"""National measures, documents, laws, funding, indicators and terms: facts shared by all towns, each with a source."""

from __future__ import annotations

from planwizard.catalog.changed import CatalogChange
from planwizard.catalog.entries import Status
from planwizard.catalog.imported import CatalogImport, ImportedEntry
from planwizard.catalog.measures import Edition, NationalMeasure
from planwizard.catalog.records import FundingSource, Law, NationalDocument, StandardIndicator, Term

__all__ = [
    "CatalogChange",
    "CatalogImport",
    "Edition",
    "FundingSource",
    "ImportedEntry",
    "Law",
    "NationalDocument",
    "NationalMeasure",
    "StandardIndicator",
    "Status",
    "Term",
]
