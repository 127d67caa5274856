"""A plan with what many blocks need looked up once: years, names, numbers of issues, measures by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planwizard.blueprint.content import Answers, PartContent, PlanContent
from planwizard.blueprint.edition import Edition, edition_of
from planwizard.blueprint.kinds import AnyField, ByYear, Choice, Rows, Sheet
from planwizard.blueprint.missing import Missing, missing_in
from planwizard.blueprint.references import issue_no, names_of
from planwizard.common.fiscal_year import EraDisplay
from planwizard.manuscript.dates import Dates
from planwizard.manuscript.numbering import table_id
from planwizard.manuscript.options import Options

_TOWN = "○○市"  # stands for the town's name in every title and label of the blueprint (手引 Ⅱ)
_NO_NAME = "本市町村"
_LONGEST_PERIOD = 30  # years; a longer one is a slip of the pen and would make a table of empty columns


@dataclass(frozen=True)
class Material:
    """The plan and everything looked up in it; made once for each document."""

    content: PlanContent
    options: Options
    asked: set[str] = field(default_factory=set)  # keys of references in the text, resolved at the end

    def by_key(self, key: str) -> str:
        """Takes note of a reference: what it points to is known when all blocks are there."""
        self.asked.add(key)
        return key

    @cached_property
    def edition(self) -> Edition:
        return edition_of(self.content)

    @cached_property
    def basics(self) -> Answers:
        return self.content.basics

    @cached_property
    def era(self) -> EraDisplay:
        era = self.options.era or self.basics.text("era_display")
        return "both" if era == "both" else "seireki" if era == "seireki" else "wareki"

    @cached_property
    def missing(self) -> dict[str, list[Missing]]:
        """{part key: its ◎ and ○ without an answer}."""
        return missing_in(self.content)

    @cached_property
    def dates(self) -> Dates:
        return Dates(self.era)

    @cached_property
    def town(self) -> str:
        return self.basics.text("municipality_name") or _NO_NAME

    @cached_property
    def title(self) -> str:
        return self.basics.text("plan_title") or f"{self.town}官民データ活用推進計画"

    @cached_property
    def short_title(self) -> str:
        return self.basics.text("plan_short_title") or "本計画"

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The fiscal years of the plan, () while the period is not known or cannot be."""
        start, end = self.basics.year("period_start_fy"), self.basics.year("period_end_fy")
        if start is None or end is None or not 0 <= end - start < _LONGEST_PERIOD:
            return ()
        return tuple(range(start, end + 1))

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """{what a Reference points to: {key: printed name}}, rows and measures of the plan included."""
        return names_of(self.content)

    @cached_property
    def parts(self) -> Mapping[str, PartContent]:
        return {part.key: part for part in self.content.parts}

    @cached_property
    def measures(self) -> tuple[PartContent, ...]:
        """The measures in printing order, with the columns of the part among their answers."""
        return tuple(_with_columns(part) for part in self.content.measures)

    @cached_property
    def areas(self) -> tuple[PartContent, ...]:
        return tuple(part for part in self.content.parts if part.kind == "area")

    @cached_property
    def own_pillars(self) -> list[Answers]:
        """The town's own pillars that have a title: chapter 6 is then bundled by them."""
        return [row for row in self.basics.rows("own_pillars") if row.text("title")]

    @cached_property
    def issues(self) -> list[tuple[str, Answers]]:
        """(printed number, row) of each issue of chapter 1."""
        rows = self.answers("ch1").rows("issues")
        return [(issue_no(row, at), row) for at, row in enumerate(rows, 1)]

    @cached_property
    def measures_by_issue(self) -> Mapping[str, list[str]]:
        """{issue's row key: numbers of the measures that answer it}."""
        found: dict[str, list[str]] = {}
        for part in self.measures:
            for key in part.answers.keys("issues"):
                found.setdefault(key, []).append(part.measure_no or part.title)
        return found

    @cached_property
    def rows(self) -> Mapping[str, str]:
        """{row key: id of the table in which the row is printed}, for references."""
        places: dict[str, str] = {}
        for part in self.content.parts:
            for each in self.sheet(part).fields:
                if isinstance(each, Rows):
                    id_ = part.key if part.kind == "measure" else table_id(part.key, each.key)
                    places |= dict.fromkeys(part.answers.keys(each.key), id_)
        return places

    def answers(self, part_key: str) -> Answers:
        part = self.parts.get(part_key)
        return part.answers if part else Answers({})

    def sheet(self, part: PartContent) -> Sheet:
        return self.edition.sheet_for(part.kind, part.key, part.pillar)

    @cached_property
    def kpi_words(self) -> Mapping[str, Mapping[str, str]]:
        """{kind | cumulative: {key: label}} of the KPIs' choices."""
        columns = self._columns("kpis")
        return {key: _labels(columns[key]) for key in ("kind", "cumulative")}

    @cached_property
    def statuses(self) -> Mapping[str, str]:
        """{key: word} of a year's cell in the schedule: 検討, 準備, 実施, …"""
        cells = self._columns("schedule")["cells"]
        columns = cells.columns if isinstance(cells, ByYear) else ()
        return next(_labels(each) for each in columns if isinstance(each, Choice))

    @cached_property
    def measure_kinds(self) -> Mapping[str, str]:
        """{key: 国の施策を選定, 独自, …}"""
        sheet = next(iter(self.edition.measures.values()))
        return next(_labels(each) for each in sheet.fields if each.key == "kind")

    def years_of(self, row: Answers, path: str) -> Iterable[int]:
        """The years of a ByYear field that may be printed: those of the plan, while it has no period all."""
        return self.years or row.by_year(path)

    def _columns(self, key: str) -> dict[str, AnyField]:
        sheet = next(iter(self.edition.measures.values()))
        rows = next(each for each in sheet.fields if each.key == key)
        return {column.key: column for column in rows.columns} if isinstance(rows, Rows) else {}

    def named(self, text: str) -> str:
        """A title or label of the blueprint with the town's name in it."""
        return text.replace(_TOWN, self.town)

    def label(self, item: AnyField) -> str:
        return self.named(item.label)

    def chapter_title(self, part: PartContent) -> str:
        return self.named(part.title.strip() or self.sheet(part).title)

    def department(self, key: str) -> str:
        return self.content.name_of("department", key)

    def measure_numbers(self, keys: list[str]) -> str:
        """6-①-01、6-②-03: measures by number, those that are gone left out."""
        return "、".join(self._numbers[key] for key in keys if key in self._numbers)

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        return {part.key: part.measure_no or part.title for part in self.measures}


def _labels(choice: AnyField) -> Mapping[str, str]:
    return {option.key: option.label for option in choice.options} if isinstance(choice, Choice) else {}


def _with_columns(part: PartContent) -> PartContent:
    """Title, department, number and pillar are columns of the record and fields of the sheet at once."""
    columns = {
        "title": part.title,
        "department": part.department,
        "measure_no": part.measure_no,
        "pillar": part.pillar,
    }
    return replace(part, values={**part.values, **{key: value for key, value in columns.items() if value}})
