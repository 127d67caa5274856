"""The administrator's pages in a real browser: by keyboard, at a phone's width, with axe and a strict policy."""

import pytest

from planwizard.accounts.models import Department, Role
from planwizard.accounts.tenancy import acting_for
from tests.axe import violations
from tests.factories import PASSWORD, make_department, make_municipality, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The answer's own status is told by the console too; what matters here is the policy.
POLICY_WORDS = ("Content Security Policy", "Refused to", "Permissions-Policy")


@pytest.fixture(autouse=True)
def let_the_browser_and_the_test_share_a_database(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def reports(page):
    found = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(f"Refused to run: {error}"))
    return found


def check(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    assert violations(page, also=("best-practice",)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def sign_in(page, server, person):
    """By keyboard alone."""
    page.goto(f"{server.url}/sign-in/")
    page.focus("#id_username")
    page.keyboard.type(person.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_pass_axe_and_break_no_policy(live_server, page, reports, width):
    person = make_user(Role.DRAFTER, departments=(make_department(),))
    admin = make_user(Role.TOWN_ADMIN)
    page.goto(f"{live_server.url}/sign-in/")
    check(page, width)
    sign_in(page, live_server, admin)
    for path in (
        "/members/",
        "/members/add/",
        f"/members/{person.pk}/",
        "/departments/",
        "/password/",
        "/nothing/",
    ):
        page.goto(live_server.url + path)
        check(page, width)
    assert [text for text in reports if any(word in text for word in POLICY_WORDS)] == []


def test_the_list_of_errors_takes_the_focus_and_leads_to_the_field(live_server, page):
    sign_in(page, live_server, make_user(Role.TOWN_ADMIN))
    page.goto(f"{live_server.url}/members/add/")
    page.get_by_role("button", name="登録する").click()
    page.locator('[data-module="error-summary"]').wait_for()
    assert page.title().startswith("エラー：利用者を加える")
    assert page.evaluate("document.activeElement.dataset.module") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_name"
    check(page, 1280)


def test_pressing_twice_registers_once(live_server, page):
    sign_in(page, live_server, make_user(Role.TOWN_ADMIN))
    page.goto(f"{live_server.url}/departments/")
    page.fill("#id_name", "税務課")
    page.get_by_role("button", name="加える").dblclick()
    page.get_by_text("「税務課」を加えました。").wait_for()
    with acting_for(make_municipality()):
        assert Department.objects.count() == 1
