"""まず小さく作る: forms ask the least, keep everything, and unfold at any time."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint.options import PLAN_TYPES
from planwizard.plans import exchange, versions
from planwizard.plans.models import Part, PlanVersion
from tests.factories import NOW, fill, make_measure, part_of
from tests.wizard.screens import part_url, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

DEMO = Path("fixtures/demo/shiomino.json")


@pytest.fixture
def small(version, member):
    versions.start_small(version, True, by=member)
    version.refresh_from_db()
    return version


@pytest.fixture
def full(member):
    """A plan with every field answered, which is then made to ask the least."""
    with acting_for(member.municipality):
        found = exchange.load(DEMO.read_bytes(), by=member, at=NOW).version
        versions.start_small(found, True, by=member)
        yield found


def held_by(part) -> dict:
    """Its answers. What is chosen from a list comes back in the order of that list; the parser of these tests keeps
    the line break after a textarea's tag where it stands in a table."""
    return {
        path: sorted(held) if isinstance(held, list) else str(held).removeprefix("\n")
        for path, held in part.values.items()
    }


def test_a_new_plan_and_the_basics_offer_the_same_types_in_the_same_words(client, version, look):
    new, basics = look(client, reverse("wizard:new_plan")), look(client, step_url(version, "basics"))
    for option in PLAN_TYPES:
        assert option.label in new.words
        assert option.label in basics.words


def test_it_is_chosen_with_a_new_plan(client, look):
    url = reverse("wizard:new_plan")
    assert "小さな町や、はじめて作るときには「まず小さく作る」をお勧めします" in look(client, url).words
    answer = client.post(url, {"title": "小さな計画", "plan_type": "standalone", "start": "small"})
    page = look(client, answer["Location"])
    assert "まず小さく作る" in page.words
    basics = sheet_on(client.get(f"{answer['Location']}write/basics/"))
    assert "foreword" not in basics.fields
    assert "plan_title" in basics.fields


def test_the_secretariat_switches_it_on_the_map(client, version, look):
    home = reverse("wizard:home", args=[version.pk])
    switch = reverse("wizard:start_small", args=[version.pk])
    client.post(switch, {"start": "small"})
    assert (
        "施策は、②オープンデータを含めて5件から始められます（いま 0 件）。施策は1件ごとに13項目ほどです。"
        in look(client, home).words
    )
    assert "vision" not in sheet_on(client.get(step_url(version, "ch2"))).fields
    client.post(switch, {"start": "all"})
    assert "vision" in sheet_on(client.get(step_url(version, "ch2"))).fields


def test_a_frozen_version_does_not_switch(client, version):
    versions.freeze(version)
    assert (
        client.post(reverse("wizard:start_small", args=[version.pk]), {"start": "small"}).status_code == 403
    )


def test_every_form_says_so_and_shows_everything_when_asked(client, small, look):
    url = step_url(small, "ch2")
    every = look(client, url).links()["この画面のすべての欄を出す"]
    sheet = sheet_on(client.get(every))
    assert "vision" in sheet.fields
    answer = write(client, every, vision="待たせない町")
    assert answer["Location"] == f"{url}?fields=all"
    assert part_of(small, "ch2").values["vision"] == "待たせない町"
    assert "すべての欄を出しています" in look(client, every).words


def test_what_is_not_shown_is_kept_by_every_form(client, full):
    parts = list(Part.objects.of(full).kept().select_related("department", "municipality"))
    assert len(parts) > 20
    for part in parts:
        url = part_url("measure", part) if part.kind == "measure" else step_url(full, part.key)
        write(client, url)
        assert held_by(part_of(full, part.key)) == held_by(part), part.key


def test_a_change_on_a_small_form_changes_that_alone(client, full):
    before = held_by(part_of(full, "ch2"))
    write(client, step_url(full, "ch2"), purpose_workload="転記をなくす。")
    assert held_by(part_of(full, "ch2")) == before | {"purpose_workload": "転記をなくす。"}


def test_a_row_added_on_a_small_form_leaves_the_others_whole(client, full):
    part = Part.objects.of(full).kept().measures().first()
    before = held_by(part)
    write(client, part_url("measure", part), "act=add:kpis")
    after = held_by(part_of(full, part.key))
    assert {path: after[path] for path in before if path != "kpis"} == {
        path: value for path, value in before.items() if path != "kpis"
    }
    assert len(after["kpis"]) == len(before["kpis"]) + 1


def test_what_could_not_be_read_in_a_hidden_field_is_told_with_the_way_to_it(client, small, member, look):
    fill(small, "ch1", {}, by=member, as_typed={"households": "約3万"})
    page = look(client, step_url(small, "ch1"))
    assert [to for to in page.links().values() if to.endswith("#id_households")] == [
        "?fields=all#id_households"
    ]
    write(client, step_url(small, "ch1"), population="84,312")
    assert part_of(small, "ch1").as_typed == {"households": "約3万"}


def test_the_confirmation_leads_to_fields_that_the_form_hides(client, small, look):
    links = look(client, step_url(small, "done")).links()
    assert (
        links["目指す姿を入力してください。"] == f"{step_url(small, 'ch2')}?fields=all&check=fields#id_vision"
    )


def test_where_files_are_made_the_way_leads_to_the_day_of_the_decision_that_the_form_hides(
    client, small, look
):
    leading = f"{step_url(small, 'basics')}?fields=all#id_adopted_on"
    links = look(client, reverse("exports:exports", args=[small.pk])).links()
    assert links["基本情報の策定年月日"] == leading
    assert "adopted_on" in sheet_on(client.get(leading)).fields


def test_going_on_passes_what_asks_nothing(client, small):
    answer = write(client, step_url(small, "ch5"), "go=next")
    assert answer["Location"] == reverse("wizard:measures", args=[small.pk])


def test_the_next_version_goes_on_as_small(client, small, member):
    copy = versions.copy_version(small, label="第2版", stage="draft", by=member, at=NOW)
    assert PlanVersion.objects.get(pk=copy.pk).is_small_start


def test_it_is_no_part_of_the_plan_as_a_file(small, member):
    make_measure(small)
    assert "small" not in json.dumps(exchange.to_json(small), default=str)


def test_the_start_that_is_recommended_is_chosen_already(client, version, look):
    page = look(client, reverse("wizard:new_plan"))
    chosen = [node.get("value") for node in page.all("input") if node.get("checked") is not None]
    assert chosen == ["standalone", "small"]
