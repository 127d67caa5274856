"""Two editions beside each other: which measure of the newer one follows which of the older one, and what is alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from planwizard.accounts.member import Member
from planwizard.catalog import offers
from planwizard.catalog.catalog_file import SECTIONS
from planwizard.catalog.columns import words
from planwizard.catalog.entries import Status
from planwizard.catalog.imports import log_changes, require_operator
from planwizard.catalog.measures import Edition, NationalMeasure

How = Literal["successor", "code", "title", "alone"]
_NOT_COMPARED = ("status", "replaced_by", "verified", "is_on", "notes", "source", "locator")


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure of the older edition, one of the newer, or both; ``how`` the two were found to belong together."""

    older: NationalMeasure | None
    newer: NationalMeasure | None
    how: How

    @property
    def changed_heads(self) -> list[str]:
        """The heads of the facts in which the two differ."""
        if self.older is None or self.newer is None:
            return []
        old, new = self.older.facts(), self.newer.facts()
        names = [name for name in self.older.FACTS if name not in _NOT_COMPARED and old[name] != new[name]]
        return [head for head, _ in words(SECTIONS["national_measures"], new, names)]

    @property
    def may_be_marked(self) -> bool:
        """Whether the newer one can be noted as the successor of the older one."""
        return self.how in ("code", "title") and self.older is not None and self.older.replaced_by_id is None


def pairs_of(older: Edition, newer: Edition) -> list[Pair]:
    """By the successor that is noted, else by number, else by title; then what is in the newer one only. Two queries."""
    left, right = _measures(older), _measures(newer)
    by_id = {measure.pk: measure for measure in right}
    by_code = {measure.code: measure for measure in right}
    by_title = {measure.full_title: measure for measure in right}
    pairs = [_pair(measure, by_id, by_code, by_title) for measure in left]
    followed = {pair.newer.pk for pair in pairs if pair.newer}
    return [*pairs, *(Pair(None, measure, "alone") for measure in right if measure.pk not in followed)]


def _pair(measure: NationalMeasure, by_id: dict, by_code: dict, by_title: dict) -> Pair:
    if measure.replaced_by_id in by_id:
        return Pair(measure, by_id[measure.replaced_by_id], "successor")
    if same := by_code.get(measure.code):
        return Pair(measure, same, "code")
    if same := by_title.get(measure.full_title):
        return Pair(measure, same, "title")
    return Pair(measure, None, "alone")


def _measures(edition: Edition) -> list[NationalMeasure]:
    found = NationalMeasure.objects.filter(edition=edition).order_by("code")
    return list(found.select_related("edition", "document", "replaced_by__edition").defer("search_text"))


def mark_successors(older: Edition, newer: Edition, codes: Iterable[str], *, by: Member) -> int:
    """Note for these measures of the older edition that the paired one of the newer edition follows. How many."""
    with transaction.atomic():
        require_operator(by)
        wanted = set(codes)
        marked = []
        for pair in pairs_of(older, newer):
            is_meant = pair.older is not None and pair.older.code in wanted and pair.may_be_marked
            if is_meant and not pair.newer.leads_to({pair.older.pk}):
                pair.older.supersede(pair.newer)
                marked.append(pair.older)
        log_changes(marked, f"{Status.SUPERSEDED.label}。後継の版：{newer}", by)
    offers.forget()
    return len(marked)
