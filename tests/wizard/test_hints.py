"""書き方の案内: seen by who may read, made by who may write, never in the way of a save."""

from __future__ import annotations

import pytest
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.plans.models import DictionaryWord, PlanVersion, SilencedRule
from tests.factories import fill, make_measure, make_municipality, member_for, part_of
from tests.wizard.screens import part_url, step_url, write

pytestmark = pytest.mark.django_db
TEXT = "本市は、サーバを3ヶ所に置く。市民および事業者が使う。"
MENDED = "本市は、サーバーを3か所に置く。市民及び事業者が使う。"


@pytest.fixture
def chapter(version, officer):
    return fill(version, "ch2", {"ch2_text": TEXT}, by=member_for(officer))


def mend(client, part, fix, **more):
    sent = {"edit_no": part.edit_no, "save_id": "11111111-1111-4111-8111-111111111111", "fix": fix, **more}
    return client.post(part_url("hints", part), sent)


def text_of(part):
    return part_of(part.version, part.key).values["ch2_text"]


def test_the_page_of_a_part_lists_hints_with_links_to_their_field(client, chapter, look):
    look(client, part_url("hints", chapter))
    body = client.get(part_url("hints", chapter)).content.decode()
    assert "3 件あります" in body
    assert f"{step_url(chapter.version, 'ch2')}#id_ch2_text" in body


def test_a_safe_fix_is_saved_as_an_edit_of_its_own(client, chapter):
    at = TEXT.index("サーバ")
    answer = mend(client, chapter, f"ch2_text {at} W-06")
    assert answer.url == part_url("hints", chapter)
    assert text_of(chapter) == TEXT.replace("サーバを", "サーバーを")
    assert chapter.edits.count() == 3  # begun, filled in, mended


def test_all_safe_fixes_are_one_save(client, chapter):
    mend(client, chapter, "all")
    assert text_of(chapter) == MENDED
    assert chapter.edits.count() == 3  # begun, filled in, mended


@pytest.mark.parametrize("fix", ["", "ch2_text 4 W-02", "ch2_text 999 W-06", "nothing 4 W-06", "ch2_text"])
def test_a_place_that_is_none_changes_nothing(client, chapter, fix):
    assert mend(client, chapter, fix).status_code == 302
    assert text_of(chapter) == TEXT


def test_a_fix_of_an_older_text_meets_the_conflict(client, chapter, officer):
    fill(chapter.version, "ch2", {"ch2_text": f"{TEXT}窓口を開く。"}, by=member_for(officer))
    assert mend(client, chapter, "all").status_code == 409
    assert text_of(chapter) == f"{TEXT}窓口を開く。"


def test_a_page_that_does_not_say_what_it_showed_is_read_again(client, chapter):
    assert mend(client, chapter, "all", edit_no="").status_code == 428


def test_a_frozen_part_has_hints_but_no_buttons(client, chapter):
    PlanVersion.objects.filter(pk=chapter.version_id).update(is_frozen=True)
    chapter.version.parts.update(is_frozen=True)
    assert 'name="fix"' not in client.get(part_url("hints", chapter)).content.decode()
    assert mend(client, chapter, "all").status_code == 409


def test_a_viewer_reads_and_does_not_write(viewer, chapter):
    assert 'name="fix"' not in viewer.get(part_url("hints", chapter)).content.decode()
    assert mend(viewer, chapter, "all").status_code == 403


def test_beside_the_form_each_field_has_its_own_hints(client, version, officer):
    measure = make_measure(version, title="サーバの更新", goal_statement="窓口を3ヶ所にする。")
    body = client.get(part_url("hints_beside", measure)).content.decode()
    assert 'data-path="title"' in body
    assert 'data-path="goal_statement"' in body
    assert 'data-fix="サーバー"' in body


def test_the_fix_of_a_title_is_saved_with_its_column(client, version):
    measure = make_measure(version, title="サーバの更新")
    mend(client, measure, "title 0 W-06")
    assert part_of(version, measure.key).title == "サーバーの更新"


def test_the_whole_plan_is_listed_and_led_to_from_confirmation(client, chapter, look):
    address = reverse("wizard:plan_hints", args=[chapter.version_id])
    assert address in client.get(step_url(chapter.version, "done")).content.decode()
    look(client, address)
    assert part_url("hints", chapter) in client.get(address).content.decode()


def test_a_plan_without_hints_says_so(client, version):
    assert (
        "見つかりませんでした" in client.get(reverse("wizard:plan_hints", args=[version.pk])).content.decode()
    )


def test_what_is_written_is_shown_as_text(client, version, officer):
    fill(version, "ch2", {"ch2_text": "<b>サーバ</b>\"'を置く。"}, by=member_for(officer))
    for name in ("hints", "hints_beside"):
        body = client.get(part_url(name, part_of(version, "ch2"))).content.decode()
        assert "<b>" not in body
        assert "&lt;b&gt;" in body


def test_hints_never_stand_in_the_way_of_saving(client, version):
    assert write(client, step_url(version, "ch2"), ch2_text=TEXT).status_code == 302
    assert part_of(version, "ch2").values["ch2_text"] == TEXT


def test_the_towns_words_and_switches_count_in_that_town_alone(client, chapter):
    town = chapter.municipality
    DictionaryWord.objects.create(municipality=town, wrong="市民", right="住民", note="令和8年の庁議")
    SilencedRule.objects.create(municipality=town, rule="W-06")
    with acting_for(make_municipality("993018")):
        DictionaryWord.objects.create(municipality=make_municipality("993018"), wrong="本市", right="本町")
    body = client.get(part_url("hints", chapter)).content.decode()
    assert "わが町では「市民」を「住民」と書きます（令和8年の庁議）。" in body
    assert "サーバー" not in body
    assert "本町" not in body
