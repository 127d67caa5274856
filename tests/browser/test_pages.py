"""Every page for every role that may see it: axe, the policy, and no scrolling sideways however narrow.

The pages are those of tests/security/access.py, so none can be forgotten; the long ones are those of the demo plan.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.catalog import imports
from planwizard.catalog.imported import ImportedEntry
from planwizard.plans import exchange
from tests.axe import violations
from tests.catalog.tables import edition_file
from tests.factories import NOW, make_municipality, make_user, member_for
from tests.security.access import (
    ACCESS,
    ANONYMOUS,
    DRAFTER,
    FILES,
    LET_IN,
    OPERATOR,
    SECRETARIAT,
    TOWN_ADMIN,
    VIEWER,
)
from tests.security.places import drafters_department
from tests.wizard.screens import step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# On a page of a hundred screens this one rule takes as long as all others; its colours are those of the short pages.
LONG = {"color-contrast": {"enabled": False}}
DEMO = Path("fixtures/demo/shiomino.json")
# 640 is 1280 at 200 %; 320 is 1280 at 400 %.
WIDTHS = (1280, 640, 320)
ALL_AT_WORK = """async () => {
  const later = document.querySelector("script[src*='/js/later.']");
  if (later) await (await import(later.src)).ready;
}"""
APPS = ("wizard", "compliance", "exports", "accounts", "web")


def complaints(page, name: str, rules: dict) -> list[str]:
    """What is wrong with the page that is open, in English."""
    page.evaluate(ALL_AT_WORK)
    found = [f"{name} scrolls sideways at {width}" for width in WIDTHS if not fits(page, width)]
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    found += [f"{name} {violation}" for violation in violations(page, rules)]
    return found


def fits(page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate("document.documentElement.scrollWidth") <= width


def look(page, name: str, url: str, rules: dict | None = None) -> list[str]:
    answer = page.goto(url)
    if answer.status != 200:
        return [f"{name} answers {answer.status}"]
    return complaints(page, name, rules or {})


def pages_for(role: str, app: str) -> list[str]:
    return [
        name
        for name, route in ACCESS.items()
        if name.startswith(f"{app}:") and route.answer_to("GET", role) == LET_IN and name not in FILES
        if "GET" in route.methods
    ]


def seen() -> list[object]:
    """Who looks at what. Viewers and admins see the secretariat's pages with fewer buttons: that takes the long run,
    but for the admins' own pages."""
    own = {(TOWN_ADMIN, "accounts")}
    pairs = [(role, app) for role in (SECRETARIAT, DRAFTER, VIEWER, TOWN_ADMIN) for app in APPS]
    rare = [(role, app) for role, app in pairs if role in (VIEWER, TOWN_ADMIN) and (role, app) not in own]
    return [pytest.param(*pair, marks=pytest.mark.long if pair in rare else ()) for pair in pairs]


@pytest.mark.parametrize(("role", "app"), seen())
def test_every_page_that_a_role_may_see_is_sound(open_as, role, app):
    town = make_municipality()
    page = open_as(make_user(role, municipality=town, departments=(drafters_department(town),)))
    found = []
    for name in pages_for(role, app):
        place = ACCESS[name].place
        found += look(page, name, reverse(name, kwargs=place(town) if place else None))
    assert found == []


def test_every_page_of_the_catalogue_is_sound(open_as):
    operator = make_user(OPERATOR)
    member, page, found = member_for(operator), open_as(operator), []
    for data in (edition_file({"code": "TEST-001"}, {"code": "TEST-002"}), changed_edition()):
        brought = imports.bring("版.xlsx", data, {"read": "xlsx"}, by=member, at=NOW)
        for verdict in ImportedEntry.Verdict:
            found += look(page, verdict, f"{brought.get_absolute_url()}?show={verdict}")
        imports.apply(brought, expected=1, by=member, at=NOW)
    found += look(page, "applied", f"{brought.get_absolute_url()}?show=changed")
    for name in pages_for(OPERATOR, "catalog"):
        if not (place := ACCESS[name].place) or not place(make_municipality()):
            found += look(page, name, reverse(name))
    found += look(page, "side by side", f"{reverse('catalog:editions')}?older=TEST-1&newer=TEST-2")
    found += look(page, "usage", reverse("wizard:catalog_usage"))
    assert found == []


def changed_edition() -> bytes:
    return edition_file({"code": "TEST-001", "title": "直した題"}, {"code": "TEST-003"}, {"code": "TEST 4"})


def test_every_page_that_is_open_to_all_is_sound(live_server, new_context):
    page = new_context(base_url=live_server.url).new_page()
    names = {name for app in APPS for name in pages_for(ANONYMOUS, app)}
    assert names == {
        "wizard:help", "wizard:questions", "accounts:sign_in", "accounts:signed_out",
        "web:accessibility", "web:accessibility_results",
    }  # fmt: skip
    assert [found for name in names for found in look(page, name, reverse(name))] == []


def test_every_page_of_a_long_plan_is_sound(open_as, officer):
    make_municipality()
    member = member_for(officer)
    with acting_for(member.municipality):
        version = exchange.load(DEMO.read_bytes(), by=member, at=NOW).version
        measures = list(version.parts.filter(kind="measure").order_by("measure_no"))
    page = open_as(officer)
    found = []
    for sheet in version.edition.sheets:
        found += look(page, sheet.key, step_url(version, sheet.key), LONG)
    for measure in (measures[0], measures[-1]):  # the areas whose own fields are the most
        found += look(
            page, measure.measure_no, reverse("wizard:measure", args=[version.pk, measure.key]), LONG
        )
    for name in ("home", "measures", "chapters", "preview"):
        found += look(page, name, reverse(f"wizard:{name}", args=[version.pk]), LONG)
    found += look(page, "done", step_url(version, "done"), LONG)
    for name in ("checklist", "maps"):
        found += look(page, name, reverse(f"compliance:{name}", args=[version.pk]), LONG)
    assert found == []
