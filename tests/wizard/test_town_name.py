"""「○○市」 of the template never reaches an officer: titles, guidance and examples carry the town's own name, and a
町 is called 町."""

import re

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.plans import structure
from planwizard.plans.models import Part
from planwizard.rules import RULES
from tests.factories import (
    NOW,
    client_of,
    make_department,
    make_measure,
    make_municipality,
    make_user,
    make_version,
    member_for,
    part_of,
)
from tests.wizard.screens import part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

BLANKS = ("○○市", "○○町", "○○県")
TITLE, OWN_TITLE = "○○市官民データ活用推進計画の目的", "潮見野市官民データ活用推進計画の目的"


CITIES = re.compile("(?<![都○△])市(?!町|区町村|場)")  # 都市, △△市, 市町村 and 市場 are no word for the town


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
    assert "例：潮県潮見野市本町1-1" in client.get(step_url(version, "basics")).content.decode()


def test_a_title_of_the_officers_own_stands_as_it_was_written(version, measure):
    measure.title = "○○市の例に学ぶ"
    assert str(measure).endswith("○○市の例に学ぶ")


@pytest.fixture
def small_town(db):
    return make_user(Role.SECRETARIAT, municipality=make_municipality("993018"))


@pytest.fixture
def small_plan(small_town):
    found = make_version(by=small_town, title="磯波町官民データ活用推進計画", plan_type="combined")
    with acting_for(found.municipality_id):
        yield found


def cities_on(answer) -> list[str]:
    assert answer.status_code == 200
    words = answer.content.decode().replace("潮見野市", "")  # whose plan may be copied
    return [words[max(found.start() - 20, 0) : found.end() + 10] for found in CITIES.finditer(words)]


def test_no_page_calls_a_町_a_市(small_town, small_plan):
    browser, member = client_of(small_town), member_for(small_town)
    chapter = structure.add_free_chapter(small_plan, "防災", by=member)
    measures = [make_measure(small_plan, pillar.key, by=small_town) for pillar in small_plan.edition.pillars]
    parts = [part_of(small_plan, sheet.key) for sheet in small_plan.edition.sheets] + [chapter, *measures]
    own = ("start", "help", "questions", "new_plan", "dictionary")
    pages = [
        *(reverse(f"wizard:{name}") for name in own),
        reverse("exports:house_styles"),
        *of_version(small_plan, "wizard:home", "wizard:chapters", "wizard:preview", "wizard:measures"),
        *of_version(small_plan, "wizard:national_measures", "compliance:checklist", "exports:exports"),
        *(step_url(small_plan, key) for key in (*(sheet.key for sheet in small_plan.edition.sheets), "done")),
        *(reverse("wizard:measure", args=[small_plan.pk, each.key]) for each in measures),
        *(part_url(name, part) for part in parts for name in ("guide", "answers", "preview_part")),
        *(reverse("compliance:item", args=[small_plan.pk, rule.id]) for rule in RULES),
    ]
    found = {page: cities_on(browser.get(page)) for page in pages}
    assert {page: words for page, words in found.items() if words} == {}
