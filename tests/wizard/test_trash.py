"""削除したもの, and the pages that ask before something far-reaching is done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from planwizard.plans import structure, versions
from planwizard.plans.models import Edit, EditKind, Part
from tests.factories import make_measure, part_of
from tests.wizard.screens import part_url, press, sheet_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def trash(version):
    return reverse("wizard:trash", args=[version.pk])


def delete(part, member, *, days_ago: float = 0):
    structure.delete(part, by=member, at=timezone.now() - timedelta(days=days_ago))


def test_a_measure_is_deleted_only_after_a_page_that_says_what_that_means(client, version, measure, look):
    page = look(client, part_url("delete_measure", measure))
    assert page.text("h1") == "「6-①-01 窓口の予約」を削除しますか"
    assert "元に戻せます" in page.words
    assert part_of(version, measure.key).deleted_at is None
    press(client, sheet_on(client.get(part_url("delete_measure", measure))), "")
    assert part_of(version, measure.key).deleted_at is not None


def test_a_free_chapter_is_asked_about_and_a_fixed_one_is_never_deleted(client, version, look, member):
    part = structure.add_free_chapter(version, "防災", by=member)
    look(client, part_url("delete_chapter", part))
    client.post(part_url("delete_chapter", part))
    assert part_of(version, part.key).deleted_at is not None
    for key in ("ch2", "basics", "ch6-online"):
        assert client.post(part_url("delete_chapter", part_of(version, key))).status_code == 404
        assert part_of(version, key).deleted_at is None


def test_the_list_says_who_deleted_what_when_and_how_long_it_is_kept(
    client, version, member, measure, look, trash
):
    delete(measure, member, days_ago=3)
    words = look(client, trash).words
    assert "6-①-01 窓口の予約" in words
    assert member.user.name in words
    assert "あと 86 日" in words


def test_what_is_taken_back_is_whole_and_leaves_the_list(client, version, member, measure, look, trash):
    delete(measure, member)
    client.post(part_url("take_back_measure", measure))
    assert part_of(version, measure.key).deleted_at is None
    assert "元に戻せるものはありません" in look(client, trash).words


def test_after_ninety_days_it_is_no_longer_offered_and_nothing_is_lost(
    client, version, member, measure, look, trash
):
    delete(measure, member, days_ago=91)
    assert "元に戻せるものはありません" in look(client, trash).words
    assert client.post(part_url("take_back_measure", measure)).status_code == 404
    structure.take_back(part_of(version, measure.key), by=member, at=timezone.now())
    assert part_of(version, measure.key).deleted_at is not None
    assert Edit.objects.filter(part=measure, kind=EditKind.DELETED).exists()


def test_who_only_reads_sees_the_list_without_buttons(viewer, member, measure, look, trash):
    delete(measure, member)
    page = look(viewer, trash)
    assert part_url("take_back_measure", measure) not in [form.get("action") for form in page.all("form")]


def test_the_page_before_renumbering_names_what_will_change(client, version, look, member):
    make_measure(version, title="一")
    structure.move_measure(make_measure(version, title="二"), by_places=-1, by=member)
    page = look(client, reverse("wizard:renumber_measures", args=[version.pk]))
    assert page.text("h1") == "2件の施策番号を変えますか"
    assert "6-①-02 → 6-①-01" in page.words
    assert list(Part.objects.of(version).measures().in_order().values_list("measure_no", flat=True)) == [
        "6-①-02",
        "6-①-01",
    ]


@pytest.mark.parametrize("name", ["delete_measure", "renumber_measures"])
def test_a_frozen_version_asks_nothing(client, version, measure, name):
    versions.freeze(version)
    arguments = [version.pk, measure.key] if name == "delete_measure" else [version.pk]
    assert client.get(reverse(f"wizard:{name}", args=arguments)).status_code == 403
