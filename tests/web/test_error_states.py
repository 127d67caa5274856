"""Every form that was filled in wrongly: the title says so, and each sentence leads to its field and stands there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from tests.factories import (
    client_of,
    make_department,
    make_measure,
    make_municipality,
    make_user,
    make_version,
)
from tests.inspector import complaints, parse
from tests.security import places
from tests.wizard.screens import sheet_on

pytestmark = pytest.mark.django_db

BLANK = {"csrfmiddlewaretoken": ""}
WRONG = {"username": "だれか", "password": "ちがう"}


@pytest.fixture
def town():
    return make_municipality()


@pytest.fixture
def admin(town):
    return client_of(make_user(Role.TOWN_ADMIN, municipality=town))


@pytest.fixture
def office(town):
    return client_of(make_user(Role.SECRETARIAT, municipality=town))


def assert_says_so(answer) -> None:
    page = parse(answer)
    assert complaints(page) == []
    assert page.text("title").startswith("エラー：")
    assert not page.text("title").startswith("エラー：エラー：")
    (summary,) = [node for node in page.all("div") if "pw-error-summary" in node.get("class", "").split()]
    assert summary.get("tabindex") == "-1"
    ids = {node.get("id"): node for node in page.root.iter() if node.get("id")}
    links = [(node.get("href", ""), "".join(node.itertext()).strip()) for node in summary.iter("a")]
    assert links
    assert [href for href, _ in links if href.removeprefix("#") not in ids] == []
    told = page.words
    assert [words for _, words in links if told.count(words) < 2 and "：" not in words] == []


@pytest.mark.parametrize("name", ["add_member", "departments"])
def test_a_blank_form_of_people_and_departments(admin, name):
    assert_says_so(admin.post(reverse(f"accounts:{name}"), BLANK))


def test_a_blank_role(admin, town):
    assert_says_so(admin.post(reverse("accounts:add_role", kwargs=places.person(town)), BLANK))
    assert_says_so(admin.post(reverse("accounts:change_role", kwargs=places.second_role(town)), BLANK))


def test_a_blank_name_of_a_department(admin, town):
    made = make_department("税務課", municipality=town)
    assert_says_so(admin.post(reverse("accounts:rename_department", args=[made.pk]), {"name": " "}))


def test_a_blank_change_of_password(admin):
    assert_says_so(admin.post(reverse("accounts:change_password"), BLANK))


@pytest.mark.parametrize("name", ["add_house_style", "add_paper"])
def test_a_blank_house_style(office, name):
    assert_says_so(office.post(reverse(f"exports:{name}"), BLANK))


def test_an_export_of_nothing(office, town):
    assert_says_so(office.post(reverse("exports:exports", kwargs=places.version(town)), BLANK))


def test_a_picture_without_file_and_words(office, town):
    url = reverse("wizard:picture", kwargs=places.picture_field(town))
    sheet = sheet_on(office.get(url))
    answer = office.post(url, {**sheet.fields, "alt": "", "go": "choose"})
    assert_says_so(answer)
    assert "画像の説明を入力してください。" in answer.content.decode()


@pytest.mark.parametrize("name", ["import_plan", "copy_plan"])
def test_a_plan_from_nothing(office, town, name):
    make_version(by=make_user(Role.SECRETARIAT, municipality=town))
    assert_says_so(office.post(reverse(f"wizard:{name}"), BLANK))


def test_numbers_that_cannot_be_read(office, town):
    version = make_version(by=make_user(Role.SECRETARIAT, municipality=town))
    step = reverse("wizard:step", args=[version.pk, "ch1"])
    assert_says_so(
        office.post(step, {**sheet_on(office.get(step)).fields, "population": "約8万"}, follow=True)
    )
    with acting_for(town):
        measure = make_measure(version)
    sheet = reverse("wizard:measure", args=[version.pk, measure.key])
    kpi = "kaaaaaaaaa"
    typed = {"kpis": kpi, f"kpis.{kpi}.baseline_value": "約70"}
    assert_says_so(office.post(sheet, {**sheet_on(office.get(sheet)).fields, **typed}, follow=True))


def test_who_is_not_known_is_told_at_the_top(client):
    page = parse(client.post(reverse("accounts:sign_in"), WRONG))
    assert page.text("title").startswith("エラー：")
    assert [node for node in page.all("div") if "pw-error-summary" in node.get("class", "").split()]


def test_an_error_told_after_going_elsewhere_marks_the_title_once(office, town):
    kwargs = places.version(town)
    for _ in range(2):
        office.post(reverse("wizard:add_chapter", kwargs=kwargs), {"title": ""})
    title = parse(office.get(reverse("wizard:chapters", kwargs=kwargs))).text("title")
    assert title.startswith("エラー：章")
