"""Each rule: the plan of 潮見野市 passes, and with one fact changed it does not."""

from dataclasses import replace
from datetime import date

import pytest

from planwizard.blueprint.content import CatalogueFacts
from planwizard.rules import RULES, Kind, State, rule_of, run, tally
from tests.rules.plans import (
    ON,
    answered,
    changed,
    confirmed,
    empty,
    first_measure,
    isonami,
    judged,
    shiomino,
    states,
    steps,
    with_part,
    without,
    without_measures,
)

FAIL, REVIEW, NA, PASS = State.FAIL, State.NEEDS_REVIEW, State.NOT_APPLICABLE, State.PASS
PLAN = shiomino()
MEASURE = first_measure(PLAN)
KPI = MEASURE.answers.keys("kpis")[0]
ALL = tuple(part.key for part in PLAN.measures)


def kpi(**columns):
    return changed(PLAN, MEASURE.key, {f"kpis.{KPI}.{column}": value for column, value in columns.items()})


def amended(**basics):
    return replace(answered(PLAN, "basics", **basics), stage="amendment")


def every_kpi(plan, **columns):
    for part in plan.measures:
        for key in part.answers.keys("kpis"):
            plan = changed(
                plan, part.key, {f"kpis.{key}.{column}": value for column, value in columns.items()}
            )
    return plan


def growing(plan):
    """No KPI by which anything becomes less."""
    return every_kpi(plan, direction="up", unit="persons")


