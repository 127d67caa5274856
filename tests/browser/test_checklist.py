"""Choosing the sentence that fulfils an item: by keyboard alone, and without scripts."""

import re

import pytest
from django.urls import reverse

from planwizard.compliance.models import Confirmation
from tests.browser.test_journeys import tab_to
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
    page.get_by_text(f"「{SENTENCE}」を根拠の文にしました。").wait_for()
    assert Confirmation.objects.get().quote == SENTENCE
    fill(version, "ch2", {"ch2_text": "防災の情報を公表する。"}, by=member_for(officer))
    page.reload()
    page.get_by_text(re.compile("前に選んだ文が変わりました")).first.wait_for()
