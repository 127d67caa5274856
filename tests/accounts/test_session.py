"""What a page that was opened before learns of the session, and how the same person signs in again."""

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from tests.factories import PASSWORD, client_of, make_membership, make_municipality, make_user

pytestmark = pytest.mark.django_db

SESSION, JSON = "/session/", {"accept": "application/json"}


def ask(client):
    return client.get(SESSION, headers=JSON).json()


def sign_in_again(client, who, password=PASSWORD, **more):
    data = {"username": who.username, "password": password, "person": str(who.pk), **more}
    return client.post(SESSION, data, headers=JSON)


def test_it_says_who_is_signed_in():
    person = make_user()
    assert ask(client_of(person))["person"] == str(person.pk)


def test_without_a_session_it_gives_a_token_and_no_key():
    said = ask(Client())
    assert (said["person"], said["rescue_key"]) == ("", "")
    assert said["token"]


def test_the_key_is_the_persons_own_and_stays():
    one, other = make_user(), make_user()
    assert ask(client_of(one))["rescue_key"] == ask(client_of(one))["rescue_key"]
    assert ask(client_of(one))["rescue_key"] != ask(client_of(other))["rescue_key"]


def test_its_token_is_good_for_signing_in_and_the_answers_for_the_next_form():
    person, browser = make_user(), Client(enforce_csrf_checks=True)
    answer = sign_in_again(browser, person, csrfmiddlewaretoken=ask(browser)["token"])
    assert (answer.status_code, answer.json()["person"]) == (200, str(person.pk))
    leaving = {"csrfmiddlewaretoken": answer.json()["token"]}
    assert browser.post(reverse("accounts:sign_out"), leaving).status_code == 302


def test_without_a_token_nobody_signs_in():
    answer = sign_in_again(Client(enforce_csrf_checks=True), make_user())
    assert (answer.status_code, answer.json()["state"]) == (403, "token")


@pytest.mark.parametrize("password", ["", "違う合言葉"])
def test_a_wrong_password_is_told(password):
    browser = Client()
    answer = sign_in_again(browser, make_user(), password)
    assert answer.status_code == 422
    assert "パスワードが違います" in answer.json()["message"]
    assert ask(browser)["person"] == ""


def test_somebody_else_does_not_sign_in_on_this_page():
    writer, other, browser = make_user(), make_user(), Client()
    answer = sign_in_again(browser, other, person=str(writer.pk))
    assert (answer.status_code, ask(browser)["person"]) == (422, "")


def test_who_is_switched_off_is_told_no_more_than_that_it_is_wrong():
    person = make_user(is_active=False)
    assert sign_in_again(Client(), person).json()["message"].startswith("利用者IDかパスワード")


def test_one_comes_back_to_the_town_of_the_page():
    person, second = make_user(Role.SECRETARIAT), make_municipality("993018")
    with acting_for(second):
        make_membership(person, Role.SECRETARIAT, municipality=second)
    browser = Client()
    sign_in_again(browser, person, municipality=str(second.pk))
    assert "磯波町" in browser.get(reverse("accounts:departments")).content.decode()


def test_a_town_one_does_not_work_for_is_not_taken():
    person, browser = make_user(), Client()
    sign_in_again(browser, person, municipality=str(make_municipality("993018").pk))
    assert "潮見野市" in browser.get(reverse("accounts:departments")).content.decode()


def test_signing_out_leads_to_a_page_that_says_so(look):
    client = client_of(make_user())
    leads_to = client.post(reverse("accounts:sign_out"))["Location"]
    page = look(client, leads_to)
    assert page.text("h1") == "サインアウトしました"
    assert page.links()["もう一度サインインする"] == reverse("accounts:sign_in")


def test_who_is_signed_in_is_not_told_the_contrary():
    assert client_of(make_user()).get("/signed-out/")["Location"] == reverse("wizard:start")