CASES = {
    "PU-01 its field is empty": ("PU-01", FAIL, answered(PLAN, "ch2", purpose_gov_data=None)),
    "PU-01 nothing stands behind it": (
        "PU-01",
        REVIEW,
        without_measures(without(PLAN, "data_holdings", "ch1"), "open_data"),
    ),
    "PU-01 the scope leaves it out": ("PU-01", REVIEW, answered(PLAN, "ch2", data_scope=["private"])),
    "PU-02 is left out": ("PU-02", NA, answered(PLAN, "ch2", purpose_private_data=None)),
    "PU-02 nothing stands behind it": (
        "PU-02",
        REVIEW,
        without(without(PLAN, "private_data", "ch1"), "private_data_use"),
    ),
    "PU-03 nothing is written": ("PU-03", FAIL, answered(PLAN, "ch2", purpose_workload=None, ch2_text=None)),
    "PU-03 nothing stands behind it": ("PU-03", REVIEW, without(growing(PLAN), "bpr")),
    "PU-04 no issue": ("PU-04", FAIL, without(PLAN, "issues", "ch1")),
    "PU-04 no measure for an issue": ("PU-04", FAIL, without(PLAN, "issues")),
    "PU-05 nothing is written": ("PU-05", FAIL, answered(PLAN, "ch2", purpose_convenience=None, ch2_text=None)),
    "PU-06 nothing stands behind it": (
        "PU-06",
        REVIEW,
        without(answered(PLAN, "ch4", pdca__data_use=None), "ebpm_cases"),
    ),
    "EX-01 no measure": ("EX-01", FAIL, without(PLAN, "expected_effects.effect_civic.measure_refs", "ch2")),
    "EX-01 its measures help nobody": ("EX-01", FAIL, without(without(PLAN, "civic_use"), "partners")),
    "EX-02 no measure": ("EX-02", FAIL, without(PLAN, "expected_effects.effect_cost.measure_refs", "ch2")),
    "EX-02 no KPI becomes less": ("EX-02", FAIL, growing(PLAN)),
    "EX-02 no amount": ("EX-02", REVIEW, without(PLAN, "operating_cost")),
    "EX-03 nothing is done wholly online": ("EX-03", FAIL, without(PLAN, "end_to_end")),
    "EX-04 nothing is bundled": (
        "EX-04",
        REVIEW,
        without(
            answered(PLAN, "ch2", ch2_text="計画の目的を示す。", expected_effects__effect_one_stop__description="窓口を一つにする。"),
            "bundled_with",
        ),
    ),
    "EX-05 nothing is shared": (
        "EX-05",
        REVIEW,
        without(without_measures(PLAN, "standard"), "once_only_items"),
    ),
    "ME-01 its field is empty": ("ME-01", FAIL, answered(PLAN, "ch5", policy_tech_env=None)),
    "ME-01 no measure says it": ("ME-01", REVIEW, without(PLAN, "tech_environment")),
    "ME-02 its field is empty": ("ME-02", FAIL, answered(PLAN, "ch5", policy_enablers=None)),
    "ME-02 less than half of the measures": ("ME-02", REVIEW, without(PLAN, "enabling_actions", *ALL[:13])),
    "ME-03 no end": ("ME-03", FAIL, answered(PLAN, "basics", period_end_fy=None)),
    "ME-03 eleven years": ("ME-03", FAIL, answered(PLAN, "basics", period_end_fy=2036)),
    "ME-03 a schedule beyond the period": ("ME-03", FAIL, answered(PLAN, "basics", period_end_fy=2029)),
    "ME-04 no KPI": ("ME-04", FAIL, without(PLAN, "kpis", MEASURE.key)),
    "K1 no name": ("ME-04", FAIL, kpi(name=None)),
    "K2 no unit": ("ME-04", FAIL, kpi(unit=None)),
    "K3 no baseline": ("ME-04", FAIL, kpi(baseline_value=None)),
    "K3 no time of the baseline": ("ME-04", FAIL, kpi(baseline_fy=None, baseline_as_of=None)),
    "K4 no target": ("ME-04", FAIL, kpi(target_value=None)),
    "K4 a target beyond the period": ("ME-04", FAIL, kpi(target_fy=2031)),
    "K5 no definition": ("ME-04", FAIL, kpi(definition=None)),
    "K6 nothing changes": ("ME-04", FAIL, kpi(baseline_value="12", target_value="12")),
    "K7 the wrong way": ("ME-04", FAIL, kpi(direction="up", baseline_value="12", target_value="3")),
    "K7 no direction": ("ME-04", FAIL, kpi(direction=None)),
    "ME-04 a reason instead of a number": (
        "ME-04",
        REVIEW,
        kpi(target_value=None, target_fy=None, no_number_reason="相談の質は数にできない。"),
    ),
    "ME-05 one grade": ("ME-05", FAIL, answered(PLAN, "ch4", evaluation_scale=["d9umwty7hz"])),
    "ME-05 nobody reviews": ("ME-05", FAIL, answered(PLAN, "ch4", pdca__actor=None)),
    "OP-01 no record of the publication": ("OP-01", FAIL, without(PLAN, "publications", "appendix")),
    "OP-01 no contact before publication": (
        "OP-01",
        FAIL,
        answered(PLAN, "basics", published_on=None, contact_phone=None, contact_email=None),
    ),
    "OP-02 no rule for updates": ("OP-02", FAIL, answered(PLAN, "ch4", update_policy=None)),
    "OP-02 an amendment without a record": ("OP-02", FAIL, without(amended(), "publications", "appendix")),
    "OP-02 an amendment published late": ("OP-02", REVIEW, amended(adopted_on="2026-03-17")),
    "OP-02 an amendment published as late as that": ("OP-02", PASS, amended(adopted_on="2026-03-18")),
    "OP-03 one department": ("OP-03", FAIL, without(PLAN, "internal_org.members", "ch4")),
    "OP-03 no meeting": ("OP-03", FAIL, answered(PLAN, "ch4", internal_org__meetings_per_year="0")),
    "OP-04 no ordinance": ("OP-04", NA, without(PLAN, "ordinance_refs", "ch3")),
    "L-01 no national plan": ("L-01", FAIL, answered(PLAN, "ch3", national_plan_ref=None)),
    "L-02 no plan of the prefecture": ("L-02", FAIL, without(PLAN, "prefectural_plan_ref", "ch3")),
    "L-03 as ME-03": ("L-03", FAIL, answered(PLAN, "basics", period_end_fy=None)),
    "L-04 as OP-01": ("L-04", FAIL, without(PLAN, "publications", "appendix")),
    "L-05 a pillar without measures": ("L-05", FAIL, without_measures(PLAN, "divide")),
    "L-05 open data passed over with a reason": (
        "L-05",
        REVIEW,
        answered(
            without_measures(PLAN, "open_data"),
            "ch5",
            pillar_policy__open_data__stance="skip",
            pillar_policy__open_data__skip_reason="次の計画で扱う。",
        ),
    ),
    "L-06 one act is missing": ("L-06", FAIL, answered(PLAN, "ch7", security_laws=["privacy-act"])),
    "L-07 no address": ("L-07", FAIL, answered(PLAN, "ch7", cyber_policy__published_url=None)),
    "L-07 a policy to come": ("L-07", REVIEW, answered(PLAN, "ch7", cyber_policy__is_planned=True)),
    "L-09 an issue without measures": (
        "L-09",
        REVIEW,
        changed(
            PLAN, "ch1", {"issues": [*PLAN.part("ch1").answers.keys("issues"), "inew000001"], "issues.inew000001.title": "新しい課題"}
        ),
    ),
    "L-09 a measure without issues": ("L-09", REVIEW, without(PLAN, "issues", MEASURE.key)),
    "L-11 an empty chapter": ("L-11", FAIL, answered(PLAN, "ch7", ch7_text=None)),
    "L-11 a blank of the template": ("L-11", FAIL, answered(PLAN, "ch3", ch3_text="○○市の計画である。")),
    "L-11 what could not be read": (
        "L-11",
        FAIL,
        with_part(PLAN, replace(PLAN.part("ch1"), as_typed={"population": "約8万"})),
    ),
}  # fmt: skip
BEFORE_THE_LAW = replace(PLAN, decided_on=date(2026, 3, 31))


