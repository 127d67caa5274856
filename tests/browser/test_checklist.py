"""Choosing the sentence that fulfils an item: by keyboard alone, and without scripts."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from planwizard.compliance.models import Confirmation
from planwizard.wizard import demo
from tests.browser.saving import SAVED, line
from tests.browser.test_journeys import tab_to
from tests.browser.test_preview import WIDE, show
from tests.compliance.test_journey import CHOSEN, COSTS
from tests.factories import fill, member_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCE = "防災の情報を公開する。"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sentence_is_chosen_by_keyboard_and_lapses_when_it_is_edited(open_as, officer, version, javascript):
    written = {"purpose_gov_data": "公開する。", "ch2_text": f"{SENTENCE}転記をなくす。"}
    fill(version, "ch2", written, by=member_for(officer))
    page = open_as(officer, javascript=javascript)
    page.goto(reverse("compliance:checklist", args=[version.pk]))
    tab_to(page, page.get_by_role("link", name="自治体保有情報の活用を述べた文を選んでください。"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/PU-01/#choose_text")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="選んだ文が満たすと確認する"))
    page.keyboard.press("Enter")
    page.get_by_text(f"「{SENTENCE}」を、自治体保有情報の活用を述べた文として記録しました。").wait_for()
    assert Confirmation.objects.get().quote == SENTENCE
    fill(version, "ch2", {"ch2_text": "防災の情報を公表する。"}, by=member_for(officer))
    page.reload()
    page.get_by_text(re.compile("前に選んだ文が変わりました")).first.wait_for()


LEFT = "found => found.map(node => Math.round(node.getBoundingClientRect().left))"


def test_the_columns_of_all_groups_stand_in_one_line(open_as, officer, version):
    page = open_as(officer)
    page.goto(reverse("compliance:checklist", args=[version.pk]))
    for width in (1366, 320):
        page.set_viewport_size({"width": width, "height": 800})
        columns = [page.locator(f"thead th:nth-child({n})").evaluate_all(LEFT) for n in (1, 2, 3)]
        assert [len(set(column)) for column in columns] == [1, 1, 1]


@pytest.mark.long
def test_磯波町_is_brought_to_eighteen_in_a_browser(open_as, settings, tmp_path):
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "accounts.json"
    version = demo.load(at=timezone.now()).plans[1]
    page = open_as(version.created_by)
    page.set_viewport_size(WIDE)
    page.goto(reverse("wizard:home", args=[version.pk]))
    page.get_by_role("link", name="チェックリスト", exact=True).first.click()
    page.get_by_role("link", name="費用・時間・日数・件数を減らす指標を、").first.click()
    add_costs(page)
    show(page, "点検")
    page.get_by_role("link", name="チェックリストを見る").click()
    page.get_by_text("公表前のチェック 18項目のうち3件 合格・15件 要確認・0件 未").wait_for()
    for (item, role), words in CHOSEN.items():
        page.locator(f'a[href$="/{item}/#choose_{role}"]').first.click()
        form = page.locator(f"#choose_{role} form")
        form.get_by_label(words).first.check()
        form.get_by_role("button", name="選んだ文が満たすと確認する").click()
        page.get_by_text("として記録しました。").wait_for()
        page.get_by_role("link", name="チェックリスト", exact=True).first.click()
    page.get_by_text("公表前のチェック 18項目のうち18件 合格・0件 要確認・0件 未").wait_for()


def add_costs(page):
    """One more indicator on the sheet that is open, by its own button; saved by itself."""
    rows = page.locator('[name="kpis"]')
    before = rows.count()
    page.locator('button[value="add:kpis"]').click()
    page.wait_for_function(
        "before => document.querySelectorAll('#writing [name=kpis]').length > before", arg=before
    )
    path = f"kpis.{rows.last.input_value()}"
    for name, value in COSTS.items():
        control = page.locator(f'[name="{path}.{name}"]')
        match control.first.evaluate("control => control.type"):
            case "radio":
                page.locator(f'[name="{path}.{name}"][value="{value}"]').check()
            case "select-one":
                control.select_option(value)
            case _:
                control.fill(value)
    page.keyboard.press("Tab")
    expect(line(page)).to_have_text(SAVED)
