"""Blocks of Excel, taken into a list of rows."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import complaints
from tests.factories import make_measure, part_of
from tests.wizard.screens import part_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEAD = "手続名\t年間件数\tオンライン化の年度"
THIRTY = "\n".join([HEAD, *(f"手続{n}\t{n * 100:,}\t令和{8 + n % 5}年度" for n in range(1, 31))])

PASTE = """(control, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  control.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def names_in(page, path="procedures"):
    return page.locator(f"[id='id_{path}'] [data-rows] input[name$='.name']").evaluate_all(
        "found => found.map(input => input.value)"
    )


def save(page):
    with page.expect_navigation():  # after what saves by itself is through
        page.get_by_role("button", name="一時保存").click()


def test_thirty_rows_are_pasted_looked_at_and_saved(open_as, officer, version):
    measure = make_measure(version)
    page = open_as(officer)
    page.goto(part_url("measure", measure))
    page.fill('[id="id_title"]', "まだ保存していない題")
    procedures = page.locator("[id='id_procedures']")
    procedures.get_by_role("button", name="Excel から貼り付ける").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Excel でコピーした表").fill(THIRTY)
    dialog.get_by_role("button", name="どこに入るかを確かめる").click()
    dialog.get_by_role("heading", name="どこに入るか（30件）").wait_for()
    assert complaints(page, "pasting", {}) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(dialog.get_by_role("button", name="この30件を入れる")).to_be_in_viewport(ratio=1)
    dialog.get_by_role("button", name="この30件を入れる").click()
    dialog.wait_for(state="detached")
    assert names_in(page) == [f"手続{n}" for n in range(1, 31)]
    assert procedures.locator("[data-news]").text_content() == "30件を入れました。"
    save(page)
    saved = part_of(version, measure.key)
    assert (len(saved.values["procedures"]), saved.title) == (30, "まだ保存していない題")


def test_a_block_pasted_into_a_cell_goes_on_from_there(open_as, officer, version):
    measure = make_measure(version)
    page = open_as(officer)
    page.goto(part_url("measure", measure))
    budget = page.locator("[id='id_budget']")
    for year in ("令和9年度", "令和10年度"):
        budget.get_by_role("button", name="事業費を追加").click()
        page.keyboard.type(year)
    budget.locator("input[name$='.amount']").nth(1).evaluate(PASTE, "１，２００\t初期\n300\t運用")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("事業費 2 から下へ入ります。").wait_for()
    dialog.get_by_role("button", name="この2件を入れる").click()
    dialog.wait_for(state="detached")
    save(page)
    values = part_of(version, measure.key).values
    rows = [
        tuple(values.get(f"budget.{key}.{column}") for column in ("fy", "amount", "kind"))
        for key in values["budget"]
    ]
    assert rows == [(2027, None, None), (2028, "1200", "initial"), (None, "300", "operating")]


def test_one_cell_is_pasted_as_ever(open_as, officer, version):
    page = open_as(officer)
    page.goto(part_url("measure", make_measure(version)))
    page.locator("[id='id_procedures'] input[name$='.name']").evaluate(PASTE, "転入の届\n")
    assert page.get_by_role("dialog").count() == 0


def test_nothing_is_taken_from_a_pasting_that_is_given_up(open_as, officer, version):
    page = open_as(officer)
    page.goto(part_url("measure", make_measure(version)))
    page.locator("[id='id_procedures']").get_by_role("button", name="Excel から貼り付ける").click()
    page.get_by_role("dialog").get_by_role("link", name="やめる").click()
    assert page.get_by_role("dialog").count() == 0
    assert names_in(page) == [""]


def test_thirty_rows_are_pasted_without_scripts(open_as, officer, version):
    measure = make_measure(version)
    page = open_as(officer, javascript=False)
    page.goto(part_url("measure", measure))
    page.locator("[id='id_procedures']").get_by_role("button", name="Excel から貼り付ける").click()
    page.get_by_label("Excel でコピーした表").fill(THIRTY)
    page.get_by_role("button", name="どこに入るかを確かめる").click()
    page.get_by_role("button", name="この30件を入れる").click()
    page.get_by_text("対象手続の一覧に30件を入れました。").wait_for()
    assert names_in(page) == [f"手続{n}" for n in range(1, 31)]
