"""Stored values as readers see them, and what is worked out from them."""

import pytest

from planwizard.blueprint import computed, edition
from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import ByYear, Computed, Group, Level, Prints, Rows, Upload
from planwizard.blueprint.options import PILLARS
from planwizard.blueprint.say import head, kpi_unit, option_label, say, say_cell
from planwizard.blueprint.values import stored_places

BLUEPRINT = edition("municipal-2019-10")
ROW, OTHER, THIRD = "k3f9x0a7bq", "m52c8d0e1f", "p000000001"
NAMES = {"department": {"digital000": "デジタル推進課"}, "issue": {ROW: "I-1　空き家", OTHER: "I-2　来庁"}}


def field_of(sheet, path):
    return stored_places(sheet, {})[path].field


def said(part_key, path, value, era="wareki"):
    return say(field_of(BLUEPRINT.sheet(part_key), path), value, era=era, names=NAMES)


@pytest.mark.parametrize(
    ("part_key", "path", "value", "words"),
    [
        ("ch2", "vision", "待たせない潮見野", "待たせない潮見野"),
        ("ch2", "purpose_gov_data", "一行目\n二行目", "一行目\n二行目"),
        ("ch2", "ch2_text", "　本市は", "　本市は"),
        ("ch1", "population", "84312", "84,312人"),
        ("ch1", "aging_rate", "31.80", "31.80%"),
        ("basics", "adopted_on", "2027-03-25", "令和9年3月25日"),
        ("basics", "period_start_fy", 2027, "令和9年度"),
        ("basics", "period_years", 5, "5年"),
        ("basics", "license", "cc_by", "CC BY 4.0"),
        ("basics", "license", "gone", ""),
        ("ch2", "data_scope", ["government", "private"], "自治体保有情報、民間保有情報"),
        ("ch3", "prefectural_plan_ref.none", True, "見つからない"),
        ("ch3", "prefectural_plan_ref.none", False, "ある"),
        ("basics", "contact_department", "digital000", "デジタル推進課"),
        ("ch2", "purpose_local_issues.issue_refs", [OTHER, "gone000000", ROW], "I-2　来庁、I-1　空き家"),
    ],
)
def test_each_kind_is_said_in_its_way(part_key, path, value, words):
    assert said(part_key, path, value) == words


@pytest.mark.parametrize(
    ("era", "words"),
    [("wareki", "令和9年度"), ("seireki", "2027年度"), ("both", "令和9年度（2027年度）")],
)
def test_years_follow_the_calendar_of_the_plan(era, words):
    assert said("basics", "period_start_fy", 2027, era) == words


def test_kinds_without_a_single_value_are_not_said():
    ch3, ch4 = BLUEPRINT.sheet("ch3"), BLUEPRINT.sheet("ch4")
    several = [field_of(ch3, "position_diagram"), field_of(ch3, "parent_plans"), field_of(ch4, "pdca")]
    assert [type(field) for field in several] == [Upload, Rows, Group]
    for field in (*several, ByYear("targets", "年度別目標")):
        with pytest.raises(TypeError):
            say(field, "x", era="wareki", names={})


def test_a_column_says_its_unit_in_its_head_alone():
    field = next(
        column for column in field_of(BLUEPRINT.measure("online"), "budget").columns if column.key == "amount"
    )
    assert head(field) == "事業費（千円）"
    assert say_cell(field, "8400", era="wareki", names={}) == "8,400"


@pytest.mark.parametrize(("unit", "words"), [("percent", "%"), ("other", ""), ("", "")])
def test_the_unit_of_a_kpi_is_its_chosen_one(unit, words):
    assert kpi_unit(Answers({"unit": unit})) == words


def test_an_option_that_is_gone_has_no_label():
    assert (option_label(PILLARS, "divide"), option_label(PILLARS, "gone")) == ("デジタルデバイド是正", "")


def rows(path, *each):
    """A table as stored values."""
    keys = (ROW, OTHER, THIRD, *(f"z{nth:09d}" for nth in range(3, len(each))))[: len(each)]
    columns = {
        f"{path}.{key}.{name}": value
        for key, row in zip(keys, each, strict=True)
        for name, value in row.items()
    }
    return {path: list(keys), **columns}


@pytest.mark.parametrize(
    ("start", "end", "years"), [(2027, 2031, 5), (2027, 2027, 1), (2031, 2027, None), (None, 2027, None)]
)
def test_the_period_counts_both_of_its_ends(start, end, years):
    stored = {"period_start_fy": start, "period_end_fy": end}
    answers = Answers({path: year for path, year in stored.items() if year})
    assert computed.period_years(answers) == years
    assert computed.said("period_years", answers) == (f"{years}年" if years else "")


def test_the_ratio_of_procedures_counts_those_that_stay_offline():
    stored = rows("procedures", {"name": "児童手当"}, {"name": "転入"}, {}) | rows(
        "offline_procedures", {"name": "面談"}
    )
    assert computed.procedure_ratio(Answers(stored)) == (2, 3)
    assert computed.said("procedure_ratio", Answers(stored)) == "2／3手続（66.7%）"
    assert computed.said("procedure_ratio", Answers({})) == ""


def test_nothing_is_told_of_procedures_that_may_not_be_all():
    stored = Answers(rows("procedures", {"name": "児童手当"}, {"name": "転入"}))
    assert computed.procedure_ratio(stored) is None
    assert computed.said("procedure_ratio", stored) == ""


def moved(*businesses):
    return [{"name": name, "business": name, "current": "migrated"} for name in businesses]


def test_a_business_has_moved_when_all_its_systems_have():
    others = moved(*(f"業務{nth}" for nth in range(18)))
    left = {"name": "児童手当B", "business": "児童手当", "current": "waiting"}
    stored = Answers(rows("systems", *moved("住民記録", "児童手当"), left, *others))
    assert computed.migration_progress(stored) == (19, 20)
    assert computed.said("migration_progress", stored) == "19／20業務"


def test_no_progress_is_told_while_a_core_business_is_not_listed():
    stored = Answers(rows("systems", {"name": "児童手当", "business": "児童手当", "current": "waiting"}))
    assert computed.migration_progress(stored) is None
    assert computed.said("migration_progress", stored) == ""
    assert computed.said("migration_progress", Answers({})) == ""


def test_every_computed_field_that_is_printed_can_be_worked_out():
    printed = {
        field.key
        for sheet in BLUEPRINT.all_sheets()
        for field in sheet.fields
        if isinstance(field, Computed) and field.prints is not Prints.NEVER
    }
    assert printed == set(computed._SAID)


def test_computed_fields_are_never_asked_for():
    fields = [field for sheet in BLUEPRINT.all_sheets() for field in sheet.fields]
    assert all(field.level is Level.NONE for field in fields if isinstance(field, Computed))
