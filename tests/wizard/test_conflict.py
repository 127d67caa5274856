"""Two people save one part: both texts are shown, nothing is lost, and the choice counts for what it showed."""

import pytest
from django.urls import reverse

from planwizard.plans.models import Edit, EditKind
from tests.factories import NOW, fill, part_of
from tests.inspector import complaints, parse
from tests.wizard.screens import changed, part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale(client, colleague, version):
    """The form of chapter 2, opened before a colleague saved 目指す姿."""
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    write(colleague, step_url(version, "ch2"), vision="同僚の町")
    return sheet


def choices(answer):
    """{path: side that is chosen already} of a conflict page."""
    page = parse(answer)
    radios = [node for node in page.all("input") if node.get("type") == "radio"]
    paths = dict.fromkeys(node.get("name").removeprefix("side:") for node in radios)
    return {
        path: next(
            (
                node.get("value")
                for node in radios
                if node.get("name") == f"side:{path}" and node.get("checked") is not None
            ),
            "",
        )
        for path in paths
    }


def test_a_conflict_shows_both_texts_and_who_saved(client, stale):
    answer = press(client, stale, vision="私の町")
    page = parse(answer)
    assert (answer.status_code, complaints(page)) == (409, [])
    assert "同僚 花子さんが" in page.words
    assert "私の町" in page.words
    assert "同僚の町" in page.words


def test_what_only_one_side_changed_is_chosen_already(client, stale):
    answer = press(client, stale, purpose_ebpm="私の根拠")
    assert choices(answer) == {"purpose_ebpm": "mine", "vision": "theirs"}


def test_what_both_changed_is_left_to_choose(client, stale):
    assert choices(press(client, stale, vision="私の町")) == {"vision": ""}


def test_what_the_template_put_in_counts_as_unchanged(client, colleague, version):
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    write(colleague, step_url(version, "ch2"), data_scope=["government", "private"])
    assert choices(press(client, sheet, vision="私の町")) == {"vision": "mine", "data_scope": "theirs"}


def test_merging_takes_the_chosen_sides(client, version, stale):
    conflict = press(client, stale, purpose_ebpm="私の根拠")
    answer = press(client, sheet_on(conflict), "go=merge")
    assert answer["Location"] == step_url(version, "ch2")
    values = part_of(version, "ch2").values
    assert (values["vision"], values["purpose_ebpm"]) == ("同僚の町", "私の根拠")


@pytest.mark.parametrize(("go", "left"), [("mine", "私の町"), ("theirs", "同僚の町")])
def test_one_side_can_be_taken_whole(client, version, stale, go, left):
    press(client, sheet_on(press(client, stale, vision="私の町")), f"go={go}")
    assert part_of(version, "ch2").values["vision"] == left


def test_mine_can_be_chosen_to_empty_a_field(client, colleague, version):
    write(client, step_url(version, "ch2"), vision="古い町", purpose_ebpm="古い根拠")
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    write(colleague, step_url(version, "ch2"), purpose_ebpm="新しい根拠")
    press(client, sheet_on(press(client, sheet, vision="")), "go=merge")
    values = part_of(version, "ch2").values
    assert "vision" not in values
    assert values["purpose_ebpm"] == "新しい根拠"


def test_what_could_not_be_read_is_merged_too(client, colleague, version):
    sheet = sheet_on(client.get(step_url(version, "ch1")))
    write(colleague, step_url(version, "ch1"), households="31000")
    conflict = press(client, sheet, population="約8万人")
    assert "約8万人" in conflict.content.decode()
    press(client, sheet_on(conflict), "go=merge")
    part = part_of(version, "ch1")
    assert (part.as_typed, part.values["households"]) == ({"population": "約8万人"}, "31000")


def test_rows_that_both_added_are_all_kept(client, colleague, version):
    sheets = [sheet_on(browser.get(step_url(version, "ch1"))) for browser in (client, colleague)]
    rows = {"population_projection__kmmmmmmmmm__value": "1", "population_projection": ["kmmmmmmmmm"]}
    theirs = {"population_projection__kttttttttt__value": "2", "population_projection": ["kttttttttt"]}
    press(colleague, sheets[1], **theirs)
    conflict = press(client, sheets[0], **rows)
    page = sheet_on(conflict)
    press(client, page, "go=merge", **{"side:population_projection": "mine"})
    values = part_of(version, "ch1").values
    assert values["population_projection"] == ["kmmmmmmmmm", "kttttttttt"]
    assert values["population_projection.kmmmmmmmmm.value"] == "1"
    assert values["population_projection.kttttttttt.value"] == "2"


def test_taking_mine_whole_leaves_no_row_of_theirs_behind(client, colleague, version):
    sheets = [sheet_on(browser.get(step_url(version, "ch1"))) for browser in (client, colleague)]
    press(
        colleague,
        sheets[1],
        population_projection=["kttttttttt"],
        population_projection__kttttttttt__value="2",
    )
    conflict = press(client, sheets[0], population="84312")
    press(client, sheet_on(conflict), "go=mine")
    assert not [path for path in part_of(version, "ch1").values if "projection" in path]


