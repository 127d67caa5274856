"""How often plans use an entry: numbers over all towns, and not one word of a draft."""

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.plans import adoption, structure
from planwizard.plans.usage import usage
from tests.factories import (
    NOW,
    client_of,
    make_measure,
    make_municipality,
    make_user,
    make_version,
    member_for,
)
from tests.security.places import entry

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def adopting_town(code, measures):
    author = make_user(Role.SECRETARIAT, municipality=make_municipality(code))
    version, member = make_version(by=author, title="鯨の歌計画"), member_for(author)
    with acting_for(member.municipality):
        made = [make_measure(version, by=author, title="鯨の歌の施策") for _ in range(measures)]
        for part in made:
            adoption.cite(part, entry(), by=member, at=NOW)
        structure.delete(made[-1], by=member, at=NOW)


def test_towns_and_measures_are_counted_without_what_was_deleted():
    adopting_town("992011", 3)
    adopting_town("993018", 2)
    (found,) = usage()
    assert (found.reference, found.towns, found.versions, found.measures) == ("2026-11-a/NM-001", 2, 2, 3)


def test_the_page_names_no_town_and_no_word_of_a_plan(look):
    adopting_town("993018", 2)
    words = look(client_of(make_user(Role.OPERATOR)), reverse("wizard:catalog_usage")).words
    assert "窓口の手続" in words
    assert "磯波町" not in words
    assert "鯨の歌" not in words
