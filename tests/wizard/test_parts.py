"""A part as a whole: handing in, history and the way back, 下書きを作る, and versions."""

from uuid import uuid4

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.manuscript.drafting import draft
from planwizard.plans import versions
from planwizard.plans.models import Edit, Part, PlanVersion, State
from planwizard.plans.read import content_of
from tests.factories import NOW, client_of, fill, make_user, part_of
from tests.inspector import parse
from tests.wizard.screens import part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(version):
    return part_of(version, "ch2")


def texts(part):
    """The chapter's text in each edit, the oldest first."""
    return [edit.values.get("ch2_text") for edit in part.edits.order_by("at", "edit_no") if edit.edit_no]


def to_restore(client, part, edit):
    """The form of the page that asks before an earlier edit comes back."""
    return sheet_on(client.get(part_url("restore", part, edit.pk)))


# Handing in


def test_a_drafter_hands_in_takes_back_and_writes_on(drafter, version, measure):
    here = part_url("measure", measure)
    answer = drafter.post(part_url("hand_in", measure))
    assert answer["Location"] == part_url("answers", measure)
    assert part_of(version, measure.key).state == State.DONE
    assert drafter.get(here)["Location"] == part_url("preview_part", measure)
    assert drafter.post(part_url("take_in_hand", measure))["Location"] == here
    write(drafter, here, title="直した題")
    assert part_of(version, measure.key).title == "直した題"


def test_the_preview_offers_handing_in_and_then_taking_back(drafter, measure):
    def actions():
        page = parse(drafter.get(part_url("preview_part", measure)))
        return {form.get("action") for form in page.all("form")}

    assert part_url("hand_in", measure) in actions()
    drafter.post(part_url("hand_in", measure))
    assert part_url("take_in_hand", measure) in actions()


@pytest.mark.parametrize("name", ["ch2", "measure"])
def test_what_was_typed_is_saved_and_handed_in_with_one_press(client, version, measure, name):
    found = measure if name == "measure" else part_of(version, name)
    here, field = (
        (part_url("measure", found), "goal_statement")
        if name == "measure"
        else (step_url(version, name), "vision")
    )
    answer = write(client, here, "go=hand_in", **{field: "待たせない町"})
    after = part_of(version, found.key)
    assert answer["Location"] == reverse("wizard:home", args=[version.pk])
    assert (after.values[field], after.state) == ("待たせない町", State.DONE)
    assert write(client, here, "go=take_in_hand", **{field: "待たせない市役所"})["Location"] == here
    after = part_of(version, found.key)
    assert (after.values[field], after.state, after.handed_in_at) == ("待たせない市役所", State.STARTED, None)


def test_what_cannot_be_read_is_not_handed_in(client, version):
    answer = write(client, step_url(version, "ch1"), "go=hand_in", population="約8万")
    assert answer["Location"] == step_url(version, "ch1")
    assert part_of(version, "ch1").state == State.STARTED


def test_the_confirmation_names_what_only_waits_to_be_handed_in(client, version, member, look):
    def waiting():
        page = look(client, step_url(version, "done"))
        return "必須の欄がそろった部分" in page.words

    assert not waiting()
    begun = fill(version, "ch6-online", {"area_lead": "件数の多い順に進める。"}, by=member)
    assert waiting()
    client.post(part_url("hand_in", begun))
    assert not waiting()


def test_handing_in_is_in_the_history(drafter, measure, look):
    drafter.post(part_url("hand_in", measure))
    assert "提出" in look(drafter, part_url("history", measure)).words


def test_the_preview_asks_the_secretariat_as_the_form_does(client, version, measure):
    here = part_url("preview_part", measure)
    assert "「できた」にする" in client.get(here).content.decode()
    client.post(part_url("hand_in", measure))
    assert "「書きかけ」に戻す" in client.get(here).content.decode()


@pytest.mark.parametrize("act", ["hand_in", "take_in_hand"])
def test_who_does_not_write_a_part_hands_nothing_in(viewer, drafter, stranger, client, part, act):
    assert [person.post(part_url(act, part)).status_code for person in (viewer, drafter, stranger)] == [
        403,
        403,
        404,
    ]
    assert client.get(part_url(act, part)).status_code == 405
    assert part_of(part.version, "ch2").handed_in_at is None


def test_a_frozen_part_is_neither_handed_in_nor_taken_back(client, version, part):
    client.post(part_url("hand_in", part))
    versions.freeze(version)
    client.post(part_url("take_in_hand", part))
    assert part_of(version, "ch2").handed_in_at is not None


# History


def test_an_earlier_text_is_restored_and_the_later_one_stays_in_the_history(client, version, part):
    for text in ("はじめの文。", "あとの文。"):
        write(client, step_url(version, "ch2"), ch2_text=text)
    first = part.edits.get(edit_no=1)
    answer = press(client, to_restore(client, part, first), "")
    assert answer["Location"] == step_url(version, "ch2")
    assert part_of(version, "ch2").values["ch2_text"] == "はじめの文。"
    assert texts(part) == ["はじめの文。", "あとの文。", "はじめの文。"]


