"""What one can read before one starts: the whole work, and everything it asks."""

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.values import is_entered
from planwizard.wizard.questions import topics

pytestmark = pytest.mark.django_db


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
    assert look(Client(), reverse("accounts:sign_in")).links()["使い方"] == reverse("wizard:help")
