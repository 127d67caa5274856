"""What is typed is saved by itself: when, what the line below the form says, and what gets in the way."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from planwizard.plans.models import Edit, Part
from tests.browser.saving import SAVED, SECOND, TEXT, hold, is_letter, kinds, leave, line, text_of, until
from tests.factories import make_measure, part_of
from tests.wizard.screens import step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def timed(open_as, officer, version):
    """The same with a clock that is moved by hand."""
    page = open_as(officer)
    page.clock.install()
    page.goto(step_url(version, "ch2"))
    return page


def test_it_is_saved_three_seconds_after_typing_stops(timed, version):
    timed.locator(TEXT).press_sequentially("町の文。")
    expect(line(timed)).to_have_text("変更があります。まもなく自動で保存します。")
    timed.clock.run_for(2 * SECOND)
    assert kinds(version) == []
    timed.clock.run_for(2 * SECOND)
    expect(line(timed)).to_have_text(SAVED)
    assert (kinds(version), text_of(version)) == (["auto"], "町の文。")


def test_it_is_saved_every_fifteen_seconds_while_one_types_on(timed, version):
    for letter in "一二三四五六七八":
        timed.locator(TEXT).press_sequentially(letter)
        timed.clock.run_for(2 * SECOND)
    expect(line(timed)).to_have_text(SAVED)
    assert text_of(version) == "一二三四五六七八"


def test_it_is_saved_on_leaving_a_field(chapter, version):
    leave(chapter, "町の文。")
    expect(line(chapter)).to_have_text(SAVED)
    assert text_of(version) == "町の文。"


def test_the_line_below_a_form_with_lists_says_it(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "ch1"))
    page.locator('[id="id_population"]').fill("8,420")
    page.locator('[id="id_population"]').blur()
    expect(page.locator(".pw-actions__status")).to_have_text(SAVED)
    assert page.locator("[data-news]").all_text_contents() == [""] * page.locator("[data-news]").count()


def test_the_second_save_goes_on_from_the_first(chapter, version):
    for text in ("一つめ。", "二つめ。"):
        leave(chapter, text)
        until(chapter, lambda text=text: text_of(version) == text)
    assert kinds(version) == ["auto", "auto"]


def test_other_scripts_are_told_of_a_save_and_tell_of_a_change(chapter, version):
    chapter.evaluate(
        """() => {
            addEventListener("planwizard:saved", (event) => { window.told = event.detail; });
            document.getElementById("id_ch2_text").value = "別の部品の文。";
            document.getElementById("writing").dispatchEvent(new CustomEvent("planwizard:changed"));
        }"""
    )
    expect(line(chapter)).to_have_text(SAVED, timeout=6 * SECOND)
    assert text_of(version) == "別の部品の文。"
    part = part_of(version, "ch2")
    assert chapter.evaluate("told") == {"edit_no": 1, "saved_at": part.saved_at.isoformat()}


def test_fields_keep_their_messages_for_the_button(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "ch1"))
    page.fill('[id="id_population"]', "約8万人")
    page.locator('[id="id_population"]').blur()
    expect(line(page)).to_have_text(SAVED)
    assert page.locator(".pw-field__error").count() == 0
    page.get_by_role("button", name="保存して次へ").click()
    page.locator('[data-module="error-summary"]').wait_for()


def test_what_was_taken_out_is_told_in_the_line(chapter):
    leave(chapter, "町\u202eの文。")
    expect(line(chapter)).to_contain_text("本文（1文字）")


def test_an_input_method_is_never_interrupted(timed, version):
    """As Windows' own does it: the letters stand in the field before they are chosen."""
    sent = []
    timed.on("request", lambda request: sent.append(request.method))
    timed.locator(TEXT).press_sequentially("市は")
    keys = timed.context.new_cdp_session(timed)
    for spelt in ("ｍ", "ま", "まｔ", "まち"):
        keys.send("Input.imeSetComposition", {"text": spelt, "selectionStart": 1, "selectionEnd": 1})
        timed.clock.run_for(6 * SECOND)
    assert "POST" not in sent
    assert timed.input_value(TEXT) == "市はまち"
    keys.send("Input.insertText", {"text": "町"})
    timed.clock.run_for(4 * SECOND)
    expect(line(timed)).to_have_text(SAVED)
    assert (text_of(version), kinds(version)) == ("市は町", ["auto"])


