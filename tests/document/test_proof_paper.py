"""A PDF that is right passes; each that differs by one fact is told, with the block it is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pydyf
import pytest

from planwizard.document import pdf
from planwizard.document.nodes import BulletList, Document, Heading, Note, Paragraph, Run, Table
from planwizard.document.proof import paper
from planwizard.document.proof.order import found_in_order
from tests.document import sample
from tests.document.sample import cell, document, head, label, paragraph

PLAN = sample.plan(rows=2, kpis=1)


@pytest.fixture(scope="module")
def rendered() -> pdf.Rendered:
    return pdf.render(PLAN, assets=sample.ASSETS)


def found(made: pdf.Rendered, plan: Document = PLAN, **asked: Any) -> list[tuple[str, str]]:
    problems = paper.problems(made.data, plan, asked.pop("anchors", made.anchors), **asked)
    return [(problem.what, problem.block) for problem in problems]


def test_the_sample_is_right(rendered: pdf.Rendered) -> None:
    assert found(rendered) == []


def test_a_sample_longer_than_its_pages_is_right() -> None:
    assert found(pdf.render(sample.plan(), assets=sample.ASSETS), sample.plan()) == []


# --- what the file says of itself ----------------------------------------------------------------------------------


def tags(file: Any, kind: str) -> list[Any]:
    return [item for item in file.objects if isinstance(item, dict) and item.get("S") == kind]


def of_type(file: Any, kind: str) -> list[Any]:
    return [item for item in file.objects if isinstance(item, dict) and item.get("Type") == kind]


def lead_elsewhere(file: Any) -> None:
    names = file.catalog["Names"]["Dests"]["Names"]
    at = {name.string: number + 1 for number, name in enumerate(names) if number % 2 == 0}
    names[at["ch2"]] = names[at["ch1"]]


def no_words(file: Any) -> None:
    del tags(file, "/Figure")[-1]["Alt"]


def no_heads(file: Any) -> None:
    tags(file, "/TD")[-1]["A"]["Headers"] = pydyf.Array()


def no_font(file: Any) -> None:
    descriptor = of_type(file, "/FontDescriptor")[0]
    for key in [key for key in descriptor if key.startswith("FontFile")]:
        del descriptor[key]


def no_glyph(file: Any) -> None:
    next(font for font in of_type(file, "/Font") if font["Subtype"] == "/Type0")["Encoding"] = "/Other"


FAULTS: dict[str, tuple[Callable[[Any], object], str, str]] = {
    "language": (
        lambda file: file.catalog.update(Lang=pydyf.String("en")),
        "the language is not the plan's",
        "",
    ),
    "title": (lambda file: file.info.update(Title=pydyf.String("別の")), "the title is not the plan's", ""),
    "window": (
        lambda file: file.catalog["ViewerPreferences"].update(DisplayDocTitle="false"),
        "the window does not show the title",
        "",
    ),
    "marked": (
        lambda file: file.catalog["MarkInfo"].update(Marked="false"),
        "it is not marked as tagged",
        "",
    ),
    "figure": (no_words, "a drawing has no alternative text", "photo"),
    "heads": (no_heads, "a cell does not name its heads", "plan-schedule"),
    "glyph": (no_glyph, "a glyph is missing from the font", ""),
    "font": (no_font, "the font", ""),
    "link": (lead_elsewhere, "a link leads to another page than the one it was laid out on", "ch2"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_block(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil, what, block = FAULTS[name]
    finish = pdf._finish

    def spoilt(layout: Any, file: Any) -> None:
        finish(layout, file)
        spoil(file)

    monkeypatch.setattr(pdf, "_finish", spoilt)
    told = found(pdf.render(PLAN, assets=sample.ASSETS))
    assert any(each.startswith(what) and where == block for each, where in told), told


def test_a_page_that_the_contents_give_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = pdf._finish
    monkeypatch.setattr(pdf, "_finish", lambda layout, file: (finish(layout, file), lead_elsewhere(file)))
    made = pdf.render(PLAN, assets=sample.ASSETS)
    anchors = {**made.anchors, "ch2": made.anchors["ch1"]}
    told = found(made, anchors=anchors)
    assert ("the contents do not have the heading with its page", "ch2") in told


def test_another_plan_is_told(rendered: pdf.Rendered) -> None:
    other = replace(PLAN, meta=replace(PLAN.meta, identifier="another"))
    assert found(rendered, other) == [("it is of another plan", "")]


@pytest.mark.parametrize("length", [0, 5000, -9])
def test_half_a_file_is_told(rendered: pdf.Rendered, length: int) -> None:
    told = found(replace(rendered, data=rendered.data[:length]))
    assert told[0][0].startswith("the file cannot be read")


# --- files within it -----------------------------------------------------------------------------------------------


def test_files_within_it_are_those_asked_for(rendered: pdf.Rendered) -> None:
    files = {"plan.json": b"{}", "kpi.csv": b"\xef\xbb\xbfa,b\r\n"}
    made = pdf.render(PLAN, assets=sample.ASSETS, attachments=files)
    other = [("the files within it are not those asked for", "")]
    assert found(made, attachments=files) == []
    assert found(made) == other
    assert found(rendered, attachments=files) == other
    changed = {**files, "plan.json": b"[]"}
    assert found(made, attachments=changed) == [("the file plan.json within it is another", "")]


# --- words ---------------------------------------------------------------------------------------------------------

FIRST, SECOND = paragraph("p1", "はじめの段落。"), paragraph("p2", "つぎの段落。")
NOTED = Paragraph("p3", (Run("語"), Note((Run("注の言葉。"),))))
ITEMS = BulletList("l", ((Run("一つ目"),), (Run("二つ目"),)))
HEADS = (head("項目"), head("値"))
GRID = Table("t", (80, 80), (HEADS, (label("甲"), cell("10")), (label("乙"), cell("20"))))
WHOLE = (Heading("h", 1, "題", "第１章"), FIRST, SECOND, NOTED, ITEMS, GRID)
MISSING = "words of the tree are missing, or not in their order"


def changed(table: Table, words: str) -> Table:
    return replace(table, rows=(*table.rows[:2], (label("乙"), cell(words))))


@pytest.mark.parametrize(
    ("printed", "block"),
    [
        ((*WHOLE[:1], *WHOLE[2:]), "p1"),
        ((WHOLE[0], SECOND, FIRST, *WHOLE[3:]), "p2"),
        ((*WHOLE[:4], replace(ITEMS, items=ITEMS.items[:1]), GRID), "l"),
        ((*WHOLE[:4], replace(ITEMS, items=ITEMS.items[::-1]), GRID), "l"),
        ((*WHOLE[:5], changed(GRID, "21")), "t"),
        ((*WHOLE[:5], replace(GRID, rows=GRID.rows[:2])), "t"),
        ((*WHOLE[:5], replace(GRID, rows=(GRID.rows[0], *GRID.rows[:0:-1]))), "t"),
        ((replace(WHOLE[0], number="第２章"), *WHOLE[1:]), "h"),
    ],
)
def test_words_that_are_not_there_in_their_turn_are_told(printed: tuple, block: str) -> None:
    made = pdf.render(document(*printed), assets={})
    assert (MISSING, block) in found(made, document(*WHOLE))


def test_the_row_is_named() -> None:
    made = pdf.render(document(*WHOLE[:5], changed(GRID, "21")), assets={})
    (problem,) = paper.problems(made.data, document(*WHOLE), made.anchors)
    assert problem.label == "乙"


def test_a_footnote_is_told() -> None:
    other = Paragraph("p3", (Run("語"), Note((Run("別の言葉。"),))))
    made = pdf.render(document(*WHOLE[:3], other, *WHOLE[4:]), assets={})
    assert found(made, document(*WHOLE)) == [("a footnote is missing, or not in its order", "p3")]


def test_the_cover_is_told(rendered: pdf.Rendered) -> None:
    other = replace(PLAN, cover=replace(sample.COVER, date="令和9年3月"))
    assert found(rendered, other) == [("the cover is not the plan's", "")]


def test_words_from_right_to_left_are_left_out() -> None:
    plan = document(paragraph("p1", "שלום עולם"), SECOND)
    assert found(pdf.render(plan, assets={}), plan) == []


def test_a_character_without_a_glyph_is_known_to_be_replaced() -> None:
    plan = document(paragraph("p1", "外字\U000f0001です"), SECOND)
    made = pdf.render(plan, assets={})
    assert found(made, plan, glyphless=pdf.glyphless(made.warnings)) == []


@pytest.mark.parametrize(
    ("said", "is_told"), [("甲–乙", False), ("甲...乙", False), ("甲–", True), ("乙", True)]
)
def test_two_characters_of_one_glyph_are_not_told_apart(said: str, is_told: bool) -> None:
    """Noto has one glyph for ‒ and –, and one for ⋯ and …; of a glyph a file says one character only."""
    plan = document(paragraph("p1", "甲‒乙"))
    assert any(problem for problem, _ in found_in_order(said, "", plan, {})) is is_told


def test_a_row_higher_than_a_page_is_found_in_its_pieces() -> None:
    long = "来庁しなければ終わらない手続を洗い出し、順次オンラインで受け付ける。" * 70
    tall = replace(GRID, rows=(HEADS, (cell(long), cell(long[7:])), (label("乙"), cell("20"))))
    plan = document(FIRST, tall, SECOND)
    assert found(pdf.render(plan, assets={}), plan) == []
    short = document(FIRST, replace(tall, rows=tall.rows[:2]), SECOND)
    assert (MISSING, "t") in found(pdf.render(short, assets={}), plan)
