"""Bring checked drafts into the catalogue: all or nothing, as often as you like, never over an editor's change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from django.db import transaction
from django.utils import timezone

from planwizard.catalog import catalog_file, changed
from planwizard.catalog.catalog_file import SECTIONS, Draft
from planwizard.catalog.entries import Loaded
from planwizard.catalog.measures import NationalMeasure

Verdict = Literal["added", "updated", "same", "kept"]
Rows = dict[str, Loaded]  # {reference: row}


@dataclass(frozen=True)
class Report:
    """What loading did: how many entries of each model, and which it left as an editor had changed them."""

    counts: dict[type[Loaded], Counter[Verdict]] = field(default_factory=dict)
    kept: list[Draft] = field(default_factory=list)
    written: list[tuple[Loaded, dict[str, object] | None]] = field(
        default_factory=list
    )  # with its facts before


def load_text(text: str) -> Report:
    """Load a catalogue file. Raises BadCatalog, with nothing written, if any of it is wrong."""
    with transaction.atomic():
        report = _load(catalog_file.read(text))
        changed.keep(report.written, by=None, at=timezone.now())
        return report


def _load(drafts: list[Draft]) -> Report:
    report = Report()
    rows: dict[type[Loaded], Rows] = {}
    for model in SECTIONS.values():
        rows[model] = catalog_file.references_in(model)
        own = [draft for draft in drafts if draft.model is model]
        report.counts[model] = Counter(_load_draft(draft, rows, report) for draft in own)
        if model is NationalMeasure:
            kept = {draft.reference for draft in report.kept}
            set_successors([draft for draft in own if draft.reference not in kept], rows)
    return report


def _load_draft(draft: Draft, rows: dict[type[Loaded], Rows], report: Report) -> Verdict:
    row = rows[draft.model].get(draft.reference)
    verdict = _verdict(row, draft)
    if verdict == "kept":
        report.kept.append(draft)
    elif verdict != "same":
        before = row.facts() if row else None
        written = write(row or draft.model(code=draft.code), draft, rows)
        rows[draft.model][draft.reference] = written
        report.written.append((written, before))
    elif row and row.loaded_sha256 != draft.sha256:
        row.loaded_sha256 = draft.sha256
        row.save(update_fields=["loaded_sha256"])
    return verdict


def _verdict(row: Loaded | None, draft: Draft) -> Verdict:
    if row is None:
        return "added"
    if row.facts() == draft.facts:
        return "same"
    return "kept" if row.is_edited_by_hand else "updated"


def write(row: Loaded, draft: Draft, rows: dict[type[Loaded], Rows]) -> Loaded:
    """Fill the row from its draft. Successors wait until all measures are there."""
    related = {name: rows[model][reference] for name, model, reference in _at_once(draft)}
    for name, value in draft.facts.items():
        column = draft.model._meta.get_field(name)
        setattr(row, name, related.get(name) if column.is_relation else column.to_python(value))
    if draft.edition:
        row.edition = related["edition"]
    row.loaded_sha256 = draft.sha256
    row.derive()
    row.save()
    return row


def _at_once(draft: Draft) -> list[tuple[str, type[Loaded], str]]:
    return [link for link in catalog_file.cited(draft) if link[0] != "replaced_by"]


def set_successors(drafts: list[Draft], rows: dict[type[Loaded], Rows]) -> None:
    """Lead each measure to the one that follows it, once all are there."""
    for draft in drafts:
        if successor := draft.facts["replaced_by"]:
            row = rows[NationalMeasure][draft.reference]
            row.replaced_by = rows[NationalMeasure][successor]
            row.save(update_fields=["replaced_by"])
