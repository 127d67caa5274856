"""「（例）」 of what a measure began with: it stays until somebody changes its row, whichever way that is sent."""

import json

import pytest

from planwizard.plans import adoption, examples, saving
from planwizard.plans.models import Edit, EditKind
from tests.factories import NOW, part_of
from tests.wizard.screens import part_url, sheet_on
from tests.wizard.test_national import make_entry

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def part(version, member):
    entry = make_entry(suggested_kpi="利用した件数、待ち時間")
    return adoption.adopt(version, entry, by=member, at=NOW, with_examples=True)


@pytest.fixture
def sheet(client, part):
    return sheet_on(client.get(part_url("measure", part)))


def texts(part, path="kpis", cell="name"):
    answers = part_of(part.version, part.key).values
    return [answers[f"{path}.{key}.{cell}"] for key in answers[path]]


def of(part, cell="name", row=0, path="kpis"):
    return f"{path}.{part.values[path][row]}.{cell}"


def send(client, sheet, *, save_kind="auto", **typed):
    answer = client.post(sheet.action, {**sheet.fields, **typed, "save_kind": save_kind}, headers=JSON)
    return json.loads(answer.content)


def test_saving_the_sheet_unchanged_keeps_the_marks(client, part, sheet):
    client.post(sheet.action, sheet.fields)
    assert texts(part) == ["（例）利用した件数", "（例）待ち時間"]
    assert texts(part, "schedule", "item")[0] == "（例）調査・準備"


def test_changing_another_field_of_the_sheet_keeps_them(client, part, sheet):
    client.post(sheet.action, {**sheet.fields, "goal_statement": "待たせない。"})
    assert texts(part) == ["（例）利用した件数", "（例）待ち時間"]
    assert part_of(part.version, part.key).values["actions"].startswith("（例）")


def test_a_row_that_is_an_example_says_so_until_it_is_the_towns_own(client, part, sheet, look):
    told = "この行は例です。どこか1つを直すと（例）が消え"
    before = look(client, sheet.action).words.count(told)
    assert before == 2 + len(part.values["schedule"])
    client.post(sheet.action, {**sheet.fields, of(part, "end_fy", path="schedule"): "2027"})
    assert look(client, sheet.action).words.count(told) == before - 1


def test_what_counts_municipalities_is_no_indicator_of_one_town(version):
    suggested = "公開している市町村の割合、公開した市町数、導入団体数、自治体の数、受講者数、団体への支援回数"
    assert begun_with(version, suggested, "name") == ["（例）受講者数", "（例）団体への支援回数"]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("電子納付の割合", ["percent"]),
        ("保有枚数率", ["percent"]),
        ("更新の遅れ件数", ["cases"]),
        ("転出届の件数と割合", []),
        ("事務の効率", []),
        ("受講者数", []),
    ],
)
def test_a_unit_that_the_name_says_stands_there_already(version, name, unit):
    assert begun_with(version, name, "unit") == unit


def begun_with(version, suggested, cell):
    entry = make_entry(suggested_kpi=suggested)
    given = examples.of(entry, version.edition.measure("online"), version.years)
    return [value for path, value in given.items() if path.startswith("kpis.") and path.endswith(f".{cell}")]


@pytest.mark.parametrize(
    ("cell", "typed", "text"),
    [
        ("name", "（例）手続を利用した件数", "手続を利用した件数"),
        ("definition", "年間の件数", "利用した件数"),
        ("baseline_value", "約70", "利用した件数"),  # cannot be read, and is a change all the same
    ],
)
def test_whoever_changes_any_answer_of_a_row_makes_it_the_towns_own(client, part, sheet, cell, typed, text):
    client.post(sheet.action, {**sheet.fields, of(part, cell): typed})
    assert texts(part) == [text, "（例）待ち時間"]


def test_a_step_of_the_course_loses_it_with_its_years(client, part, sheet):
    client.post(sheet.action, {**sheet.fields, of(part, "end_fy", path="schedule"): "2027"})
    assert texts(part, "schedule", "item")[:2] == ["調査・準備", "（例）試行"]


def test_a_script_is_told_where_and_may_send_the_same_again(client, part, sheet):
    typed = {of(part): "（例）手続を利用した件数"}
    said = send(client, sheet, **typed)
    assert said["touched"] == {"mark": "（例）", "paths": [of(part)]}
    assert send(client, sheet, **typed) == said
    later = {**typed, "edit_no": said["edit_no"], "save_id": "1b4e28ba-2fa1-11d2-883f-0016d3cca427"}
    assert send(client, sheet, **later)["touched"]["paths"] == [of(part)]
    assert texts(part)[0] == "手続を利用した件数"


def test_text_that_is_set_aside_has_lost_it_too(client, colleague, part, sheet):
    colleague.post(sheet.action, {**sheet.fields, "title": "別の題"})
    client.post(sheet.action, {**sheet.fields, of(part): "（例）手続を利用した件数"})
    aside = Edit.objects.get(kind=EditKind.SET_ASIDE)
    assert aside.values[of(part)] == "手続を利用した件数"
    assert aside.values[of(part, row=1)] == "（例）待ち時間"


def test_an_earlier_edit_comes_back_as_it_was(client, member, part, sheet):
    client.post(sheet.action, {**sheet.fields, of(part): "手続を利用した件数"})
    now, first = part_of(part.version, part.key), Edit.objects.get(part=part, edit_no=1)
    saving.restore(now, first, expected=now.edit_no, save_id=first.pk, by=member, at=NOW)
    assert texts(part) == ["（例）利用した件数", "（例）待ち時間"]


def test_the_draft_of_what_is_to_be_done_loses_it_once_rewritten(client, part, sheet):
    draft = part.values["actions"]
    client.post(sheet.action, {**sheet.fields, "actions": f"{draft}県と進める。"})
    assert draft.startswith("（例）")
    assert part_of(part.version, part.key).values["actions"] == f"{draft}県と進める。".removeprefix("（例）")
