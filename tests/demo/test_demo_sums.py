"""Every sum, ratio and year of the demo plans, worked out again from the numbers they come from."""

import re
from collections import defaultdict
from decimal import Decimal

from planwizard.blueprint import computed
from planwizard.blueprint.kinds import Year
from planwizard.common.fiscal_year import FiscalYear, parse_day
from tests.demo.plans import number, percent

_COUNT = re.compile(r"[\d,]+")


def counts(text: str) -> list[int]:
    return [int(found.replace(",", "")) for found in _COUNT.findall(text)]


# Both plans: indicators, schedules, money


def test_the_target_is_the_target_of_its_last_year_within_the_period(plan):
    for part, kpi in plan.kpis:
        targets = {year: number(cell, "value") for year, cell in kpi.by_year("targets").items()}
        assert list(targets) == list(plan.period), (part.title, kpi.text("name"))
        assert kpi.year("target_fy") == max(targets)
        assert number(kpi, "target_value") == targets[max(targets)]


def test_targets_go_the_way_that_the_indicator_says_and_begin_before_the_plan(plan):
    for part, kpi in plan.kpis:
        baseline = number(kpi, "baseline_value")
        line = [baseline, *(number(cell, "value") for cell in kpi.by_year("targets").values())]
        assert line == sorted(line, reverse=kpi.text("direction") == "down"), (part.title, kpi.text("name"))
        assert line[-1] != baseline
        assert kpi.year("baseline_fy") < plan.period[0]


def test_a_day_of_a_baseline_lies_in_its_year(plan):
    for _, kpi in plan.kpis:
        if day := kpi.text("baseline_as_of"):
            assert FiscalYear.of(parse_day(day)).start == kpi.year("baseline_fy")


def test_every_measure_has_one_to_three_indicators_of_progress_and_of_effect(plan):
    for part in plan.measures:
        kinds = [kpi.text("kind") for kpi in part.answers.rows("kpis")]
        assert 1 <= len(kinds) <= 3
        assert {"output", "outcome"} <= set(kinds), part.title


def test_percentages_lie_between_nothing_and_all(plan):
    for _, kpi in plan.kpis:
        if kpi.text("unit") == "percent":
            values = [number(kpi, "baseline_value"), number(kpi, "target_value")]
            assert all(0 <= value <= 100 for value in values)


def test_a_step_fills_each_of_its_years_with_a_word_and_no_other(plan):
    for part in plan.measures:
        for step in part.answers.rows("schedule"):
            years = range(step.year("start_fy"), step.year("end_fy") + 1)
            cells = step.by_year("cells")
            assert list(cells) == list(years), (part.title, step.text("item"))
            assert all(cell.text("text") or cell.text("status") for cell in cells.values())
            assert set(years) <= set(plan.period)


def test_what_a_measure_costs_in_a_year_is_what_its_sources_give(plan):
    for part in plan.measures:
        cost: dict[int, Decimal] = defaultdict(Decimal)
        given: dict[int, Decimal] = defaultdict(Decimal)
        for row in part.answers.rows("budget"):
            cost[row.year("fy")] += number(row, "amount")
        for row in part.answers.rows("funding"):
            given[row.year("fy")] += number(row, "amount")
        assert cost == given, part.title
        assert list(cost) == list(plan.period)


def test_a_grant_for_part_of_the_cost_pays_that_part_of_the_beginning(plan):
    for part in plan.measures:
        initial = {
            row.year("fy"): number(row, "amount")
            for row in part.answers.rows("budget")
            if row.text("kind") == "initial"
        }
        for row in part.answers.rows("funding"):
            if row.text("rate") == "1/2":
                assert number(row, "amount") * 2 == initial[row.year("fy")], part.title


def test_a_funding_scheme_is_named_only_for_the_year_in_which_it_is_known(plan):
    for part in plan.measures:
        for row in part.answers.rows("funding"):
            if row.text("source").startswith("地域未来交付金"):
                assert row.year("fy") == 2026


def test_milestones_and_first_years_online_lie_where_they_can(plan):
    for part in plan.measures:
        assert all(row.year("fy") in plan.period for row in part.answers.rows("milestones"))
        for row in part.answers.rows("procedures"):
            start = row.year("online_from_fy")
            assert start is None or (start < plan.period[0]) == (row.text("method") == "online"), row.text(
                "name"
            )


