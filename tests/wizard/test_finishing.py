"""Calling several parts done at once."""

import pytest
from django.urls import reverse

from planwizard.plans import structure, versions
from planwizard.plans.models import EditKind, State
from tests.factories import NOW, make_measure, part_of
from tests.inspector import parse
from tests.wizard.screens import step_url, write

pytestmark = pytest.mark.django_db

AREAS = ("ch6-online", "ch6-open-data", "ch6-mynumber", "ch6-divide", "ch6-standard")


@pytest.fixture
def here(version):
    return reverse("wizard:finish_parts", args=[version.pk])


@pytest.fixture
def home(version):
    return reverse("wizard:home", args=[version.pk])


def boxes(browser, here):
    """``{value: whether it is ticked}``"""
    inputs = [node for node in parse(browser.get(here)).all("input") if node.get("name") == "part"]
    return {node.get("value"): node.get("checked") is not None for node in inputs}


def test_what_misses_nothing_is_listed_and_what_was_begun_is_ticked(client, version, here):
    write(client, step_url(version, "ch6-online"), area_lead="窓口から始める。")
    write(client, step_url(version, "ch2"), vision="待たせない町")  # misses much
    found = boxes(client, here)
    assert found == {"ch6-online.1": True, **{f"{key}.0": False for key in (*AREAS[1:], "appendix")}}


def test_the_ticked_ones_are_done_and_the_message_counts_them(client, version, here, home):
    answer = client.post(here, {"part": ["ch6-online.0", "ch6-divide.0"]}, follow=True)
    assert answer.redirect_chain == [(home, 302)]
    assert "2件を「できた」にしました。" in parse(answer).words
    assert [part_of(version, key).state for key in AREAS].count(State.DONE) == 2
    assert part_of(version, "ch6-divide").edits.get().kind == EditKind.HANDED_IN


def test_what_changed_after_the_page_was_opened_stays_and_is_named(client, version, here):
    write(client, step_url(version, "ch6-online"), area_lead="窓口から始める。")
    answer = client.post(here, {"part": ["ch6-online.0", "ch6-divide.0"]}, follow=True)
    words = parse(answer).words
    assert "1件を「できた」にしました。" in words
    assert "は、一覧を開いたあとで変わったので、そのままです。" in words
    assert part_of(version, "ch6-online").state == State.STARTED


@pytest.mark.parametrize("sent", [[], ["nonsense"], ["ch6-online.x"], [".0"], ["ch9.0"]])
def test_nothing_chosen_is_asked_again(client, version, here, sent):
    answer = client.post(here, {"part": sent}, follow=True)
    assert answer.redirect_chain == [(here, 302)]
    assert "「できた」にするものを選んでください。" in parse(answer).words


def test_a_drafter_hands_in_what_is_theirs_alone(drafter, version, department, member, here):
    for key in AREAS[:2]:
        structure.assign(part_of(version, key), department, by=member)
    assert set(boxes(drafter, here)) == {"ch6-online.0", "ch6-open-data.0"}
    assert drafter.post(here, {"part": ["ch6-online.0", "ch6-divide.0"]}).status_code == 403
    assert part_of(version, "ch6-online").state == State.TODO  # all or none
    answer = drafter.post(here, {"part": ["ch6-online.0", "ch6-open-data.0"]}, follow=True)
    assert "2件を提出しました。このあと事務局が確かめます。" in parse(answer).words
    assert boxes(drafter, here) == {}


def test_a_frozen_version_calls_nothing_done(client, version, here, home):
    versions.freeze(version)
    assert boxes(client, here) == {}
    answer = client.post(here, {"part": ["ch6-online.0"]}, follow=True)
    assert "そのままです" in parse(answer).words
    assert part_of(version, "ch6-online").state == State.TODO


def test_a_deleted_part_is_not_called_done(client, version, member, here):
    measure = make_measure(version)
    structure.delete(measure, by=member, at=NOW)
    client.post(here, {"part": [f"{measure.key}.1"]})
    assert measure.edits.filter(kind=EditKind.HANDED_IN).count() == 0


def test_the_map_and_the_list_of_measures_lead_to_it(client, version, here, home):
    make_measure(version)
    write(client, step_url(version, "ch6-online"), area_lead="窓口から始める。")
    assert parse(client.get(home)).links()["必須の欄がそろった 1 件をまとめて「できた」にする"] == here
    listed = reverse("wizard:measures", args=[version.pk])
    assert parse(client.get(listed)).links()["そろったシートをまとめて「できた」にする"] == here


def test_who_only_reads_is_told_who_does_it(viewer, version, here):
    answer = viewer.get(here)
    assert answer.status_code == 403
    assert "「できた」にするのは、書く課か事務局です。" in answer.content.decode()
