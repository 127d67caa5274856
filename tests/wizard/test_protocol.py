"""The saving protocol: what a script or an officer is answered, whatever comes in between."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.models import Membership
from planwizard.plans import structure, versions
from planwizard.plans.models import Edit, Part
from tests.factories import NOW, PASSWORD, make_department, make_user, part_of
from tests.inspector import parse
from tests.wizard.screens import changed, part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


@pytest.fixture
def sheet(client, version):
    """The form of chapter 2 as it stands before anyone saved."""
    return sheet_on(client.get(step_url(version, "ch2")))


def send(browser, sheet, **typed):
    """As a script sends it. The answer and its JSON."""
    answer = browser.post(sheet.action, {**sheet.fields, **typed}, headers=JSON)
    assert answer["Content-Type"] == "application/json"
    return answer.status_code, json.loads(answer.content)


def edits():
    made = Edit.objects.filter(part__key="ch2").exclude(kind="begun")
    return list(made.order_by("at").values_list("kind", flat=True))


def test_a_save_is_answered_with_its_number_and_time(client, version, sheet):
    status, said = send(client, sheet, vision="待たせない町")
    part = part_of(version, "ch2")
    assert (status, said["edit_no"], said["saved_at"]) == (200, 1, part.saved_at.isoformat())
    assert (said["cleaned"], said["message"], said["unread"]) == ([], "", [])


def test_the_time_of_a_save_is_that_of_the_office(client, version, sheet):
    _, said = send(client, sheet, vision="待たせない町")
    at = timezone.localtime(part_of(version, "ch2").saved_at)
    assert said["time"] == f"{at.hour}時{at.minute:02}分"


def test_an_automatic_save_is_one_like_any_other(client, version, sheet):
    status, said = send(client, sheet, vision="待たせない町", save_kind="auto")
    assert (status, said["edit_no"], edits()) == (200, 1, ["auto"])


def test_what_was_taken_out_is_told(client, version, sheet):
    status, said = send(client, sheet, vision="待\u0000たせ\u202eない町")
    assert said["cleaned"] == [
        {"path": "vision", "label": "目指す姿", "characters": 2, "text": "待たせない町"}
    ]
    assert "目指す姿（2文字）" in said["message"]
    assert part_of(version, "ch2").values["vision"] == "待たせない町"


def test_what_was_taken_out_is_told_on_the_page_too(client, version, sheet):
    """By the button, without a script: field and number."""
    answer = client.post(
        sheet.action,
        changed(sheet, vision="待\u0000たせ\u202eない町", ch2_text="か\u3099") | {"go": "save"},
        follow=True,
    )
    words = parse(answer).words
    assert "文書に使えない見えない文字を取り除くか" in words
    assert "（2文字）" in words
    assert "（1文字）" in words
    assert "取り除くか" not in parse(client.get(sheet.action)).words  # once


def test_what_was_taken_out_of_a_row_is_told_by_its_place(client, version, measure):
    here = part_url("measure", measure)
    sheet = sheet_on(client.get(here))
    row = {"kpis": ["kaaaaaaaaa"], "kpis.kaaaaaaaaa.name": "指\x07標"}
    assert (
        "指標 1行目の" in parse(client.post(here, {**sheet.fields, **row, "go": "save"}, follow=True)).words
    )


def test_what_was_taken_out_of_a_title_is_told(client, version):
    answer = client.post(reverse("wizard:add_chapter", args=[version.pk]), {"title": "特\x07集"}, follow=True)
    assert "題（1文字）" in parse(answer).words


def test_what_could_not_be_read_is_told_and_kept(client, version):
    sheet = sheet_on(client.get(step_url(version, "ch1")))
    status, said = send(client, sheet, population="約8万人")
    assert (status, said["unread"]) == (200, ["population"])
    assert part_of(version, "ch1").as_typed == {"population": "約8万人"}


def test_a_text_over_its_limit_was_read(client, version, sheet):
    status, said = send(client, sheet, vision="あ" * 50)
    assert (status, said["unread"]) == (200, [])
    assert part_of(version, "ch2").values["vision"] == "あ" * 50


def test_the_same_save_sent_again_gets_the_first_answer(client, sheet):
    answers = [send(client, sheet, vision="待たせない町") for _ in range(4)]
    assert {(status, said["edit_no"], said["saved_at"]) for status, said in answers} == {
        (200, 1, answers[0][1]["saved_at"])
    }
    assert edits() == ["manual"]


def test_the_same_save_with_another_text_is_refused(client, version, sheet):
    send(client, sheet, vision="待たせない町")
    status, said = send(client, sheet, vision="別の町")
    assert (status, said["status"]) == (422, 422)
    assert part_of(version, "ch2").values["vision"] == "待たせない町"


def test_a_stale_page_gets_both_texts(client, colleague, version, sheet):
    write(colleague, step_url(version, "ch2"), vision="同僚の文")
    status, said = send(client, sheet, vision="私の文")
    assert (status, said["state"], said["edit_no"], said["by"]) == (409, "conflict", 1, "同僚 花子")
    assert said["differences"] == [
        {"path": "vision", "label": "目指す姿", "mine": "私の文", "theirs": "同僚の文", "preselected": ""}
    ]
    assert edits() == ["manual", "set_aside"]


def test_a_frozen_version_says_so(client, version, sheet):
    versions.freeze(version)
    for _ in range(2):  # and says it again to the same save
        status, said = send(client, sheet, vision="遅れた文")
        assert (status, said["state"]) == (409, "frozen")
    assert "確定" in said["message"]


def test_a_part_handed_in_says_so(drafter, measure, member):
    sheet = sheet_on(drafter.get(part_url("measure", measure)))
    structure.hand_in(measure, by=member, at=NOW)
    status, said = send(drafter, sheet, title="遅れた題")
    assert (status, said["state"]) == (409, "handed_in")
    assert said["message"].startswith(f"{member.user.name}さんが11月23日 10時32分に提出しました。")


def test_a_deleted_measure_is_gone_and_its_text_set_aside(client, version, measure, member):
    sheet = sheet_on(client.get(part_url("measure", measure)))
    structure.delete(measure, by=member, at=NOW)
    status, said = send(client, sheet, title="遅れた題")
    assert (status, said["state"]) == (404, "gone")
    assert said["message"].startswith(f"{member.user.name}さんが11月23日 10時32分に削除しました。")
    aside = part_of(version, measure.key).edits.get(kind="set_aside")
    assert aside.values["title"] == "遅れた題"


def test_a_deleted_chapter_is_gone_and_its_text_set_aside(client, version, member):
    chapter = structure.add_free_chapter(version, "特集", by=member)
    sheet = sheet_on(client.get(step_url(version, chapter.key)))
    structure.delete(chapter, by=member, at=NOW)
    status, said = send(client, sheet, title="遅れた題")
    assert (status, said["state"]) == (404, "gone")
    assert part_of(version, chapter.key).edits.filter(kind="set_aside").count() == 1


def test_a_deleted_measure_cannot_be_opened(client, measure, member):
    structure.delete(measure, by=member, at=NOW)
    assert client.get(part_url("measure", measure)).status_code == 404


def test_who_is_no_more_in_charge_is_told_and_the_text_set_aside(drafter, version, measure):
    sheet = sheet_on(drafter.get(part_url("measure", measure)))
    send(drafter, sheet, title="担当の題")
    Part.objects.filter(pk=measure.pk).update(department=make_department("税務課"))
    sheet = replace(sheet, fields={**sheet.fields, "edit_no": ["1"], "save_id": [str(uuid4())]})
    status, said = send(drafter, sheet, title="遅れた題")
    assert (status, said["state"]) == (403, "not_yours")
    assert "税務課" in said["message"]
    part = part_of(version, measure.key)
    assert part.title == "担当の題"
    assert part.edits.get(kind="set_aside").values["title"] == "遅れた題"


def test_who_never_wrote_a_part_leaves_nothing_in_it(drafter, version, measure):
    Part.objects.filter(pk=measure.pk).update(department=make_department("税務課"))
    data = {"edit_no": "0", "save_id": str(uuid4()), "end": "1", "title": "よその題"}
    answer = drafter.post(part_url("measure", measure), data, headers=JSON)
    assert (answer.status_code, part_of(version, measure.key).edits.filter(kind="set_aside").count()) == (
        403,
        0,
    )


def test_an_initial_password_is_said_in_json_and_never_a_redirect(client, officer, version, sheet):
    officer.must_change_password = True
    officer.save(update_fields=["must_change_password"])
    status, said = send(client, sheet, vision="文")
    assert (status, said["state"]) == (403, "initial_password")


def test_an_initial_password_gives_the_text_back_on_a_page(client, officer, sheet):
    officer.must_change_password = True
    officer.save(update_fields=["must_change_password"])
    answer = press(client, sheet, vision="預けた文")
    assert answer.status_code == 403
    assert "預けた文" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "sent"),
    [("end", None)]
    + [(name, sent) for name in ("edit_no", "save_id") for sent in (None, "", "x", "-1", "１", "9" * 40)],
)
def test_a_form_that_does_not_say_what_it_is_is_not_saved(client, version, sheet, name, sent):
    answer = press(client, sheet, vision="控える文", **{name: sent})
    assert answer.status_code == 428
    assert "画面を読み直し" in answer.content.decode()
    assert "控える文" in answer.content.decode()
    assert part_of(version, "ch2").edit_no == 0


def test_an_edit_that_never_was_conflicts(client, version, sheet):
    answer = press(client, sheet, vision="先走った文", edit_no="999")
    assert answer.status_code == 409
    assert edits() == ["set_aside"]


def test_a_session_that_is_over_is_said_in_json_and_never_a_redirect(version, sheet):
    status, said = send(Client(), sheet, vision="文")
    assert (status, said["status"]) == (401, 401)
    assert part_of(version, "ch2").edit_no == 0


def test_a_session_that_is_over_gives_the_text_back_on_a_page(version, sheet):
    answer = press(Client(), sheet, vision="預けた文")
    assert answer.status_code == 401
    assert "預けた文" in answer.content.decode()


def test_a_missing_token_is_said_in_json(version, sheet):
    browser, person = Client(enforce_csrf_checks=True), make_user()
    browser.force_login(person)
    status, said = send(browser, sheet, vision="文")
    assert (status, said["state"], said["title"]) == (403, "token", "もう一度操作してください")


def test_a_missing_token_gives_the_text_back_on_a_page(version, sheet):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user())
    answer = press(browser, sheet, vision="預けた文")
    assert answer.status_code == 403
    assert "預けた文" in answer.content.decode()


def test_a_right_withdrawn_between_page_and_save_refuses(client, officer, version, sheet):
    Membership.objects.filter(user=officer).delete()
    assert send(client, sheet, vision="文")[0] == 403
    assert part_of(version, "ch2").edit_no == 0


def test_a_stranger_is_told_nothing(stranger, version, sheet):
    assert send(stranger, sheet, vision="文")[0] == 404


def test_signing_in_again_sends_the_same_save(client, officer, version, sheet):
    client.logout()
    assert send(client, sheet, vision="待たせない町")[0] == 401
    client.post(reverse("accounts:sign_in"), {"username": officer.username, "password": PASSWORD})
    assert send(client, sheet, vision="待たせない町")[0] == 200


def test_a_sheet_answers_like_a_chapter(client, measure):
    sheet = sheet_on(client.get(part_url("measure", measure)))
    status, said = send(client, sheet, title="窓口の予約と呼出し")
    assert (status, said["edit_no"]) == (200, 1)


def test_a_script_is_told_of_too_large_a_request(client, version, sheet, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    status, said = send(client, sheet, ch2_text="あ" * 10_000)
    assert (status, said["status"]) == (413, 413)


@pytest.mark.parametrize("aside", ["", "x", "83f84369-4284-4275-90e2-61c9e2ade1fc"])
def test_resolving_nothing_that_was_set_aside_is_refused(client, version, aside):
    data = {"edit_no": "0", "save_id": str(uuid4()), "set_aside": aside, "go": "mine"}
    assert client.post(part_url("resolve", part_of(version, "ch2")), data).status_code == 428