def test_core_systems_are_the_twenty_businesses_and_those_left_are_special(plan):
    measure = next(part for part in plan.measures if len(part.answers.rows("systems")) >= 20)
    systems = measure.answers.rows("systems")
    left = [row for row in systems if row.text("current") != "migrated"]
    moved, all_businesses = computed.migration_progress(measure.answers)
    assert (len({row.text("business") for row in systems}), all_businesses) == (20, 20)
    assert all((row["special_support"] is True) == (row in left) for row in systems)
    assert number(plan.indicator("標準準拠システムへ移行した業務の数"), "value") == moved
    assert number(plan.indicator("特定移行支援システムの数"), "value") == len(left) == 20 - moved
    assert max(row.year("migration_fy") for row in left) in plan.period


def test_operating_costs_are_the_values_of_their_indicator(plan):
    measure = next(part for part in plan.measures if len(part.answers.rows("systems")) >= 20)
    kpi = next(row for row in measure.answers.rows("kpis") if "運用経費" in row.text("name"))
    targets = {year: number(cell, "value") for year, cell in kpi.by_year("targets").items()}
    costs = {row.year("fy"): number(row, "amount") for row in measure.answers.rows("operating_cost")}
    assert costs == {kpi.year("baseline_fy"): number(kpi, "baseline_value"), **targets}


def test_years_typed_as_years_are_plausible(plan):
    years = [value for _, _, field, value in plan.answers() if isinstance(field, Year)]
    assert years
    assert all(2020 <= year <= 2045 for year in years)


def test_ratios_of_the_present_indicators_come_from_their_counts(plan):
    """The source of a ratio says 「…件のうち…件」: whole first, then part."""
    for row in plan.part("ch1").rows("digital_indicators"):
        if row.text("unit") == "%" and "のうち" in row.text("source"):
            whole, part = counts(row.text("source"))
            assert percent(part, whole) == number(row, "value"), row.text("name")


def test_shares_of_the_surveys_come_from_the_people_asked(plan):
    ch1 = plan.part("ch1")
    for row in [*ch1.rows("resident_survey"), *ch1.rows("staff_survey")]:
        if found := re.fullmatch(r"([\d.]+)%（([\d,]+)人）", row.text("result")):
            share = percent(counts(found[2])[0], number(row, "n"))
            digits = Decimal(found[1])
            assert share.quantize(digits) == digits, row.text("question")


def test_the_card_is_held_by_the_same_share_everywhere(plan):
    population = number(plan.part("ch1"), "population")
    indicator = plan.indicator("マイナンバーカードの保有率")
    holdings = [row for part in plan.measures for row in part.answers.rows("card_holding")]
    for row in holdings:
        assert percent(number(row, "count"), population) == number(row, "rate") == number(indicator, "value")
        assert row.text("as_of") == indicator.text("as_of")
        assert counts(indicator.text("source"))[0] == number(row, "count")


def test_answers_to_the_survey_are_told_with_one_number(plan):
    asked = [row for row in plan.part("appendix").rows("surveys") if "職員" not in row.text("name")][0]
    whole = {number(row, "n") for row in plan.part("ch1").rows("resident_survey")}
    assert max(whole) == number(asked, "n")


def test_the_calendar_of_the_preparation_runs_forward_to_the_decision(plan):
    days = [row.text("date") for row in plan.part("appendix").rows("preparation_history")]
    assert days == sorted(days)


# 潮見野市


def test_the_districts_of_潮見野市_make_the_city(shiomino):
    ch1 = shiomino.part("ch1")
    found = re.search(
        r"潮見野地区([\d,]+)人、東丘地区([\d,]+)人、浜里地区([\d,]+)人、"
        r"65歳以上は同じ順に([\d,]+)人、([\d,]+)人、([\d,]+)人である。"
        r"高齢化率は([\d.]+)%、([\d.]+)%、([\d.]+)%",
        ch1.text("area_features"),
    )
    people, old = ([counts(each)[0] for each in found.groups()[start : start + 3]] for start in (0, 3))
    assert sum(people) == number(ch1, "population")
    rates = [Decimal(each) for each in found.groups()[6:]]
    assert [percent(part, whole) for part, whole in zip(old, people, strict=True)] == rates
    assert percent(sum(old), sum(people)) == number(ch1, "aging_rate")


