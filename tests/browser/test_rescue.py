"""A browser that crashes: what was not saved is offered on the next visit, to the same person only."""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser import test_pages
from tests.browser.saving import SAVED, SECOND, TEXT, leave, line, text_of, until
from tests.factories import fill, member_for
from tests.wizard.screens import step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFER = "保存できなかった文が残っています"
COPIES = "Object.entries(localStorage).filter(([name]) => name.startsWith('planwizard-rescue'))"


def open_chapter(context, version):
    page = context.new_page()
    page.goto(step_url(version, "ch2"))
    return page


def copies(page) -> list:
    return page.evaluate(COPIES)


def crash(page, text: str) -> None:
    """Typed while the network is down, and then the browser goes."""
    with page.expect_response("**/session/"):
        page.focus(TEXT)
    page.context.set_offline(True)
    page.fill(TEXT, text)
    until(page, lambda: copies(page))
    with page.expect_event("crash"), suppress(Error):  # a page that is closed may still send its text
        page.goto("chrome://crash", timeout=2 * SECOND)
    page.close()
    page.context.set_offline(False)


@pytest.fixture
def context(open_as, officer, version):
    return open_as(officer).context


def test_what_a_crash_cut_off_is_restored_by_one_press(context, version):
    crash(open_chapter(context, version), "消えかけた文。")
    page = open_chapter(context, version)
    page.get_by_role("heading", name=OFFER).wait_for()
    assert text_of(version) == ""
    page.get_by_role("button", name="復元する").click()
    expect(page.locator(TEXT)).to_have_value("消えかけた文。")
    assert text_of(version) == "消えかけた文。"
    assert copies(page) == []
    page.reload()
    assert page.get_by_text(OFFER).count() == 0


def test_rows_are_restored_too(context, version):
    page = context.new_page()
    page.goto(step_url(version, "ch4"))
    page.locator("textarea").first.press_sequentially("あ")
    until(page, lambda: copies(page))
    context.set_offline(True)
    scale = page.locator("fieldset[data-path='evaluation_scale']")
    scale.get_by_role("button", name="段階を追加").click()
    scale.locator("[data-row]").last.locator("input:not([type=hidden])").first.fill("特")
    page.wait_for_timeout(2.5 * SECOND)
    page.close(run_before_unload=False)
    context.set_offline(False)
    again = context.new_page()
    again.goto(step_url(version, "ch4"))
    again.get_by_role("button", name="復元する").click()
    restored = again.locator("fieldset[data-path='evaluation_scale'] [data-row]").last
    expect(restored.locator("input:not([type=hidden])").first).to_have_value("特")


def test_it_can_be_thrown_away(context, version):
    crash(open_chapter(context, version), "消えかけた文。")
    page = open_chapter(context, version)
    page.get_by_role("button", name="捨てる").wait_for()
    assert test_pages.complaints(page, "offer", {}) == []
    page.get_by_role("button", name="捨てる").click()
    assert (copies(page), page.get_by_text(OFFER).count(), text_of(version)) == ([], 0, "")


def test_what_a_colleague_saved_meanwhile_is_shown_beside_it(context, colleague, version):
    crash(open_chapter(context, version), "消えかけた文。")
    fill(version, "ch2", {"ch2_text": "同僚の文。"}, by=member_for(colleague))
    page = open_chapter(context, version)
    page.get_by_role("button", name="復元する").click()
    page.get_by_role("heading", level=1, name="ほかの人の保存と重なりました").wait_for()
    words = page.locator("main").inner_text()
    assert "消えかけた文。" in words
    assert "同僚の文。" in words


def test_nothing_of_it_can_be_read_without_the_key(context, version):
    page = open_chapter(context, version)
    page.route("**/write/ch2/", lambda route: route.abort())
    page.fill(TEXT, "人に見せない文。")
    until(page, lambda: copies(page))
    [[name, copy]] = copies(page)
    assert "人に見せない" not in name + copy
    assert "ch2_text" not in name + copy


def test_it_goes_when_the_text_is_saved(context, version):
    page = open_chapter(context, version)
    page.locator(TEXT).press_sequentially("町の文。")
    until(page, lambda: copies(page))
    page.locator(TEXT).blur()
    expect(line(page)).to_have_text(SAVED)
    page.wait_for_timeout(2.5 * SECOND)
    assert copies(page) == []


def test_another_person_in_the_same_browser_is_offered_nothing(context, officer, colleague, open_as, version):
    crash(open_chapter(context, version), "消えかけた文。")
    theirs = open_as(colleague)
    [cookie] = [one for one in theirs.context.cookies() if "session" in one["name"]]
    context.add_cookies([cookie])
    page = open_chapter(context, version)
    page.wait_for_timeout(SECOND)
    assert page.get_by_text(OFFER).count() == 0
    assert len(copies(page)) == 1


def test_the_text_of_a_page_that_still_lives_is_not_offered(context, version):
    first = open_chapter(context, version)
    first.route("**/write/ch2/", lambda route: route.abort())
    first.fill(TEXT, "書きかけの文。")
    until(first, lambda: copies(first))
    second = open_chapter(context, version)
    second.wait_for_timeout(SECOND)
    assert second.get_by_text(OFFER).count() == 0


def test_it_is_gone_after_seven_days(context, version):
    crash(open_chapter(context, version), "消えかけた文。")
    page = context.new_page()
    page.clock.install()
    page.goto(step_url(version, "ch3"))
    page.clock.set_fixed_time(page.evaluate("Date.now() + 8 * 24 * 60 * 60 * 1000"))
    page.goto(step_url(version, "ch2"))
    page.wait_for_timeout(SECOND)
    assert (copies(page), page.get_by_text(OFFER).count()) == ([], 0)


def test_what_was_saved_after_all_is_not_offered(context, version):
    page = open_chapter(context, version)
    leave(page, "町の文。")
    expect(line(page)).to_have_text(SAVED)
    page.close(run_before_unload=False)
    again = open_chapter(context, version)
    again.wait_for_timeout(SECOND)
    assert again.get_by_text(OFFER).count() == 0
