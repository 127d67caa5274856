"""Turn a plan of plain values into a Document: the one place where its order, numbers and references are settled.

In goes a ``PlanContent``, out comes the tree that HTML, PDF and DOCX are walks over. Pure: no database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.document.nodes import Block, Document, Heading, Paper, Paragraph, Run, Section, Source
from planwizard.manuscript import blanks, chapter, excerpt, front, lists, maps, numbering, special, summary
from planwizard.manuscript.bundles import Bundle, bundles
from planwizard.manuscript.excerpt import source_of
from planwizard.manuscript.material import Material
from planwizard.manuscript.measures import Measure
from planwizard.manuscript.options import Options, Variant
from planwizard.manuscript.sheet import Sheets

MEASURES = "ch6"  # the id of the heading of chapter 6, which has no part of its own
_UNNUMBERED = frozenset({front.FOREWORD, front.IMPRINT, "appendix"})
_DEFAULT = Options()


def compose(content: PlanContent, options: Options = _DEFAULT) -> Document:
    """The whole plan, or what ``options`` choose of it, numbered as in the whole."""
    return Composition(content, options).document()


def compose_part(content: PlanContent, part_key: str, options: Options = _DEFAULT) -> Document:
    """The pages of one part: see ``Composition.part``."""
    return Composition(content, options).part(part_key)


class Composition:
    """A plan put in order and numbered once, of which several documents can be had."""

    def __init__(self, content: PlanContent, options: Options = _DEFAULT) -> None:
        self._material = Material(content, options)

    def document(self) -> Document:
        """What ``options`` choose of the plan."""
        material, options = self._material, self._material.options
        if options.variant in (Variant.SUMMARY, Variant.POSTER):
            return summary.summary(material)
        if options.variant is Variant.PARTS:
            keys = frozenset(options.only)
            return replace(_excerpt(material, self._whole, keys), toc_depth=2 if "basics" in keys else 0)
        return Document(front.meta(material), front.cover(material), self._whole)

    def part(self, key: str) -> Document:
        """The pages of one part, numbered as in the whole plan.

        ``basics`` gives cover, foreword and imprint; an area its measures as well. Raises KeyError for a part that
        the plan does not have.
        """
        if key not in self._material.parts:
            raise KeyError(key)
        return _excerpt(self._material, self._whole, frozenset({key}))

    def figure(self, part_key: str, field: str) -> Document:
        """What a drawn field prints as, on its paper and numbered as in the whole plan; without sections if nothing."""
        made = special.ELSEWHERE.get(field, Source(part_key, field))
        found = (
            replace(section, blocks=tuple(block for block in section.blocks if source_of(block) == made))
            for section in self._whole
        )
        sections = tuple(section for section in found if section.blocks)
        return Document(front.meta(self._material), None, sections, toc_depth=0)

    @cached_property
    def _whole(self) -> tuple[Section, ...]:
        return _numbered(self._material, _sections(self._material))


def _excerpt(material: Material, whole: tuple[Section, ...], keys: frozenset[str]) -> Document:
    """The blocks of the parts with these keys; ``ch6`` is the whole chapter of measures with its lists."""
    found = tuple(excerpt.of_parts(material, whole, keys))
    sections = numbering.standing_alone(whole, tuple(section for section in found if section.blocks))
    cover = front.cover(material) if "basics" in keys else None
    return Document(front.meta(material), cover, sections, toc_depth=0)


# --- order ---------------------------------------------------------------------------------------------------


def _sections(material: Material) -> list[Section]:
    """All blocks, cut where the paper turns."""
    sections: list[Section] = []
    for paper, blocks in _stretches(material):
        held = tuple(blocks)
        if held and sections and sections[-1].paper == paper:
            sections[-1] = replace(sections[-1], blocks=sections[-1].blocks + held)
        elif held:
            sections.append(Section(f"section-{len(sections) + 1}", held, paper))
    return sections


def _stretches(material: Material) -> Iterator[tuple[Paper, Iterable[Block]]]:
    """(paper, blocks) in printing order."""
    yield "upright", front.foreword(material)
    is_chapter_6_done = False
    for part in material.content.parts:
        if part.kind == "area" and not is_chapter_6_done:
            yield from _measures(material)
            is_chapter_6_done = True
        elif part.kind == "chapter":
            yield "upright", (*chapter.chapter(material, part), *blanks.blocks(material, part))
        elif part.kind == "appendix":
            yield "upright", _appendix(material, part)
    yield "upright", front.imprint(material)
    if basics := material.parts.get("basics"):
        yield "upright", blanks.blocks(material, basics)


def _appendix(material: Material, part: PartContent) -> tuple[Block, ...]:
    """The appendix with its heading, if there is anything below it."""
    blocks = (*chapter.chapter(material, part), *blanks.blocks(material, part))
    return blocks if len(blocks) > 1 else ()


def _measures(material: Material) -> Iterator[tuple[Paper, Iterable[Block]]]:
    """Chapter 6: the index, the sheets by area or own pillar, the list of KPIs and the schedule."""
    found = bundles(material)
    yield "upright", _opening(material, found)
    sheets = Sheets(material)
    for bundle in found:
        yield "upright", _bundle(material, sheets, bundle)
    measures = [measure for bundle in found for measure in bundle.measures]
    kpis, schedule = list(lists.kpis(material, measures)), list(lists.schedule(material, measures))
    if kpis:
        yield lists.kpi_paper(material), (_heading("ch6-kpis", "成果指標の一覧"), *kpis)
    if schedule:
        yield "landscape", (_heading("ch6-schedule", "工程表"), *schedule)
    yield from _overviews(material, measures)


def _overviews(material: Material, measures: list[Measure]) -> Iterator[tuple[Paper, Iterable[Block]]]:
    """What ties the measures together, after their lists."""
    if issues := tuple(maps.issues(material, measures)):
        yield "upright", (_heading("ch6-issues", "課題・施策・成果指標の対応"), *issues)
    if budgets := tuple(maps.budgets(material, measures)):
        yield maps.budget_paper(material), (_heading("ch6-budgets", "概算事業費の一覧"), *budgets)


def _opening(material: Material, found: list[Bundle]) -> Iterator[Block]:
    title = material.named(material.edition.measures_title)
    yield Heading(MEASURES, 1, title, source=Source(MEASURES))
    index = list(lists.index(material, found))
    if index:
        lead = "この計画で取り組む個別施策は、次の表のとおりである。"
        yield Paragraph("ch6-opening", (Run(lead),), source=Source(MEASURES))
        yield from index


def _bundle(material: Material, sheets: Sheets, bundle: Bundle) -> Iterator[Block]:
    yield Heading(bundle.id, 2, bundle.title, source=bundle.source)
    leads = [
        block for area in bundle.areas for block in chapter.written(material, area, "area_lead", level=3)
    ]
    yield from leads
    for area in bundle.areas:
        yield from blanks.blocks(material, area)
    for measure in bundle.measures:
        yield from sheets.blocks(measure)
    if not leads and not bundle.measures and material.measures:
        text = "この区分に置く施策はない。"
        yield Paragraph(f"{bundle.id}-none", (Run(text),), source=bundle.source)


def _heading(id_: str, text: str) -> Heading:
    return Heading(id_, 2, text, source=Source(MEASURES))


def _numbered(material: Material, sections: list[Section]) -> tuple[Section, ...]:
    numbered = numbering.numbered(sections, _UNNUMBERED)
    return numbering.resolved(numbered, material.asked, material.rows) if material.asked else numbered
