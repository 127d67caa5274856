"""概要版: chosen from the plan's own answers, whole sentences, one page where it must be one."""

import pypdfium2
import pytest

from planwizard.document import pdf
from planwizard.document.check import check
from planwizard.document.nodes import Table
from planwizard.manuscript.compose import compose
from planwizard.manuscript.options import Options, Variant
from planwizard.manuscript.summary import first_sentence
from tests.manuscript import plans
from tests.manuscript.reading import headings, text

SUMMARY, POSTER = Options(Variant.SUMMARY), Options(Variant.POSTER)


def plan_of(count, **answers):
    pillars = ("online", "open_data", "mynumber", "divide", "standard")
    measures = tuple(plans.measure(nth, pillars[nth % 5], **answers) for nth in range(1, count + 1))
    return plans.plan(measures=measures)


def numbers(document):
    """The measures in the table of measures."""
    found = next(
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table) and block.id == "summary-t-measures"
    )
    return [row[0].inlines[0].text for row in found.rows[1:]]


@pytest.mark.parametrize("options", [SUMMARY, POSTER])
@pytest.mark.parametrize("content", [plans.empty(), plans.small(), plan_of(80)], ids=["begun", "small", "80"])
def test_a_short_form_of_any_plan_is_sound(content, options):
    assert check(compose(content, options)) == []


def test_it_says_where_the_plan_leads_and_what_is_done_first():
    assert [each.split(" ")[-1] for each in headings(compose(plans.small(), SUMMARY))] == [
        f"{plans.BASICS['plan_title']}　概要版",
        "課題と施策",
        "取組の柱",
        "重点施策",
        "主な成果指標",
        "工程",
    ]


def test_measures_that_are_marked_come_alone():
    marked, plain = plans.measure(1, is_priority=True), plans.measure(2, is_priority=None)
    chapters = {key: answers for key, answers in plans.CHAPTERS.items() if key != "ch5"}
    document = compose(plans.plan(chapters, measures=(marked, plain)), SUMMARY)
    assert numbers(document) == ["6-①-01"]


def test_without_a_mark_every_pillar_gives_some():
    chapters = {key: answers for key, answers in plans.CHAPTERS.items() if key != "ch5"}
    measures = tuple(plans.measure(n, "online", is_priority=None) for n in range(1, 31))
    measures += (plans.measure(31, "divide", is_priority=None),)
    document = compose(plans.plan(chapters, measures=measures), SUMMARY)
    assert len(numbers(document)) == 12
    assert any("④" in number for number in numbers(document))


def test_a_poster_is_one_page_however_much_there_is():
    sentence = (
        "職員の手作業を減らし、住民が役場へ来なくても手続を終えられるようにして、空いた時間を相談に充てる。"
    )
    content = plan_of(60, is_priority=True, goal_statement=sentence)
    document = compose(content, POSTER)
    with pypdfium2.PdfDocument(pdf.render(document, assets={}).data) as pages:
        assert len(pages) == 1
        assert [round(side * 25.4 / 72) for side in pages[0].get_size()] == [420, 297]


def test_a_sentence_is_quoted_whole_or_not_at_all():
    assert first_sentence("町が持つ情報を公開する。次に広げる。") == "町が持つ情報を公開する。"
    assert first_sentence("役場へ来なくてよい町") == "役場へ来なくてよい町"
    assert first_sentence("") == ""


def test_no_budget_is_told():
    content = plan_of(3, is_priority=True)
    assert "千円" not in text(compose(content, Options(Variant.SUMMARY, budgets=True)))
