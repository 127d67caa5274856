"""What a plan still needs, with the conditions of each field applied."""

from datetime import UTC, datetime

import pytest

from planwizard.blueprint import edition, values
from planwizard.blueprint.content import AdoptionContent, PartContent, PlanContent
from planwizard.blueprint.kinds import Level

BLUEPRINT = edition("municipal-2019-10")
KEY = "k3f9x0a7bq"
STANDALONE = {"basics": {"plan_type": "standalone"}}
COMBINED = {"basics": {"plan_type": "combined"}}


def paths(sheet, stored, others=STANDALONE, level=Level.REQUIRED):
    found = values.missing(sheet, stored, others)
    return [item.path for item in found if item.level is level]


def ch(number, stored, others=STANDALONE, level=Level.REQUIRED):
    return paths(BLUEPRINT.sheet(f"ch{number}"), stored, others, level)


def measure(stored, pillar="online", level=Level.REQUIRED):
    return paths(BLUEPRINT.measure(pillar), stored, level=level)


def test_a_blank_chapter_asks_for_its_required_fields_in_order():
    found = values.missing(BLUEPRINT.sheet("ch2"), {}, STANDALONE)
    assert [item.path for item in found if item.level is Level.REQUIRED] == [
        "data_scope",
        "purpose_gov_data",
        "purpose_workload",
        "purpose_local_issues",
        "purpose_convenience",
        "purpose_ebpm",
        "expected_effects",
        "ch2_text",
    ]
    assert [item.path for item in found if item.level is Level.RECOMMENDED] == ["vision"]


def test_messages_say_what_to_do():
    found = {item.path: item.message for item in values.missing(BLUEPRINT.sheet("ch1"), {}, STANDALONE)}
    assert found["population"] == "総人口を入力してください。"
    assert found["population_source"] == "人口の出典を選んでください。"
    assert found["issues"] == "課題を1件以上入力してください。"


@pytest.mark.parametrize(
    ("chapter", "stored", "path", "message"),
    [
        (
            2,
            {"expected_effects.effect_civic.description": "講座を開く。"},
            "expected_effects.effect_civic.measure_refs",
            "期待される効果『地域住民・NPO等の自発的な課題解決』：実現する施策を選んでください。",
        ),
        (
            2,
            {"expected_effects.effect_civic.description": "講座を開く。"},
            "expected_effects.effect_cost",
            "期待される効果：行政の運用コストの削減を入力してください。",
        ),
        (
            4,
            {"internal_org.name": "推進本部"},
            "internal_org.chair",
            "庁内推進組織：長を入力してください。",
        ),
        (
            4,
            {"internal_org.members": [KEY, "m52c8d0e1f"], "internal_org.chair": "市長"},
            "internal_org.members",
            "庁内推進組織：構成員を1件以上入力してください。",
        ),
        (
            1,
            {"population_projection": [KEY], f"population_projection.{KEY}.fy": 2040},
            f"population_projection.{KEY}.value",
            "将来人口 1行目の人口を入力してください。",
        ),
    ],
)
def test_what_lies_in_a_group_or_row_is_called_so_that_one_finds_it(chapter, stored, path, message):
    found = values.missing(BLUEPRINT.sheet(f"ch{chapter}"), stored, STANDALONE)
    assert {item.path: item.message for item in found}.get(path) == message


def test_no_sentence_strings_its_nouns_together():
    """「期待される効果の地域住民・NPO等の自発的な課題解決の実現する施策」 was one."""
    filled = {"internal_org.name": "推進本部", "pillar_policy.online.stance": "act"}
    filled |= {"expected_effects.effect_civic.description": "講座を開く。"}
    for sheet in BLUEPRINT.all_sheets():
        for item in values.missing(sheet, filled, STANDALONE):
            place = values.stored_places(sheet, filled)[item.path]
            assert place.label == item.label
            groups = item.path.count(".")
            assert ("：" in item.label) is bool(groups), item.message
            assert item.label.count("『") == max(0, groups - 1), item.message


@pytest.mark.parametrize(("others", "asked"), [(STANDALONE, False), (COMBINED, True)])
def test_a_combined_plan_must_say_what_it_combines(others, asked):
    assert ("combined_statement" in ch(3, {}, others)) is asked


