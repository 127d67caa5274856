"""The map of the work: what there is to write, how far it is, and what remains."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.tenancy import acting_for
from planwizard.exports.models import ExportJob
from planwizard.plans import exchange, structure, versions
from planwizard.plans.models import Part, PlanVersion, State
from planwizard.wizard import remaining
from planwizard.wizard.confirmation import confirmation
from planwizard.wizard.tasks import map_of
from tests.factories import NOW, fill, make_measure, member_for, part_of
from tests.wizard.screens import part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

KPI = "kaaaaaaaaa"
DEMO = Path("fixtures/demo/shiomino.json")


@pytest.fixture
def here(version):
    return reverse("wizard:home", args=[version.pk])


def tasks_of(version) -> dict:
    found = map_of(version, version.created_by_id)
    every = [task for stretch in found.stretches for task in stretch.tasks]
    areas = [area for stretch in found.stretches for area in stretch.areas]
    return {task.key: task for task in (*every, *(t for area in areas for t in (area.task, *area.sheets)))}


def test_every_part_is_on_the_map_once_in_the_order_of_work(client, version, measure, here, look):
    page = look(client, here)
    listed = [node.get("id", "")[5:] for node in page.all("li") if node.get("id", "").startswith("task_")]
    areas = [pillar.part_key for pillar in version.edition.pillars]
    assert listed == [
        *("basics", "ch1", "ch5", areas[0], measure.key, *areas[1:]),
        *("ch2", "ch3", "ch4", "ch7", "appendix"),
    ]


def test_a_line_says_who_how_far_when_and_what_remains(client, version, measure, here, look):
    write(client, part_url("measure", measure), goal_statement="待たせない窓口")
    line = next(node for node in look(client, here).all("li") if node.get("id") == f"task_{measure.key}")
    words = " ".join("".join(line.itertext()).split())
    assert words.startswith("6-①-01 窓口の予約 必須 あと")
    assert "子育て支援課 職員" in words
    assert words.endswith("書きかけ")


def test_what_remains_leads_to_the_field(version, measure):
    task = tasks_of(version)[measure.key]
    assert task.remains_url.startswith(f"{part_url('measure', measure)}#id_")


def test_the_map_counts_as_the_confirmation_counts(client, version, measure, member):
    fill(version, "ch1", {"population": "84312"}, by=member, as_typed={"households": "約3万"})
    found, confirmed = map_of(version, 0), confirmation(version)
    assert (found.required_count, found.unread_count) == (confirmed.required_count, 1)


def test_an_edit_is_counted_at_once_and_so_is_what_acts_change(client, version, measure, department, member):
    def required(key):
        return tasks_of(version)[key].remains

    before = required(measure.key)
    structure.assign(measure, None, by=member)
    assert required(measure.key) != before
    structure.assign(part_of(version, measure.key), department, by=member)
    assert required(measure.key) == before
    write(client, part_url("measure", measure), goal_statement="待たせない窓口")
    assert required(measure.key) != before


def test_the_stage_of_the_version_asks_for_the_day_of_adoption(version, measure):
    before = map_of(version, 0).required_count
    PlanVersion.objects.filter(pk=version.pk).update(stage="final_draft")
    version.refresh_from_db()
    assert map_of(version, 0).required_count == before + 1


def test_only_the_basics_and_the_appendix_are_looked_at_by_other_parts(version):
    """What is remembered of a part is good while these and the part itself stand."""
    known = {"basics", "appendix", "version"}
    paths = {
        when.path.partition(":")[0]
        for sheet in version.edition.all_sheets()
        for item in every_field(sheet.fields)
        for when in (item.required_when, item.asked_when)
        if when and ":" in when.path
    }
    assert paths <= known


def every_field(fields):
    for item in fields:
        yield item
        yield from every_field(getattr(item, "fields", ()) or getattr(item, "columns", ()))


def test_what_nobody_changed_is_not_read_again(version, measure, django_assert_num_queries):
    assert version.municipality.name
    with django_assert_num_queries(2):
        remaining.forget()
        map_of(version, 0)
    with django_assert_num_queries(1):
        map_of(version, 0)


def test_done_with_something_missing_is_to_be_mended(version, member):
    structure.hand_in(part_of(version, "ch2"), by=member, at=NOW)
    assert tasks_of(version)["ch2"].state == State.TO_FIX
    structure.hand_in(part_of(version, "ch6-online"), by=member, at=NOW)
    assert tasks_of(version)["ch6-online"].state == State.DONE


def test_a_save_after_done_is_to_be_mended_until_it_is_said_again(client, version, here):
    url = step_url(version, "ch6-online")
    assert write(client, url, "go=hand_in")["Location"] == here
    assert part_of(version, "ch6-online").state == State.DONE
    write(client, url, area_lead="件数の多い順に進める。")
    assert part_of(version, "ch6-online").state == State.TO_FIX
    write(client, url, "go=hand_in")
    assert part_of(version, "ch6-online").state == State.DONE
    write(client, url, "go=take_in_hand")
    assert part_of(version, "ch6-online").state == State.STARTED


def test_a_drafter_does_not_call_done_what_the_secretariat_writes_on(client, drafter, version, measure):
    drafter.post(part_url("hand_in", measure))
    write(client, part_url("measure", measure), goal_statement="待たせない窓口")
    drafter.post(part_url("hand_in", measure))
    assert part_of(version, measure.key).state == State.TO_FIX


def test_one_goes_on_where_one_saved_last_in_this_version(client, colleague, version, here, look):
    write(client, step_url(version, "ch2"), vision="待たせない町")
    write(colleague, step_url(version, "ch3"), scope="市の全域")
    assert look(client, here).links()["続きから：2章 潮見野市官民データ活用推進計画の目的"] == step_url(
        version, "ch2"
    )


def button_on(look, here):
    found = next(node for node in look(here).all("a") if node.get("class") == "pw-button")
    return " ".join("".join(found.itertext()).split()), found.get("href")


def test_after_a_part_that_is_done_the_first_that_wants_something_is_offered(client, version, here, look):
    button = partial(button_on, partial(look, client), here)
    write(client, step_url(version, "ch1"), "go=hand_in", population="8,420")
    assert button()[0].startswith("続きから：1章")  # done, and yet something is missing
    write(client, step_url(version, "ch6-online"), "go=hand_in", area_lead="窓口から始める。")
    assert button() == ("次は：計画の基本情報", step_url(version, "basics"))


def without(version, key, *paths):
    with acting_for(version.municipality_id):
        part = part_of(version, key)
        part.values = {path: kept for path, kept in part.values.items() if path not in paths}
        part.edit_no += 1
        part.save(update_fields=["values", "edit_no"])
    return part


def test_after_a_sheet_that_is_done_the_next_sheet_and_a_new_one_are_offered(client, member, look):
    with acting_for(member.municipality):
        full = exchange.load(DEMO.read_bytes(), by=member, at=NOW).version
        sheets = Part.objects.of(full).kept().measures().order_by("-measure_no")
        first = {sheet.pillar: sheet.key for sheet in sheets}
    here = reverse("wizard:home", args=[full.pk])
    without(full, "ch2", "purpose_workload")
    wanting, done = without(full, first["open_data"], "goal_statement"), without(full, first["online"])
    write(client, part_url("measure", done), "go=hand_in")
    page = look(client, here)
    assert button_on(partial(look, client), here)[1] == part_url("measure", wanting)
    assert page.links()["施策を足す"] == reverse("wizard:measures", args=[full.pk])
    assert "（章など あと1項目、施策シート1件に あと1項目）" in page.words
    without(full, "ch1", "population")
    page = look(client, here)
    assert button_on(partial(look, client), here)[0].startswith("次は：1章")
    assert page.links()[f"次の施策：{wanting.measure_no} {wanting.title}"] == part_url("measure", wanting)


def test_where_nothing_is_missing_the_files_are_offered_and_after_them_the_checklist(client, member, look):
    with acting_for(member.municipality):
        full = exchange.load(DEMO.read_bytes(), by=member, at=NOW).version
    button = partial(button_on, partial(look, client), reverse("wizard:home", args=[full.pk]))
    url = step_url(full, "ch6-online")
    files = ("計画の Word と PDF を作る", reverse("exports:exports", args=[full.pk]))
    checklist = ("チェックリストを順に進める", reverse("compliance:next_stop", args=[full.pk]))
    write(client, url, "go=hand_in", area_lead="窓口から始める。")
    made_file(full, options={"variant": "evidence"})
    made_file(full, format="json")
    made_file(full, state="failed")
    assert button() == files
    made_file(full)
    assert button() == checklist
    write(client, url, area_lead="まず窓口から始める。")
    assert button() == checklist


def made_file(version, **facts):
    given = {"format": "docx", "requested_at": timezone.now()} | facts
    town = version.municipality_id
    with acting_for(town):
        ExportJob.objects.create(
            municipality_id=town, version=version, requested_by=version.created_by, **given
        )


def test_the_end_of_the_walk_offers_what_the_map_offers(client, version, member, here, look):
    at_map, at_end = (
        partial(button_on, partial(look, client), url) for url in (here, step_url(version, "done"))
    )
    assert at_end() == at_map() == ("続きから：計画の基本情報", step_url(version, "basics"))
    write(client, step_url(version, "ch1"), population="8,420")
    assert at_end() == at_map()
    assert at_map()[0].startswith("続きから：1章")
    write(client, step_url(version, "ch6-online"), area_lead="窓口から始める。")
    assert at_end() == at_map() == ("次は：計画の基本情報", step_url(version, "basics"))
    assert "続きから：6章① 手続オンライン化" in look(client, here).links()
    with acting_for(member.municipality):
        full = exchange.load(DEMO.read_bytes(), by=member, at=NOW).version
    at_end = button_on(partial(look, client), step_url(full, "done"))
    assert at_end == button_on(partial(look, client), reverse("wizard:home", args=[full.pk]))
    assert at_end[0] == "計画の Word と PDF を作る"


def test_a_version_that_nobody_may_write_offers_no_going_on(client, version, here, look):
    write(client, step_url(version, "ch2"), vision="待たせない町")
    versions.freeze(version)
    assert "続きから" not in look(client, here).words


def test_who_has_written_nothing_yet_is_led_to_what_is_theirs(
    colleague, drafter, viewer, measure, here, look
):
    def first(browser):
        return [node.get("href") for node in look(browser, here).all("a") if node.get("class") == "pw-button"]

    assert first(colleague)[0].endswith("/write/")
    assert first(drafter)[0].endswith("/search/?mine=1&unfinished=1")
    assert first(viewer) == []


def test_a_title_without_end_is_cut_on_the_map(version):
    made = make_measure(version, title="題" * 5000)
    assert len(tasks_of(version)[made.key].title) < 120


def test_many_sheets_are_folded_by_area_under_their_states(client, version, here, look, officer):
    for n in range(21):
        make_measure(version, title=f"施策{n}")
    first = version.parts.filter(kind="measure").order_by("position").first()
    structure.hand_in(first, by=member_for(officer), at=NOW + timedelta(days=1))
    assert "施策シート 21件（まだ 20、直しがある 1）" in look(client, here).words


def test_a_new_plan_is_begun_at_the_top_of_the_start_page(client, version, member, look):
    fill(version, "ch2", {"vision": "待たせない町"}, by=member)
    words = look(client, reverse("wizard:start")).words
    assert words.index("新しい計画を作る") < words.index("続きから")


def test_the_secretariat_finds_here_what_its_town_decides_for_all_plans(client, viewer, version, look):
    home = reverse("wizard:home", args=[version.pk])
    decided = {"わが町の用字用語", "この市町村の項目、決裁と公表の決まり"}
    assert decided <= set(look(client, home).links())
    assert not decided & set(look(viewer, home).links())


def test_what_is_done_can_be_called_done_again_without_loading_the_page_anew(client, version):
    url = step_url(version, "ch6-online")
    write(client, url, "go=hand_in", area_lead="窓口から始める。")
    open_page = sheet_on(client.get(url))
    press(client, open_page, "go=hand_in", area_lead="件数の多い順に進める。")
    assert part_of(version, "ch6-online").state == State.DONE
