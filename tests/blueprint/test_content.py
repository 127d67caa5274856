"""Rules over a whole plan: what it contradicts, and what its references are called."""

from datetime import UTC, datetime

import pytest

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.contradictions import contradictions
from planwizard.blueprint.references import names_of

KEY, OTHER = "k3f9x0a7bq", "m52c8d0e1f"
PERIOD = {"period_start_fy": 2027, "period_end_fy": 2031}


def plan(basics, measure=None, ch1=None, names=None):
    parts = [PartContent("basics", "basics", "計画の基本情報", 0, basics)]
    if ch1:
        parts.append(PartContent("ch1", "chapter", "現状及び課題", 1, ch1))
    if measure is not None:
        parts.append(
            PartContent(OTHER, "measure", "子育て手続", 2, measure, pillar="online", measure_no="6-①-01")
        )
    return PlanContent(
        edition="municipal-2019-10",
        identifier="1",
        stage="draft",
        version_label="第1版",
        modified=datetime(2026, 11, 23, tzinfo=UTC),
        parts=tuple(parts),
        names=names or {},
    )


def told(content):
    return [(found.part, found.path, found.message) for found in contradictions(content)]


def test_a_sound_plan_contradicts_nothing():
    basics = PERIOD | {"adopted_on": "2027-03-25", "published_on": "2027-03-25", "plan_type": "standalone"}
    measure = {
        "kpis": [KEY],
        f"kpis.{KEY}.target_fy": 2031,
        f"kpis.{KEY}.targets.2027.value": "30",
        "schedule": [KEY],
        f"schedule.{KEY}.start_fy": 2027,
        f"schedule.{KEY}.end_fy": 2027,
        f"schedule.{KEY}.cells.2027.text": "設計",
    }
    assert told(plan(basics, measure)) == []


def test_a_period_may_not_end_before_it_begins():
    assert told(plan({"period_start_fy": 2031, "period_end_fy": 2027})) == [
        ("basics", "period_end_fy", "期間の終わり（令和9年度）が、期間の始まり（令和13年度）より前です。")
    ]


def test_a_plan_is_not_published_before_it_is_adopted():
    basics = PERIOD | {"adopted_on": "2027-03-25", "published_on": "2027-03-24"}
    assert told(plan(basics)) == [("basics", "published_on", "公表日が、策定年月日より前です。")]


@pytest.mark.parametrize(
    ("measure", "path", "message"),
    [
        (
            {"kpis": [KEY], f"kpis.{KEY}.target_fy": 2032},
            f"kpis.{KEY}.target_fy",
            "指標 1行目の目標年度（令和14年度）が、計画の期間（令和9年度から令和13年度まで）の外です。",
        ),
        (
            {"kpis": [KEY], f"kpis.{KEY}.targets.2026.value": "1"},
            f"kpis.{KEY}.targets.2026.value",
            "指標 1行目の年度別目標（令和8年度）が、計画の期間（令和9年度から令和13年度まで）の外です。",
        ),
        (
            {"schedule": [KEY], f"schedule.{KEY}.start_fy": 2030, f"schedule.{KEY}.end_fy": 2029},
            f"schedule.{KEY}.end_fy",
            "工程 1行目の終了（令和11年度）が、開始（令和12年度）より前です。",
        ),
        (
            {"schedule": [KEY], f"schedule.{KEY}.start_fy": 2026},
            f"schedule.{KEY}.start_fy",
            "工程 1行目の開始（令和8年度）が、計画の期間（令和9年度から令和13年度まで）の外です。",
        ),
        (
            {"schedule": [KEY], f"schedule.{KEY}.cells.2033.text": "改修"},
            f"schedule.{KEY}.cells.2033.text",
            "工程 1行目の年度ごとの内容（令和15年度）が、計画の期間（令和9年度から令和13年度まで）の外です。",
        ),
    ],
)
def test_years_of_a_measure_lie_in_the_period(measure, path, message):
    assert told(plan(PERIOD, measure)) == [(OTHER, path, message)]


def test_without_a_period_no_year_lies_outside():
    assert told(plan({}, {"kpis": [KEY], f"kpis.{KEY}.target_fy": 2060})) == []


def own_pillars(*pillars):
    return {
        "plan_type": "combined",
        "own_pillars": [KEY],
        f"own_pillars.{KEY}.title": "くらしを便利に",
        f"own_pillars.{KEY}.pillars": list(pillars),
    }


def test_the_own_pillars_of_a_combined_plan_take_up_all_five():
    assert told(plan(own_pillars("online", "open_data", "mynumber", "divide", "standard"))) == []
    assert told(plan(own_pillars("online", "open_data", "mynumber"))) == [
        (
            "basics",
            "own_pillars",
            "「デジタルデバイド是正」、「標準化・互換性」の柱が、基本情報に書いた柱のどれにも当たっていません。",
        )
    ]


def test_a_standalone_plan_needs_no_own_pillars():
    assert told(plan(own_pillars("online") | {"plan_type": "standalone"})) == []


def test_references_are_called_by_number_and_name():
    ch1 = {
        "issues": [KEY, OTHER],
        f"issues.{KEY}.title": "空き家",
        f"issues.{OTHER}.no": "I-7",
        f"issues.{OTHER}.title": "来庁",
        "digital_indicators": ["p000000001"],
        "digital_indicators.p000000001.name": "カードの保有率",
        "resident_survey": ["p000000002"],
    }
    names = names_of(plan(own_pillars("online"), {}, ch1, {"department": {"digital000": "デジタル推進課"}}))
    assert names == {
        "department": {"digital000": "デジタル推進課"},
        "issue": {KEY: "I-1　空き家", OTHER: "I-7　来庁"},
        "own_pillar": {KEY: "くらしを便利に"},
        "evidence": {"p000000001": "カードの保有率", "p000000002": "（名なし）"},
        "measure": {OTHER: "6-①-01　子育て手続"},
    }
