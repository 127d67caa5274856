"""Forms filled in by people who know them: years painted, wide tables, what was read, sheet after sheet."""

import pytest
from playwright.sync_api import expect

from planwizard.wizard import controls
from tests.browser.test_pages import complaints
from tests.factories import fill, make_measure, member_for, part_of
from tests.wizard.screens import part_url, step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(open_as, officer, version, **options):
    measure = make_measure(version)
    page = open_as(officer, **options)
    page.goto(part_url("measure", measure))
    return page, measure


def cells(page):
    return page.locator("[id='id_schedule'] [data-rows] [data-paint] td")


def test_a_form_whose_scripts_do_not_come_is_there_after_three_seconds(open_as, officer, version):
    page = open_as(officer)
    page.route("**/js/page.*", lambda route: route.abort())
    page.goto(step_url(version, "ch1"))
    last = page.locator("[data-long='far']").last
    expect(last).to_be_hidden()
    expect(last).to_be_visible()


def test_who_is_led_to_a_field_sees_its_label(open_as, officer, version):
    page = open_as(officer)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{step_url(version, 'ch1')}?fields=all#id_area_features")
    page.wait_for_timeout(500)
    bar, label = page.locator(".pw-tools"), page.locator("label[for='id_area_features']")
    assert label.bounding_box()["y"] >= bar.bounding_box()["y"] + bar.bounding_box()["height"]


@pytest.mark.parametrize("path", ["kpis", "budget_status"])
def test_a_link_to_a_field_far_below_leads_to_it_and_stays_there(open_as, officer, version, path):
    page, measure = opened(open_as, officer, version)
    page.goto("about:blank")
    page.goto(f"{part_url('measure', measure)}#id_{path}")
    field = page.locator(f"[id='id_{path}']")
    page.locator("[data-long]").first.wait_for(state="detached")
    assert 0 <= field.bounding_box()["y"] <= 300
    page.wait_for_timeout(500)
    assert 0 <= field.bounding_box()["y"] <= 300


def stages(page):
    return cells(page).locator("select").evaluate_all("found => found.map(select => select.value)")


def follows(page):
    return page.locator("[id='id_schedule'] [data-rows] [data-follows]").evaluate_all(
        "found => found.map(input => input.value)"
    )


def saved_row(version, measure):
    values = part_of(version, measure.key).values
    (key,) = values["schedule"]
    start = f"schedule.{key}."
    return {path.removeprefix(start): value for path, value in values.items() if path.startswith(start)}


def save(page):
    with page.expect_navigation():  # after what saves by itself is through
        page.get_by_role("button", name="一時保存").click()


def test_years_are_painted_by_the_keyboard_and_the_years_of_the_row_follow(open_as, officer, version):
    page, measure = opened(open_as, officer, version)
    text = cells(page).nth(1).locator("input")
    text.focus()
    page.keyboard.type("試行")
    cells(page).nth(1).locator("select").select_option("trial")
    text.focus()
    page.keyboard.press("End")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert stages(page) == ["", "trial", "trial", "trial", ""]
    assert follows(page) == ["令和9年度", "令和11年度"]
    assert page.locator("[id='id_schedule'] [data-news]").text_content() == "1つの年度に同じ語を入れました。"
    save(page)
    row = saved_row(version, measure)
    assert (row["start_fy"], row["end_fy"], row["cells.2029.text"]) == (2027, 2029, "試行")


def test_shift_and_an_arrow_still_mark_letters_within_a_text(open_as, officer, version):
    page, _ = opened(open_as, officer, version)
    cells(page).nth(1).locator("input").focus()
    page.keyboard.type("試行")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate("document.activeElement.selectionEnd - document.activeElement.selectionStart") == 1
    assert cells(page).nth(2).locator("input").input_value() == ""


