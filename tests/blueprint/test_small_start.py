"""The least that a sheet asks, and what a form that asks less keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwizard.blueprint import CURRENT, edition, values
from planwizard.blueprint.kinds import Level
from planwizard.blueprint.small_start import asks_anything, essential, is_unasked, kept, unasked
from tests.blueprint.forms import YEARS, forms

PARTS = [(sheet.kind, sheet.key, "") for sheet in edition(CURRENT).sheets]
MEASURES = [("measure", "measure", pillar.key) for pillar in edition(CURRENT).pillars]


def small(kind, key, pillar="", *, plan_type="standalone", stage="draft"):
    return essential(edition(CURRENT), kind, key, pillar, plan_type, stage)


def keys(sheet) -> set[str]:
    return {item.key for item in sheet.fields}


@pytest.mark.parametrize(("kind", "key", "pillar"), [*PARTS, *MEASURES])
def test_every_required_field_is_asked_and_nothing_is_only_advised(kind, key, pillar):
    sheet, shown = edition(CURRENT).sheet_for(kind, key, pillar), small(kind, key, pillar)
    assert {item.key for item in sheet.fields if item.level is Level.REQUIRED} <= keys(shown)
    advised = [item for item in shown.fields if item.level in (Level.RECOMMENDED, Level.OPTIONAL)]
    assert [item.key for item in advised if not item.required_when] == []


def test_what_stands_in_for_a_required_answer_is_asked_with_it():
    kpi = next(item for item in small("measure", "measure", "online").fields if item.key == "kpis")
    assert {"no_number_reason", "baseline_value"} <= {column.key for column in kpi.columns}
    assert "source" not in {column.key for column in kpi.columns}


def test_an_example_has_a_piece_for_each_column_that_is_asked_and_a_unit_goes_with_its_number():
    chapter = {item.key: item for item in small("chapter", "ch1").fields}
    indicators = chapter["digital_indicators"]
    assert [column.key for column in indicators.columns] == ["name", "value", "unit"]
    assert indicators.example == "マイナンバーカード保有率／79.2／%"
    assert chapter["issues"].example.startswith("旧町域の高齢世帯が来庁しづらい／高齢化率は")
    standard = {item.key: item for item in small("measure", "measure", "standard").fields}
    assert standard["systems"].example == "児童手当システム／未移行"


def test_help_says_where_the_columns_are_that_are_not_shown():
    chapter = {item.key: item for item in small("chapter", "ch3").fields}
    assert chapter["parent_plans"].help.endswith(
        "期間、位置付く箇所は、「この画面のすべての欄を出す」で、あとから書けます。"
    )
    assert "すべての欄" not in chapter["national_plan_ref"].help


def test_conditions_that_cannot_apply_are_left_out():
    assert "combined_statement" in keys(small("chapter", "ch3", plan_type="combined"))
    assert "combined_statement" not in keys(small("chapter", "ch3"))
    assert "adopted_on" in keys(small("basics", "basics", stage="final_draft"))
    assert "adopted_on" not in keys(small("basics", "basics"))
    assert "datasets" in keys(small("measure", "measure", "open_data"))
    assert "datasets" not in keys(small("measure", "measure", "online"))


def test_a_case_known_to_hold_is_plainly_required():
    shown = {item.key: item for item in small("measure", "measure", "open_data").fields}
    assert shown["datasets"].level is Level.REQUIRED
    assert "「公開するデータ」が空なら" in shown["datasets"].condition
    shown = {item.key: item for item in small("basics", "basics", stage="final_draft").fields}
    assert (shown["adopted_on"].level, shown["adopted_on"].condition) == (Level.REQUIRED, "")


def test_an_area_has_nothing_that_must_be_asked():
    assert not asks_anything(small("area", "ch6-online"))
    assert asks_anything(small("chapter", "ch1"))


@pytest.mark.parametrize(("kind", "key", "pillar"), [*PARTS, *MEASURES])
@given(data=st.data())
def test_a_small_form_sent_back_as_it_came_changes_nothing(data, kind, key, pillar):
    sheet, shown = edition(CURRENT).sheet_for(kind, key, pillar), small(kind, key, pillar)
    before = values.read(sheet, data.draw(forms(sheet)), years=YEARS)
    posted = values.to_form(shown, before.values, before.as_typed)
    after, left = values.read(sheet, posted, years=YEARS), unasked(sheet, shown)
    assert after.values | kept(before.values, left, after.values) == before.values
    assert after.as_typed | kept(before.as_typed, left, after.values) == before.as_typed


def test_a_row_that_was_taken_away_takes_its_hidden_answers_with_it():
    stored = {
        "kpis": ["kaaaaaaaaa", "kbbbbbbbbb"],
        "kpis.kaaaaaaaaa.source": "市の統計",
        "kpis.kbbbbbbbbb.source": "国の統計",
        "milestones": ["kccccccccc"],
        "milestones.kccccccccc.text": "開始",
    }
    found = kept(stored, {"kpis.source", "milestones"}, {"kpis": ["kbbbbbbbbb"]})
    assert list(found) == ["kpis.kbbbbbbbbb.source", "milestones", "milestones.kccccccccc.text"]


def test_a_path_is_unasked_with_its_rows_years_and_picture():
    left = {"kpis.targets", "foreword_photo", "vision"}
    asked = ("kpis.kaaaaaaaaa.targets.2028.value", "foreword_photo.alt", "vision")
    assert all(is_unasked(path, left) for path in asked)
    assert not any(is_unasked(path, left) for path in ("kpis", "kpis.kaaaaaaaaa.name", "vision_2"))
