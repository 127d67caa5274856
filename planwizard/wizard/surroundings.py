"""What a form needs beside its own answers: what references may point to, the plan's years, the town's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from planwizard.accounts.models import Department
from planwizard.blueprint import blanks
from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import AnyField, ByYear, Group, Line, Reference, Rows
from planwizard.blueprint.references import TARGETS
from planwizard.catalog import offers
from planwizard.catalog.offers import Choices
from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Part
from planwizard.wizard.outline import Outline, outline_of


@dataclass(frozen=True, slots=True)
class Surroundings:
    town: str
    era: EraDisplay
    period: Answers  # the plan's first and last fiscal year
    choices: dict[str, Choices] = field(default_factory=dict)  # by what a Reference points to
    suggestions: dict[str, list[str]] = field(default_factory=dict)  # by what a Line suggests
    prefecture: str = ""

    def in_town(self, text: str) -> str:
        """A text of the template with the town's name in its blanks."""
        return blanks.filled(text, town=self.town, prefecture=self.prefecture)


def around(part: Part, outline: Outline | None = None) -> Surroundings:
    """What this part's form needs. One query for each kind of thing that the sheet points to.

    ``outline`` is that of the part's version, if it is at hand.
    """
    version, sheet = part.version, part.sheet
    references = list(_references(sheet.fields))
    if outline is None:
        outline = outline_of(version)
    wanted = {item.choices_key for item in references}
    choices = _in_plan(outline, {item.to for item in references})
    if "measure" in choices:  # no measure comes before itself
        choices["measure"] = [pair for pair in choices["measure"] if pair[0] != part.key]
    choices |= {to: offers.choices(to) for to in wanted & offers.CHOICES}
    if "department" in wanted:
        choices["department"] = list(Department.objects.in_order().values_list("key", "name"))
    return Surroundings(
        town=part.municipality.name,
        prefecture=part.municipality.prefecture_name,
        era=outline.era,
        period=Answers({"period_start_fy": version.period_start_fy, "period_end_fy": version.period_end_fy}),
        choices=choices,
        suggestions={name: _suggestions(name, choices) for name in set(_suggested(sheet.fields))},
    )


def _suggestions(name: str, choices: dict[str, Choices]) -> list[str]:
    """What is chosen from elsewhere on the sheet was asked for already."""
    if name in choices:
        return [words for _, words in choices[name]]
    if name in offers.NAMES:
        return offers.names(name)
    return list(Department.objects.in_order().values_list("name", flat=True))


def _in_plan(outline: Outline, pointed: set[str]) -> dict[str, Choices]:
    """What lies in the plan itself, called as the document calls it."""
    wanted = pointed & {*TARGETS, "measure"}
    names = outline.names() if wanted else {}
    return {to: list(names[to].items()) for to in wanted}


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
