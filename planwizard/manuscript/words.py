"""What a field says in a line or a cell, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never
from urllib.parse import urlsplit

from planwizard.blueprint import computed
from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Line,
    Number,
    Prints,
    Prose,
    Reference,
    Rows,
    Text,
    Upload,
    Year,
    YesNo,
)
from planwizard.blueprint.say import say
from planwizard.common.numbers import show_number
from planwizard.document import prose
from planwizard.document.nodes import Inline, Link
from planwizard.manuscript import tables
from planwizard.manuscript.material import Material


def words(material: Material, field: AnyField, answers: Answers) -> str:
    """The answer as a reader sees it, one line for each row or year; "" when unanswered."""
    match field:
        case Group(fields=fields):
            return "\n".join(_labelled(material, fields, answers.at(field.key)))
        case Rows(columns=columns):
            said = filter(None, (row_words(material, columns, row) for row in answers.rows(field.key)))
            return ("、" if len(columns) == 1 else "\n").join(said)
        case ByYear(columns=columns):
            years = answers.by_year(field.key).items()
            return "\n".join(
                f"{material.dates.year(year)}　{row_words(material, columns, at)}" for year, at in years
            )
        case Computed():
            return computed.said(field.key, answers)
        case Upload():
            return ""
        case (
            Line()
            | Text()
            | Prose()
            | Number()
            | Day()
            | Year()
            | Choice()
            | Choices()
            | YesNo()
            | Reference()
        ):
            value = answers[field.key]
            return "" if value is None else say(field, value, era=material.era, names=material.names)
        case _:
            assert_never(field)


def row_words(material: Material, columns: Sequence[AnyField], row: Answers) -> str:
    """One row in one line: 相手：役割, or 手続／根拠／件数 from three columns on."""
    said = [words(material, column, row).replace("\n", " ") for column in printed(columns)]
    said = [text for text in said if text]
    return "：".join(said) if len(said) == 2 else "／".join(said)


def printed(fields: Sequence[AnyField]) -> list[AnyField]:
    return [field for field in fields if field.prints is not Prints.NEVER]


def inlines(material: Material, field: AnyField, answers: Answers) -> tuple[Inline, ...]:
    """``words`` with an address as a link and the marks of prose read."""
    text = words(material, field, answers)
    if isinstance(field, Line) and field.format == "url" and is_address(text):
        return (Link(text, text),)
    if isinstance(field, Prose) and ("〔" in text or "://" in text):
        return prose.inlines(text, material.by_key)
    return tables.run(text)


def is_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme in ("http", "https")
    except ValueError:
        return False


def number(stored: str) -> str:
    """84,312 without its unit, for a column whose head has it."""
    return show_number(stored) if stored else ""


def cell(material: Material, field: AnyField, row: Answers) -> tables.Words:
    """The answer in a column whose head carries the label and the unit."""
    if isinstance(field, Number):
        return number(row.text(field.key))
    return inlines(material, field, row)


def _labelled(material: Material, fields: Sequence[AnyField], answers: Answers) -> Iterator[str]:
    for field in printed(fields):
        if text := words(material, field, answers):
            yield f"{material.label(field)}：{text}"
