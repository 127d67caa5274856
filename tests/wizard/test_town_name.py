"""「○○市」 of the template never reaches an officer: titles, guidance and examples carry the town's own name."""

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.plans import structure
from planwizard.plans.models import Part
from tests.factories import NOW, client_of, make_department, make_user, part_of
from tests.wizard.screens import part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

BLANKS = ("○○市", "○○町", "○○県")
TITLE, OWN_TITLE = "○○市官民データ活用推進計画の目的", "潮見野市官民データ活用推進計画の目的"


def blanks_on(answer) -> list[str]:
    words = answer.content.decode()
    return [blank for blank in BLANKS if blank in words]


def of_version(version, *names):
    return [reverse(name, args=[version.pk]) for name in names]


def test_no_page_leaves_a_blank_of_the_template(client, version, member):
    for key in ("ch2", "ch4"):
        write(client, step_url(version, key), **{f"{key}_text": "本市は、進める。"})
    chapter = structure.add_free_chapter(version, "○○市の防災", by=member)
    structure.delete(structure.add_free_chapter(version, "○○市の交通", by=member), by=member, at=NOW)
    parts = [part_of(version, "ch2"), chapter]
    edit = part_of(version, "ch2").edits.first()
    pages = [
        reverse("wizard:start"),
        *of_version(version, "wizard:home", "wizard:chapters", "wizard:preview", "exports:exports"),
        *(step_url(version, sheet.key) for sheet in version.edition.sheets),
        step_url(version, "done"),
        *(part_url(name, part) for part in parts for name in ("history", "preview_part")),
        part_url("draft", parts[0]),
        part_url("edit", parts[0], edit.pk),
    ]
    found = {page: blanks_on(client.get(page)) for page in pages}
    assert {page: blanks for page, blanks in found.items() if blanks} == {}


def test_a_drafter_sees_the_own_parts_in_the_towns_name(version):
    office = make_department("企画課")
    Part.objects.filter(pk=part_of(version, "ch2").pk).update(department=office)
    page = client_of(make_user(Role.DRAFTER, departments=(office,))).get("/")
    assert OWN_TITLE in page.content.decode()


def test_the_page_of_a_conflict_names_the_part_in_the_towns_name(client, colleague, version):
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    write(colleague, step_url(version, "ch2"), vision="同僚の文")
    answer = press(client, sheet, vision="自分の文")
    assert answer.status_code == 409
    assert f"「{OWN_TITLE}」を保存しました" in answer.content.decode()


def test_the_message_of_handing_in_names_the_part_in_the_towns_name(client, version):
    answer = client.post(part_url("hand_in", part_of(version, "ch2")), follow=True)
    assert f"「{OWN_TITLE}」を「できた」にしました" in answer.content.decode()


def test_a_title_sent_back_as_it_was_shown_keeps_the_templates_blank(client, version):
    address = reverse("wizard:change_chapter", args=[version.pk, "ch2"])
    client.post(address, {"act": "retitle", "title": OWN_TITLE})
    assert part_of(version, "ch2").title == TITLE
    client.post(address, {"act": "retitle", "title": "目的"})
    assert part_of(version, "ch2").title == "目的"


def test_examples_are_of_the_towns_own_prefecture(client, version):
    assert "例：潮県デジタル推進計画" in client.get(step_url(version, "ch3")).content.decode()


def test_a_title_of_the_officers_own_stands_as_it_was_written(version, measure):
    measure.title = "○○市の例に学ぶ"
    assert str(measure).endswith("○○市の例に学ぶ")