def test_磯波町_s_share_of_the_old_comes_from_its_people(isonami):
    ch1 = isonami.part("ch1")
    old = counts(re.search(r"65歳以上の人口は([\d,]+)人", ch1.text("area_features"))[1])[0]
    assert percent(old, number(ch1, "population")) == number(ch1, "aging_rate")


def test_procedures_of_a_measure_add_up_to_what_its_text_says(plan):
    """「年8,740件」 in the present state is the sum of the procedures, where the text speaks of them all."""
    told = {}
    for part in plan.measures:
        found = re.search(r"手続(?:の申請)?は年([\d,]+)件", part.answers.text("current_state"))
        if found and part.pillar == "online":
            total = sum(number(row, "annual_count") for row in part.answers.rows("procedures"))
            told[part.title] = (total, counts(found[1])[0])
    assert len(told) >= 1
    assert all(total == said for total, said in told.values()), told


def test_shares_in_the_present_state_come_from_the_counts_beside_them(shiomino):
    """(number of a measure, part, whole, share): each of the three stands in the text or among the procedures."""
    for measure_no, part, whole, share in (
        ("6-①-01", 1573, 8740, "18.0"),
        ("6-①-03", 464, 2210, "21.0"),
        ("6-①-06", 3677, 40850, "9.0"),
        ("6-②-02", 29, 46, "63.0"),
        ("6-②-05", 39, 325, "12.0"),
        ("6-③-02", 21000, 54680, "38.4"),
        ("6-④-03", 32, 100, "32.0"),
    ):
        state = shiomino.measure(measure_no).text("current_state")
        assert percent(part, whole) == Decimal(share)
        assert {part, whole} <= set(counts(state)), measure_no
        assert f"{share}%" in state
        kpis = [number(kpi, "baseline_value") for kpi in shiomino.measure(measure_no).rows("kpis")]
        assert Decimal(share) in kpis


def test_磯波町_s_present_share_online_comes_from_its_one_procedure(isonami):
    rows = isonami.measure("6-①-01").rows("procedures")
    whole = sum(number(row, "annual_count") for row in rows)
    kpi = isonami.kpi("オンライン申請の割合")
    assert percent(31, whole) == number(kpi, "baseline_value")
    assert "31件（1.6%）" in isonami.measure("6-①-01").text("current_state")


def test_certificates_at_the_counter_and_in_stores_make_all(shiomino):
    counter = sum(
        number(row, "annual_count")
        for row in shiomino.measure("6-①-04").rows("procedures")
        if "交付" in row.text("name")
    )
    stores = number(shiomino.measure("6-③-02").at("convenience_issue"), "annual_count")
    whole, part = counts(shiomino.indicator("コンビニ交付の割合").text("source"))
    assert (part, whole) == (stores, counter + stores)
    assert percent(part, whole) == number(shiomino.measure("6-③-02").at("convenience_issue"), "ratio")


def test_people_of_the_old_towns_are_those_of_the_measure_for_them(shiomino):
    found = re.search(r"東丘地区([\d,]+)人、浜里地区([\d,]+)人", shiomino.part("ch1").text("area_features"))
    people = sum(counts(each)[0] for each in found.groups())
    assert f"{people:,}人" in shiomino.measure("6-④-02").text("target_users")


def test_the_counter_of_child_care_is_relieved_by_the_share_that_goes_online(shiomino):
    measure = shiomino.measure("6-①-01")
    whole = sum(number(row, "annual_count") for row in measure.rows("procedures"))
    kpi = shiomino.kpi("子育て手続のオンライン申請の割合")
    before = whole - round(whole * number(kpi, "baseline_value") / 100)
    after = whole - round(whole * number(kpi, "target_value") / 100)
    assert counts(measure.text("counter_change"))[:3] == [before, 12, after]


def test_procedures_go_online_as_the_indicator_counts_them(shiomino):
    for measure_no, name in (
        ("6-①-01", "オンラインで完結できる子育て手続"),
        ("6-①-02", "オンラインで申請できる介護の手続"),
    ):
        starts = [row.year("online_from_fy") for row in shiomino.measure(measure_no).rows("procedures")]
        for year, cell in shiomino.kpi(name).by_year("targets").items():
            assert sum(start <= year for start in starts) == number(cell, "value")


