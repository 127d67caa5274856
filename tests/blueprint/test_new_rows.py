"""New rows: what they begin with, and which of them are nobody's words."""

import pytest

from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.content import Answers
from planwizard.blueprint.new_rows import beginning, rows_of, without_untouched

SHEET = edition(CURRENT).measure("online")
KPIS = dict(rows_of(SHEET.fields))["kpis"]
PERIOD = Answers({"period_start_fy": 2026, "period_end_fy": 2030})
ROW = "kpis.kaaaaaaaaa"
OFFER = {
    "kpis": ["kaaaaaaaaa"],
    "offered": [ROW],
    f"{ROW}.name": [""],
    f"{ROW}.baseline_fy": ["令和7年度"],
    f"{ROW}.target_fy": ["令和12年度"],
    f"{ROW}.targets.2028.value": [""],
}


def test_a_kpi_begins_with_the_year_before_the_plan_and_its_last_year():
    assert beginning(KPIS, PERIOD) == {"baseline_fy": 2025, "target_fy": 2030}


def test_nothing_is_offered_while_the_period_is_open():
    assert beginning(KPIS, Answers({})) == {}


def test_a_row_sent_back_as_it_was_offered_is_no_row():
    assert without_untouched(SHEET, OFFER, PERIOD)["kpis"] == []


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("name", "申請の割合"),
        ("target_fy", "令和11年度"),
        ("target_fy", "まだ"),
        ("targets.2028.value", "30"),
    ],
)
def test_a_row_in_which_something_was_written_is_kept(path, typed):
    assert without_untouched(SHEET, {**OFFER, f"{ROW}.{path}": [typed]}, PERIOD)["kpis"] == ["kaaaaaaaaa"]


def test_a_row_that_was_not_offered_is_kept_even_empty():
    data = {**OFFER, "kpis": ["kaaaaaaaaa", "kbbbbbbbbb"]}
    assert without_untouched(SHEET, data, PERIOD)["kpis"] == ["kbbbbbbbbb"]


def test_the_offer_is_known_in_either_calendar():
    data = {**OFFER, f"{ROW}.baseline_fy": ["2025"], f"{ROW}.target_fy": ["２０３０年度"]}
    assert without_untouched(SHEET, data, PERIOD)["kpis"] == []
