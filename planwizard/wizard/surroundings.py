"""What a form needs beside its own answers: what references may point to, the plan's years, the town's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import get_args

from planwizard.accounts.models import Department
from planwizard.blueprint.content import Answers, PartContent, PlanContent
from planwizard.blueprint.kinds import AnyField, ByYear, Group, Line, Reference, Rows, Sheet
from planwizard.blueprint.references import TARGETS, names_of
from planwizard.catalog.entries import marked
from planwizard.catalog.models import (
    FundingSource,
    Law,
    NationalDocument,
    NationalMeasure,
    StandardIndicator,
    Term,
)
from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Kind, Part, PlanVersion

Choices = list[tuple[str, str]]  # (key, words)


@dataclass(frozen=True, slots=True)
class Surroundings:
    town: str
    era: EraDisplay
    period: Answers  # the plan's first and last fiscal year
    choices: dict[str, Choices] = field(default_factory=dict)  # by what a Reference points to
    suggestions: dict[str, list[str]] = field(default_factory=dict)  # by what a Line suggests

    def in_town(self, text: str) -> str:
        """The template's 「○○市」 as this town's name."""
        return text.replace("○○市", self.town).replace("○○町", self.town)


def around(part: Part) -> Surroundings:
    """What this part's form needs. One query for each kind of thing that the sheet points to."""
    version = part.version
    pointed = {item.to for item in _references(part.sheet.fields)}
    outline = _outline(version, with_measures="measure" in pointed)
    choices = _in_plan(outline, pointed) | _masters(part.sheet)
    return Surroundings(
        town=part.municipality.name,
        era=_era(outline),
        period=Answers({"period_start_fy": version.period_start_fy, "period_end_fy": version.period_end_fy}),
        choices=choices,
        suggestions={
            name: _names_in(choices[name]) if name in choices else _SUGGESTIONS[name]()
            for name in set(_suggested(part.sheet.fields))
        },
    )


def _names_in(choices: Choices) -> list[str]:
    """What is chosen from elsewhere on the sheet was asked for already."""
    return [name for _, name in choices]


def _era(outline: PlanContent) -> EraDisplay:
    """The calendar that the plan's years and days are written in."""
    chosen = outline.basics.text("era_display")
    return chosen if chosen in get_args(EraDisplay) else "wareki"


def _in_plan(outline: PlanContent, pointed: set[str]) -> dict[str, Choices]:
    """What lies in the plan itself, called as the document calls it."""
    wanted = pointed & {*TARGETS, "measure"}
    names = names_of(outline) if wanted else {}
    return {to: list(names[to].items()) for to in wanted}


def _outline(version: PlanVersion, *, with_measures: bool) -> PlanContent:
    """The plan as far as references look at it: two queries at the most."""
    keys = {target.part for found in TARGETS.values() for target in found}
    parts = Part.objects.of(version).kept().filter(key__in={"basics", *keys})
    columns = parts.values_list("key", "kind", "title", "position", "values")  # a fifth of a part's columns
    rows = [PartContent(*row) for row in columns]
    if with_measures:
        found = Part.objects.of(version).kept().measures().order_by("measure_no")
        rows += [
            PartContent(key, Kind.MEASURE, title, 0, {}, measure_no=no)
            for key, no, title in found.values_list("key", "measure_no", "title")
        ]
    return PlanContent(
        version.blueprint_edition, "", version.stage, version.version_label, version.created_at, tuple(rows)
    )


def _national_measures() -> Choices:
    found = (
        NationalMeasure.objects.offered().in_order().select_related("edition").defer("search_text", "summary")
    )
    return [(measure.reference, marked(measure.display_title, measure.status)) for measure in found]


def _basic_plans() -> Choices:
    found = NationalDocument.objects.offered().basic_plans().newest_first()
    return [(document.code, marked(document.printed_name, document.status)) for document in found]


def _laws(uses: set[str]) -> dict[str, Choices]:
    """The laws by what they are used for (``law:pillar``), and all of them under ``law``. One query."""
    laws = [(law.use, (law.code, law.printed_name)) for law in Law.objects.offered().in_order()]
    of_use = {f"law:{wanted}": [pair for use, pair in laws if use == wanted] for wanted in uses if wanted}
    return of_use | {"law": [pair for _, pair in laws]}


def _masters(sheet: Sheet) -> dict[str, Choices]:
    references = list(_references(sheet.fields))
    found = {to: _MASTERS[to]() for to in {item.choices_key for item in references} & _MASTERS.keys()}
    uses = {item.among for item in references if item.to == "law"}
    return found | (_laws(uses) if uses else {})


_MASTERS = {
    "department": lambda: list(Department.objects.in_order().values_list("key", "name")),
    "national_document:basic_plan": _basic_plans,
    "national_measure": _national_measures,
}


def _references(fields: Iterable[AnyField]) -> Iterator[Reference]:
    for item in fields:
        if isinstance(item, Reference) and not item.is_fixed:
            yield item
        elif isinstance(item, Group):
            yield from _references(item.fields)
        elif isinstance(item, Rows | ByYear):
            yield from _references(item.columns)


def _suggested(fields: Iterable[AnyField]) -> Iterator[str]:
    for item in fields:
        if isinstance(item, Line) and item.suggest:
            yield item.suggest
        elif isinstance(item, Group):
            yield from _suggested(item.fields)
        elif isinstance(item, Rows | ByYear):
            yield from _suggested(item.columns)


_SUGGESTIONS = {
    "department": lambda: list(Department.objects.in_order().values_list("name", flat=True)),
    "funding_source": lambda: list(FundingSource.objects.offered().values_list("name", flat=True)),
    "standard_indicator": lambda: list(StandardIndicator.objects.offered().values_list("name", flat=True)),
    "term": lambda: list(Term.objects.offered().values_list("term", flat=True)),
}