def test_an_answer_that_comes_while_composing_leaves_the_field_alone(chapter, version):
    held = hold(chapter)
    leave(chapter, "市は")
    until(chapter, lambda: held)
    chapter.focus(TEXT)
    keys = chapter.context.new_cdp_session(chapter)
    keys.send("Input.imeSetComposition", {"text": "まち", "selectionStart": 2, "selectionEnd": 2})
    composed = chapter.input_value(TEXT)
    assert "まち" in composed
    held[0].continue_()
    until(chapter, lambda: kinds(version) == ["auto"])
    chapter.wait_for_timeout(300)
    assert chapter.input_value(TEXT) == composed
    assert len(held) == 1


def test_newer_text_waits_for_the_answer(chapter, version):
    held = hold(chapter)
    leave(chapter, "一つめ。")
    until(chapter, lambda: held)
    leave(chapter, "二つめ。")
    chapter.wait_for_timeout(500)
    assert len(held) == 1
    expect(line(chapter)).to_have_text("保存できたか確認中です。")
    held[0].continue_()
    until(chapter, lambda: len(held) == 2)
    held[1].continue_()
    expect(line(chapter)).to_have_text(SAVED)
    assert (text_of(version), kinds(version)) == ("二つめ。", ["auto", "auto"])


@pytest.mark.parametrize("name", ["保存して次へ", "一時保存"])
def test_a_button_pressed_while_a_save_is_under_way_is_no_conflict(chapter, version, name):
    held = hold(chapter)
    leave(chapter, "一つめ。")
    until(chapter, lambda: held)
    chapter.fill(TEXT, "二つめ。")
    chapter.get_by_role("button", name=name, exact=True).click()
    held[0].continue_()
    until(chapter, lambda: len(held) == 2)
    held[1].continue_()
    chapter.wait_for_url(f"**{step_url(version, 'ch3' if name == '保存して次へ' else 'ch2')}")
    until(chapter, lambda: text_of(version) == "二つめ。")
    assert kinds(version) == ["auto", "manual"]


def test_a_button_leaves_a_save_of_its_own_kind(chapter, version):
    chapter.fill(TEXT, "町の文。")
    chapter.get_by_role("button", name="保存して次へ").click()
    chapter.wait_for_url(f"**{step_url(version, 'ch3')}")
    assert (kinds(version), text_of(version)) == (["manual"], "町の文。")


def test_a_link_waits_until_all_is_saved(chapter, version):
    asked = []
    chapter.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
    chapter.fill(TEXT, "町の文。")
    chapter.get_by_role("link", name="保存の記録").click()
    chapter.get_by_role("heading", level=1, name="保存の記録").wait_for()
    assert (text_of(version), asked) == ("町の文。", [])


def test_leaving_asks_only_when_something_is_unsaved(chapter):
    asked = []
    chapter.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
    chapter.reload()
    leave(chapter, "町の文。")
    expect(line(chapter)).to_have_text(SAVED)
    chapter.reload()
    assert asked == []
    chapter.locator(TEXT).press_sequentially("続き")
    chapter.reload()
    assert asked == ["beforeunload"]


def test_two_tabs_of_one_person_lose_nothing(chapter, officer, version):
    """The first one's answer is slow; the second one saves meanwhile."""
    second = chapter.context.new_page()
    second.goto(step_url(version, "ch2"))
    held = hold(chapter)
    leave(chapter, "一つめのタブ。")
    until(chapter, lambda: held)
    leave(second, "二つめのタブ。")
    expect(line(second)).to_have_text(SAVED)
    held[0].continue_()
    expect(line(chapter)).to_contain_text("先に保存しました")
    assert text_of(version) == "二つめのタブ。"
    assert Edit.objects.get(kind="set_aside").values["ch2_text"] == "一つめのタブ。"


def test_a_conflict_lets_one_type_on_and_leads_to_both_texts(chapter, open_as, colleague, version):
    theirs = open_as(colleague)
    theirs.goto(step_url(version, "ch2"))
    leave(theirs, "同僚の文。")
    expect(line(theirs)).to_have_text(SAVED)
    leave(chapter, "私の文。")
    expect(line(chapter)).to_contain_text("同僚 花子さんが")
    leave(chapter, "私の文。その続き。")
    chapter.wait_for_timeout(500)
    assert kinds(version) == ["auto", "set_aside"]  # no further copy until one looks
    chapter.get_by_role("button", name="内容を見比べる").click()
    chapter.get_by_role("heading", level=1, name="ほかの人の保存と重なりました").wait_for()
    assert "私の文。その続き。" in chapter.locator("main").inner_text()
    assert "同僚の文。" in chapter.locator("main").inner_text()
    chapter.get_by_role("button", name="すべて自分の文で保存").click()
    chapter.wait_for_url(f"**{step_url(version, 'ch2')}")
    assert text_of(version) == "私の文。その続き。"
    assert chapter.get_by_text("保存できなかった文が残っています").count() == 0