def test_pressing_save_again_without_choosing_conflicts_again(client, version, stale):
    answers = [press(client, stale, vision="私の町").status_code for _ in range(3)]
    assert answers == [409, 409, 409]
    assert part_of(version, "ch2").values["vision"] == "同僚の町"
    assert Edit.objects.filter(part__key="ch2", kind=EditKind.SET_ASIDE).count() == 1


def test_pressing_without_choosing_asks_again(client, version, stale):
    conflict = sheet_on(press(client, stale, vision="私の町", purpose_ebpm="私の根拠"))
    again = press(client, conflict, "go=merge")
    assert again.status_code == 409
    assert choices(again) == {"vision": "", "purpose_ebpm": "mine"}
    assert part_of(version, "ch2").values["vision"] == "同僚の町"
    press(client, sheet_on(again), "go=merge", **{"side:vision": "mine"})
    assert part_of(version, "ch2").values["vision"] == "私の町"


def test_a_third_save_in_between_conflicts_again(client, colleague, version, stale):
    conflict = press(client, stale, vision="私の町")
    write(colleague, step_url(version, "ch2"), vision="同僚の次の町")
    again = press(client, sheet_on(conflict), "go=mine")
    assert again.status_code == 409
    assert "同僚の次の町" in again.content.decode()
    assert "私の町" in again.content.decode()
    press(client, sheet_on(again), "go=mine")
    assert part_of(version, "ch2").values["vision"] == "私の町"


def test_choosing_twice_is_choosing_once(client, version, stale):
    page = sheet_on(press(client, stale, vision="私の町"))
    answers = [press(client, page, "go=mine").status_code for _ in range(2)]
    assert answers == [302, 302]
    assert part_of(version, "ch2").values["vision"] == "私の町"


def test_what_a_colleague_set_aside_cannot_be_taken(client, colleague, version, stale):
    page = sheet_on(press(client, stale, vision="私の町"))
    assert colleague.post(page.action, {**page.fields, "go": "mine"}).status_code == 428
    assert part_of(version, "ch2").values["vision"] == "同僚の町"


def test_what_was_set_aside_stays_in_the_history(client, version, stale, look):
    press(client, stale, vision="私の町")
    aside = Edit.objects.get(part__key="ch2", kind=EditKind.SET_ASIDE)
    page = look(client, part_url("history", part_of(version, "ch2")))
    assert "退避" in page.words
    assert "私の町" in look(client, part_url("edit", part_of(version, "ch2"), aside.pk)).words


def test_a_sheet_conflicts_like_a_chapter(client, colleague, version, measure):
    sheet = sheet_on(client.get(part_url("measure", measure)))
    write(colleague, part_url("measure", measure), actions="・同僚の取組")
    conflict = press(client, sheet, title="私の題")
    assert choices(conflict) == {"title": "mine", "actions": "theirs"}
    press(client, sheet_on(conflict), "go=merge")
    after = part_of(version, measure.key)
    assert (after.title, after.values["actions"]) == ("私の題", "・同僚の取組")


def test_unknown_paths_in_a_choice_are_harmless(client, version, stale):
    page = sheet_on(press(client, stale, vision="私の町"))
    client.post(page.action, {**changed(page, path=["vision", "is_frozen", "<b>"]), "go": "mine"})
    assert set(part_of(version, "ch2").values) == {"data_scope", "vision"}


def test_references_are_shown_by_name(client, colleague, version, member):
    fill(
        version,
        "ch1",
        {"issues": ["kaaaaaaaaa"], "issues.kaaaaaaaaa.title": "窓口が混む"},
        by=member,
    )
    sheet = sheet_on(client.get(step_url(version, "ch1")))
    write(colleague, step_url(version, "ch1"), population="84312")
    rows = {"issue_priority": ["kbbbbbbbbb"], "issue_priority__kbbbbbbbbb__issue": "kaaaaaaaaa"}
    page = parse(press(client, sheet, **rows))
    assert "窓口が混む" in page.words


def test_a_strangers_choice_is_not_found(stranger, version, stale):
    address = reverse("wizard:resolve", args=[version.pk, "ch2"])
    assert stranger.post(address, {"go": "mine"}).status_code == 404
    assert part_of(version, "ch2").saved_at != NOW


def test_two_tabs_of_one_person_are_two_writers(client, version):
    """The first tab's answer was slow: what the second saved meanwhile is neither lost nor overwritten."""
    first, second = (sheet_on(client.get(step_url(version, "ch2"))) for _ in range(2))
    press(client, second, vision="二つめのタブの町")
    late = press(client, first, vision="一つめのタブの町")
    assert late.status_code == 409
    again = press(client, first, vision="一つめのタブの町")  # sent once more, as nothing was heard of it
    assert again.status_code == 409
    part = part_of(version, "ch2")
    assert part.values["vision"] == "二つめのタブの町"
    assert [edit.values["vision"] for edit in part.edits.filter(kind=EditKind.SET_ASIDE)] == [
        "一つめのタブの町"
    ]
