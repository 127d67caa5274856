"""The walk: one step, one URL, one part. Saving never asks for anything; it only tells."""

from uuid import uuid4

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.manuscript.compose import compose_part
from planwizard.plans import structure, versions
from planwizard.plans.models import Edit
from planwizard.plans.read import content_of
from tests.document.reading import truth
from tests.factories import NOW, client_of, make_measure, make_user, make_version, part_of
from tests.wizard.screens import part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db


def test_the_walk_begins_with_the_basics(client, version):
    answer = client.get(reverse("wizard:walk", args=[version.pk]))
    assert answer["Location"] == step_url(version, "basics")


def test_every_step_is_a_sound_page(client, version, look):
    for sheet in version.edition.sheets:
        look(client, step_url(version, sheet.key))


def test_next_saves_and_goes_to_the_next_step(client, version):
    answer = write(client, step_url(version, "ch2"), "go=next", vision="待たせない町")
    assert (answer.status_code, answer["Location"]) == (302, step_url(version, "ch3"))
    assert part_of(version, "ch2").values["vision"] == "待たせない町"


def test_save_stays_on_the_step(client, version):
    answer = write(client, step_url(version, "ch2"), vision="待たせない町")
    assert answer["Location"] == step_url(version, "ch2")


def test_the_last_step_leads_to_the_confirmation(client, version):
    answer = write(client, step_url(version, "appendix"), "go=next")
    assert answer["Location"] == step_url(version, "done")


def test_preview_and_draft_are_reached_by_saving(client, version):
    answers = [
        write(client, step_url(version, "ch2"), f"go={go}", vision=go)["Location"]
        for go in ("preview", "draft")
    ]
    assert answers == [part_url(name, part_of(version, "ch2")) for name in ("preview_part", "draft")]
    assert part_of(version, "ch2").values["vision"] == "draft"


def test_a_step_shows_again_what_was_saved_to_whoever_opens_it(client, colleague, version):
    write(client, step_url(version, "ch2"), ch2_text="　字下げの文。\r\n\r\n2段落目。")
    assert (
        sheet_on(colleague.get(step_url(version, "ch2"))).shown("ch2_text")
        == "　字下げの文。\r\n\r\n2段落目。"
    )


def test_the_walk_is_resumed_by_another_session_of_the_same_person(officer, version):
    write(client_of(officer), step_url(version, "ch2"), vision="前の端末で")
    page = client_of(officer).get(reverse("wizard:start")).content.decode()
    assert f'href="{step_url(version, "ch2")}"' in page


def test_sending_a_page_unchanged_makes_no_edit(client, version):
    write(client, step_url(version, "ch1"), population="84,312")
    before = part_of(version, "ch1")
    write(client, step_url(version, "ch1"), "go=next")
    assert part_of(version, "ch1").edit_no == before.edit_no


# Who


@pytest.mark.parametrize("role", [Role.VIEWER, Role.TOWN_ADMIN, Role.DRAFTER])
def test_who_may_not_write_a_step_is_led_to_its_preview(version, role):
    answer = client_of(make_user(role)).get(step_url(version, "ch2"))
    assert answer["Location"] == part_url("preview_part", part_of(version, "ch2"))


@pytest.mark.parametrize(
    ("role", "told"),
    [
        (Role.VIEWER, "事務局に依頼"),
        (Role.DRAFTER, "事務局が担当しています"),
        (Role.OPERATOR, "役割が要ります"),
    ],
)
def test_who_may_not_write_is_told_whom_to_ask_and_keeps_the_text(client, version, role, told):
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    answer = client_of(make_user(role)).post(sheet.action, {**sheet.fields, "vision": "よその文"})
    assert answer.status_code == 403
    assert told in answer.content.decode()
    assert "よその文" in answer.content.decode()
    assert "vision" not in part_of(version, "ch2").values


def test_a_stranger_finds_nothing(stranger, version):
    assert stranger.get(step_url(version, "ch2")).status_code == 404
    assert stranger.post(step_url(version, "ch2"), {"vision": "よその文"}).status_code == 404


@pytest.mark.parametrize("key", ["ch8", "done2", "k3f9x0a7bq", "basics.x", "🏖"])
def test_there_is_no_such_step(client, version, key):
    assert client.get(step_url(version, key)).status_code == 404
    assert client.post(step_url(version, key)).status_code == 404


def test_a_measure_is_no_step(client, version, measure):
    assert client.get(step_url(version, measure.key)).status_code == 404
    assert client.post(step_url(version, measure.key)).status_code == 404


def test_there_is_no_such_plan(client, version):
    assert client.get(reverse("wizard:step", args=[uuid4(), "ch2"])).status_code == 404


def test_looking_writes_nothing(client, version):
    before = part_of(version, "ch2")
    for address in (step_url(version, "ch2"), step_url(version, "done"), step_url(version, "basics")):
        client.get(address)
    after = part_of(version, "ch2")
    assert (after.edit_no, after.saved_at) == (before.edit_no, before.saved_at)


# What cannot be read