@pytest.mark.parametrize(
    ("plan_type", "asked"), [("standalone", False), ("chapter", False), ("combined", True)]
)
def test_own_pillars_are_advised_for_combined_plans_only(plan_type, asked):
    found = paths(BLUEPRINT.sheet("basics"), {"plan_type": plan_type}, {}, Level.RECOMMENDED)
    assert ("own_pillars" in found) is asked


@pytest.mark.parametrize(("stage", "level"), [("draft", Level.RECOMMENDED), ("final_draft", Level.REQUIRED)])
def test_the_final_draft_must_have_its_day_of_adoption(stage, level):
    assert "adopted_on" in paths(BLUEPRINT.sheet("basics"), {}, {"version": {"stage": stage}}, level)


def test_a_published_plan_needs_day_and_record_of_publication():
    basics, appendix = BLUEPRINT.sheet("basics"), BLUEPRINT.sheet("appendix")
    assert "published_on" not in paths(basics, {}, {})
    assert "publications" not in paths(appendix, {}, {})
    assert "published_on" in paths(basics, {}, {"appendix": {"publications": [KEY]}})
    assert "publications" in paths(appendix, {}, {"basics": {"published_on": "2027-04-01"}})


def test_a_pillar_that_is_put_off_needs_its_reason_and_one_that_is_not_its_policy():
    found = ch(5, {"pillar_policy.online.stance": "skip", "pillar_policy.divide.stance": "act"})
    assert "pillar_policy.online.skip_reason" in found
    assert "pillar_policy.online.text" not in found
    assert "pillar_policy.divide.text" in found
    assert "pillar_policy.divide.skip_reason" not in found


def test_a_blank_group_is_named_once_and_a_begun_one_by_its_gaps():
    assert "pillar_policy" in ch(5, {})
    begun = ch(5, {"pillar_policy.online.stance": "other_plan"})
    assert "pillar_policy" not in begun
    assert "pillar_policy.divide" in begun
    assert "pillar_policy.divide.stance" not in begun


def test_no_prefectural_plan_needs_a_note_instead_of_a_title():
    none = {"prefectural_plan_ref.none": True}
    there = {"prefectural_plan_ref.none": False}
    assert {"prefectural_plan_ref.title", "prefectural_plan_ref.note"} & set(ch(3, none)) == {
        "prefectural_plan_ref.note"
    }
    assert {"prefectural_plan_ref.title", "prefectural_plan_ref.note"} & set(ch(3, there)) == {
        "prefectural_plan_ref.title"
    }


def test_whether_there_is_one_is_asked_until_something_tells():
    planned, none = "cyber_policy.is_planned", "prefectural_plan_ref.none"
    assert planned in ch(7, {"cyber_policy.title": "基本方針"})
    assert planned not in ch(7, {"cyber_policy.adopted_on": "2026-03-02"})
    assert none in ch(3, {"prefectural_plan_ref.note": "県に問い合わせ中"})
    assert none not in ch(3, {"prefectural_plan_ref.title": "汐路県デジタル推進計画"})


def test_only_rows_that_hold_something_ask_and_count():
    assert "issues" in ch(1, {"issues": [KEY]})
    found = values.missing(BLUEPRINT.sheet("ch1"), {"issues": [KEY], f"issues.{KEY}.title": "x"}, STANDALONE)
    labels = {item.path: item.label for item in found}
    assert "issues" not in labels
    assert labels[f"issues.{KEY}.description"] == "課題 1行目の説明"


def test_a_blank_row_beside_a_written_one_asks_for_nothing():
    stored = {"issues": [KEY, "m52c8d0e1f"], f"issues.{KEY}.title": "来庁しづらい"}
    assert [path for path in ch(1, stored) if path.startswith("issues")] == [f"issues.{KEY}.description"]


def test_a_kpi_without_numbers_needs_a_reason_instead():
    begun = {"kpis": [KEY], f"kpis.{KEY}.name": "申請の割合"}
    numbers = {
        f"kpis.{KEY}.{column}" for column in ("baseline_value", "baseline_fy", "target_value", "target_fy")
    }
    assert numbers <= set(measure(begun))
    assert not numbers & set(measure(begun | {f"kpis.{KEY}.no_number_reason": "集計できない"}))