@pytest.mark.parametrize("id", [rule.id for rule in RULES])
def test_the_plan_of_潮見野市_passes(id):
    assert states(PLAN)[id] is PASS


@pytest.mark.parametrize(("id", "state", "plan"), CASES.values(), ids=CASES)
def test_one_fact_makes_the_difference(id, state, plan):
    assert states(plan)[id] is state


@pytest.mark.parametrize(("id", "state", "plan"), CASES.values(), ids=CASES)
def test_a_plan_that_passes_lies_one_fact_before_one_that_does_not(id, state, plan):
    walk = steps(PLAN, plan)
    assert {part.key: part.values for part in walk[-1].parts} == {p.key: p.values for p in plan.parts}
    passes = [run(each, ON, confirmed(), [rule_of(id)])[0].state is PASS for each in walk]
    assert passes == sorted(passes, reverse=True)  # never again after that fact
    assert passes[-1] is (state is PASS)


def test_every_rule_has_a_plan_that_does_not_pass():
    only_notes = {"L-08", "L-10"}  # and never more
    assert {id for id, _, _ in CASES.values()} | only_notes == {rule.id for rule in RULES}


@pytest.mark.parametrize("id", sorted({id for id, state, _ in CASES.values() if state is not NA}))
def test_what_does_not_pass_says_why_and_where(id):
    for rule, state, plan in CASES.values():
        if rule == id and state is not NA:
            result = judged(plan)[id]
            assert result.reason.rstrip("）").endswith(("。", "件", "）")) or "。" in result.reason
            assert plan.part(result.at.part) is not None


def notes(plan, id):
    return [each.reason for each in judged(plan)[id].findings if each.state is State.NOTE]


def test_notes_change_no_state():
    old = answered(PLAN, "ch7", privacy_policy="個人情報保護条例による。")
    assert states(old)["L-08"] is PASS
    assert notes(old, "L-08") == [
        "「個人情報保護条例による。」：いまは、個人情報の保護に関する法律、法律施行条例と言います。"
    ]


