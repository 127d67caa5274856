"""What one can read before one starts: the whole work, and everything it asks."""

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.values import is_entered
from planwizard.plans import versions
from planwizard.wizard.questions import asked_of, topics

pytestmark = pytest.mark.django_db
ONLY_REQUIRED = "/help/questions/?only=required"


def test_everything_that_is_asked_is_listed(look):
    words = look(Client(), reverse("wizard:questions")).words
    for sheet in edition(CURRENT).all_sheets():
        if sheet.kind != "area" and sheet.key != "free":
            assert [item.label for item in sheet.fields if is_entered(item) and item.label not in words] == []


def test_each_topic_names_the_documents_to_have_at_hand():
    assert [
        topic.title for _, found in topics(edition(CURRENT)) for topic in found if not topic.at_hand
    ] == []


def test_marks_are_those_of_the_template():
    found = {
        each.label: each
        for _, some in topics(edition(CURRENT))
        for topic in some
        for _, q in topic.sets
        for each in q
    }
    assert (found["計画名"].mark, found["目指す姿"].mark) == ("◎", "○")
    assert "指標名◎" in found["成果指標（KPI）"].columns


def test_help_and_what_is_asked_are_linked_where_one_begins(client, version, look):
    asked = reverse("wizard:questions")
    pages = (reverse("wizard:help"), reverse("wizard:new_plan"), reverse("wizard:home", args=[version.pk]))
    assert all(asked in look(client, url).links().values() for url in pages)
    assert ONLY_REQUIRED in look(client, reverse("wizard:new_plan")).links().values()
    assert look(Client(), reverse("accounts:sign_in")).links()["使い方"] == reverse("wizard:help")


def test_a_small_plan_is_asked_the_required_alone(look):
    every, least = look(Client(), reverse("wizard:questions")), look(Client(), ONLY_REQUIRED)
    assert "目指す姿" in ["".join(node.itertext()) for node in every.all("strong")]
    assert "目指す姿" not in ["".join(node.itertext()) for node in least.all("strong")]
    asked = asked_of(edition(CURRENT), only_required=True)
    assert {each.mark for topic in asked.topics for _, found in topic.sets for each in found} == {"◎"}
    assert f"◎ {asked.once}項目と、施策1件ごとに{asked.of_each_measure}項目ほど" in least.words
    assert asked.of_each_measure == 13  # ten of every sheet, three more of one for procedures


def test_documents_and_contents_with_their_counts_come_first(look):
    page = look(Client(), reverse("wizard:questions"))
    assert [h2.text for h2 in page.all("h2")][:2] == ["はじめに手元に置く資料", "目次"]
    ids = {node.get("id") for node in page.all("h3")}
    linked = [link for link in page.links().values() if link.startswith("#ask_")]
    assert {link.removeprefix("#") for link in linked} == ids


def test_each_choice_leads_to_the_other_and_says_which_is_shown(look):
    for address, shown in ((reverse("wizard:questions"), "すべて"), (ONLY_REQUIRED, "まず小さく作る分だけ")):
        [current] = [node for node in look(Client(), address).all("a") if node.get("aria-current") == "page"]
        assert current.text.startswith(shown)


def test_who_has_signed_in_reads_it_in_the_name_of_the_town(client, look):
    words = look(client, reverse("wizard:questions")).words
    assert "潮見野市の現状及び課題" in words
    assert "○○市" not in words


def test_a_plan_that_starts_small_leads_to_what_it_is_asked(client, version, member, look):
    home = reverse("wizard:home", args=[version.pk])
    assert ONLY_REQUIRED not in look(client, home).links().values()
    versions.start_small(version, True, by=member)
    assert ONLY_REQUIRED in look(client, home).links().values()
