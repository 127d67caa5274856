"""Excel から貼り付ける, without scripts: look first, then save like any other form."""

import pytest

from planwizard.plans import versions
from tests.factories import fill, make_measure, member_for, part_of
from tests.wizard.screens import part_url, press, sheet_on, write

BLOCK = "年度\t事業費\t担当\n令和9年度\t８，４００千円\t山田\nR10\t約70\t鈴木"


@pytest.fixture
def measure(version):
    return make_measure(version)


@pytest.fixture
def here(measure):
    return part_url("paste", measure, "budget")


def looked_at(client, here, text=BLOCK, **decided):
    sheet = sheet_on(client.get(here), action=here)
    return press(client, sheet, "go=look", text=text, **decided)


def rows_in(version, measure, path="budget"):
    part = part_of(version, measure.key)
    return [
        {
            at.rpartition(".")[2]: value
            for at, value in {**part.values, **part.as_typed}.items()
            if f".{key}." in at
        }
        for key in part.values.get(path, [])
    ]


def test_the_button_saves_the_form_and_leads_to_the_place_to_paste(client, version, measure, here):
    answer = write(client, part_url("measure", measure), "go=paste:budget", title="予約と呼出し")
    assert (answer["Location"], part_of(version, measure.key).title) == (here, "予約と呼出し")
    assert "Excel でコピーした表" in client.get(here).content.decode()


def test_what_goes_where_is_shown_and_nothing_saved(client, version, measure, here):
    page = looked_at(client, here).content.decode()
    assert "行き先の決まらない列があります：「担当」" in page
    assert "2件目の「事業費」（約70）：事業費は数で入力してください" in page
    assert part_of(version, measure.key).edit_no == 0


def test_rows_are_saved_behind_those_there_are(client, version, measure, here):
    key = "kaaaaaaaaa"
    with_row = {"budget": [key], f"budget.{key}.fy": 2026}
    fill(version, measure.key, with_row, by=member_for(version.created_by))
    answer = press(client, sheet_on(looked_at(client, here), action=here), "go=take")
    assert answer["Location"] == f"{part_url('measure', measure)}#id_budget"
    assert rows_in(version, measure) == [
        {"fy": 2026},
        {"fy": 2027, "amount": "8400"},
        {"fy": 2028, "amount": "約70"},
    ]
    assert "「担当」の列は入れていません。" in client.get(part_url("measure", measure)).content.decode()


def test_the_officer_says_where_a_column_goes_and_what_the_first_line_is(client, version, measure, here):
    sheet = sheet_on(looked_at(client, here, text="種類\t令和9年度\n初期\tR10"), action=here)
    assert sheet.shown("head") == "yes"
    sheet = sheet_on(press(client, sheet, "go=look", head="no"), action=here)
    press(client, sheet, "go=take", to=["kind", "fy"])
    assert rows_in(version, measure) == [{"kind": "種類", "fy": 2027}, {"kind": "initial", "fy": 2028}]


def test_an_empty_paste_is_told(client, here):
    answer = looked_at(client, here, text=" \n\t")
    assert answer.status_code == 422
    assert "コピーした表を貼り付けてください。" in answer.content.decode()


def test_the_script_is_given_the_rows_as_the_form_has_them_and_nothing_is_saved(
    client, version, measure, here
):
    sheet = sheet_on(looked_at(client, here), action=here)
    drawn = client.post(here, {**sheet.fields, "go": "rows"}).content.decode().partition("<template")[0]
    assert drawn.count("data-row ") == 2
    assert 'value="８，４００"' in drawn
    assert "事業費は数で入力してください" in drawn
    assert part_of(version, measure.key).edit_no == 0


def test_a_page_that_was_overtaken_shows_both_texts(client, version, measure, here):
    sheet = sheet_on(looked_at(client, here), action=here)
    write(client, part_url("measure", measure), title="ほかの題")
    assert press(client, sheet, "go=take").status_code == 409
    assert rows_in(version, measure) == []


def test_a_frozen_part_takes_no_rows(client, version, measure, here):
    sheet = sheet_on(looked_at(client, here), action=here)
    versions.freeze(version)
    assert press(client, sheet, "go=take").status_code == 409


def test_five_hundred_rows_go_in_at_once(client, version, measure, here):
    block = "\n".join(f"R9\t{n}" for n in range(600))
    page = looked_at(client, here, text=block)
    assert "残りの100行は" in page.content.decode()
    press(client, sheet_on(page, action=here), "go=take")
    assert len(part_of(version, measure.key).values["budget"]) == 500


@pytest.mark.parametrize("path", ["title", "kpis.kaaaaaaaaa", "nothing"])
def test_what_is_no_list_is_no_page(client, measure, path):
    assert client.get(part_url("paste", measure, path)).status_code == 404


def test_a_list_in_a_group_takes_rows_too(client, version):
    here = part_url("paste", part_of(version, "ch4"), "internal_org.members")
    press(client, sheet_on(looked_at(client, here, text="企画課長\n税務課長\n"), action=here), "go=take")
    assert len(part_of(version, "ch4").values["internal_org.members"]) == 2


@pytest.fixture
def small(version):
    versions.start_small(version, True, by=member_for(version.created_by))
    return version


INDICATOR = "マイナンバーカード保有率\t79.5\t%"


def indicators(version, query=""):
    return part_url("paste", part_of(version, "ch1"), "digital_indicators") + query


def test_a_small_form_takes_the_columns_that_it_shows_and_says_which_it_leaves(client, small):
    page = client.get(indicators(small)).content.decode()
    assert "入るのは「指標」「値」「単位」です。時点、出典、国の平均も入れるときは" in page
    drawn = client.post(indicators(small), {"text": INDICATOR, "go": "rows"}).content.decode()
    assert drawn.count("<tr ") == 1 + 1  # the row, and the blank one
    assert (".unit" in drawn, ".as_of" in drawn) == (True, False)


def test_a_small_form_that_shows_everything_takes_every_column(client, small):
    here = indicators(small, "?fields=all")
    assert "国の平均も入れるときは" not in client.get(here).content.decode()
    answer = press(client, sheet_on(looked_at(client, here, INDICATOR), action=here), "go=take")
    assert answer["Location"].endswith("/write/ch1/?fields=all#id_digital_indicators")
    assert [row["unit"] for row in rows_in(small, part_of(small, "ch1"), "digital_indicators")] == ["%"]
