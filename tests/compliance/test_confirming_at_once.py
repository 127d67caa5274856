"""Two people confirm one item at once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.compliance.confirming import NotConfirmed, confirm
from planwizard.compliance.models import Confirmation
from tests.factories import NOW, fill, make_user, make_version, member_for, part_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture
def members():
    return [member_for(make_user(Role.SECRETARIAT)) for _ in range(2)]


@pytest.fixture
def version(members):
    found = make_version(by=members[0].user)
    with acting_for(found.municipality_id):
        fill(found, "ch2", {"ch2_text": "公開する。減らす。"}, by=members[0])
        yield found


def at_once(version, members, quotes):
    gate = Barrier(len(members))

    def act(member, quote):
        try:
            with acting_for(member.municipality):
                part = part_of(version, "ch2")
                gate.wait(30)
                said = {"item_id": "PU-01", "role": "text", "part": part, "path": "ch2_text"}
                return confirm(version, **said, quote=quote, by=member, at=NOW).pk
        except NotConfirmed:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(members)) as pool:
        return list(pool.map(act, members, quotes))


def test_the_same_sentence_is_confirmed_once(version, members):
    first, second = at_once(version, members, ["公開する。", "公開する。"])
    assert first == second == Confirmation.objects.get().pk


def test_of_two_sentences_one_is_kept_and_the_other_person_is_told(version, members):
    found = at_once(version, members, ["公開する。", "減らす。"])
    assert sorted(pk is None for pk in found) == [False, True]
    assert Confirmation.objects.get().pk in found


def test_the_database_itself_keeps_one_confirmation_of_a_role(version, members):
    facts = {"municipality": members[0].municipality, "version": version, "item_id": "PU-01", "role": "text"}
    facts |= {"quote": "公開する。", "quote_hash": "0" * 64, "confirmed_by": members[0].user, "at": NOW}
    Confirmation.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(**facts)
    Confirmation.objects.update(withdrawn_at=NOW)
    Confirmation.objects.create(**facts)
