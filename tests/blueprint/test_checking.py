"""Stored values from outside, held strictly."""

import pytest

from planwizard.blueprint import edition, values

BLUEPRINT = edition("municipal-2019-10")
KEY = "k3f9x0a7bq"


def reasons(sheet, stored, as_typed=None):
    return values.check(BLUEPRINT.sheet(sheet), stored, as_typed)


def test_sound_answers_have_nothing_wrong():
    stored = {
        "population": "84312",
        "population_as_of": "2026-10-01",
        "population_source": "resident_register",
        "issues": [KEY],
        f"issues.{KEY}.title": "来庁しづらい",
        f"issues.{KEY}.pillar": ["online", "divide"],
        f"issues.{KEY}.evidence_ref": ["m52c8d0e1f"],
    }
    assert reasons("ch1", stored) == []


@pytest.mark.parametrize(
    ("sheet", "path", "value"),
    [
        ("ch1", "population", 84312),
        ("ch1", "population", "84,312"),
        ("ch1", "population", "-1"),
        ("ch1", "population", "1e5"),
        ("ch1", "population_as_of", "令和8年10月1日"),
        ("ch1", "population_as_of", "2026-13-01"),
        ("ch1", "population_as_of", "20261001"),
        ("ch1", "population_source", "住民基本台帳"),
        ("ch1", "population_source", ["resident_register"]),
        ("ch1", "population_source", {}),
        ("ch1", "area_features", ""),
        ("ch1", "area_features", None),
        ("ch1", "issues", KEY),
        ("ch1", "issues", [KEY, KEY]),
        ("ch1", "issues", ["I-1"]),
        ("ch1", "issues", []),
        ("ch1", "issues", [f"k{number:09}" for number in range(2001)]),
        ("ch1", f"issues.{KEY}.title", "行の無い列"),
        ("ch1", "unknown", "x"),
        ("ch2", "vision", "二行\nの標語"),
        ("ch2", "data_scope", "government"),
        ("ch2", "data_scope", ["government", "government"]),
        ("ch2", "data_scope", ["secret"]),
        ("ch2", "data_scope", []),
        ("ch2", "data_scope", [{}]),
        ("ch2", "expected_effects", "まとまりは値を持たない"),
        ("ch3", "legal_basis", "act-9-3"),
        ("ch3", "legal_basis", ["a b"]),
        ("ch3", "national_plan_ref", ["doc"]),
        ("ch3", "prefectural_plan_ref.none", "yes"),
        ("ch3", "prefectural_plan_ref.url", "javascript:1"),
        ("ch3", "position_diagram", "x"),
        ("ch3", "position_diagram.asset", "x"),
        ("ch3", "position_diagram.alt", 1),
        ("ch3", "position_diagram.width_mm", "80"),
        ("ch3", "position_diagram.width_mm", 83),
        ("ch3", "position_diagram.width_mm", True),
        ("basics", "period_start_fy", "2027"),
        ("basics", "period_start_fy", True),
        ("basics", "period_start_fy", 20270),
        ("basics", "period_years", 5),
        ("basics", "municipality_code", "99201"),
    ],
)
def test_each_wrong_value_is_named_once_with_its_path(sheet, path, value):
    found = reasons(sheet, {path: value})
    assert [where for where, _ in found] == [path]
    assert found[0][1].endswith("。")


def test_a_value_of_the_wrong_type_below_a_year_is_told_as_such():
    stored = {"kpis": [KEY], f"kpis.{KEY}.targets.2027.value": 30}
    found = values.check(BLUEPRINT.measure("online"), stored)
    assert found == [(f"kpis.{KEY}.targets.2027.value", "数を「1234.5」の形の文字列で書いてください。")]


def test_a_text_that_is_too_long_is_not_wrong():
    assert reasons("ch2", {"ch2_text": "あ" * 5000}) == []


def test_what_could_not_be_read_may_stand_at_any_field_but_not_beside_a_value():
    assert reasons("ch1", {}, {"population": "約8万"}) == []
    assert [path for path, _ in reasons("ch1", {"population": "1"}, {"population": "約8万"})] == [
        "population"
    ]
    assert [path for path, _ in reasons("ch1", {}, {"unknown": "x", "issues": KEY})] == ["issues", "unknown"]


def test_problems_come_in_the_order_of_their_paths():
    found = reasons("ch1", {"population": 1, "households": 2, "aging_rate": 3})
    assert [path for path, _ in found] == ["aging_rate", "households", "population"]
