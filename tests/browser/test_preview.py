"""The preview beside the form, in Chromium: it follows what is written and never gets in the way of writing."""

from __future__ import annotations

import pytest

from tests import factories
from tests.factories import make_measure, member_for, part_of
from tests.wizard.screens import part_url, step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 640, "height": 768}
TEXT = "市民の暮らしを、データで支える。"
LONG = "\n\n".join(f"{number}番目の段落です。" for number in range(1, 60))


@pytest.fixture
def page(open_as, officer):
    opened = open_as(officer)
    opened.set_viewport_size(WIDE)
    opened.emulate_media(reduced_motion="reduce")
    return opened


def fill(version, key: str, values: dict) -> None:
    """As another page of the same person would save."""
    factories.fill(version, key, values, by=member_for(version.created_by))


def show(page, view: str = "プレビュー") -> None:
    page.get_by_role("group", name="表示の切り替え").get_by_role("button", name=view, exact=True).click()


def paper(page):
    return page.locator("[data-paper]")


def field(page, path: str):
    return page.locator(f'[id="id_{path}"]')


def is_focused(locator) -> bool:
    return locator.evaluate("node => node === document.activeElement")


def tell_saved(page) -> None:
    """As the script does that saves by itself."""
    page.evaluate(
        "document.getElementById('writing').dispatchEvent("
        "new CustomEvent('planwizard:saved', { detail: { edit_no: 2, saved_at: '' } }))"
    )


def test_the_chapter_is_shown_as_it_prints_and_the_choice_is_remembered(page, version):
    fill(version, "ch2", {"ch2_text": TEXT})
    page.goto(step_url(version, "ch2"))
    assert page.get_by_role("heading", name="書くこと").is_visible()
    show(page)
    paper(page).get_by_text(TEXT).wait_for()
    page.goto(step_url(version, "ch3"))
    paper(page).get_by_role("heading", level=2, name="第３章").wait_for()
    assert not page.get_by_role("heading", name="書くこと").is_visible()


def test_a_save_is_seen_within_a_second_and_moves_no_focus(page, version):
    page.goto(step_url(version, "ch2"))
    show(page)
    paper(page).get_by_role("heading", level=2).wait_for()
    field(page, "ch2_text").focus()
    fill(version, "ch2", {"ch2_text": TEXT})
    tell_saved(page)
    paper(page).get_by_text(TEXT).wait_for(timeout=1000)
    assert is_focused(field(page, "ch2_text"))


def test_an_ordinary_save_shows_the_new_text_after_the_page_has_loaded(page, version):
    page.goto(step_url(version, "ch2"))
    show(page)
    field(page, "ch2_text").fill(TEXT)
    page.get_by_role("button", name="一時保存", exact=True).click()
    paper(page).get_by_text(TEXT).wait_for()
    assert part_of(version, "ch2").values["ch2_text"] == TEXT


def test_the_preview_follows_the_field_and_the_caret(page, version):
    fill(version, "ch2", {"ch2_text": LONG})
    page.goto(step_url(version, "ch2"))
    show(page)
    paper(page).get_by_text("59番目の段落です。").wait_for()
    area = field(page, "ch2_text")
    area.evaluate(
        "node => node.setSelectionRange(node.value.indexOf('55番目'), node.value.indexOf('55番目'))"
    )
    area.focus()
    here = page.locator("[data-here]")
    assert here.inner_text().strip() == "55番目の段落です。"
    box = page.locator(".pw-layout__side").bounding_box()
    at = here.bounding_box()
    assert box["y"] <= at["y"]
    assert at["y"] + at["height"] <= box["y"] + box["height"]


def test_a_row_of_a_sheet_leads_to_its_field(page, version):
    measure = make_measure(version, goal_statement="来庁しないで終える。", current_state="窓口が混み合う。")
    page.goto(part_url("measure", measure))
    show(page)
    paper(page).get_by_text("窓口が混み合う。").click()
    assert is_focused(field(page, "current_state"))
    assert "現状と課題" in page.locator("[data-here]").inner_text()
    paper(page).get_by_text("目的・目指す姿").click()
    assert is_focused(field(page, "goal_statement"))


