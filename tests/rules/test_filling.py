"""Filling a required field never adds a fail, and maps and matrix say where things are open."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwizard.blueprint.kinds import Level
from planwizard.blueprint.values import missing_in, stored_places
from planwizard.rules import State
from planwizard.rules.coverage import coverage
from planwizard.rules.elements import COLUMNS, matrix
from tests.manuscript.plans import EDITION
from tests.rules.plans import (
    ON,
    answered,
    changed,
    first_measure,
    isonami,
    shiomino,
    states,
    with_part,
    without,
    without_measures,
)

PLAN = shiomino()
DRAFT = replace(PLAN, stage="draft")


def failing(plan):
    return {id for id, state in states(plan, ()).items() if state is State.FAIL}


@settings(max_examples=60)
@given(st.data())
def test_filling_a_required_field_never_adds_a_fail(data):
    """From any plan with required answers taken away, giving one of them back takes fails away at the most."""
    paths = [
        (part.key, path)
        for part in DRAFT.parts
        for path, place in stored_places(
            EDITION.sheet_for(part.kind, part.key, part.pillar), part.values
        ).items()
        if place.field.level is Level.REQUIRED and path in part.values
    ]
    taken = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=12, unique=True))
    emptied = DRAFT
    for key, path in taken:
        emptied = changed(emptied, key, {path: None})
    key, path = data.draw(st.sampled_from(taken))
    filled = changed(emptied, key, {path: DRAFT.part(key).values[path]})
    assert failing(filled) <= failing(emptied)


def test_a_plan_whose_required_fields_are_filled_fails_nowhere():
    asked = [item for items in missing_in(PLAN).values() for item in items if item.level is Level.REQUIRED]
    assert (asked, failing(PLAN)) == ([], set())


# Maps


def gaps(plan):
    return {each.title: [gap.words for gap in each.gaps] for each in coverage(plan, ON)}


@pytest.mark.parametrize("plan", [shiomino(), isonami()], ids=["潮見野市", "磯波町"])
def test_the_maps_of_a_demo_plan_have_no_gaps(plan):
    assert not any(gaps(plan).values())


def test_open_data_comes_first_and_says_what_the_act_asks():
    found = gaps(without_measures(PLAN, "online", "open_data"))["施策のない柱"]
    assert found == [
        "「オープンデータ・官民データの容易な利用」の施策が1件もありません。法11条1項は、自治体にもデータを使えるようにする措置を求めています。",
        "「手続オンライン化」の施策が1件もありません。",
    ]


def test_issues_and_measures_that_are_not_tied_are_listed():
    measure = first_measure(PLAN)
    assert len(gaps(without(PLAN, "issues"))["施策のない課題"]) == 10
    assert len(gaps(without(PLAN, "issues", measure.key))["課題のない施策"]) == 1


def test_effects_blanks_and_the_period_are_listed():
    assert gaps(without(PLAN, "expected_effects.effect_cost.measure_refs", "ch2"))["施策のない効果"]
    assert gaps(answered(PLAN, "ch7", ch7_text="（例）方針を定める。"))["残った○○・●●・（例）"]
    assert gaps(answered(PLAN, "basics", period_end_fy=2029))["計画の期間の外の指標・工程"]


def test_references_to_what_was_superseded_are_listed():
    part = next(part for part in PLAN.measures if part.adoptions)
    old = tuple(replace(each, status="superseded") for each in part.adoptions)
    plan = with_part(answered(PLAN, "ch3", national_plan_ref="x"), replace(part, adoptions=old))
    assert len(gaps(plan)["古くなった国の文書・施策への参照"]) == 1 + len(old)


# Matrix


def test_every_measure_has_a_cell_for_every_element():
    rows = matrix(PLAN)
    assert [row.part.key for row in rows] == [part.key for part in PLAN.measures]
    assert all(list(row.cells) == list(COLUMNS) for row in rows)
    assert not any(cell.state is State.FAIL for row in rows for cell in row.cells.values())


def test_a_cell_is_the_worst_of_the_measures_kpis_and_names_it():
    measure = first_measure(PLAN)
    last = measure.answers.keys("kpis")[-1]
    plan = changed(PLAN, measure.key, {f"kpis.{last}.unit": None})
    cell = next(row for row in matrix(plan) if row.part.key == measure.key).cells["K2"]
    assert cell.state is State.FAIL
    assert (cell.at.path, cell.reason.startswith("「")) == (f"kpis.{last}.unit", True)


def test_a_measure_without_kpis_is_told_once():
    measure = first_measure(PLAN)
    cells = matrix(without(PLAN, "kpis", measure.key))[0].cells
    assert [column for column, cell in cells.items() if cell.state is State.FAIL] == ["K1"]