def test_years_are_painted_with_the_mouse_and_taken_back(open_as, officer, version):
    page, _ = opened(open_as, officer, version)
    cells(page).nth(0).locator("select").select_option("act")
    cells(page).nth(3).locator("input").fill("点検")
    handle, last = cells(page).nth(0), cells(page).nth(3)
    page.locator("[data-long]").first.wait_for(state="detached")  # all stands where it stays
    box = handle.bounding_box()
    # Each waits until its cell stands still and is in sight: panels and messages may still come.
    handle.hover(position={"x": box["width"] - 2, "y": box["height"] - 2})
    page.mouse.down()
    last.hover()
    page.mouse.up()
    assert stages(page) == ["act", "act", "act", "act", ""]
    page.locator("[id='id_schedule']").get_by_role("button", name="取り消す").click()
    assert stages(page) == ["act", "", "", "", ""]
    assert cells(page).nth(3).locator("input").input_value() == "点検"


def test_a_year_that_somebody_typed_is_left_alone(open_as, officer, version):
    page, _ = opened(open_as, officer, version)
    page.locator("[id='id_schedule'] [data-rows] [data-follows]").first.fill("令和8年度")
    cells(page).nth(2).locator("select").select_option("act")
    assert follows(page) == ["令和8年度", "令和10年度"]


def test_a_schedule_is_written_without_scripts(open_as, officer, version):
    page, measure = opened(open_as, officer, version, javascript=False)
    cells(page).nth(1).locator("select").select_option("act")
    page.locator("[id='id_schedule'] [data-rows] [data-follows]").first.fill("R9")
    save(page)
    row = saved_row(version, measure)
    assert (row["start_fy"], row["cells.2027.status"]) == (2027, "act")
    page.get_by_text("令和9年度（2027年度）").wait_for()


def test_a_list_of_cards_is_looked_at_as_a_wide_table_and_remembered(open_as, officer, version):
    page, measure = opened(open_as, officer, version)
    kpis = page.locator("[id='id_kpis']")
    names = "found => found.map(control => control.name)"
    before = kpis.locator("[data-rows] [name]").evaluate_all(names)
    kpis.get_by_role("button", name="横に並べて見る").click()
    assert kpis.locator("[data-rows] [name]").evaluate_all(names) == before
    page.evaluate("scrollTo(0, 0)")  # away from the bars that stand over the form
    assert complaints(page, "wide", {}) == []
    kpis.locator("input[name$='.name']").fill("申請の割合")
    kpis.locator("[data-rows]").evaluate("box => { box.scrollLeft = 600; }")
    first = kpis.locator("input[name$='.name']").bounding_box()
    assert first["x"] < kpis.bounding_box()["x"] + 120  # it stands still
    save(page)
    assert part_of(version, measure.key).kpi_count == 1
    expect(kpis).to_have_attribute("data-view", "table")


def test_what_was_read_is_said_at_once(open_as, officer, version):
    page, _ = opened(open_as, officer, version)
    budget = page.locator("[id='id_budget']")
    budget.get_by_role("button", name="事業費を追加").click()
    page.keyboard.type("Ｒ９")
    budget.locator("input[name$='.amount']").fill("１２００")
    page.keyboard.press("Tab")
    budget.get_by_text("令和9年度（2027年度）").wait_for()
    budget.get_by_text("1,200千円（＝120万円）").wait_for()


def test_what_is_worked_out_follows_what_is_typed(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "basics"))
    page.fill('[id="id_period_end_fy"]', "令和13年度")
    page.keyboard.press("Tab")
    page.locator("[data-computed=period_years]", has_text="6年").wait_for()


def test_forty_sheets_are_written_by_the_keyboard(open_as, officer, version):
    sheets = [make_measure(version, title=f"施策{n}") for n in range(40)]
    page = open_as(officer)
    page.goto(part_url("measure", sheets[0]))
    page.locator('[id="id_target_users"]').focus()
    for number, sheet in enumerate(sheets):
        page.wait_for_url(f"**{part_url('measure', sheet)}*")
        page.wait_for_function("document.activeElement.name === 'target_users'")
        page.keyboard.type(f"対象{number}")
        page.keyboard.press("Control+Enter")
    page.get_by_text("最後の施策です。").wait_for()
    written = [part_of(version, sheet.key).values["target_users"] for sheet in sheets]
    assert written == [f"対象{number}" for number in range(40)]


