"""Without scripts nothing that was typed is lost either: every page that refuses a form gives the text back."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from planwizard.plans.models import Part
from tests.browser.saving import TEXT, kinds, leave, line, text_of
from tests.factories import fill, member_for
from tests.wizard.screens import step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(open_as, officer, version):
    page = open_as(officer, javascript=False)
    page.goto(step_url(version, "ch2"))
    return page


def save(page) -> None:
    page.get_by_role("button", name="一時保存").click()


def signed_out(version, settings):
    Session.objects.all().delete()


def frozen(version, settings):
    Part.objects.filter(version=version).update(is_frozen=True)


def closed(version, settings):
    settings.MAINTENANCE_FILE.write_text("15時ごろに終わります。")


def limited(version, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 500


@pytest.mark.parametrize(
    ("ending", "title"),
    [
        (signed_out, "サインインしてください"),
        (frozen, "ほかの人の操作と重なりました"),
        (closed, "いまは手入れのため休んでいます"),
        (limited, "送られた内容が大きすぎます"),
    ],
)
def test_the_text_comes_back(plain, version, settings, tmp_path, ending, title):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    plain.fill(TEXT, "長い時間をかけて書いた文。")
    ending(version, settings)
    save(plain)
    plain.get_by_role("heading", level=1, name=title).wait_for()
    expect(plain.locator("pre")).to_contain_text("長い時間をかけて書いた文。")


def test_a_token_that_is_old_gives_the_text_back(plain):
    plain.context.clear_cookies(name="planwizard_csrf")
    plain.fill(TEXT, "長い時間をかけて書いた文。")
    save(plain)
    expect(plain.locator("pre")).to_contain_text("長い時間をかけて書いた文。")


def test_a_conflict_is_settled_without_scripts(plain, colleague, version):
    fill(version, "ch2", {"ch2_text": "同僚の文。"}, by=member_for(colleague))
    plain.fill(TEXT, "私の文。")
    save(plain)
    plain.get_by_role("button", name="すべて自分の文で保存").click()
    assert text_of(version) == "私の文。"


def test_the_link_back_says_that_it_does_not_save(plain, open_as, officer, version):
    assert "保存せずに戻る" in plain.locator("#writing .pw-actions").inner_text()
    scripted = open_as(officer)
    scripted.goto(step_url(version, "ch2"))
    assert "保存せずに戻る" not in scripted.locator("#writing .pw-actions").inner_text()
    leave(scripted, "町の文。")
    expect(line(scripted)).to_contain_text("保存しました")
    assert kinds(version) == ["auto"]
