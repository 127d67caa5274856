"""Hints beside the form, in Chromium: those of the field in focus, mended there by one key."""

from __future__ import annotations

import pytest
from django.urls import reverse

from planwizard.plans.models import DictionaryWord
from tests.axe import violations
from tests.factories import fill, make_measure, member_for
from tests.wizard.screens import part_url, step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "𠮷野川のそばの本市は、サーバを3ヶ所に置く。「サーバ」という。"


@pytest.fixture
def page(open_as, officer, version):
    fill(version, "ch2", {"ch2_text": TEXT}, by=member_for(officer))
    opened = open_as(officer)
    opened.set_viewport_size({"width": 1366, "height": 768})
    opened.goto(step_url(version, "ch2"))
    opened.evaluate(
        "document.getElementById('writing').addEventListener('planwizard:changed', () => (window.told = (window.told ?? 0) + 1))"
    )
    return opened


def hints(page):
    return page.locator('[data-module="hints"]')


def enter(page):
    field = page.locator('[id="id_ch2_text"]')
    field.focus()
    hints(page).locator("li").first.wait_for()
    return field


def test_hints_of_the_field_in_focus_alone_are_shown(page):
    enter(page)
    assert hints(page).locator("li").count() == 2
    page.locator('[id="id_purpose_gov_data"]').focus()
    hints(page).wait_for(state="hidden")


def test_one_key_makes_the_safe_fixes_and_one_takes_them_back(page):
    field = enter(page)
    page.keyboard.press("Alt+Enter")
    assert field.input_value() == TEXT.replace("サーバを", "サーバーを")
    assert "「サーバ」を「サーバー」に直しました。" in hints(page).get_by_role("status").inner_text()
    page.keyboard.press("Alt+Enter")
    assert field.input_value() == TEXT.replace("サーバを3ヶ", "サーバーを3か")
    assert page.evaluate("window.told") == 2
    page.keyboard.press("Control+z")
    assert field.input_value() == TEXT.replace("サーバを", "サーバーを")


def test_of_many_hints_a_few_are_shown_and_others_move_up(page, version, officer):
    many = "".join(f"窓口は{count}ヶ所。" for count in "12345")
    fill(version, "ch2", {"ch2_text": many}, by=member_for(officer))
    page.reload()
    enter(page)
    folded = hints(page).locator("details li")
    assert hints(page).locator("li").count() == 5
    assert (folded.count(), folded.first.is_visible()) == (2, False)
    for left in (1, 0, 0):
        page.keyboard.press("Alt+Enter")
        assert folded.count() == left
    assert hints(page).locator("li").count() == 2
    assert page.locator('[id="id_ch2_text"]').input_value() == many.replace("ヶ", "か", 3)


def test_a_place_that_moved_is_found_and_one_that_is_gone_is_left(page):
    field = enter(page)
    field.press("Control+Home")
    page.keyboard.type("あらためて、")
    hints(page).get_by_role("button", name="「サーバー」に直す").click()
    assert field.input_value() == "あらためて、" + TEXT.replace("サーバを", "サーバーを")
    field.fill("書き直した。")
    hints(page).get_by_role("button").first.click()
    assert field.input_value() == "書き直した。"
    assert "保存すると" in hints(page).get_by_role("status").inner_text()


def test_hints_are_asked_for_when_a_text_is_entered_and_after_a_save(page, version, officer):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/hints/" in request.url else None)
    assert asked == []
    enter(page)
    assert len(asked) == 1
    fill(version, "ch2", {"ch2_text": "窓口は6ヶ月で開く。"}, by=member_for(officer))
    page.evaluate("document.getElementById('writing').dispatchEvent(new CustomEvent('planwizard:saved'))")
    hints(page).get_by_text("窓口は6").wait_for()
    assert len(asked) == 2


def test_panel_and_pages_are_sound(page, version):
    DictionaryWord.objects.create(municipality=version.municipality, wrong="子供", right="こども")
    make_measure(version, title="サーバの更新")
    enter(page)
    assert violations(page) == []
    for name in ("hints", "plan_hints", "dictionary", "import_dictionary"):
        arguments = {"hints": [version.pk, "ch2"], "plan_hints": [version.pk]}.get(name, [])
        page.goto(reverse(f"wizard:{name}", args=arguments))
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_without_scripts_the_list_mends_and_saves(open_as, officer, version):
    fill(version, "ch2", {"ch2_text": TEXT}, by=member_for(officer))
    page = open_as(officer, javascript=False)
    page.goto(step_url(version, "ch2"))
    page.get_by_role("link", name="書き方の確認").click()
    assert page.url.endswith(part_url("hints", version.parts.get(key="ch2")))
    page.get_by_role("button", name="「か」に直して保存").click()
    assert page.get_by_text("直して保存しました").is_visible()
    assert version.parts.get(key="ch2").values["ch2_text"] == TEXT.replace("ヶ", "か")
