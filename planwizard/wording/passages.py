"""From a plan to what the rules look at: the texts that people wrote and the document shows, the numbers it declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from planwizard.blueprint.content import Answers, PartContent, PlanContent
from planwizard.blueprint.edition import edition_of
from planwizard.blueprint.kinds import Line, Number, Prints, Prose, Sheet, Text
from planwizard.blueprint.say import kpi_unit
from planwizard.blueprint.values import stored_places
from planwizard.wording.hint import Figure, Passage
from planwizard.wording.terms import spellings_in

_KPI_NUMBERS = ("baseline_value", "target_value")


def sheet_of(content: PlanContent, part: PartContent) -> Sheet:
    return edition_of(content).sheet_for(part.kind, part.key, part.pillar)


def passages(content: PlanContent, parts: Iterable[PartContent]) -> Iterator[Passage]:
    """What was written in these parts in the order of their sheets. Names chosen from lists, addresses and notes
    that are not printed are not looked at."""
    for part in parts:
        values = part.all_values
        for path, place in stored_places(sheet_of(content, part), values).items():
            item, value = place.field, values.get(path)
            if not isinstance(value, str) or item.is_fixed or item.prints is Prints.NEVER:
                continue
            if isinstance(item, Text | Prose) or (
                isinstance(item, Line) and not item.format and not item.suggest
            ):
                yield Passage(part.key, path, value)


def figures(content: PlanContent) -> tuple[Figure, ...]:
    """Every number with a label and a unit that stands in a field of its own, by label and unit."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for part in content.parts:
        for path, place in stored_places(sheet_of(content, part), part.values).items():
            item, value = place.field, part.values.get(path)
            if isinstance(item, Number) and item.unit and "." not in path and isinstance(value, str):
                found[item.label, item.unit].add(value)
        for row in part.answers.rows("kpis"):
            found[row.text("name"), kpi_unit(row)].update(_numbers_of(row))
    return tuple(
        Figure(label, unit, frozenset(values))
        for (label, unit), values in found.items()
        if label and unit and values
    )


def spellings(content: PlanContent) -> frozenset[str]:
    """The spellings of which one plan should use only one."""
    return frozenset(
        word
        for part in content.parts
        for value in part.all_values.values()
        if isinstance(value, str)
        for word in spellings_in(value)
    )


def _numbers_of(kpi: Answers) -> Iterator[str]:
    yield from filter(None, (kpi.text(path) for path in _KPI_NUMBERS))
    for path in ("targets", "actuals"):
        yield from filter(None, (year.text("value") for year in kpi.by_year(path).values()))
