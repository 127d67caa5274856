"""Tree, HTML, Word and PDF hold the same words in the same order."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwizard.common import text
from planwizard.document import docx, html, pdf, prose
from planwizard.document.check import check
from planwizard.document.nodes import Cell, Document, Heading, Run, Table
from planwizard.document.proof import paper
from tests.document import reading, sample
from tests.document.reading import cover_words, normal


def test_the_sample_is_sound() -> None:
    assert check(sample.plan()) == []


def test_html_holds_the_words_of_the_tree() -> None:
    plan = sample.plan()
    assert normal(reading.of_html(html.page(plan))) == normal(reading.truth(plan))


def test_word_holds_the_words_of_the_tree() -> None:
    plan = sample.plan()
    word = reading.Word(docx.render(plan, assets=sample.ASSETS, pages={}))
    assert normal(word.text()) == normal(f"{cover_words(plan.cover)}\n{reading.truth(plan)}")


def test_word_holds_the_notes_of_the_tree() -> None:
    plan = sample.plan()
    word = reading.Word(docx.render(plan, assets=sample.ASSETS, pages={}))
    assert [normal(note) for note in word.notes()] == [normal(note) for note in reading.notes(plan)]


def test_word_marks_its_lists_as_the_tree_does() -> None:
    blocks = prose.parse("① 一\n② 二\n\n① 三\n(1) 四\n（2）五\n・六", prefix="p")
    word = reading.Word(docx.render(sample.document(*blocks), assets={}, pages={}))
    assert word.list_marks() == ["①", "②", "①", "(1)", "(2)", "・"]


def test_pdf_holds_the_words_of_the_tree_in_its_logical_order() -> None:
    plan = sample.plan()
    said = reading.of_pdf(pdf.render(plan, assets=sample.ASSETS).data)
    assert reading.missing_from(said, plan) == []


@pytest.mark.long
@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler-utils) is absent")
def test_another_reader_finds_the_same_words(tmp_path) -> None:
    plan = sample.plan(rows=3, kpis=1)
    said = reading.of_pdf_by_poppler(pdf.render(plan, assets=sample.ASSETS).data, tmp_path)
    assert reading.missing_from(said, plan) == []


people = st.text(max_size=60).map(text.clean)
lines_of_people = st.one_of(
    people,
    st.sampled_from(sample.HOSTILE).map(text.clean),
    st.sampled_from(
        [
            "■ 見出し",
            "□ 小見出し",
            "・項目",
            "① 一",
            "(1) 甲",
            "a\tb",
            "c\td\te",
            "〔注：x〕",
            "https://a.jp/?q=1",
            "　段",
        ]
    ),
)


@st.composite
def trees(draw) -> Document:
    blocks = prose.parse("\n".join(draw(st.lists(lines_of_people, max_size=12))), prefix="p", level=2)
    cells = draw(st.lists(people, min_size=2, max_size=2))
    table = Table(
        "t", (80, 80), ((sample.head("見出し"), sample.head("値")), tuple(Cell((Run(c),)) for c in cells))
    )
    chapter = Heading("ch1", 1, draw(people.filter(str.strip)), "第１章")
    whole = (chapter, *lifted(blocks), table)
    return sample.document(*whole, meta=replace(sample.META, title=draw(people)))


def lifted(blocks):
    """Levels that would skip are lifted, as the composer does."""
    before = 1
    for block in blocks:
        if isinstance(block, Heading):
            before = min(block.level, before + 1)
            block = replace(block, level=before)
        yield block


@given(trees())
@settings(max_examples=150, deadline=None)
def test_html_and_word_hold_whatever_people_type(document: Document) -> None:
    assert check(document) == []
    wanted = normal(reading.truth(document))
    assert normal(reading.of_html(html.page(document))) == wanted
    assert normal(reading.Word(docx.render(document, assets={}, pages={})).text()) == wanted


@given(trees())
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_pdf_holds_whatever_people_type(document: Document) -> None:
    made = pdf.render(document, assets={})
    missing = pdf.glyphless(made.warnings)
    assert paper.problems(made.data, document, made.anchors, glyphless=missing) == ()
