"""Two editions beside each other, and the successors that are noted from there."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.catalog import imports
from planwizard.catalog.measures import Edition, NationalMeasure
from planwizard.catalog.side_by_side import pairs_of
from tests.catalog.tables import EDITION, edition_file
from tests.factories import NOW, client_of, make_user, member_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return make_user(Role.OPERATOR)


@pytest.fixture
def editions(person):
    """TEST-1 and TEST-2: one with a successor, one of the same code, one of the same title, one alone on each side."""
    member = member_for(person)
    second = {"edition": "TEST-2"}
    data = edition_file(
        {"code": "A", "title": "甲", "replaced_by": "TEST-2/A2"},
        {"code": "B", "title": "乙"},
        {"code": "C", "title": "丙"},
        {"code": "D", "title": "丁"},
        {**second, "code": "A2", "title": "甲の後"},
        {**second, "code": "B", "title": "乙の後"},
        {**second, "code": "C2", "title": "丙"},
        {**second, "code": "E", "title": "戊"},
        editions=[EDITION, {"code": "TEST-2", "name": "試験の第2版", "is_active": "はい"}],
    )
    brought = imports.bring("版.xlsx", data, {"read": "xlsx"}, by=member, at=NOW)
    imports.apply(brought, expected=1, by=member, at=NOW)
    return Edition.objects.get(code="TEST-1"), Edition.objects.get(code="TEST-2")


def code(measure):
    return measure.code if measure else ""


def test_measures_are_paired_by_successor_then_code_then_title(editions):
    found = [(code(pair.older), code(pair.newer), pair.how) for pair in pairs_of(*editions)]
    assert found == [
        ("A", "A2", "successor"),
        ("B", "B", "code"),
        ("C", "C2", "title"),
        ("D", "", "alone"),
        ("", "E", "alone"),
    ]


def test_what_differs_is_named(editions):
    pairs = {code(pair.older): pair.changed_heads for pair in pairs_of(*editions)}
    assert (pairs["B"], pairs["C"]) == (["題"], [])


def test_the_ticked_pairs_are_noted_and_logged(person, editions, look):
    browser, address = client_of(person), reverse("catalog:editions")
    assert "番号が同じ" in look(browser, f"{address}?older=TEST-1&newer=TEST-2").words
    browser.post(address, {"older": "TEST-1", "newer": "TEST-2", "code": ["B", "D", "zzz"]})
    older = {
        row.code: (row.status, row.replaced_by_id)
        for row in NationalMeasure.objects.filter(edition=editions[0])
    }
    assert older["B"] == ("superseded", NationalMeasure.objects.get(edition=editions[1], code="B").pk)
    assert older["C"] == older["D"] == ("current", None)
    assert LogEntry.objects.filter(change_message__contains="後継の版").count() == 1


def test_a_pair_that_would_lead_round_in_a_circle_is_not_noted(person, editions):
    old, new = (NationalMeasure.objects.get(edition=each, code="B") for each in editions)
    new.supersede(old)
    client_of(person).post(reverse("catalog:editions"), {"older": "TEST-1", "newer": "TEST-2", "code": "B"})
    old.refresh_from_db()
    assert old.replaced_by is None


@pytest.mark.parametrize("asked", ["", "?older=TEST-1&newer=TEST-1", "?older=x&newer=y"])
def test_the_page_opens_whatever_is_asked(person, editions, asked, look):
    look(client_of(person), reverse("catalog:editions") + asked)
