"""The rows of a measure sheet that read badly as a plain list: national measures, budget, funding."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from planwizard.blueprint.content import AdoptionContent, Answers, PartContent
from planwizard.blueprint.kinds import AnyField, Choice, Rows
from planwizard.common.numbers import show_with_unit
from planwizard.manuscript.dates import Dates
from planwizard.manuscript.material import Material
from planwizard.manuscript.words import row_words, words

_MARKS = {"unknown": "今の扱いは未確認", "superseded": "後の施策に替わった施策"}


def national_measures(material: Material, part: PartContent, field: AnyField) -> str:
    """What was taken over, with the marks the catalogue puts on it and where it stands (手引Ⅲ)."""
    if part.adoptions:
        return "\n".join(_adopted(each, material.dates) for each in part.adoptions)
    return words(material, field, part.answers).replace("、", "\n")


def _adopted(adoption: AdoptionContent, dates: Dates) -> str:
    marks = ["説明題"] * (adoption.title_kind == "descriptive") + [_MARKS.get(adoption.status, "")]
    shown = "、".join(filter(None, marks))
    facts = [f"所管：{adoption.ministry}" if adoption.ministry else ""]
    facts.append(f"出典：{dates.in_text(adoption.source)}" if adoption.source else "")
    title = f"{adoption.title}（{shown}）" if shown else adoption.title
    return "　".join(filter(None, (title, *facts)))


def budget(material: Material, part: PartContent, each: AnyField) -> str:
    """One line a year: the sum, then what it is made of. Initial and running costs are counted once (千円)."""
    rows = [row for row in part.answers.rows(each.key) if row.text("amount")]
    by_year: dict[int, list[Answers]] = {}
    for row in rows:
        by_year.setdefault(row.year("fy") or 0, []).append(row)
    lines = [_year_of_budget(material, year, by_year[year], each) for year in sorted(by_year)]
    return "\n".join(lines)


def _year_of_budget(material: Material, year: int, rows: list[Answers], each: AnyField) -> str:
    kinds = (
        next(column for column in each.columns if column.key == "kind") if isinstance(each, Rows) else None
    )
    items = [f"{_kind(material, kinds, row)}{show_with_unit(row.text('amount'), '千円')}" for row in rows]
    name = f"{material.dates.year(year)}　" if year else ""
    if len(items) == 1:
        return f"{name}{items[0]}"
    total = show_with_unit(str(sum(map(_amount, rows))), "千円")
    return f"{name}{total}（{'、'.join(items)}）"


def _kind(material: Material, kinds: AnyField | None, row: Answers) -> str:
    text = words(material, kinds, row) if isinstance(kinds, Choice) else ""
    return f"{text} " if text else ""


def _amount(row: Answers) -> Decimal:
    return Decimal(row.text("amount"))


def funding(material: Material, part: PartContent, each: AnyField) -> str:
    columns = each.columns if isinstance(each, Rows) else ()
    return "\n".join(row_words(material, columns, row) for row in part.answers.rows(each.key))


LINES: dict[str, Callable[[Material, PartContent, AnyField], str]] = {
    "national_measures": national_measures,
    "budget": budget,
    "funding": funding,
}