def test_what_could_not_be_read_is_restored_as_it_was_typed(client, version):
    write(client, step_url(version, "ch1"), population="約8万人")
    write(client, step_url(version, "ch1"), population="84312")
    part = part_of(version, "ch1")
    press(client, to_restore(client, part, part.edits.get(edit_no=1)), "")
    assert part_of(version, "ch1").as_typed == {"population": "約8万人"}


def test_a_measures_title_is_restored_too(client, version, measure):
    for title in ("一つめの題", "二つめの題"):
        write(client, part_url("measure", measure), title=title)
    press(client, to_restore(client, measure, measure.edits.get(edit_no=1)), "")
    assert part_of(version, measure.key).title == "一つめの題"


def test_restoring_what_a_colleague_changed_meanwhile_shows_both(client, colleague, version, part):
    write(client, step_url(version, "ch2"), ch2_text="はじめの文。")
    write(client, step_url(version, "ch2"), ch2_text="あとの文。")
    sheet = to_restore(client, part, part.edits.get(edit_no=1))
    write(colleague, step_url(version, "ch2"), ch2_text="同僚の文。")
    answer = press(client, sheet, "")
    assert answer.status_code == 409
    assert part_of(version, "ch2").values["ch2_text"] == "同僚の文。"


def test_only_who_writes_restores(viewer, drafter, stranger, client, version, part):
    write(client, step_url(version, "ch2"), ch2_text="はじめの文。")
    write(client, step_url(version, "ch2"), ch2_text="あとの文。")
    sheet = to_restore(client, part, part.edits.get(edit_no=1))
    people = (viewer, drafter, stranger)
    assert [person.post(sheet.action, sheet.fields).status_code for person in people] == [403, 403, 404]
    assert part_of(version, "ch2").values["ch2_text"] == "あとの文。"


def test_an_edit_of_another_part_is_not_found_here(client, version, part):
    write(client, step_url(version, "ch3"), ch3_text="3章の文。")
    other = part_of(version, "ch3").edits.get(edit_no=1)
    assert client.get(part_url("edit", part, other.pk)).status_code == 404
    sent = {"edit_no": "0", "save_id": str(uuid4())}
    assert client.post(part_url("restore", part, other.pk), sent).status_code == 404


def test_restoring_on_a_frozen_version_refuses(client, version, part):
    write(client, step_url(version, "ch2"), ch2_text="はじめの文。")
    write(client, step_url(version, "ch2"), ch2_text="あとの文。")
    sheet = to_restore(client, part, part.edits.get(edit_no=1))
    versions.freeze(version)
    assert press(client, sheet, "").status_code == 409
    assert part_of(version, "ch2").values["ch2_text"] == "あとの文。"


# 下書きを作る


@pytest.fixture
def answered(version, member):
    """Chapter 2 with answers to draft from, and no text yet."""
    return fill(version, "ch2", {"vision": "待たせない町", "purpose_ebpm": "根拠に基づく政策立案"}, by=member)


def drafted(version):
    return draft(content_of(version), "ch2")


def test_looking_at_a_draft_changes_nothing(client, version, answered, look):
    page = look(client, part_url("draft", answered))
    assert "待たせない町" in page.words
    assert "ch2_text" not in part_of(version, "ch2").values


def test_a_draft_is_taken_over_by_a_press(client, version, answered):
    answer = write(client, part_url("draft", answered), "go=replace")
    assert answer["Location"] == f"{step_url(version, 'ch2')}#id_ch2_text"
    assert part_of(version, "ch2").values["ch2_text"] == drafted(version)


def test_a_standing_text_is_shown_and_only_replaced_by_its_own_button(client, version, answered, look):
    write(client, step_url(version, "ch2"), ch2_text="手で書いた文。")
    page = look(client, part_url("draft", answered))
    buttons = sheet_on(client.get(part_url("draft", answered))).buttons
    assert "手で書いた文。" in page.words
    assert {("go", "replace"), ("go", "append")} <= buttons
    write(client, part_url("draft", answered), "go=append")
    assert part_of(version, "ch2").values["ch2_text"] == f"手で書いた文。\n\n{drafted(version)}"


def test_what_a_draft_replaced_stays_and_comes_back(client, version, answered):
    write(client, step_url(version, "ch2"), ch2_text="手で書いた文。")
    by_hand = answered.edits.order_by("-edit_no")[0]
    write(client, part_url("draft", answered), "go=replace")
    assert part_of(version, "ch2").values["ch2_text"] == drafted(version)
    press(client, to_restore(client, answered, by_hand), "")
    assert part_of(version, "ch2").values["ch2_text"] == "手で書いた文。"


def test_the_other_answers_are_left_alone(client, version, answered):
    write(client, part_url("draft", answered), "go=replace")
    after = part_of(version, "ch2").values
    assert {path: after[path] for path in answered.values} == answered.values