def test_a_count_warns_in_a_new_row_and_never_cuts(open_as, officer, version):
    page, _ = opened(open_as, officer, version)
    area = page.locator("[id='id_kpis'] textarea[name$='.definition']")
    page.locator("[id='id_kpis'] input[name$='.name']").fill("申請の割合")
    page.locator("[id='id_kpis']").get_by_role("button", name="指標を追加").click()
    area.nth(1).fill("𠮷" * 500)
    count = area.nth(1).locator("+ .pw-field__count")
    assert (count.text_content(), count.get_attribute("data-state")) == ("500／400", "over")
    assert area.nth(1).evaluate("area => [...area.value].length") == 500


def test_after_done_the_message_is_in_sight_and_has_the_focus(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "ch6-online"))
    with page.expect_navigation():
        page.get_by_role("button", name="保存して「できた」にする").click()
    message = page.locator("main > .pw-banner")
    assert "を「できた」にしました" in message.inner_text()
    assert message.evaluate(
        "node => node === document.activeElement && node.getBoundingClientRect().top >= 0"
    )
    assert page.evaluate("scrollY") == 0


def test_why_a_pillar_is_left_out_is_asked_once_that_is_chosen(open_as, officer, version):
    page = open_as(officer, javascript=False)
    page.goto(step_url(version, "ch5"))
    reasons = page.get_by_label("見送る理由")
    assert [reason.is_visible() for reason in reasons.all()] == [False] * 5
    page.locator('[name="pillar_policy.divide.stance"][value="skip"]').check()
    assert [reason.is_visible() for reason in reasons.all()] == [False, False, False, True, False]
    page.locator('[id="id_pillar_policy.divide.skip_reason"]').fill("県の事業と重なるため。")
    save(page)
    page.locator('[name="pillar_policy.divide.stance"][value="act"]').check()
    assert reasons.nth(3).is_visible()


def test_the_mark_of_a_field_follows_the_answer_that_it_hangs_on(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "ch3"))
    choice = page.locator("[name='prefectural_plan_ref.none']")
    mark = page.locator("[data-hangs-on='prefectural_plan_ref.none']").first
    choice.and_(page.locator("[value='yes']")).check()
    assert mark.inner_text() == "※任意"
    choice.and_(page.locator("[value='no']")).check()
    assert (mark.inner_text(), mark.get_attribute("data-level")) == ("※必須（公表まで）", "required")


@pytest.fixture
def long_list(monkeypatch, officer, version):
    """A sheet whose list of what comes before is too long to be shown: 14 others, and one of them ticked."""
    monkeypatch.setattr(controls, "_VERY_MANY", 12)
    sheets = [make_measure(version, title=f"施策その{n}") for n in range(15)]
    fill(version, sheets[0].key, {"depends_on": [sheets[3].key]}, by=member_for(officer))
    return sheets


def ticked(version, sheet):
    return part_of(version, sheet.key).values.get("depends_on", [])


def test_a_very_long_list_comes_in_place_with_what_was_typed_and_ticked_meanwhile(
    open_as, officer, version, long_list
):
    sheet, *others = long_list
    page = open_as(officer)
    page.goto(part_url("measure", sheet))
    field = page.locator("[id='id_depends_on']")
    field.get_by_label("施策その3").uncheck()
    page.locator("#writing [role=status]").filter(has_text="保存しました").wait_for()
    field.get_by_role("button", name="ほかから選ぶ（13件）").click()
    expect(field.locator("details input").first).to_be_focused()
    assert field.locator("input").count() == 14
    field.get_by_label("施策その14").check()
    page.get_by_role("button", name="一時保存").click()
    expect(field.get_by_role("button", name="ほかから選ぶ（13件）")).to_be_visible()
    assert ticked(version, sheet) == [others[13].key]


def test_a_very_long_list_that_does_not_come_is_opened_by_saving(open_as, officer, version, long_list):
    sheet, *_ = long_list
    page = open_as(officer)
    page.goto(part_url("measure", sheet))
    page.route(
        "**/*asked_for*",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.fill('[id="id_title"]', "まだ保存していない題")
    page.locator("[id='id_depends_on']").get_by_role("button", name="ほかから選ぶ（13件）").click()
    expect(page.locator("[id='id_depends_on'] details input")).to_have_count(13)
    assert part_of(version, sheet.key).title == "まだ保存していない題"