def test_schedule_cells_are_filled_by_one_year():
    begun = {"schedule": [KEY], f"schedule.{KEY}.item": "設計"}
    assert f"schedule.{KEY}.cells" in measure(begun)
    assert f"schedule.{KEY}.cells" not in measure(begun | {f"schedule.{KEY}.cells.2027.text": "調査"})


@pytest.mark.parametrize(("pillar", "level"), [("open_data", Level.REQUIRED), ("online", Level.RECOMMENDED)])
def test_open_data_measures_must_name_their_data(pillar, level):
    assert "datasets" in measure({"pillar": pillar}, pillar, level)


def test_data_that_are_published_need_not_be_named_twice():
    published = {
        "pillar": "open_data",
        "published_datasets": [KEY],
        f"published_datasets.{KEY}.format": "csv",
    }
    assert "datasets" not in measure(published, "open_data")
    assert "published_datasets" in measure(
        {"pillar": "open_data", "datasets": [KEY], f"datasets.{KEY}.name": "避難所"}, "open_data"
    )


def test_an_effect_that_has_no_measure_yet_is_told_in_a_sentence():
    for effect, is_asked in (("effect_one_stop", False), ("effect_civic", True)):
        path = f"expected_effects.{effect}"
        assert (f"{path}.measure_refs" in ch(2, {f"{path}.description": "今後考える。"})) is is_asked


def test_a_chosen_national_measure_must_be_adopted():
    assert "national_measures" in measure({"kind": "national"})
    assert "national_measures" not in measure({"kind": "own"})


def test_what_is_drawn_computed_or_due_later_is_never_missing():
    everything = [item.path for sheet in BLUEPRINT.all_sheets() for item in values.missing(sheet, {}, {})]
    assert not {"ch4_diagram", "position_diagram", "period_years", "diff", "review"} & set(everything)


def plan(*parts):
    return PlanContent(
        edition="municipal-2019-10",
        identifier="1",
        stage="draft",
        version_label="第1版",
        modified=datetime(2026, 11, 23, tzinfo=UTC),
        parts=parts,
    )


def test_what_was_typed_and_could_not_be_read_is_not_missing():
    part = PartContent("ch1", "chapter", "", 0, {}, as_typed={"population": "約8万"})
    assert "population" not in [item.path for item in values.missing_in(plan(part))["ch1"]]


def test_a_measure_has_the_answers_that_stand_beside_its_values():
    adopted = AdoptionContent("2026-11-a", "OD-01", "題", "official", "current", "文")
    part = PartContent(
        "m52c8d0e1f",
        "measure",
        "子育て手続",
        0,
        {"kind": "national"},
        pillar="online",
        measure_no="6-①-01",
        department="kosodateka",
        adoptions=(adopted,),
    )
    found = {item.path for item in values.missing_in(plan(part))["m52c8d0e1f"]}
    assert not {"title", "pillar", "measure_no", "department", "national_measures"} & found
    assert "goal_statement" in found


def test_filling_what_is_missing_never_makes_more_of_it_required_at_that_place():
    sheet = BLUEPRINT.sheet("ch7")
    before = {item.path for item in values.missing(sheet, {}, {})}
    after = {item.path for item in values.missing(sheet, {"privacy_policy": "目的外に使わない。"}, {})}
    assert after == before - {"privacy_policy"}


def test_a_cyber_policy_to_come_needs_a_name_but_neither_day_nor_address():
    sheet = BLUEPRINT.sheet("ch7")
    answers = {"cyber_policy.is_planned": True, "cyber_policy.title": "基本方針（令和9年度に策定予定）"}
    assert not [item.path for item in values.missing(sheet, answers, {}) if "cyber_policy" in item.path]
    answers["cyber_policy.is_planned"] = False
    assert [item.path for item in values.missing(sheet, answers, {}) if "cyber_policy" in item.path] == [
        "cyber_policy.adopted_on",
        "cyber_policy.published_url",
    ]
