"""How the measures of chapter 6 stand together: by the five areas, or by the town's own pillars."""

from __future__ import annotations

from dataclasses import dataclass

from planwizard.blueprint.content import Answers, PartContent
from planwizard.document.nodes import Source
from planwizard.manuscript.material import Material
from planwizard.manuscript.measures import Measure


@dataclass(frozen=True, slots=True)
class Bundle:
    """One section of chapter 6: its heading, the areas whose leads stand there, its measures."""

    id: str
    title: str
    source: Source
    areas: tuple[PartContent, ...]
    measures: tuple[Measure, ...]


def bundles(material: Material) -> list[Bundle]:
    """The sections of chapter 6 in order; every area and every measure is in exactly one."""
    return _by_own_pillar(material) if material.own_pillars else _by_area(material)


def _by_area(material: Material) -> list[Bundle]:
    by_pillar: dict[str, list[Measure]] = {}
    for part in material.measures:
        by_pillar.setdefault(part.pillar, []).append(Measure.read(material, part))
    return [
        Bundle(
            area.key,
            material.chapter_title(area),
            Source(area.key),
            (area,),
            tuple(by_pillar.get(_pillar(material, area), [])),
        )
        for area in material.areas
    ]


def _by_own_pillar(material: Material) -> list[Bundle]:
    """By the pillar that a sheet names; else by the first own pillar that covers the sheet's pillar."""
    homes = _homes(material)
    placed: dict[str, list[Measure]] = {}
    known = {row.key for row in material.own_pillars}
    for part in material.measures:
        named = part.answers.text("own_pillar")
        home = named if named in known else homes.get(part.pillar, "")
        placed.setdefault(home, []).append(Measure.read(material, part))
    found = [_own_bundle(material, row, homes, placed.get(row.key, [])) for row in material.own_pillars]
    return found + _rest(material, homes, placed.get("", []))


def _homes(material: Material) -> dict[str, str]:
    """{pillar: row key of the first own pillar that covers it}."""
    homes: dict[str, str] = {}
    for row in material.own_pillars:
        for pillar in row.keys("pillars"):
            homes.setdefault(pillar, row.key)
    return homes


def _own_bundle(material: Material, row: Answers, homes: dict[str, str], measures: list[Measure]) -> Bundle:
    names = [pillar.short_name for pillar in material.edition.pillars if pillar.key in row.keys("pillars")]
    title = row.text("title") + (f"（{'、'.join(names)}）" if names else "")
    areas = tuple(area for area in material.areas if homes.get(_pillar(material, area)) == row.key)
    return Bundle(row.key, title, Source("basics", "own_pillars", row.key), areas, tuple(measures))


def _rest(material: Material, homes: dict[str, str], measures: list[Measure]) -> list[Bundle]:
    """What no own pillar covers."""
    areas = tuple(
        area
        for area in material.areas
        if _pillar(material, area) not in homes and area.answers.text("area_lead")
    )
    if not measures and not areas:
        return []
    return [Bundle("ch6-rest", "その他の取組", Source("ch6"), areas, tuple(measures))]


def _pillar(material: Material, area: PartContent) -> str:
    return area.pillar or next((p.key for p in material.edition.pillars if p.part_key == area.key), "")