def test_what_cannot_be_read_keeps_next_here_and_everything_else_is_saved(client, version):
    answer = write(client, step_url(version, "ch1"), "go=next", population="約8万人", aging_rate="３１．２")
    assert answer["Location"] == step_url(version, "ch1")
    part = part_of(version, "ch1")
    assert part.as_typed == {"population": "約8万人"}
    assert part.values["aging_rate"] == "31.2"


def test_what_cannot_be_read_is_shown_as_typed_with_its_message_to_a_colleague(
    client, colleague, version, look
):
    write(client, step_url(version, "ch1"), population="約8万人")
    page = look(colleague, step_url(version, "ch1"))
    sheet = sheet_on(colleague.get(step_url(version, "ch1")))
    assert sheet.shown("population") == "約8万人"
    assert "「約8万人」はそのまま残しました。直すまで文書には出ません。" in page.words
    assert page.text("title").startswith("エラー：")
    assert "#id_population" in page.links().values()


def test_what_cannot_be_read_is_left_out_of_the_document(client, version):
    write(client, step_url(version, "ch1"), population="約8万人")
    words = truth(compose_part(content_of(version), "ch1"))
    assert "約8万" not in words


def test_what_cannot_be_read_is_named_on_the_confirmation(client, version, look):
    write(client, step_url(version, "ch1"), population="約8万人")
    links = look(client, step_url(version, "done")).links()
    told = next(words for words in links if "約8万人" in words)
    assert links[told] == step_url(version, "ch1") + "?check=fields#id_population"


def test_mending_it_clears_the_message(client, version, look):
    write(client, step_url(version, "ch1"), population="約8万人")
    write(client, step_url(version, "ch1"), population="８万")
    write(client, step_url(version, "ch1"), population="84312")
    assert part_of(version, "ch1").as_typed == {}
    assert not look(client, step_url(version, "ch1")).text("title").startswith("エラー：")


# Time passes between page and save


def test_a_frozen_step_is_shown_as_it_prints(client, version):
    versions.freeze(version)
    answer = client.get(step_url(version, "ch2"))
    assert answer["Location"] == part_url("preview_part", part_of(version, "ch2"))


def test_a_version_frozen_meanwhile_refuses_and_keeps_the_text(client, version):
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    versions.freeze(version)
    answer = press(client, sheet, vision="間に合わない文")
    assert answer.status_code == 409
    assert "この版は確定しているので、書き込めません。" in answer.content.decode()
    assert "間に合わない文" in answer.content.decode()
    assert Edit.objects.filter(part__key="ch2").latest("at").kind == "set_aside"


def test_a_part_handed_in_meanwhile_refuses_its_drafter(drafter, version, measure, member):
    sheet = sheet_on(drafter.get(part_url("measure", measure)))
    structure.hand_in(measure, by=member, at=NOW)
    answer = press(drafter, sheet, title="遅れた題")
    assert answer.status_code == 409
    assert "提出済みです" in answer.content.decode()
    assert part_of(version, measure.key).title == "窓口の予約"


def test_a_chapter_deleted_meanwhile_keeps_the_text_on_the_page(client, version, member):
    part = structure.add_free_chapter(version, "防災", by=member)
    sheet = sheet_on(client.get(step_url(version, part.key)))
    structure.delete(part, by=member, at=NOW)
    answer = press(client, sheet, free_text="遅れた文")
    assert answer.status_code == 404
    assert "遅れた文" in answer.content.decode()


def test_two_people_on_two_steps_do_not_disturb_each_other(client, colleague, version):
    mine, theirs = (
        sheet_on(browser.get(step_url(version, key)))
        for browser, key in ((client, "ch2"), (colleague, "ch3"))
    )
    answers = [press(client, mine, vision="私の章"), press(colleague, theirs, ch3_text="同僚の章")]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert part_of(version, "ch2").values["vision"] == "私の章"
    assert part_of(version, "ch3").values["ch3_text"] == "同僚の章"


def test_the_towns_name_stands_where_the_template_has_a_blank(client, version):
    for sheet in version.edition.sheets:
        assert "○○市" not in client.get(step_url(version, sheet.key)).content.decode()


def test_years_follow_the_calendar_that_the_plan_uses(client, officer):
    version = make_version(by=officer, era_display="seireki")
    measure = make_measure(version)
    page = client.get(part_url("measure", measure)).content.decode()
    assert ">2026年度</th>" in page
    assert ">令和8年度</th>" not in page


def test_a_long_page_lists_its_headings_each_with_its_place(client, version, measure, look):
    pages = [step_url(version, sheet.key) for sheet in version.edition.sheets]
    for address in (*pages, part_url("measure", measure)):
        page = look(client, address)
        inside = [node for node in page.all("section") if node.get("id", "").startswith("set_")]
        headings = {f"#{node.get('id')}": node.findtext("h2") for node in inside}
        links = {to: words for words, to in page.links().items() if to.startswith("#set_")}
        assert links == (headings if len(headings) > 1 or measure.key in address else {}), address
        assert all(node.find("div/*") is not None for node in inside), address
