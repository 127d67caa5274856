"""Real browsers before a real server: ``open_as(person)`` is a page of a browser of that person's own."""

from __future__ import annotations

import pytest
from django.conf import settings as product

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from tests.browser.artefacts import keep  # noqa: F401 (a fixture)
from tests.factories import client_of, make_user, make_version
from tests.wizard.screens import step_url

NOT_OURS = "Failed to load resource"  # the console repeats the status of an answer that a test asks for


@pytest.fixture
def open_as(live_server, new_context):
    """``open_as(person, javascript=True) -> Page``, signed in. Scripts and policy may have nothing to complain of."""
    reports: list[str] = []

    def opened(person, *, javascript: bool = True):
        cookie = client_of(person).cookies[product.SESSION_COOKIE_NAME].value
        context = new_context(base_url=live_server.url, java_script_enabled=javascript)
        context.add_cookies(
            [{"name": product.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}],
        )
        page = context.new_page()
        listen(page, reports)
        return page

    yield opened
    assert reports == []


def listen(page, reports: list[str]) -> None:
    """Note errors of scripts and what the policy refused."""

    def note(message) -> None:
        if message.type in ("error", "warning") and NOT_OURS not in message.text:
            reports.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: reports.append(str(error)))


@pytest.fixture
def officer():
    return make_user(Role.SECRETARIAT, name="事務局 一子")


@pytest.fixture
def colleague():
    return make_user(Role.SECRETARIAT, name="同僚 花子")


@pytest.fixture
def version(officer):
    made = make_version(by=officer)
    with acting_for(made.municipality_id):
        yield made


@pytest.fixture
def chapter(open_as, officer, version):
    """Chapter 2 as the officer has it open."""
    page = open_as(officer)
    page.goto(step_url(version, "ch2"))
    return page
