"""6章 区分の前書き: how many measures stand in the area, whose they are and what they deal with."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planwizard.blueprint import options
from planwizard.blueprint.content import Answers, PartContent
from planwizard.manuscript.drafting.entries import counts, label, labels, measures, measures_of
from planwizard.manuscript.drafting.wording import bare, joined, listed, paragraph, quoted
from planwizard.manuscript.material import Material

SHOWN = 3


def draft(material: Material, pillar: str) -> str:
    """Two to four sentences before the sheets of one area; "" without measures."""
    parts = measures_of(material, pillar)
    if not parts:
        return ""
    sheets = [part.answers for part in parts]
    return paragraph(_start(material, parts), _origins(sheets), _MATTERS[pillar](sheets))


def _start(material: Material, parts: list[PartContent]) -> str:
    if len(parts) == 1:
        return f"この区分では、{joined(measures(material, [parts[0].key]))}に取り組む。"
    first = measures(material, (part.key for part in parts if part.answers["is_priority"] is True))
    key_measures = f"重点施策は、{joined(first)}である。" if first else ""
    return f"この区分では、{len(parts)}件の施策に取り組む。{key_measures}"


def _origins(sheets: list[Answers]) -> str:
    kinds = counts(label(options.MEASURE_KINDS, sheet.text("kind")) for sheet in sheets)
    parts = "、".join(f"{quoted(kind)}が{count}件" for kind, count in kinds)
    return f"種別の内訳は、{parts}である。" if len(kinds) > 1 else ""


# What the sheets of each area deal with -------------------------------------------------------------------


def _names(sheets: list[Answers], table: str, column: str) -> list[str]:
    """The names in one table of all sheets, each once."""
    rows = (row for sheet in sheets for row in sheet.rows(table))
    return list(dict.fromkeys(bare(row.text(column)) for row in rows if row.text(column)))


def _procedures(sheets: list[Answers]) -> str:
    return listed("対象とする手続", _names(sheets, "procedures", "name"), SHOWN)


def _datasets(sheets: list[Answers]) -> str:
    return listed("公開するデータ", _names(sheets, "published_datasets", "dataset_name"), SHOWN)


def _card_uses(sheets: list[Answers]) -> str:
    return listed("カードの利用場面", _names(sheets, "card_uses", "service"), SHOWN)


def _people(sheets: list[Answers]) -> str:
    chosen = labels(options.DIVIDE_TARGETS, _choices(sheets, "divide_targets"))
    return f"対象者の区分は、{joined(chosen)}である。" if chosen else ""


def _choices(sheets: list[Answers], path: str) -> Iterator[str]:
    return (key for sheet in sheets for key in sheet.keys(path))


def _systems(sheets: list[Answers]) -> str:
    return listed("対象とするシステム", _names(sheets, "systems", "name"), SHOWN)


_MATTERS: dict[str, Callable[[list[Answers]], str]] = {
    "online": _procedures,
    "open_data": _datasets,
    "mynumber": _card_uses,
    "divide": _people,
    "standard": _systems,
}
