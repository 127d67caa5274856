"""現状の数値の出典: every figure of chapter 1 with where it comes from and of when it is, numbered (EBPM)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planwizard.blueprint import options
from planwizard.blueprint.content import Answers
from planwizard.document.nodes import Block, Source
from planwizard.manuscript import tables
from planwizard.manuscript.material import Material
from planwizard.manuscript.tables import Column
from planwizard.manuscript.words import number

TITLE = "現状の数値の出典"
POPULATION_SOURCES = {option.key: option.label for option in options.POPULATION_SOURCES}
_HEADS = ("番号", "数値", "値", "時点", "出典")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is printed."""

    name: str
    value: str
    as_of: str
    source: str


def blocks(material: Material) -> Iterator[Block]:
    """The list as a table of the appendix; nothing without a figure that names its source."""
    rows = [
        [str(nth), each.name, each.value, each.as_of, each.source]
        for nth, each in enumerate(_figures(material), 1)
    ]
    if rows:
        columns = [Column(head) for head in _HEADS]
        source = Source("appendix", "references")
        yield from tables.grid("appendix-evidence", TITLE, columns, rows, source=source)


def _figures(material: Material) -> Iterator[Figure]:
    answers = material.answers("ch1")
    yield from _population(material, answers)
    for row in answers.rows("population_projection"):
        yield from _of_year(material, "将来人口", row, "人")
    for row in answers.rows("digital_indicators"):
        value = row.text("value") + row.text("unit")
        yield from _known(row.text("name"), value, _day(material, row, "as_of"), row.text("source"))


def _population(material: Material, answers: Answers) -> Iterator[Figure]:
    value = number(answers.text("population"))
    label = POPULATION_SOURCES.get(answers.text("population_source"), "")
    yield from _known(
        "総人口", f"{value}人", _day(material, answers, "population_as_of"), label if value else ""
    )


def _of_year(material: Material, name: str, row: Answers, unit: str) -> Iterator[Figure]:
    year = row.year("fy")
    as_of = material.dates.year(year) if year is not None else ""
    yield from _known(name, f"{number(row.text('value'))}{unit}", as_of, row.text("source"))


def _known(name: str, value: str, as_of: str, source: str) -> Iterator[Figure]:
    if name and source:
        yield Figure(name, value, as_of, source)


def _day(material: Material, row: Answers, path: str) -> str:
    stored = row.text(path)
    return material.dates.day(stored) if stored else ""
