"""Long lists of cards: folded, but for what there is to do."""

from dataclasses import replace

from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import ByYear, Line, Number, Prose, Rows, Text
from planwizard.wizard import controls, layout
from planwizard.wizard.marks import mark
from planwizard.wizard.surroundings import Surroundings

ISSUES = Rows(
    "issues",
    "課題",
    row_name="課題",
    columns=(Text("title", "課題"), Prose("why", "理由"), Number("n", "件")),
)


def cards(count, messages=None, untitled=()):
    keys = [f"k{n:09d}" for n in range(count)]
    titles = {f"issues.{key}.title": [f"課題の題{key[-1]}"] for key in keys if key not in untitled}
    around = Surroundings("磯波町", "wareki", Answers({}))
    paper = controls.Paper({"issues": keys, **titles}, messages or {}, around, (), {})
    return str(layout.field(controls.box(ISSUES, "issues", paper))).partition("<template")[0]


def test_a_few_cards_stand_open():
    assert "<details" not in cards(5)


def test_many_cards_are_folded_under_their_first_answer():
    shown = cards(6)
    assert shown.count("<details") == 6
    assert '<summary class="pw-details__summary">課題の題3</summary>' in shown


def test_a_new_card_stands_open_among_folded_ones():
    assert cards(6, untitled=("k000000005",)).count("<details") == 5


def test_a_card_with_something_to_mend_stands_open():
    assert cards(6, {"issues.k000000002.n": "件は数で入力してください。"}).count("<details") == 5


def marked(fields):
    for item in fields:
        if item.condition or item.asked_when or item.required_when:
            yield item
        yield from marked(getattr(item, "fields", getattr(item, "columns", ())))


def test_the_mark_of_a_field_tells_in_which_case_it_is_asked():
    found = {item.key: item for sheet in edition(CURRENT).all_sheets() for item in marked(sheet.fields)}
    marks = {key: str(mark(item)).partition(">")[2] for key, item in found.items()}
    assert marks["own_pillar"] == "※推奨（兼用の計画の場合だけ）</span>"
    assert marks["combined_statement"] == "※必須（兼用の計画の場合だけ）</span>"
    assert marks["skip_reason"] == "※必須（見送る場合だけ）</span>"
    assert marks["no_number_reason"] == "※任意（数字が無い場合だけ）</span>"
    for key, item in found.items():
        assert item.condition, key
        assert marks[key].startswith("※"), key
        assert f"（{item.condition}）" in marks[key], key


def test_what_stands_below_each_other_in_a_year_is_named():
    years = ByYear("cells", "年度ごとの内容", columns=(Line("text", "内容"), Line("status", "段階")))
    around = Surroundings("磯波町", "wareki", Answers({}))

    def drawn(item):
        return str(layout.field(controls.box(item, "cells", controls.Paper({}, {}, around, (2027,), {}))))

    label = '<span class="pw-note" aria-hidden="true">段階</span><input'
    assert label in drawn(years)
    assert "pw-note" not in drawn(replace(years, columns=years.columns[:1]))