def test_a_frozen_part_says_so_and_gives_the_text_to_copy(chapter, version):
    Part.objects.filter(version=version).update(is_frozen=True)
    leave(chapter, "遅れた文。")
    expect(line(chapter)).to_contain_text("確定している")
    chapter.get_by_role("button", name="入力した文を控える").click()
    chapter.locator("pre").wait_for()
    assert "遅れた文。" in chapter.locator("pre").inner_text()


def test_it_is_retried_when_the_network_is_back(chapter, version):
    chapter.context.set_offline(True)
    leave(chapter, "線の切れた間の文。")
    expect(line(chapter)).to_contain_text("保存できていません。この画面を閉じないでください。")
    chapter.get_by_role("button", name="保存して次へ").click()
    chapter.wait_for_timeout(300)
    assert chapter.input_value(TEXT) == "線の切れた間の文。"  # no error page of the browser
    chapter.context.set_offline(False)
    expect(line(chapter)).to_have_text(SAVED, timeout=10 * SECOND)
    assert (text_of(version), kinds(version)) == ("線の切れた間の文。", ["manual"])


@pytest.mark.parametrize(
    ("status", "words"), [(429, "短い時間に"), (503, "読み書きできません"), (500, "システムの中で")]
)
def test_it_is_retried_with_the_same_number_when_the_server_cannot(timed, version, status, words):
    sent = []

    def answer(route):
        sent.append(re.search(r"save_id=([\w-]+)", route.request.post_data)[1])
        if len(sent) > 2:
            return route.continue_()
        said = {"status": status, "message": f"{words}。"}
        return route.fulfill(status=status, json=said, headers={"Retry-After": "3"})

    timed.route("**/write/ch2/", answer)
    leave(timed, "町の文。")
    expect(line(timed)).to_contain_text(f"この画面を閉じないでください。{words}")
    timed.locator(TEXT).press_sequentially("続き")
    timed.clock.run_for(4 * SECOND)
    until(timed, lambda: len(sent) == 2)
    expect(line(timed)).to_contain_text("この画面を閉じないでください。")
    timed.clock.run_for(7 * SECOND)
    until(timed, lambda: text_of(version) == "町の文。続き")
    assert (len(sent), len(set(sent))) == (4, 2)  # the first text three times, then the newer one


def test_what_was_too_large_is_sent_when_it_is_shorter(timed, version, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 6000
    leave(timed, "長" * 1000)
    expect(line(timed)).to_contain_text("大きさを超えた")
    timed.fill(TEXT, "短い文。")
    timed.clock.run_for(8 * SECOND)
    expect(line(timed)).to_have_text(SAVED)
    assert text_of(version) == "短い文。"


def test_an_answer_that_was_lost_is_asked_for_again(timed, version):
    """The server has saved; the network broke before it could say so."""
    lost = []

    def answer(route):
        if lost or not is_letter(route):
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    timed.route("**/write/ch2/", answer)
    leave(timed, "町の文。")
    expect(line(timed)).to_contain_text("保存できていません")
    timed.clock.run_for(3 * SECOND)
    expect(line(timed)).to_have_text(SAVED)
    assert (lost[0].status, kinds(version), text_of(version)) == (200, ["auto"], "町の文。")


def test_an_example_loses_its_mark_on_the_page_as_it_does_where_it_is_stored(open_as, officer, version):
    measure = make_measure(version, kpis=["kexample01"], **{"kpis.kexample01.name": "（例）待ち時間"})
    page = open_as(officer)
    page.goto(reverse("wizard:measure", args=[version.pk, measure.key]))
    name = page.locator('[id="id_kpis.kexample01.name"]')
    name.press("End")
    page.keyboard.type("の平均")
    name.blur()
    expect(page.locator("#writing .pw-actions__status")).to_have_text(SAVED)
    expect(name).to_have_value("待ち時間の平均")
    page.wait_for_timeout(300)
    kept = Edit.objects.filter(part__key=measure.key, kind="auto")
    assert [edit.values["kpis.kexample01.name"] for edit in kept] == ["待ち時間の平均"]
