from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.member import MemberBackend, member_of
from planwizard.accounts.models import Membership, Role
from planwizard.accounts.tenancy import acting_for
from tests.factories import client_of, make_department, make_membership, make_municipality, make_user
from tests.inspector import complaints, parse

pytestmark = pytest.mark.django_db
PAGE = "/departments/"


def test_a_person_acts_for_one_town_with_all_roles_held_there():
    office = make_department("企画課")
    person = make_user(Role.DRAFTER, departments=(office,))
    make_membership(person, Role.VIEWER)
    member = member_of(person, None)
    assert member.municipality == make_municipality()
    assert member.roles == {Role.DRAFTER, Role.VIEWER}
    assert member.departments == {office.pk}
    assert member.role_names == "閲覧者・起案者"


def test_departments_count_only_for_drafters():
    person = make_user(Role.VIEWER, departments=(make_department(),))
    assert member_of(person, None).departments == frozenset()


def test_the_town_is_switched_by_a_button_and_stays_switched(look):
    person = make_user(Role.SECRETARIAT)
    other = make_municipality("993018")
    make_membership(person, Role.SECRETARIAT, municipality=other)
    client = client_of(person)
    assert "潮見野市の課" in look(client, PAGE).words
    answer = client.post(reverse("accounts:choose_town"), {"municipality": str(other.pk)})
    assert answer["Location"] == reverse("wizard:start")
    assert "磯波町の課" in look(client, PAGE).words


@pytest.mark.parametrize("wanted", ["", "x", "00000000-0000-0000-0000-000000000000", "foreign"])
def test_a_town_of_other_people_cannot_be_chosen(wanted):
    foreign = make_municipality("993018")
    client = client_of(make_user(Role.SECRETARIAT))
    data = {"municipality": str(foreign.pk) if wanted == "foreign" else wanted}
    assert client.post(reverse("accounts:choose_town"), data).status_code == 404
    assert "潮見野市" in client.get(PAGE).content.decode()


def test_no_parameter_or_header_names_the_town():
    foreign = make_municipality("993018")
    make_department("磯波町だけの課", municipality=foreign)
    client = client_of(make_user(Role.SECRETARIAT))
    client.cookies["municipality"] = str(foreign.pk)
    answer = client.get(PAGE, {"municipality": str(foreign.pk)}, headers={"municipality": str(foreign.pk)})
    assert "磯波町だけの課" not in answer.content.decode()


def test_a_person_without_a_role_is_told_whom_to_ask():
    client = client_of(make_user(None, name="無所属 一郎"))
    page = parse(client.get(PAGE))
    assert page.status == 403
    assert complaints(page) == []
    assert "管理者に、役割の登録を依頼してください。" in page.words


def test_a_person_without_a_role_gets_typed_text_back():
    response = client_of(make_user(None)).post(PAGE, {"name": "税務課"})
    assert response.status_code == 403
    assert "税務課" in response.content.decode()


def test_a_suspended_town_lets_nobody_in():
    town = make_municipality()
    client = client_of(make_user(Role.SECRETARIAT))
    town.is_suspended = True
    town.save()
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize(("hour", "is_in"), [((14, 59, 59), True), ((15, 0, 0), False)])
def test_a_role_ends_at_midnight_of_japan(monkeypatch, hour, is_in):
    """2026-11-24 begins in Japan at 15:00 UTC of the day before."""
    now = datetime(2026, 11, 23, *hour, tzinfo=UTC)
    person = make_user(Role.SECRETARIAT, ends_on=datetime(2026, 11, 24).date())
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert (member_of(person, None) is not None) == is_in


def test_a_role_that_ended_leaves_the_others():
    yesterday = timezone.localdate() - timedelta(days=1)
    person = make_user(Role.SECRETARIAT, ends_on=yesterday)
    make_membership(person, Role.VIEWER)
    assert member_of(person, None).roles == {Role.VIEWER}


def test_who_asks_is_read_in_two_queries(django_assert_num_queries):
    person = make_user(Role.DRAFTER, departments=(make_department(),))
    make_membership(person, Role.VIEWER, municipality=make_municipality("993018"))
    with django_assert_num_queries(2):
        member_of(person, None)


def test_who_has_signed_in_is_read_together_with_the_roles(django_assert_num_queries):
    person = make_user(Role.SECRETARIAT)
    with django_assert_num_queries(1):
        assert [row.role for row in MemberBackend().get_user(person.pk).memberships_today] == ["secretariat"]


def test_a_right_is_read_anew_when_it_is_asked_again():
    person = MemberBackend().get_user(make_user(Role.SECRETARIAT).pk)
    with acting_for(make_municipality()):
        Membership.objects.all().delete()
    assert member_of(person, None) is None


def test_a_session_of_a_person_switched_off_is_nobodys():
    person = make_user(Role.SECRETARIAT)
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert MemberBackend().get_user(person.pk) is None
