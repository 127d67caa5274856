"""The entries of a plan as drafting reads them: tidied, readable, with every key turned into a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from planwizard.blueprint.content import Answers, PartContent, PlanContent, Value
from planwizard.blueprint.kinds import AnyField, Group, Option
from planwizard.blueprint.town_words import KINDS
from planwizard.common.fiscal_year import FiscalYear, day_label
from planwizard.common.numbers import parse_number, show_with_unit
from planwizard.manuscript.drafting.wording import bare, noted, quoted, tidy, with_notes
from planwizard.manuscript.material import Material

_TOWN_TO_FILL = re.compile("[○〇◯●]{2,}[市町村区]")
_UNFINISHED = re.compile("[○〇◯●△×]{2,}|[○〇◯●](?=[年月日号版条次回期章項課県人件円])")


# A plan made readable --------------------------------------------------------------------------------------


def tidied(content: PlanContent) -> PlanContent:
    """The plan with the town's name filled in and without what is no fact yet.

    Left out are entries that still hold a gap of the template (令和○年), blank ones and impossible years.
    """
    town = tidy(content.basics.text("municipality_name"))
    town = "" if _UNFINISHED.search(town) else town
    parts = tuple(_tidied_part(part, town) for part in content.parts)
    names = {to: _tidied_names(by_key, town) for to, by_key in content.names.items()}
    return replace(content, parts=parts, names=names)


def _tidied_part(part: PartContent, town: str) -> PartContent:
    values = ((path, _tidied_value(value, town)) for path, value in part.values.items())
    title, number = _entry(part.title, town), _entry(part.measure_no, town)
    return replace(
        part, title=title, measure_no=number, values={path: value for path, value in values if value != ""}
    )


def _tidied_names(by_key: Mapping[str, str], town: str) -> dict[str, str]:
    return {key: bare(_entry(name, town)) for key, name in by_key.items()}


def _tidied_value(value: Value, town: str) -> Value:
    if isinstance(value, str):
        return _entry(value, town)
    if isinstance(value, int) and not isinstance(value, bool):
        return value if _is_year(value) else ""
    return value


def _entry(text: str, town: str) -> str:
    if town:
        text = _TOWN_TO_FILL.sub(lambda _: town, text)  # a name may hold a backslash
    return "" if _UNFINISHED.search(text) else tidy(text)


def _is_year(year: int) -> bool:
    """True for a fiscal year inside the eras."""
    try:
        FiscalYear(year).label("both")
    except (ValueError, OverflowError):
        return False
    return True


# Names, years, numbers --------------------------------------------------------------------------------------


def our_town(material: Material) -> str:
    """本市, 本町, 本村 or 本区."""
    kind = material.town[-1]
    return f"本{kind}" if kind in KINDS and material.basics.text("municipality_name") else "本市町村"


def names(material: Material, to: str, keys: Iterable[str]) -> list[str]:
    """The printed names of laws, documents, departments or national measures that are still there."""
    return [name for key in dict.fromkeys(keys) if (name := material.content.name_of(to, key))]


def year(material: Material, fiscal_year: int | None) -> str:
    """令和9年度 as the plan shows its years, "" without one."""
    return "" if fiscal_year is None else FiscalYear(fiscal_year).label(material.era)


def day(material: Material, iso: str, said: str = "") -> str:
    """令和9年3月25日 and what is said of it (現在, 策定); "" without a readable day."""
    try:
        return day_label(date.fromisoformat(iso), material.era) + said
    except ValueError:
        return ""


def number(stored: str, unit: str = "") -> str:
    """84,312人; "" for what is not a number."""
    try:
        return show_with_unit(parse_number(stored), unit)
    except ValueError:
        return ""


def entries(rows: Iterable[Answers], column: str, *notes: str) -> list[str]:
    """One column of a table, each entry with the other columns as its notes: 全職員（年1回）."""
    return [
        with_notes(bare(row.text(column)), *(row.text(note) for note in notes))
        for row in rows
        if row.text(column)
    ]


def titled(rows: Iterable[Answers], *notes: str) -> list[str]:
    """The titles in a table of plans or ordinances: 「第3次総合計画」（政策5-2）."""
    return [
        quoted(bare(row.text("title"))) + noted(*(row.text(note) for note in notes))
        for row in rows
        if row.text("title")
    ]


# Issues and measures ---------------------------------------------------------------------------------------


def issues(material: Material, keys: Iterable[str]) -> list[str]:
    """I-2「…」 of each key that still points to an issue of chapter 1."""
    titled = {row.key: (no, bare(row.text("title"))) for no, row in material.issues if row.text("title")}
    return [no + quoted(title) for no, title in (titled[key] for key in dict.fromkeys(keys) if key in titled)]


def measures(material: Material, keys: Iterable[str]) -> list[str]:
    """6-①-01「…」 of each key that still points to a measure with a title."""
    titled = {part.key: part for part in material.measures if part.title}
    return [
        part.measure_no + quoted(bare(part.title))
        for part in (titled[key] for key in dict.fromkeys(keys) if key in titled)
    ]


def measures_of(material: Material, pillar: str) -> list[PartContent]:
    return [part for part in material.measures if part.pillar == pillar and part.title]


# Declared words --------------------------------------------------------------------------------------------


def caption(material: Material, part_key: str, path: str) -> str:
    """The label of a declared field. Raises KeyError."""
    fields: tuple[AnyField, ...] = material.edition.sheet(part_key).fields
    for key in path.split("."):
        field = {field.key: field for field in fields}[key]
        fields = field.fields if isinstance(field, Group) else ()
    return material.label(field)


def label(choices: Iterable[Option], key: str) -> str:
    """The label of a stored option key, "" for a key that is gone."""
    return next((option.label for option in choices if option.key == key), "")


def labels(choices: Iterable[Option], keys: Iterable[str]) -> list[str]:
    chosen = set(keys)
    return [option.label for option in choices if option.key in chosen]


# Rows that agree -------------------------------------------------------------------------------------------


def agreeing(rows: Iterable[Answers], subject: Callable[[Answers], object], *told: str) -> list[Answers]:
    """The rows without those that say different things (the columns ``told``) of one subject; doubles count once."""
    kept: dict[object, Answers] = {}
    said: dict[object, set[tuple[str, ...]]] = {}
    for row in rows:
        kept.setdefault(subject(row), row)
        said.setdefault(subject(row), set()).add(tuple(row.text(path) for path in told))
    return [row for about, row in kept.items() if len(said[about]) == 1]


def counts(answers: Iterable[str]) -> list[tuple[str, int]]:
    """Each answer and how often it was given, in the order of first mention."""
    return list(Counter(filter(None, answers)).items())
