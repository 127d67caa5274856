"""確認 names what is open, and each of its links opens the very field."""

import pytest
from django.urls import reverse

from planwizard.plans import structure
from tests.factories import NOW, fill, make_measure
from tests.inspector import parse
from tests.wizard.screens import part_url, step_url, write

pytestmark = pytest.mark.django_db

KPI, ISSUE, ROW = "kaaaaaaaaa", "kbbbbbbbbb", "kccccccccc"


def links_of(client, version):
    """``{page: [field]}`` of all links of the confirmation that lead to a field."""
    found = {}
    for address in parse(client.get(step_url(version, "done"))).links().values():
        page, _, field = address.partition("#")
        if field.startswith("id_"):
            found.setdefault(page.partition("?")[0], []).append(field)
    return found


def dead_links(client, version):
    dead = []
    for page, fields in links_of(client, version).items():
        ids = {node.get("id") for node in parse(client.get(page)).root.iter()}
        dead += [f"{page}#{field}" for field in fields if field not in ids]
    return dead


def test_every_link_of_a_blank_plan_opens_its_field(client, version):
    sheets = {
        part_url("measure", make_measure(version, pillar.key, title="")) for pillar in version.edition.pillars
    }
    assert sheets | {step_url(version, key) for key in ("basics", "ch1", "ch7")} <= set(
        links_of(client, version)
    )
    assert dead_links(client, version) == []


def test_every_link_of_a_combined_plan_with_begun_rows_opens_its_field(client, version, member):
    fill(version, "basics", {"plan_type": "combined"}, by=member)
    fill(version, "ch1", {"issues": [ISSUE], f"issues.{ISSUE}.title": "窓口が混む"}, by=member)
    values = {"kpis": [KPI, ROW], f"kpis.{KPI}.name": "利用率", "issues": ["kzzzzzzzzz"]}
    typed = {f"kpis.{KPI}.targets.2028.value": "約5割", f"kpis.{ROW}.baseline_value": "不明"}
    measure = make_measure(version)
    fill(version, measure.key, values, by=member, as_typed=typed)
    fields = {field for found in links_of(client, version).values() for field in found}
    assert {f"id_{path}" for path in typed} <= fields
    assert dead_links(client, version) == []


def test_years_outside_the_period_are_still_reached(client, version, member):
    measure = make_measure(version, kpis=[KPI])
    fill(version, measure.key, {}, by=member, as_typed={f"kpis.{KPI}.targets.2030.value": "約5割"})
    fill(version, "basics", {"period_end_fy": 2028}, by=member)
    assert f"id_kpis.{KPI}.targets.2030.value" in str(links_of(client, version))
    assert dead_links(client, version) == []


def test_a_field_that_was_named_leads_back_once_it_is_saved(client, version, measure):
    done = step_url(version, "done")
    for url, typed in (
        (step_url(version, "ch2"), {"purpose_workload": "転記をなくす。"}),
        (part_url("measure", measure), {"goal_statement": "待たせない窓口"}),
    ):
        named = next(each for each in parse(client.get(done)).links().values() if each.startswith(f"{url}?"))
        page = named.partition("#")[0]
        assert "保存して確認へ戻る" in parse(client.get(page)).words
        assert write(client, page, **typed)["Location"] == page  # stays on this way
        assert write(client, page, "go=next_check")["Location"] == done
    assert "保存して確認へ戻る" not in parse(client.get(step_url(version, "ch2"))).words


def test_a_filled_field_is_named_no_more(client, version):
    before = links_of(client, version)[step_url(version, "ch2")]
    write(client, step_url(version, "ch2"), vision="待たせない町")
    after = links_of(client, version)[step_url(version, "ch2")]
    assert set(before) - set(after) == {"id_vision"}


def test_contradictory_years_are_named_with_their_field(client, version, member):
    fill(version, "basics", {"period_start_fy": 2031, "period_end_fy": 2027}, by=member)
    assert "合わない入力" in parse(client.get(step_url(version, "done"))).words
    assert dead_links(client, version) == []


def test_what_is_missing_never_hinders_the_downloads(client, version, look):
    links = look(client, step_url(version, "done")).links().values()
    assert reverse("exports:exports", args=[version.pk]) in links


def test_a_deleted_measure_is_named_no_more(client, version, member):
    measure = make_measure(version, title="やめた施策")
    structure.delete(measure, by=member, at=NOW)
    assert "やめた施策" not in parse(client.get(step_url(version, "done"))).words
