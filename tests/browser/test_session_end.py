"""The session ends in the middle of a long text, in every way it can: the text stays, and is saved afterwards."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from planwizard.accounts.models import Membership, User
from tests.browser.saving import SAVED, SECOND, TEXT, leave, line, text_of
from tests.browser.test_pages import complaints
from tests.factories import PASSWORD, client_of, make_municipality, make_user
from tests.wizard.screens import step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "市民の暮らしを、データで支える。\n" * 5883  # 100,011 characters
NEW_PASSWORD = "灯台の光は二十五秒に一度だけ届く"


def paste(page, text: str) -> None:
    """As an input method or the clipboard puts a long text in at once, and on to the next field."""
    page.focus(TEXT)
    put = "(field, text) => { field.value = text; field.dispatchEvent(new InputEvent('input', {bubbles: true})); }"
    page.locator(TEXT).evaluate(put, text)
    page.locator(TEXT).blur()


def runs_out(person, page) -> str:
    Session.objects.all().delete()
    return PASSWORD


def signs_out_in_another_tab(person, page) -> str:
    tab = page.context.new_page()
    tab.goto("/")
    tab.get_by_role("button", name="サインアウト").click()
    tab.get_by_role("heading", level=1, name="サインアウトしました").wait_for()
    tab.close()
    return PASSWORD


def changes_the_password_elsewhere(person, page) -> str:
    form = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert client_of(person).post(reverse("accounts:change_password"), form).status_code == 302
    return NEW_PASSWORD


def sign_in_again(page, password: str) -> None:
    box = page.get_by_role("dialog")
    box.get_by_label("パスワード").fill(password)
    box.get_by_role("button", name="サインインして続ける").click()


@pytest.mark.parametrize("ending", [runs_out, signs_out_in_another_tab, changes_the_password_elsewhere])
def test_the_text_is_saved_once_one_has_signed_in_again(chapter, officer, version, ending):
    chapter.fill(TEXT, "市民の暮らし")
    password = ending(officer, chapter)
    paste(chapter, LONG)
    box = chapter.get_by_role("dialog")
    expect(box).to_contain_text("入力した文はこの画面に残っています")
    sign_in_again(chapter, "違う合言葉")
    expect(box.get_by_role("alert")).to_contain_text("パスワードが違います")
    sign_in_again(chapter, password)
    expect(box).to_have_count(0)
    expect(line(chapter)).to_have_text(SAVED)
    assert text_of(version) == LONG


def test_who_is_switched_off_keeps_the_text_on_the_page(chapter, officer, version):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    paste(chapter, LONG)
    sign_in_again(chapter, PASSWORD)
    expect(chapter.get_by_role("dialog").get_by_role("alert")).to_contain_text(
        "利用者IDかパスワードが違います"
    )
    chapter.get_by_role("button", name="あとで").click()
    expect(line(chapter)).to_contain_text("サインインが切れたので、保存できていません")
    assert (chapter.input_value(TEXT), text_of(version)) == (LONG, "")
    User.objects.filter(pk=officer.pk).update(is_active=True)
    chapter.get_by_role("button", name="サインインする").click()
    expect(line(chapter)).to_have_text(SAVED)
    assert text_of(version) == LONG


def test_who_lost_the_role_is_told_whom_to_ask(chapter, officer, version):
    held = Membership.all_municipalities.get(user=officer)
    Membership.all_municipalities.filter(pk=held.pk).delete()
    paste(chapter, LONG)
    expect(line(chapter)).to_contain_text("市町村の管理者に依頼してください")
    assert chapter.input_value(TEXT) == LONG
    held.save(force_insert=True)
    chapter.get_by_role("button", name="保存して次へ").click()
    chapter.wait_for_url(f"**{step_url(version, 'ch3')}")
    assert text_of(version) == LONG


def test_signing_in_again_elsewhere_needs_no_box(chapter, officer, version):
    signs_out_in_another_tab(officer, chapter)
    sign_in_in_another_tab(chapter, officer)
    leave(chapter, "町の文。")
    expect(line(chapter)).to_have_text(SAVED)
    assert chapter.get_by_role("dialog").count() == 0
    assert text_of(version) == "町の文。"


def test_another_person_sees_nothing_and_sends_nothing(chapter, officer, colleague, version):
    chapter.locator(TEXT).press_sequentially("私だけの文。")
    signs_out_in_another_tab(officer, chapter)
    sign_in_in_another_tab(chapter, colleague)
    box = chapter.get_by_role("dialog")
    expect(box).to_contain_text("ほかの人がサインインしました", timeout=8 * SECOND)
    expect(chapter.locator(TEXT)).to_be_hidden()
    chapter.keyboard.press("Escape")
    chapter.wait_for_timeout(4 * SECOND)
    expect(chapter.locator(TEXT)).to_be_hidden()
    assert text_of(version) == ""
    sign_in_again(chapter, PASSWORD)
    expect(line(chapter)).to_have_text(SAVED)
    expect(chapter.locator(TEXT)).to_be_visible()
    assert text_of(version) == "私だけの文。"
    assert version.parts.get(key="ch2").saved_by == officer


def test_another_persons_session_is_noticed_on_coming_back_to_the_tab(chapter, officer, colleague):
    signs_out_in_another_tab(officer, chapter)
    sign_in_in_another_tab(chapter, colleague)
    chapter.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(chapter.get_by_role("dialog")).to_contain_text("ほかの人がサインインしました")
    expect(chapter.locator(TEXT)).to_be_hidden()


def test_one_comes_back_to_the_town_of_the_page(chapter, officer, version):
    """The town of the page is not the first one of those that the person works for."""
    first = make_municipality("000001")
    Membership.all_municipalities.create(user=officer, municipality=first, role="secretariat")
    Session.objects.all().delete()
    leave(chapter, "町の文。")
    sign_in_again(chapter, PASSWORD)
    expect(line(chapter)).to_have_text(SAVED)
    assert text_of(version) == "町の文。"


def sign_in_in_another_tab(page, person) -> None:
    tab = page.context.new_page()
    tab.goto(reverse("accounts:sign_in"))
    tab.get_by_label("利用者ID").fill(person.username)
    tab.get_by_label("パスワード").fill(PASSWORD)
    tab.get_by_role("button", name="サインインする").click()
    tab.get_by_role("heading", level=1, name="はじめの画面").wait_for()
    tab.close()


def test_the_box_is_left_by_escape_and_the_page_stays(chapter, version):
    Session.objects.all().delete()
    leave(chapter, "町の文。")
    chapter.get_by_role("dialog").wait_for()
    assert chapter.evaluate("document.activeElement.type") == "password"
    chapter.keyboard.press("Escape")
    expect(line(chapter)).to_contain_text("サインインが切れた")
    assert chapter.input_value(TEXT) == "町の文。"


def test_an_initial_password_given_meanwhile_is_told(chapter, officer, version):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    leave(chapter, "町の文。")
    expect(line(chapter)).to_contain_text("パスワードを変えてから")
    User.objects.filter(pk=officer.pk).update(must_change_password=False)
    chapter.get_by_role("button", name="保存して次へ").click()
    chapter.wait_for_url(f"**{step_url(version, 'ch3')}")


def test_the_title_of_the_box_names_nobody_else(chapter, officer):
    Session.objects.all().delete()
    leave(chapter, "町の文。")
    box = chapter.get_by_role("dialog", name="サインインし直してください")
    expect(box).to_contain_text(f"利用者ID：{officer.username}")
    assert make_user().username not in box.inner_text()


def test_the_box_and_the_line_are_sound(chapter, version):
    Session.objects.all().delete()
    leave(chapter, "町の文。")
    chapter.get_by_role("dialog").wait_for()
    assert complaints(chapter, "box", {}) == []
    chapter.keyboard.press("Escape")
    expect(line(chapter)).to_contain_text("サインインが切れた")
    assert complaints(chapter, "line", {}) == []