def test_operating_costs_fall_by_fifteen_in_a_hundred(shiomino):
    kpi = shiomino.kpi("基幹業務システムの運用経費（千円）")
    saved = number(kpi, "baseline_value") - number(kpi, "target_value")
    assert percent(saved, number(kpi, "baseline_value")) == 15
    assert "15%" in shiomino.part("ch2").text("expected_effects.effect_cost.description")


def test_hours_saved_by_automation_are_those_of_the_businesses(shiomino):
    kpi = shiomino.kpi("減らした作業の時間")
    hours = sum(number(row, "saved_hours") for row in shiomino.measure("6-⑤-02").rows("bpr"))
    assert number(kpi, "target_value") - number(kpi, "baseline_value") == hours


def test_steps_that_add_up_reach_the_target(shiomino):
    """Where the cells of a step say how many are added each year, they make the way from baseline to target."""
    for measure_no, item, name in (
        ("6-①-01", "手続の開始", "オンラインで完結できる子育て手続"),
        ("6-①-04", "手続の追加", "書かない窓口で受けられる手続"),
        ("6-②-01", "データの整備と公開", "公開する防災データの件数"),
        ("6-②-02", "データの追加", "公開しているオープンデータの数"),
        ("6-③-04", "受付の仕組み", "カードで受け付けられる避難所"),
        ("6-④-02", "手続の追加", "支所で完結する手続"),
        ("6-④-05", "避難所の無線LAN", "無線LANのある指定避難所"),
        ("6-⑤-02", "業務の見直し", "自動化した業務"),
        ("6-⑤-04", "台帳の整理", "共通の表記に直した台帳"),
    ):
        step = next(row for row in shiomino.measure(measure_no).rows("schedule") if row.text("item") == item)
        added = sum(sum(counts(cell.text("text"))) for cell in step.by_year("cells").values())
        kpi = shiomino.kpi(name)
        assert number(kpi, "baseline_value") + added == number(kpi, "target_value"), name


def test_the_public_comment_is_told_whole(shiomino):
    comment = shiomino.part("appendix").at("public_comment")
    assert number(comment, "n_opinions") == len(comment.rows("opinions"))
    assert number(comment, "n_persons") <= number(comment, "n_opinions")
    days = parse_day(comment.text("to")) - parse_day(comment.text("from"))
    assert days.days + 1 >= 30


def test_members_of_the_council_are_as_many_as_its_fields_say(shiomino):
    fields = shiomino.part("ch4").text("external_body.members")
    assert sum(counts(fields)) == len(shiomino.part("appendix").rows("committee_members"))


def test_meetings_are_as_many_as_the_structure_says(shiomino):
    history = [row.text("body") for row in shiomino.part("appendix").rows("preparation_history")]
    ch4 = shiomino.part("ch4")
    assert sum("推進本部" in body for body in history) == number(ch4, "internal_org.meetings_per_year")
    assert sum("懇談会" in body for body in history) == number(ch4, "external_body.meetings_per_year")
    months = [int(each) for each in re.findall(r"(\d+)月", ch4.text("internal_org.meeting_months"))]
    assert len(months) == number(ch4, "internal_org.meetings_per_year")
    days = [
        row.text("date")
        for row in shiomino.part("appendix").rows("preparation_history")
        if "推進本部" in row.text("body")
    ]
    assert [int(day[5:7]) for day in days] == months


def test_the_decision_the_approvals_and_the_publication_agree(shiomino):
    basics, appendix = shiomino.content.basics, shiomino.part("appendix")
    approvals = [row.text("decided_on") for row in appendix.rows("approvals")]
    assert approvals == sorted(approvals)
    assert approvals[-1] == basics.text("adopted_on")
    publication = appendix.rows("publications")[0]
    assert publication.text("published_on") == basics.text("published_on")
    assert publication.text("url") == basics.text("publication_url")
    assert publication.text("version") == shiomino.content.version_label
    decided = {row.text("content"): row.text("date") for row in appendix.rows("preparation_history")}
    assert decided["計画を決定した。"] == basics.text("adopted_on")


def test_the_staff_is_told_with_one_number(shiomino):
    staff = {row.year("fy"): number(row, "value") for row in shiomino.part("ch1").rows("staff_count")}
    assert list(staff) == sorted(staff)
    assert counts(shiomino.indicator("テレワークができる職員の割合").text("source"))[0] == staff[max(staff)]
    for measure_no in ("6-⑤-02", "6-⑤-03"):
        assert str(staff[max(staff)]) in shiomino.measure(measure_no).text("target_users")
