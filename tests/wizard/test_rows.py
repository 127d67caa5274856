"""Rows without scripts: the open one, the one just added, the one taken out and back."""

import pytest

from tests.factories import make_measure, part_of
from tests.wizard.screens import part_url, press, sheet_on, step_url, write


@pytest.fixture
def measure(version):
    return make_measure(version)


@pytest.fixture
def here(measure):
    return part_url("measure", measure)


def test_a_list_that_must_have_a_row_offers_one_with_the_years_of_the_plan(client, here):
    sheet = sheet_on(client.get(here))
    (key,) = sheet.fields["kpis"]
    assert sheet.shown(f"kpis.{key}.target_fy") == "令和12年度"
    assert sheet.shown(f"kpis.{key}.baseline_fy") == "令和7年度"
    assert "milestones" not in sheet.fields


def test_an_untouched_row_is_not_stored(client, version, measure, here):
    write(client, here, goal_statement="来庁しないで終える。")
    assert "kpis" not in part_of(version, measure.key).values
    assert not [path for path in part_of(version, measure.key).values if path.startswith("schedule")]


def test_what_was_offered_is_stored_with_what_was_written_beside_it(client, version, measure, here):
    sheet = sheet_on(client.get(here))
    (key,) = sheet.fields["kpis"]
    press(client, sheet, **{f"kpis__{key}__name": "利用率"})
    values = part_of(version, measure.key).values
    assert (values[f"kpis.{key}.name"], values[f"kpis.{key}.target_fy"]) == ("利用率", 2030)


def test_a_stored_row_is_never_given_a_year_it_does_not_have(client, version, measure, here):
    sheet = sheet_on(client.get(here))
    (key,) = sheet.fields["kpis"]
    press(client, sheet, **{f"kpis__{key}__name": "利用率", f"kpis__{key}__target_fy": ""})
    assert sheet_on(client.get(here)).shown(f"kpis.{key}.target_fy") == ""


def test_a_row_taken_out_comes_back_with_what_was_typed_in_it_last(client, version):
    here = step_url(version, "ch1")
    (first,) = sheet_on(client.get(here)).fields["issues"]
    write(client, here, issues=[first], **{f"issues__{first}__title": "窓口が混む"})
    sheet = sheet_on(client.get(here))
    answer = press(client, sheet, f"act=remove:issues.{first}", **{f"issues__{first}__title": "昼に混む"})
    assert "issues" not in part_of(version, "ch1").values
    page = client.get(answer["Location"])
    assert "課題を1件削除しました。" in page.content.decode()
    press(client, sheet_on(page), f"act=take_back:issues.{first}")
    values = part_of(version, "ch1").values
    assert (values["issues"], values[f"issues.{first}.title"]) == ([first], "昼に混む")


def test_taking_back_a_row_that_never_was_changes_nothing(client, version, measure, here):
    sheet = sheet_on(client.get(here))
    for path in ("kpis.kzzzzzzzzz", "municipality", "kpis", ""):
        client.post(sheet.action, {**sheet.fields, "act": f"take_back:{path}"})
    assert part_of(version, measure.key).edit_no == 0


@pytest.mark.parametrize("removed", ["kpis.kzzzzzzzzz", "<b>", "nothing.kzzzzzzzzz"])
def test_a_strange_address_breaks_nothing(client, here, removed):
    assert client.get(here, {"removed": removed}).status_code == 200
