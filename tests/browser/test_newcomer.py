"""Somebody who took the job over in April writes a small plan from nothing; and reads it in large type."""

from __future__ import annotations

import pytest
from django.conf import settings as product
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.plans.models import EditKind, Part, PlanVersion, State
from tests.factories import client_of, fill, make_measure, member_for, part_of
from tests.wizard.screens import part_url, step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVE = "一時保存"


def press(page, name: str) -> None:
    with page.expect_navigation():  # after what saves by itself is through
        page.get_by_role("button", name=name, exact=True).click()


def test_a_newcomer_writes_a_small_plan_from_nothing(open_as, officer, keep):
    page = open_as(officer)
    page.goto(reverse("wizard:new_plan"))
    keep(page, "new plan")
    page.fill('[id="id_title"]', "磯波町デジタル計画")
    press(page, "白紙から作る")
    keep(page, "map")
    page.get_by_role("link", name="はじめから順に書く").click()
    keep(page, "basics")
    page.fill('[id="id_period_start_fy"]', "令和9")
    page.fill('[id="id_period_end_fy"]', "2031")
    press(page, "保存して次へ")
    with acting_for(member_for(officer).municipality):
        version = PlanVersion.objects.get(title="磯波町デジタル計画")
        _write_chapters(page, version, keep)
        _write_a_measure(page, version, keep)
        _check_and_hand_in(page, version, keep)


def _write_chapters(page, version, keep) -> None:
    page.goto(step_url(version, "ch1"))
    page.fill('[id="id_population"]', "１２，３４５")
    press(page, SAVE)
    assert part_of(version, "ch1").values["population"] == "12345"
    page.goto(step_url(version, "ch2"))
    page.fill('[id="id_ch2_text"]', "町民の暮らしを、データで支える。")
    press(page, SAVE)
    keep(page, "chapter 2")


def _write_a_measure(page, version, keep) -> None:
    page.goto(reverse("wizard:measures", args=[version.pk]))
    page.get_by_label("独自の施策の名").first.fill("窓口の予約")
    page.get_by_role("button", name="施策を足す").first.click()
    page.wait_for_load_state()
    [key] = page.eval_on_selector_all(
        'input[type=hidden][name="kpis"]', "nodes => nodes.map(node => node.value)"
    )
    page.fill(f'[id="id_kpis.{key}.name"]', "予約の割合")
    press(page, SAVE)
    keep(page, "measure")
    assert Part.objects.of(version).measures().get().kpi_count == 1


def _check_and_hand_in(page, version, keep) -> None:
    page.goto(step_url(version, "ch2"))
    page.get_by_role("link", name="入力の見直し").click()
    assert "町民の暮らしを、データで支える。" in page.locator("main").inner_text()
    keep(page, "answers")
    page.locator(".pw-answers__act a").first.click()
    assert page.url.partition("#")[2].startswith("id_")
    page.go_back()
    press(page, "「できた」にする")
    keep(page, "handed in")
    assert part_of(version, "ch2").state == State.DONE
    page.goto(step_url(version, "done"))
    keep(page, "done")


def test_an_earlier_text_comes_back_and_nothing_is_lost(open_as, officer, version, keep):
    page = open_as(officer, javascript=False)
    for text in ("はじめの文。", "書き直した文。"):
        page.goto(step_url(version, "ch2"))
        page.fill('[id="id_ch2_text"]', text)
        press(page, SAVE)
    page.get_by_role("link", name="保存の記録").click()
    keep(page, "history")
    page.get_by_role("link", name="変わったところを見る").nth(1).click()
    keep(page, "one save")
    page.get_by_role("link", name="この内容に戻す").click()
    keep(page, "before going back")
    press(page, "この内容に戻す")
    part = part_of(version, "ch2")
    assert part.values["ch2_text"] == "はじめの文。"
    kinds = list(part.edits.newest_first().values_list("kind", flat=True))
    assert kinds[:3] == [EditKind.RESTORED, EditKind.MANUAL, EditKind.MANUAL]


def test_a_deleted_measure_comes_back(open_as, officer, version, keep):
    measure = make_measure(version, title="窓口の予約")
    page = open_as(officer, javascript=False)
    page.goto(part_url("delete_measure", measure))
    keep(page, "before deleting")
    press(page, "削除する")
    keep(page, "deleted")
    page.get_by_role("link", name="削除したもの").click()
    keep(page, "trash")
    page.get_by_role("button", name="元に戻す").click()
    page.get_by_role("link", name="窓口の予約").wait_for()


@pytest.fixture
def large(live_server, browser_type, browser_type_launch_args, officer):
    """A page in a browser whose owner has set letters to 200 %, on a screen of 1280 pixels."""
    arguments = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800})
    name = product.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client_of(officer).cookies[name].value, "url": live_server.url}]
    )
    yield context.new_page()
    browser.close()


def test_everything_is_read_in_letters_twice_as_large(large, officer, version, keep):
    fill(version, "ch2", {"ch2_text": "町民の暮らしを支える。" * 40}, by=member_for(officer))
    measure = make_measure(version, title="窓口の予約")
    found = []
    for words, url in _long_pages(version, measure).items():
        large.goto(url)
        keep(large, words)
        if large.evaluate("document.documentElement.scrollWidth") > 1280:
            found.append(words)
    assert large.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert found == []


def test_in_forced_colours_every_box_has_an_edge(open_as, officer, version, keep):
    measure = make_measure(version, title="窓口の予約")
    page = open_as(officer)
    page.emulate_media(forced_colors="active")
    found = []
    for words, url in _long_pages(version, measure).items():
        page.goto(url)
        keep(page, words)
        found += page.eval_on_selector_all(
            ".pw-button, .pw-chip, .pw-panel, .pw-banner, .pw-input, .pw-textarea",
            """nodes => nodes.filter(node => node.offsetParent && !node.classList.contains("pw-hidden")
              && getComputedStyle(node).borderTopStyle === "none").map(node => node.outerHTML.slice(0, 80))""",
        )
    assert found == []


def _long_pages(version, measure) -> dict[str, str]:
    return {
        "start": reverse("wizard:start"),
        "home": reverse("wizard:home", args=[version.pk]),
        "chapter": step_url(version, "ch2"),
        "measure": part_url("measure", measure),
        "measures": reverse("wizard:measures", args=[version.pk]),
        "answers": part_url("answers", measure),
        "history": part_url("history", part_of(version, "ch2")),
        "done": step_url(version, "done"),
    }
