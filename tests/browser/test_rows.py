"""Rows as an office sees them: whole on its screen, and called the same whoever has written them."""

import pytest

from planwizard.blueprint import CURRENT, edition
from tests.factories import make_measure
from tests.wizard.screens import part_url, step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CUT = "found => found.filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.ariaLabel)"
NAMES = "found => found.map(control => control.ariaLabel)"


def add_rows(page):
    """A first row in every list of rows, also in those that lie in another row."""
    for button in page.locator("button[value^='add:']").all():
        button.click()


def test_no_rows_are_cut_off_on_a_screen_of_1280_pixels(open_as, officer, version):
    sheets = [make_measure(version, pillar.key) for pillar in version.edition.pillars]
    page = open_as(officer)
    page.set_viewport_size({"width": 1280, "height": 800})
    steps = [step_url(version, sheet.key) for sheet in edition(CURRENT).sheets]
    cut = {}
    for address in (*steps, *(part_url("measure", part) for part in sheets)):
        page.goto(address)
        add_rows(page)
        cut[address] = page.locator(".pw-scroll").evaluate_all(CUT)
    assert {address: found for address, found in cut.items() if found} == {}


def test_a_row_is_called_the_same_by_the_script_and_by_the_server(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "ch4"))
    scale = page.locator("fieldset[data-path='evaluation_scale']")
    scale.get_by_role("button", name="段階を追加").click()
    scale.locator("[data-row]").last.locator("input:not([type=hidden])").first.fill("E")
    scale.locator("[data-row]").last.get_by_role("button", name="上へ").click()
    named = scale.locator("[data-rows] [aria-label]").evaluate_all(NAMES)
    page.get_by_role("button", name="一時保存").click()
    assert named == scale.locator("[data-rows] [aria-label]").evaluate_all(NAMES)
    assert named[:3] == ["段階 1の記号", "段階 1の段階", "段階 1の判断の決まり"]
    assert named[-3:] == ["段階 5の記号", "段階 5の段階", "段階 5の判断の決まり"]


def names_in(page, path):
    return page.locator(f"[id='id_{path}'] [data-rows] input[name$='.name']").evaluate_all(
        "found => found.map(input => input.value)"
    )


def row_button(rows, act, number):
    return rows.locator("[data-rows] > [data-row]").nth(number - 1).locator(f"button[value^='{act}:']")


def three_kpis(page, measure):
    page.goto(part_url("measure", measure))
    for name in ("一つ目", "二つ目", "三つ目"):
        page.get_by_role("button", name="指標を追加").click()
        page.keyboard.type(name)
    return page.locator("[id='id_kpis']")


def test_rows_are_moved_by_the_keyboard_and_a_reader_is_told(open_as, officer, version):
    page = open_as(officer)
    kpis = three_kpis(page, make_measure(version))
    page.keyboard.press("Alt+ArrowUp")
    assert names_in(page, "kpis") == ["一つ目", "三つ目", "二つ目"]
    assert kpis.locator("[data-news]").text_content() == "2番目に動かしました。"
    assert page.evaluate("document.activeElement.value") == "三つ目"
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowDown")
    assert names_in(page, "kpis") == ["一つ目", "三つ目", "二つ目"]


def test_a_removed_row_comes_back_at_once_where_it_was(open_as, officer, version):
    page = open_as(officer)
    kpis = three_kpis(page, make_measure(version))
    for number in (1, 2):  # the second one now is the third
        row_button(kpis, "remove", number).click()
    assert names_in(page, "kpis") == ["二つ目"]
    back = kpis.get_by_role("button", name="取り消す")
    back.click()
    assert names_in(page, "kpis") == ["二つ目", "三つ目"]
    back.click()
    assert names_in(page, "kpis") == ["一つ目", "二つ目", "三つ目"]
    assert page.evaluate("document.activeElement.value") == "一つ目"
    assert not back.is_visible()


def test_changing_rows_is_told_to_the_form(open_as, officer, version):
    page = open_as(officer)
    kpis = three_kpis(page, make_measure(version))
    page.evaluate("addEventListener('planwizard:changed', () => { window.told = (window.told ?? 0) + 1; })")
    row_button(kpis, "remove", 2).click()
    kpis.get_by_role("button", name="取り消す").click()
    row_button(kpis, "up", 3).click()
    assert page.evaluate("window.told") == 3


@pytest.mark.parametrize("count", [1, 3])
def test_leaving_a_list_moves_nothing_away_under_a_press(open_as, officer, version, count):
    page = open_as(officer)
    page.goto(part_url("measure", make_measure(version)))
    for _ in range(count - 1):
        page.get_by_role("button", name="指標を追加").click()
    page.keyboard.type("一つ目")
    kpis = page.locator("[id='id_kpis']")
    kpis.locator("input[name$='.name']").last.focus()
    height = kpis.bounding_box()["height"]
    page.evaluate("document.activeElement.blur()")
    assert kpis.bounding_box()["height"] == height
