"""A sentence that was pointed to is found again, or not, after the plan was edited."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwizard.blueprint.edition import edition_of
from planwizard.rules import State, run
from planwizard.rules.anchors import Confirmed, Standing, answer_to, standing
from planwizard.rules.sentences import sentences, sentences_of
from tests.manuscript.plans import flat, plan
from tests.rules.plans import (
    ON,
    anchor,
    answered,
    changed,
    confirmed,
    judged,
    shiomino,
    without,
    without_measures,
)

PLAN = shiomino()
BLUEPRINT = edition_of(PLAN)
PARTS = [part for part in PLAN.parts if any(True for _ in sentences_of(part, BLUEPRINT))]
every_confirmation = pytest.mark.parametrize(
    "said", confirmed(), ids=lambda said: f"{said.item_id} {said.role}"
)


def one(text, quote="市のデータを公開する。"):
    return standing(anchor("ch2", "ch2_text", quote), plan({"ch2": {"ch2_text": text}}))


def test_headings_tables_and_marks_are_no_sentences():
    text = "■ 目的\n本計画の目的は\n次のとおりである。\n・公開する。\n①　減らす。続ける。\n\n地区\t人口\n東\t12\n　終わりに述べる"
    assert sentences(text) == [
        "本計画の目的は次のとおりである。",
        "公開する。",
        "減らす。",
        "続ける。",
        "終わりに述べる",
    ]


@every_confirmation
def test_every_confirmation_of_the_demo_stands_in_a_printed_sentence(said):
    part = PLAN.part(said.anchor.part)
    assert (said.anchor.path, said.anchor.quote) in {
        (each.path, each.quote) for each in sentences_of(part, BLUEPRINT)
    }


@given(st.data())
def test_a_changed_character_inside_the_quote_always_lapses_it(data):
    said = data.draw(st.sampled_from(confirmed()))
    text = str(PLAN.part(said.anchor.part).values[said.anchor.path])
    start = text.index(said.anchor.quote)
    at = start + data.draw(st.integers(0, len(said.anchor.quote) - 1))
    other = data.draw(st.characters(categories=("Lo", "Ll", "Nd", "Po")).filter(lambda one: one != text[at]))
    edited = text[:at] + other + text[at + 1 :]
    assert (
        standing(said.anchor, changed(PLAN, said.anchor.part, {said.anchor.path: edited})) is Standing.CHANGED
    )


@given(st.data())
def test_moving_a_block_never_loses_an_anchor(data):
    said = data.draw(st.sampled_from(confirmed()))
    text = str(PLAN.part(said.anchor.part).values[said.anchor.path])
    blocks = data.draw(st.permutations(text.split("\n\n")))
    moved = changed(PLAN, said.anchor.part, {said.anchor.path: "\n\n".join(blocks)})
    assert standing(said.anchor, moved) is Standing.HOLDS


@given(st.data())
def test_text_elsewhere_never_lapses_an_anchor(data):
    said = data.draw(st.sampled_from(confirmed()))
    part = data.draw(st.sampled_from(PARTS))
    other = data.draw(st.sampled_from([path for path in part.values if path != said.anchor.path]))
    assert standing(said.anchor, changed(PLAN, part.key, {other: "別の文。"})) is Standing.HOLDS


def test_moving_a_row_keeps_what_points_into_it():
    part = next(part for part in PARTS if part.key == "ch5")
    rows = part.answers.keys("own_priorities")
    said = anchor("ch5", f"own_priorities.{rows[0]}.description", "第7章に取りまとめて示す。")
    path = next(each.path for each in sentences_of(part, BLUEPRINT) if each.quote == said.quote)
    turned = changed(PLAN, "ch5", {"own_priorities": rows[::-1]})
    assert standing(replace(said, path=path), turned) is Standing.HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "前に足した文。市のデータを公開する。",
        "市のデータ\nを公開する。",
        "・市のデータを公開する。",
        "③　市のデータを公開する。",
        "■ 題\n\n　市のデータを公開する。後に足した文。",
    ],
)
def test_an_anchor_holds_while_its_sentence_is_there(text):
    assert one(text) is Standing.HOLDS


@pytest.mark.parametrize(
    "text", ["旧市のデータを公開する。", "市のデータを公開するか検討する。", "", "■ 市のデータを公開する。"]
)
def test_an_anchor_lapses_when_its_sentence_is_another(text):
    assert one(text) is Standing.CHANGED


def test_the_second_of_two_equal_sentences_needs_both():
    twice = replace(anchor("ch2", "ch2_text", "公開する。"), occurrence=2)
    assert standing(twice, plan({"ch2": {"ch2_text": "公開する。公開する。"}})) is Standing.HOLDS
    assert standing(twice, plan({"ch2": {"ch2_text": "公開する。"}})) is Standing.CHANGED


def test_an_anchor_whose_hash_is_another_does_not_hold():
    forged = replace(anchor("ch2", "ch2_text", "公開する。"), quote_hash="0" * 64)
    assert standing(forged, plan({"ch2": {"ch2_text": "公開する。"}})) is Standing.CHANGED


def test_an_anchor_in_a_deleted_part_is_told_as_such():
    part = PLAN.measures[0]
    sentence = next(sentences_of(part, BLUEPRINT))
    said = anchor(part.key, sentence.path, sentence.quote)
    gone = without_measures(PLAN, part.pillar)
    assert (standing(said, PLAN), standing(said, gone)) == (Standing.HOLDS, Standing.GONE)
    result = judged(gone, (Confirmed("EX-03", "text", said),))["EX-03"]
    assert any("削除されました" in each.reason for each in result.findings)


def test_text_that_the_chapter_hides_is_not_offered():
    written = plan({"ch2": {"purpose_ebpm": "データで決める。", "ch2_text": "目的を示す。"}})
    blank = plan({"ch2": flat({"purpose_ebpm": "データで決める。"})})
    assert [each.quote for each in sentences_of(written.part("ch2"), BLUEPRINT)] == ["目的を示す。"]
    assert [each.quote for each in sentences_of(blank.part("ch2"), BLUEPRINT)] == ["データで決める。"]


# Answers to warnings


def warned():
    return without(PLAN, "operating_cost")


def answer(comment="経費は別の計画で示す。", reason=""):
    found = judged(warned())["EX-02"].findings[0]
    return Confirmed("EX-02", "backing", answer_to(reason or found.reason), comment)


def test_a_warning_answered_with_a_reason_no_longer_waits():
    result = judged(warned(), (*confirmed(), answer()))["EX-02"]
    assert result.state is State.PASS
    assert [each.comment for each in result.findings if each.comment] == ["経費は別の計画で示す。"]


@pytest.mark.parametrize(
    "said", [answer(comment=" "), answer(reason="前の警告。")], ids=["no reason", "another warning"]
)
def test_a_warning_waits_without_a_reason_or_when_it_says_something_else(said):
    assert judged(warned(), (*confirmed(), said))["EX-02"].state is State.NEEDS_REVIEW


def test_a_failure_cannot_be_answered():
    failing = answered(PLAN, "ch2", purpose_gov_data=None)
    found = judged(failing)["PU-01"]
    said = Confirmed("PU-01", "", answer_to(found.reason), "不要と考える。")
    assert judged(failing, (*confirmed(), said))["PU-01"].state is State.FAIL


@pytest.mark.parametrize(("id", "state"), [("PU-02", State.NOT_APPLICABLE), ("PU-01", State.PASS)])
def test_only_an_optional_item_can_be_declined(id, state):
    said = Confirmed(id, "declined", answer_to(""), "この計画では扱わない。")
    assert judged(PLAN, (*confirmed(), said))[id].state is state


def test_the_answer_to_a_warning_of_the_checklist_counts_for_the_law_too():
    part = PLAN.measures[0]
    key = part.answers.keys("kpis")[0]
    reasoned = {"target_value": None, "target_fy": None, "no_number_reason": "数にできない。"}
    plan = changed(PLAN, part.key, {f"kpis.{key}.{path}": value for path, value in reasoned.items()})
    found = next(each for each in judged(plan)["ME-04"].findings if each.role)
    said = Confirmed("ME-04", found.role, answer_to(found.reason), "了承した。")
    states = {each.rule.id: each.state for each in run(plan, ON, (*confirmed(), said))}
    assert (states["ME-04"], states["L-03"]) == (State.PASS, State.PASS)
