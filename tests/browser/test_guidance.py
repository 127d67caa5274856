"""Guidance beside the form, in Chromium: it follows the field in focus and is all there without scripts."""

from __future__ import annotations

import pytest
from django.utils import timezone

from planwizard.catalog import offers
from planwizard.catalog.models import Term
from planwizard.plans import notes
from tests.axe import violations
from tests.factories import make_measure, member_for
from tests.wizard.screens import part_url, step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = {"width": 1366, "height": 768}, {"width": 640, "height": 768}


@pytest.fixture
def page(open_as, officer):
    opened = open_as(officer)
    opened.set_viewport_size(WIDE)
    return opened


@pytest.fixture
def noted(officer, version):
    notes.write(
        "ch4.pdca.frequency",
        {"town": "点検は庁議の前に行います。"},
        expected=notes.seen({}),
        by=member_for(officer),
        at=timezone.now(),
    )


def told(page):
    return page.locator("[data-field]")


def test_the_field_in_focus_is_explained_by_source(page, version, noted):
    page.goto(step_url(version, "ch4"))
    page.locator('[id="id_pdca.frequency"]').focus()
    told(page).get_by_text("点検は庁議の前に行います。").wait_for()
    words = told(page).inner_text()
    for piece in ("わが町", "印刷される所", "ME-05", "PDCAの方法：頻度・時期"):
        assert piece in words
    page.locator('[id="id_head_title"]').focus()
    told(page).get_by_role("heading", name="推進責任者").wait_for()
    assert "点検は庁議の前に行います。" not in told(page).inner_text()


def test_a_cell_of_a_row_is_explained_with_its_table_and_the_words_in_it(page, version):
    Term.objects.create(
        code="kpi",
        term="KPI",
        reading="けーぴーあい",
        description="成果を測るものさし。",
        is_on=True,
        verified=True,
    )
    offers.forget()
    measure = make_measure(version, kpis=["kbbbbbbbbb"], **{"kpis.kbbbbbbbbb.name": "利用率"})
    page.goto(part_url("measure", measure))
    page.locator('[id="id_kpis.kbbbbbbbbb.target_value"]').focus()
    told(page).get_by_role("heading", name="目標値").wait_for()
    assert "ME-04" in told(page).inner_text()
    assert told(page).locator("dd").first.inner_text() == "成果を測るものさし。"


def test_the_guidance_of_a_page_is_asked_for_once(page, version):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "guide" in request.url else None)
    page.goto(step_url(version, "ch4"))
    assert asked == []
    for name in ("head_title", "cio_title", "head_title"):
        page.locator(f'[id="id_{name}"]').focus()
        told(page).get_by_role("heading").first.wait_for()
    assert len(asked) == 1


def test_guidance_that_does_not_come_leaves_writing_alone(page, version):
    page.route("**/guide/beside/", lambda route: route.abort())
    page.goto(step_url(version, "ch4"))
    page.locator('[id="id_head_title"]').fill("市長")
    page.wait_for_timeout(200)
    assert not told(page).is_visible()
    page.unroute("**/guide/beside/")
    page.locator('[id="id_cio_title"]').focus()
    told(page).get_by_role("heading", name="CIO").wait_for()


def test_without_scripts_all_guidance_is_a_link_away(open_as, officer, version, noted):
    page = open_as(officer, javascript=False)
    page.goto(step_url(version, "ch4"))
    page.get_by_role("link", name="すべての欄の案内").click()
    assert page.get_by_text("点検は庁議の前に行います。").is_visible()
    page.get_by_role("link", name="推進責任者", exact=True).click()
    assert page.url.endswith(f"{step_url(version, 'ch4')}#id_head_title")


def test_guidance_that_comes_when_its_field_was_left_for_the_panel_is_shown(page, version):
    held = []
    page.route("**/guide/**", lambda route: held.append(route))
    page.goto(step_url(version, "ch4"))
    with page.expect_request("**/guide/**"):
        page.locator('[id="id_pdca.frequency"]').focus()
    page.get_by_role("group", name="表示の切り替え").get_by_role("button", name="案内", exact=True).click()
    held[0].continue_()
    told(page).get_by_role("heading").first.wait_for()


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("view", ["案内", "プレビュー"])
def test_both_panels_are_sound(page, version, noted, size, view):
    page.set_viewport_size(size)
    page.goto(step_url(version, "ch4"))
    page.locator('[id="id_pdca.frequency"]').focus()
    views = page.get_by_role("group", name="表示の切り替え")
    views.get_by_role("button", name=view, exact=True).click()
    shown = told(page) if view == "案内" else page.locator("[data-paper]")
    shown.get_by_role("heading").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert violations(page) == []
