"""The order of the work: every step leads to the next one, and the list of measures is one of them."""

from pathlib import Path

import pytest
from django.urls import reverse

from planwizard.plans import exchange, structure
from planwizard.plans.models import Part
from planwizard.wizard.navigation import MEASURES, steps_of
from planwizard.wizard.tasks import map_of
from tests.factories import NOW, fill, make_measure, part_of
from tests.inspector import parse
from tests.wizard.screens import part_url, step_url, write

pytestmark = pytest.mark.django_db

DEMO = Path("fixtures/demo/shiomino.json")


def list_url(version):
    return reverse("wizard:measures", args=[version.pk])


def state_of_the_list(version) -> str:
    return next(step.state_words for step in steps_of(version) if step.key == MEASURES)


def test_whoever_always_goes_on_comes_by_the_measures_to_the_confirmation(client, version):
    way, address = [], step_url(version, "basics")
    while address != step_url(version, "done"):
        way.append(address)
        if address == list_url(version):
            links = parse(client.get(address)).links().items()
            address = next(to for words, to in links if words.startswith("次へ"))
        else:
            address = write(client, address, "go=next")["Location"]
    areas = [pillar.part_key for pillar in version.edition.pillars]
    before, after = ["basics", "ch1", "ch5", *areas], ["ch2", "ch3", "ch4", "ch7", "appendix"]
    steps = [step_url(version, key) for key in (*before, *after)]
    assert way == [*steps[: len(before)], list_url(version), *steps[len(before) :]]


def test_every_step_has_its_place_in_the_order_of_work(version):
    named = [key for phase in version.edition.phases for key in phase.part_keys]
    assert sorted(named) == sorted(sheet.key for sheet in version.edition.sheets)


def test_another_order_of_chapters_is_another_numbering_and_the_same_order_of_work(version, member):
    before = [step.key for step in steps_of(version)]
    structure.order_chapters(version, ["ch6", "ch1"], by=member)
    steps = steps_of(version)
    assert [step.key for step in steps] == before
    assert {step.key: step.number for step in steps if step.key in ("ch1", "ch6-online", "ch2")} == {
        "ch6-online": "1章①",
        "ch1": "2章",
        "ch2": "3章",
    }


def test_a_chapter_of_the_town_is_written_before_the_appendix(version, member):
    added = structure.add_free_chapter(version, "防災", by=member)
    assert [step.key for step in steps_of(version)][-2:] == [added.key, "appendix"]


def test_the_way_back_passes_the_list_too(client, version):
    links = parse(client.get(step_url(version, "ch2"))).links()
    assert links["前の画面（保存せずに戻る）"] == list_url(version)


def test_the_list_counts_the_sheets_that_the_map_shows_as_done(client, version, member):
    assert state_of_the_list(version) == "まだありません"
    called_done = make_measure(version)  # and it misses much
    structure.hand_in(called_done, by=member, at=NOW)
    structure.delete(make_measure(version), by=member, at=NOW)
    assert state_of_the_list(version) == "1件のうち0件ができた"
    assert "1件のうち0件ができた" in parse(client.get(part_url("measure", called_done))).words


def test_the_list_follows_every_edit_and_asks_nothing_until_there_is_one(
    version, member, django_assert_num_queries
):
    loaded = exchange.load(DEMO.read_bytes(), by=member, at=NOW).version
    first, *others = Part.objects.of(loaded).measures().in_order()
    structure.hand_in_each([(part, part.edit_no) for part in (first, *others)], by=member, at=NOW)
    count = len(others) + 1
    assert state_of_the_list(loaded) == f"{count}件のうち{count}件ができた"
    with django_assert_num_queries(1):
        steps_of(loaded)
    fill(loaded, first.key, {"goal_statement": "待たせない窓口"}, by=member)
    structure.assign(others[0], None, by=member)  # without an edit
    loaded.refresh_from_db()
    assert state_of_the_list(loaded) == f"{count}件のうち{count - 2}件ができた"


def test_the_list_is_no_chapter_to_retitle(client, version, look):
    page = look(client, reverse("wizard:chapters", args=[version.pk]))
    assert "施策シートの一覧" not in [" ".join(node.itertext()).strip() for node in page.all("h2")]
    assert part_of(version, "ch7").title


def test_the_steps_say_of_each_part_what_the_map_says(client, version, member):
    for key in ("ch2", "ch6-online"):
        structure.hand_in(part_of(version, key), by=member, at=NOW)
    steps = {step.key: step.state_words for step in steps_of(version)}
    assert (steps["ch2"], steps["ch6-online"], steps["ch6-divide"]) == ("直しがある", "できた", "任意")
    found = map_of(version, 0)
    areas = [area.task for stretch in found.stretches for area in stretch.areas]
    tasks = [*areas, *(task for stretch in found.stretches for task in stretch.tasks)]
    assert {task.key: task.state_words for task in tasks} == {
        key: words for key, words in steps.items() if key != MEASURES
    }


def test_what_was_called_done_is_looked_at_once_for_each_edit(version, member, django_assert_num_queries):
    structure.hand_in(part_of(version, "ch2"), by=member, at=NOW)
    steps_of(version)
    with django_assert_num_queries(1):
        steps_of(version)


def test_a_sheet_that_was_called_done_and_misses_something_is_to_be_mended_on_every_page(
    client, version, member
):
    sheet = make_measure(version)
    structure.hand_in(sheet, by=member, at=NOW)
    for address in (list_url(version), part_url("measure", sheet)):
        chips = [
            node.text for node in parse(client.get(address)).all("span") if node.get("class") == "pw-chip"
        ]
        assert "直しがある" in chips, address