def test_a_text_written_while_a_draft_was_looked_at_is_not_overwritten(client, colleague, version, answered):
    sheet = sheet_on(client.get(part_url("draft", answered)))
    write(colleague, step_url(version, "ch2"), ch2_text="同僚が書いた文。")
    assert press(client, sheet, "go=replace").status_code == 409
    assert part_of(version, "ch2").values["ch2_text"] == "同僚が書いた文。"


def test_an_empty_chapter_has_no_draft_and_says_what_to_do(client, version, look):
    page = look(client, part_url("draft", part_of(version, "ch5")))
    assert "先にこの章の欄を埋めてください。" in page.words


def test_a_draft_that_is_empty_never_empties_a_text(client, version):
    write(client, step_url(version, "ch5"), ch5_text="手で書いた文。")
    target = part_of(version, "ch5")
    sent = {"edit_no": target.edit_no, "save_id": str(uuid4()), "go": "replace"}
    client.post(part_url("draft", target), sent)
    assert part_of(version, "ch5").values["ch5_text"] == "手で書いた文。"


@pytest.mark.parametrize("key", ["basics", "appendix"])
def test_what_has_no_text_has_no_draft(client, version, key):
    assert client.get(part_url("draft", part_of(version, key))).status_code == 404


# Versions


def test_a_copied_version_is_written_on_and_the_older_one_only_read(client, version, look):
    write(client, step_url(version, "ch2"), ch2_text="第1版の文。")
    answer = write(
        client,
        reverse("wizard:copy_version", args=[version.pk]),
        "",
        label="市民意見の後",
        stage="final_draft",
    )
    copy = PlanVersion.objects.get(number=2)
    assert answer["Location"] == reverse("wizard:home", args=[copy.pk])
    assert (copy.version_label, copy.stage) == ("市民意見の後", "final_draft")
    write(client, step_url(copy, "ch2"), ch2_text="第2版の文。")
    assert "第1版の文。" in look(client, part_url("preview_part", part_of(version, "ch2"))).words
    assert "第2版の文。" in look(client, part_url("preview_part", part_of(copy, "ch2"))).words
    assert "確定（読み取り専用）" in look(client, reverse("wizard:home", args=[version.pk])).words


def test_a_version_that_is_frozen_can_be_copied_once_more(client, version):
    versions.freeze(version)
    client.post(reverse("wizard:copy_version", args=[version.pk]), {"label": "改定版", "stage": "amendment"})
    copy = PlanVersion.objects.get(number=2)
    write(client, step_url(copy, "ch2"), vision="書ける町")
    assert part_of(copy, "ch2").values["vision"] == "書ける町"


def test_what_was_handed_in_is_open_again_in_the_copy(client, drafter, version, measure):
    drafter.post(part_url("hand_in", measure))
    client.post(reverse("wizard:copy_version", args=[version.pk]), {"label": "第2版", "stage": "draft"})
    copy = PlanVersion.objects.get(number=2)
    write(drafter, part_url("measure", part_of(copy, measure.key)), title="次の題")
    assert part_of(copy, measure.key).title == "次の題"
    assert part_of(version, measure.key).title == "窓口の予約"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DRAFTER, Role.TOWN_ADMIN])
def test_only_the_secretariat_makes_versions(version, role):
    assert (
        client_of(make_user(role)).post(reverse("wizard:copy_version", args=[version.pk])).status_code == 403
    )
    assert PlanVersion.objects.count() == 1


def test_the_page_says_what_will_happen_before_it_does(client, version, look):
    page = look(client, reverse("wizard:copy_version", args=[version.pk]))
    assert "読み取り専用になり、これからも読めます。" in page.words
    assert not Part.objects.filter(is_frozen=True).exists()
    assert not Edit.objects.filter(at__gt=NOW).exists()


def test_a_version_is_named_and_staged_on_its_page(client, version, look):
    home = reverse("wizard:home", args=[version.pk])
    action = reverse("wizard:name_version", args=[version.pk])
    press(client, sheet_on(client.get(home), action=action), "", label="議会提出版", stage="final_draft")
    version.refresh_from_db()
    assert (version.version_label, version.stage) == ("議会提出版", "final_draft")
    assert "議会提出版" in look(client, home).words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"label": " ", "stage": "draft"}, "版の名を入力し、段階を選んでください。"),
        ({"label": "第2版", "stage": "decided"}, "版の名を入力し、段階を選んでください。"),
        ({"label": "版" * 50, "stage": "draft"}, "版の名は40文字までです"),
    ],
)
def test_a_name_that_cannot_be_a_versions_says_what_to_do(client, version, typed, told):
    answer = client.post(reverse("wizard:name_version", args=[version.pk]), typed, follow=True)
    assert told in parse(answer).words


def test_a_version_that_is_frozen_offers_no_name(client, version):
    versions.freeze(version)
    assert "版の名と段階を変える" not in parse(client.get(reverse("wizard:home", args=[version.pk]))).words
