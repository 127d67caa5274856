"""入力の見直し: every answer as one reads it, with the way to its field."""

import pytest

from planwizard.plans import adoption
from tests.factories import NOW, fill, part_of
from tests.security.places import entry
from tests.wizard.screens import part_url, step_url

pytestmark = pytest.mark.django_db

ROW = "kaaaaaaaaa"


def test_answers_are_told_as_one_reads_them(client, version, member, look):
    values = {"population": "84312", "issues": [ROW], f"issues.{ROW}.title": "窓口が混む"}
    part = fill(version, "ch1", values, by=member)
    words = look(client, part_url("answers", part)).words
    assert "84,312人" in words
    assert "窓口が混む" in words


def test_what_is_required_and_blank_is_counted_and_marked(client, version, look):
    page = look(client, part_url("answers", part_of(version, "ch2")))
    marked = [node for node in page.all("div") if node.get("data-state") == "required"]
    assert marked
    assert f"空欄が {len(marked)} 項目" in page.words


def test_what_could_not_be_read_is_shown_as_it_was_typed(client, version, member, look):
    part = fill(version, "ch1", {}, as_typed={"population": "約8万"}, by=member)
    page = look(client, part_url("answers", part))
    assert "約8万" in page.words
    assert "読み取れない入力が 1 件" in page.words


@pytest.mark.parametrize(
    "key", ["basics", "ch1", "ch2", "ch3", "ch4", "ch5", "ch6-online", "ch7", "appendix"]
)
def test_every_way_to_a_field_of_a_step_ends_at_that_field(client, version, look, key):
    here = step_url(version, key)
    _assert_ends_meet(look(client, part_url("answers", part_of(version, key))), look(client, here), here)


def test_every_way_to_a_field_of_a_sheet_ends_at_that_field(client, version, member, measure, look):
    values = {"kpis": [ROW], f"kpis.{ROW}.name": "利用率", f"kpis.{ROW}.targets.2028.value": "45.5"}
    part = fill(version, measure.key, {**measure.values, **values}, by=member)
    here = part_url("measure", part)
    _assert_ends_meet(look(client, part_url("answers", part)), look(client, here), here)


def _assert_ends_meet(page, form, here) -> None:
    ids = {node.get("id") for node in form.root.iter()}
    ends = {url.partition("#")[2] for url in page_links(page) if url.startswith(f"{here}#")}
    assert ends
    assert ends - ids == set()


def page_links(page) -> list[str]:
    return [link.get("href", "") for link in page.all("a")]


def test_what_a_measure_adopted_is_among_its_answers(client, member, measure, look):
    adoption.cite(measure, entry(), by=member, at=NOW)
    page = look(client, part_url("answers", measure))
    assert entry().title in page.words


def test_the_writing_page_leads_to_the_answers(client, version, measure, look):
    for part, here in (
        (measure, part_url("measure", measure)),
        (part_of(version, "ch2"), step_url(version, "ch2")),
    ):
        assert part_url("answers", part) in page_links(look(client, here))


def test_who_only_reads_is_offered_no_change(viewer, version, look):
    page = look(viewer, part_url("answers", part_of(version, "ch2")))
    assert [link for link in page_links(page) if "#id_" in link] == []


def test_after_handing_in_the_answers_say_what_comes_next(drafter, measure):
    answer = drafter.post(part_url("hand_in", measure), follow=True)
    assert answer.redirect_chain[-1][0] == part_url("answers", measure)
    assert "このあと事務局が確かめます" in answer.content.decode()


@pytest.mark.parametrize("name", ["answers", "preview_part", "measure"])
def test_handing_in_has_one_word_for_each_role_on_every_page(client, drafter, measure, look, name):
    for browser, word, other in (
        (client, "「できた」にする", "提出"),
        (drafter, "提出する", "「できた」にする"),
    ):
        words = look(browser, part_url(name, measure)).words
        assert word in words
        assert other not in words


def test_taking_back_is_told_in_the_word_that_was_pressed(client, drafter, measure, look):
    for browser, pressed, told in (
        (drafter, "提出を取りやめる", "提出を取りやめました。"),
        (client, "「書きかけ」に戻す", "「書きかけ」に戻しました。"),
    ):
        browser.post(part_url("hand_in", measure))
        assert pressed in look(browser, part_url("answers", measure)).words
        answer = browser.post(part_url("take_in_hand", measure), follow=True)
        assert told in answer.content.decode()


def test_the_history_calls_handing_in_by_both_words(client, measure, look):
    client.post(part_url("hand_in", measure))
    assert "できた（提出）" in look(client, part_url("history", measure)).words
