"""What the checklist asks of a part, beside the form: only when the author turns it on, and new after a save."""

from __future__ import annotations

import pytest

from tests.browser.test_preview import WIDE, field, show
from tests.factories import part_of
from tests.wizard.screens import step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(open_as, officer):
    """(page, addresses of checks that were fetched)."""
    page = open_as(officer)
    page.set_viewport_size(WIDE)
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/checks/" in request.url else None)
    return page, found


def test_the_checks_are_fetched_when_the_author_turns_them_on_and_after_a_save(asked, version):
    page, found = asked
    page.goto(step_url(version, "ch2"))
    page.wait_for_load_state("networkidle")
    assert found == []
    show(page, "点検")
    page.get_by_role("heading", name="この画面の点検").wait_for()
    assert page.get_by_role("link", name="地域課題の解決", exact=True).is_visible()
    field(page, "ch2_text").fill("市民の暮らしを、データで支える。")
    with page.expect_response(lambda answer: "/checks/" in answer.url):
        page.keyboard.press("Tab")
    assert part_of(version, "ch2").values["ch2_text"] == "市民の暮らしを、データで支える。"
    page.reload()
    page.get_by_role("heading", name="この画面の点検").wait_for()


def test_a_marked_sentence_is_the_one_chosen_on_the_page_of_the_item(asked, version):
    page, _ = asked
    page.goto(step_url(version, "ch2"))
    show(page, "点検")
    field(page, "ch2_text").fill("市民の暮らしを支える。地域の課題をデータで解く。")
    field(page, "ch2_text").evaluate("area => area.setSelectionRange(11, 23)")
    page.get_by_text("印を付けた文：「地域の課題をデータで解く」").wait_for()
    page.get_by_role("link", name="地域課題の解決", exact=True).click()
    page.get_by_role("heading", level=1, name="地域課題の解決").wait_for()
    assert page.get_by_label("地域の課題をデータで解く。").is_checked()


def test_a_sentence_marked_in_the_preview_goes_along_too(asked, version):
    page, _ = asked
    page.goto(step_url(version, "ch2"))
    field(page, "ch2_text").fill("市民の暮らしを支える。地域の課題をデータで解く。")
    field(page, "ch2_text").blur()
    show(page)
    page.locator("[data-paper]").get_by_text("地域の課題をデータで解く。").wait_for()
    page.evaluate(
        """words => {
            const walk = document.createTreeWalker(document.querySelector("[data-paper]"), NodeFilter.SHOW_TEXT);
            while (!walk.nextNode().data.includes(words));
            const at = walk.currentNode.data.indexOf(words);
            document.activeElement.blur();
            getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
        }""",
        "課題をデータで",
    )
    show(page, "点検")
    page.get_by_text("印を付けた文：「課題をデータで」").wait_for()
    page.get_by_role("link", name="地域課題の解決", exact=True).click()
    page.get_by_role("heading", level=1, name="地域課題の解決").wait_for()
    assert page.get_by_label("地域の課題をデータで解く。").is_checked()
