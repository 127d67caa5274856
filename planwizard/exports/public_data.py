"""公開用（データ添付）: what rides within the PDF: plan.json, measures.csv and kpi.csv.

The files follow 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」(2020-12): one value a cell, years of the
Christian era, ISO dates, the municipality's code as text, no characters that another machine may not have.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from planwizard.blueprint import plan_file
from planwizard.blueprint.content import Answers, PartContent, PlanContent, Value
from planwizard.blueprint.measure_sheet import BUDGET_FIELDS
from planwizard.blueprint.say import kpi_unit
from planwizard.manuscript.options import Options

# Answers of the yearly review, which is published by its own report.
_NOT_YET_PUBLIC = frozenset({"review"})
_ACTUALS = ".actuals."
_CIRCLED = str.maketrans("①②③④⑤", "12345")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_MEASURE_HEADS = (
    "municipality_code", "municipality_name", "measure_no", "title", "pillar", "kind", "department",
    "goal_statement", "start_fy", "end_fy", "national_measures",
)  # fmt: skip
_KPI_HEADS = (
    "municipality_code", "measure_no", "name", "unit", "definition", "direction",
    "baseline_value", "baseline_fy", "target_fy", "target_value",
)  # fmt: skip


def files(content: PlanContent, options: Options, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """{name: bytes} in the order of the names, without budgets unless they are printed."""
    public = published(content, options)
    data = plan_file.dumps(plan_file.to_json(public, pictures))
    return {
        "kpi.csv": _csv(_KPI_HEADS, _kpis(public)),
        "measures.csv": _csv(_MEASURE_HEADS, _measures(public)),
        "plan.json": data.encode(),
    }


def published(content: PlanContent, options: Options) -> PlanContent:
    """The plan without what its pages do not show: drafts of unreadable answers, reviews, unchosen budgets."""
    hidden = _NOT_YET_PUBLIC if options.budgets else _NOT_YET_PUBLIC | BUDGET_FIELDS
    return replace(content, parts=tuple(_public(part, hidden) for part in content.parts))


def _public(part: PartContent, hidden: frozenset[str]) -> PartContent:
    if part.kind != "measure":
        return replace(part, as_typed={})
    values = {path: value for path, value in part.values.items() if _is_public(path, hidden)}
    return replace(part, values=values, as_typed={})


def _is_public(path: str, hidden: frozenset[str]) -> bool:
    return path.partition(".")[0] not in hidden and _ACTUALS not in path


# --- tables --------------------------------------------------------------------------------------------------


def _measures(content: PlanContent) -> Iterator[list[Value]]:
    town = _town(content)
    for part in content.measures:
        answers = part.answers
        years = [row.year(key) for row in answers.rows("schedule") for key in ("start_fy", "end_fy")]
        known = [year for year in years if year is not None]
        yield [
            *town,
            _number(part),
            part.title,
            part.pillar,
            answers.text("kind"),
            content.name_of("department", part.department),
            _line(answers, "goal_statement"),
            min(known, default=""),
            max(known, default=""),
            " / ".join(adoption.title for adoption in part.adoptions),
        ]


def _kpis(content: PlanContent) -> Iterator[list[Value]]:
    """A row for each target: that of the last year, and the yearly ones before it."""
    code, _ = _town(content)
    for part in content.measures:
        for row in part.answers.rows("kpis"):
            facts = [row.text("name"), kpi_unit(row), _line(row, "definition"), row.text("direction")]
            baseline = [row.text("baseline_value"), row.year("baseline_fy") or ""]
            for year, target in sorted(_targets(row).items()):
                yield [code, _number(part), *facts, *baseline, year, target]


def _targets(row: Answers) -> dict[int, str]:
    found = {year: row.text(f"targets.{year}.value") for year in row.by_year("targets")}
    last = row.year("target_fy")
    if last is not None:
        found[last] = found.get(last) or row.text("target_value")
    return {year: target for year, target in found.items() if target}


def _town(content: PlanContent) -> tuple[str, str]:
    return content.basics.text("municipality_code"), content.basics.text("municipality_name")


def _number(part: PartContent) -> str:
    """6-1-01: a circled digit is not on every machine."""
    return part.measure_no.translate(_CIRCLED)


def _line(answers: Answers, path: str) -> str:
    return " ".join(answers.text(path).split())


def _csv(heads: tuple[str, ...], rows: Iterable[list[Value]]) -> bytes:
    """UTF-8 with BOM, CRLF. What a spreadsheet would take for a formula gets an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: Value) -> Value:
    is_formula = isinstance(value, str) and value.strip(" ").startswith(_FORMULA) and not _is_number(value)
    return f"'{value}" if is_formula else value


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()
