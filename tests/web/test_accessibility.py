"""The policy and the table of results: everybody reads them, and nothing is claimed that nobody tested."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.web.criteria import CRITERIA

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["accessibility", "accessibility_results"])
def test_everybody_reads_it_without_an_account(look, name):
    look(Client(), reverse(f"web:{name}"))


def test_every_criterion_of_the_standard_stands_in_the_table_once():
    assert Counter(each.level for each in CRITERIA) == {"A": 25, "AA": 13}
    assert max(Counter(each.number for each in CRITERIA).values()) == 1
    assert [each for each in CRITERIA if each.checked and each.absent] == []


def test_no_result_is_claimed(look):
    page = look(Client(), reverse("web:accessibility_results"))
    results = ["".join(row[-1].itertext()) for row in page.all("tr")[1:]]
    assert results == ["未実施"] * len(CRITERIA)


def test_every_foot_leads_there(look):
    page = look(Client(), reverse("accounts:sign_in"))
    assert reverse("web:accessibility") in page.links().values()