def test_a_paragraph_leads_to_its_place_in_the_text(page, version):
    fill(version, "ch2", {"ch2_text": LONG})
    page.goto(step_url(version, "ch2"))
    show(page)
    paper(page).get_by_text("30番目の段落です。").click()
    area = field(page, "ch2_text")
    assert is_focused(area)
    assert area.evaluate("node => node.value.slice(node.selectionStart).startsWith('30番目')")


def test_a_composition_of_an_input_method_is_not_disturbed(page, version):
    page.goto(step_url(version, "ch2"))
    show(page)
    paper(page).get_by_role("heading", level=2).wait_for()
    area = field(page, "ch2_text")
    area.focus()
    page.evaluate(
        "document.activeElement.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))"
    )
    fill(version, "ch2", {"ch2_text": TEXT})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    tell_saved(page)
    page.wait_for_timeout(500)
    assert not [url for url in asked if url.endswith("/parts/ch2/beside/")]
    assert paper(page).get_by_text(TEXT).count() == 0
    page.evaluate(
        "document.activeElement.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))"
    )
    paper(page).get_by_text(TEXT).wait_for()
    assert is_focused(area)


def test_on_a_narrow_page_the_preview_takes_the_place_of_the_form_and_gives_it_back(page, version):
    fill(version, "ch2", {"ch2_text": TEXT})
    page.set_viewport_size(NARROW)
    page.goto(step_url(version, "ch2"))
    assert not paper(page).is_visible()
    field(page, "purpose_ebpm").fill("まだ保存していない文")
    show(page)
    paper(page).get_by_text(TEXT).wait_for()
    assert not field(page, "purpose_ebpm").is_visible()
    paper(page).get_by_text(TEXT).click()
    assert is_focused(field(page, "ch2_text"))
    assert field(page, "purpose_ebpm").input_value() == "まだ保存していない文"
    assert not paper(page).is_visible()


def test_a_preview_that_cannot_be_read_says_so_and_is_tried_again(page, version):
    page.goto(step_url(version, "ch2"))
    page.route("**/beside/", lambda route: route.abort())
    show(page)
    page.get_by_text("プレビューを読み込めませんでした。").wait_for()
    page.unroute("**/beside/")
    tell_saved(page)
    paper(page).get_by_role("heading", level=2).wait_for()
    assert not page.get_by_text("プレビューを読み込めませんでした。").is_visible()


def test_a_preview_that_did_not_come_is_asked_for_again(page, version):
    page.goto(step_url(version, "ch2"))
    page.route("**/beside/", lambda route: route.abort(), times=1)
    show(page)
    page.get_by_text("プレビューを読み込めませんでした。").wait_for()
    paper(page).get_by_role("heading", level=2).wait_for()
    assert not page.get_by_text("プレビューを読み込めませんでした。").is_visible()


def test_without_scripts_guidance_and_headings_are_there_and_a_link_to_the_preview(open_as, officer, version):
    page = open_as(officer, javascript=False)
    page.goto(step_url(version, "ch3"))
    assert page.get_by_role("heading", name="書くこと").is_visible()
    assert not page.get_by_role("button", name="プレビュー", exact=True).is_visible()
    page.get_by_text("見出し一覧").click()
    page.get_by_role("link", name="市の計画との関係").click()
    assert page.url.endswith("#set_3")
    page.get_by_role("link", name="プレビュー", exact=True).click()
    page.get_by_role("heading", level=1, name="プレビュー").wait_for()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_headings_lead_into_the_form_and_fold_again(page, version, size):
    page.set_viewport_size(size)
    page.goto(step_url(version, "ch3"))
    page.get_by_text("見出し一覧").click()
    page.get_by_role("link", name="市の計画との関係").click()
    assert not page.get_by_role("link", name="市の計画との関係").is_visible()
    top = page.get_by_role("heading", level=2, name="市の計画との関係").bounding_box()["y"]
    assert 0 <= top < size["height"] / 2


def test_the_keyboard_has_one_stop_in_the_preview_and_goes_on_by_arrows(page, version):
    fill(version, "ch2", {"ch2_text": f"{TEXT}\n\n町の暮らし", "vision": "待たせない町"})
    page.goto(step_url(version, "ch2"))
    show(page)
    paper(page).get_by_text(TEXT).wait_for()
    stops = paper(page).locator("[data-path][tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") != first
    assert stops.count() == 1
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id").startswith("id_")
    assert page.evaluate("document.activeElement.closest('#writing') !== null")
