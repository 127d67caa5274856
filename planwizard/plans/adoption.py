"""Taking national measures over into a town's own measures (採用)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from planwizard.accounts.member import Member
from planwizard.blueprint.content import AdoptionContent
from planwizard.catalog.adopting import adoption_of
from planwizard.catalog.models import NationalMeasure
from planwizard.plans import examples, structure
from planwizard.plans.models import Adoption, Part, PlanVersion


def adopt(
    version: PlanVersion, measure: NationalMeasure, *, by: Member, at: datetime, with_examples: bool = False
) -> Part:
    """A new measure of the town's own, in the national measure's area, that cites it and begins with its title."""
    values = _beginning(measure)
    if with_examples:
        values |= examples.of(
            measure,
            version.edition.measure(measure.area),
            version.years,
            version.municipality.kind,
            is_small_start=version.is_small_start,
        )
    with transaction.atomic():
        part = structure.add_measure(version, measure.area, by=by, at=at, title=measure.title, values=values)
        cite(part, measure, by=by, at=at)
        return part


def adopt_many(
    version: PlanVersion,
    measures: Iterable[NationalMeasure],
    *,
    by: Member,
    at: datetime,
    with_examples: bool = False,
) -> list[Part]:
    """The same for each that no measure of the version has adopted yet, all or none."""
    with structure.claim(version, by=by):
        kept = Adoption.objects.filter(part__version=version, part__deleted_at=None)
        taken = set(kept.values_list("edition_code", "code"))
        return [
            adopt(version, measure, by=by, at=at, with_examples=with_examples)
            for measure in measures
            if (measure.edition.code, measure.code) not in taken
        ]


def cite(part: Part, measure: NationalMeasure, *, by: Member, at: datetime) -> Adoption:
    """Note on an existing measure that it takes this national measure over. Citing twice is citing once."""
    found = Adoption.objects.filter(part=part, edition_code=measure.edition.code, code=measure.code).first()
    return found or add(part, adoption_of(measure), measure, by=by, at=at)


def add(
    part: Part, kept: AdoptionContent, measure: NationalMeasure | None, *, by: Member, at: datetime
) -> Adoption:
    """Keep the wording of ``kept``; ``measure`` is the entry of this catalogue, None if it does not hold it."""
    return Adoption.objects.create(
        municipality_id=part.municipality_id,
        part=part,
        national_measure=measure,
        edition_code=kept.edition_code,
        code=kept.code,
        title=kept.title,
        title_kind=kept.title_kind,
        status=kept.status,
        ministry=kept.ministry,
        source=kept.source,
        wording=kept.wording,
        sha256=hashlib.sha256(kept.wording.encode()).hexdigest(),
        by=by.user,
        at=at,
    )


def _beginning(measure: NationalMeasure) -> dict:
    """What the sheet begins with: that it is a chosen national measure, its law, and its further pillars."""
    beginning = structure.beginning(measure.area, "national", measure.act_article)
    if measure.area_sub:
        beginning["pillar_sub"] = measure.area_sub.split()
    return beginning