def test_members_are_counted_as_departments_and_posts():
    assert judged(PLAN)["OP-03"].findings[0].reason == "会議は年3回で、構成員は12の部局・役職です。"


def test_an_older_national_plan_is_noted():
    assert states(answered(PLAN, "ch3", national_plan_ref="priority-plan-2024-06-21"))["L-01"] is PASS
    assert notes(answered(PLAN, "ch3", national_plan_ref="priority-plan-2024-06-21"), "L-01")


def test_a_superseded_national_measure_is_noted_with_what_follows_it():
    part = next(part for part in PLAN.measures if part.adoptions)
    reference = f"{part.adoptions[0].edition_code}/{part.adoptions[0].code}"
    plan = replace(PLAN, catalogue=CatalogueFacts(superseded={reference: "新しい施策"}))
    assert states(plan)["L-10"] is PASS
    assert "新しい施策" in notes(plan, "L-10")[0]


def test_targets_that_go_back_and_kpis_without_an_effect_are_noted():
    years = {f"kpis.{KPI}.targets.{year}.value": value for year, value in ((2026, "50"), (2027, "40"))}
    plan = changed(PLAN, MEASURE.key, {**years, f"kpis.{KPI}.direction": "up"})
    assert any(reason.endswith("（K8）") for reason in notes(plan, "ME-04"))
    assert any(reason.endswith("（K9）") for reason in notes(every_kpi(PLAN, kind="output"), "ME-04"))


def test_a_duty_does_not_bind_a_version_from_before_it():
    assert states(answered(BEFORE_THE_LAW, "ch7", cyber_policy__published_url=None))["L-07"] is NA


def test_a_year_written_in_kanji_is_no_blank():
    assert states(answered(PLAN, "ch3", ch3_text="二〇二六年度に始める。"))["L-11"] is PASS


def test_潮見野市_has_all_eighteen():
    assert tally(judged(PLAN).values()).words == "必須18項目のうち18件 合格・0件 要確認・0件 未"


def test_without_confirmations_only_what_answers_alone_decide_passes():
    passing = {id for id, state in states(PLAN, ()).items() if state is PASS}
    assert passing == {rule.id for rule in RULES if rule.kind is Kind.AUTO}


def test_磯波町_lacks_exactly_this():
    found = states(isonami(), ())
    assert {id for id, state in found.items() if state is FAIL} == {"EX-02"}
    assert {id for id, state in found.items() if state is NA} == {"PU-02"}
    assert {id for id, state in found.items() if state is PASS} == {
        "ME-03", "ME-04", "OP-01", *(f"L-{number:02}" for number in range(1, 12)),
    }  # fmt: skip
    assert (
        judged(isonami(), ())["EX-02"].reason
        == "費用・時間・日数・件数を減らす指標を、1つ以上の施策に入れてください。"
    )


def test_an_empty_plan_lacks_exactly_this():
    found = states(empty(), ())
    assert {id for id, state in found.items() if state is NA} == {"PU-02", "OP-04"}
    assert {id for id, state in found.items() if state is PASS} == {"L-08", "L-09", "L-10"}
    assert {id for id, state in found.items() if state is REVIEW} == set()
    assert tally(judged(empty(), ()).values()).words == "必須18項目のうち0件 合格・0件 要確認・18件 未"


def test_a_rule_that_raises_is_told_and_the_others_still_run():
    def broken(content, on):
        raise ZeroDivisionError

    rules = [replace(rule_of("PU-01"), check=broken), rule_of("ME-03")]
    first, second = run(PLAN, ON, confirmed(), rules)
    assert (first.state, second.state) == (REVIEW, PASS)
    assert "判定できません（規則 PU-01）" in first.reason
    assert isinstance(first.error, ZeroDivisionError)


def test_the_kinds_are_those_of_the_checklist():
    assert str(rule_of("PU-04").kind) == "AUTO+CONFIRM"
    assert sum(rule.is_required for rule in RULES if rule.source == "種チェックリスト") == 18
