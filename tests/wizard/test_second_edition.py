"""An invented second edition is brought in: every consequence shows where an officer would look for it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog import imports, offers
from planwizard.catalog.measures import NationalMeasure
from planwizard.plans import adoption
from tests.catalog.tables import DOCUMENT, EDITION, edition_file
from tests.factories import NOW, client_of, fill, make_user, make_version, member_for
from tests.wizard.screens import part_url, step_url

pytestmark = pytest.mark.django_db

TRUST = {"source": "試験の出典", "verified": "はい", "is_on": "はい"}
SECOND = {"code": "TEST-2", "name": "試験の第2版", "is_active": "はい"}
LAW = {
    "code": "TEST-L1",
    "title": "試験法",
    "use": "セキュリティと個人情報（遵守する法令）",
    "in_force": "はい",
} | TRUST
GRANT = {"code": "TEST-F1", "name": "試験交付金"} | TRUST
INDICATOR = {"code": "TEST-I1", "name": "試験の指標", "unit": "件"} | TRUST
TERM = {"code": "TEST-T1", "term": "試験語", "reading": "しけんご", "description": "説明。"} | TRUST
ENDED = {"status": "後の版に置き換わった、または終わった", "replaced_by": "TEST-2/TEST-001"}
NEWER = {"code": "TEST-D2", "title": "試験の文書（改）", "decided_on": "2027-06-01"}

FIRST = edition_file(
    {"title": "窓口の手続"},
    {"code": "TEST-002", "title": "相談"},
    {"code": "TEST-003", "title": "案内"},
    national_documents=[DOCUMENT],
    laws=[LAW],
    funding_sources=[GRANT],
    standard_indicators=[INDICATOR],
    terms=[TERM],
)
# Changed, superseded with its successor, left out, new: and one change in each other table.
NEXT = edition_file(
    {"title": "窓口の手続", **ENDED},
    {"code": "TEST-002", "title": "相談", "summary": "相談を夜も受ける。"},
    {"edition": "TEST-2", "title": "書かない窓口"},
    {"edition": "TEST-2", "code": "TEST-009", "title": "まったく新しい施策"},
    editions=[EDITION, SECOND],
    national_documents=[DOCUMENT, DOCUMENT | NEWER],
    laws=[LAW | {"number": "令和8年試験法律第1号"}],
    funding_sources=[GRANT | {"name": "新試験交付金"}],
    standard_indicators=[INDICATOR | {"unit": "%"}],
    terms=[TERM | {"description": "新しい説明。"}],
)
LINE = "国の施策や文書が変わったところが 8 件あります。見比べて決めてください"


def bring(file, off=()):
    by = member_for(make_user(Role.OPERATOR))
    found = imports.bring("版.xlsx", file, {"read": "xlsx"}, by=by, at=timezone.now())
    imports.decide(found, {found.entries.get(reference=code).pk: "off" for code in off}, expected=1, by=by)
    imports.apply(found, expected=2, by=by, at=timezone.now())


@pytest.fixture
def sheets(officer, version, member):
    """The sheets that adopted the three measures of the first edition, {code: part}, after the second came."""
    bring(FIRST)
    with acting_for(version.municipality_id):
        entries = NationalMeasure.objects.select_related("edition").order_by("code")
        parts = {entry.code: adoption.adopt(version, entry, by=member, at=NOW) for entry in entries}
    fill(version, "ch3", {"national_plan_ref": "TEST-D1"}, by=member)
    fill(version, "ch7", {"security_laws": ["TEST-L1"]}, by=member)
    row = "kaaaaaaaaa"
    grant = {"funding": [row], f"funding.{row}.source": "試験交付金"}
    fill(version, parts["TEST-002"].key, grant, by=member)
    indicator = {"digital_indicators": [row], f"digital_indicators.{row}.name": "試験の指標"}
    fill(version, "ch1", indicator, by=member)
    fill(version, "appendix", {"glossary": [row], f"glossary.{row}.term": "試験語"}, by=member)
    bring(NEXT, off=["TEST-1/TEST-003"])
    offers.forget()
    return parts


def test_the_home_page_counts_and_leads_to_every_change(client, version, sheets, look):
    home = look(client, reverse("wizard:home", args=[version.pk]))
    page = look(client, home.links()[LINE])
    for told in (
        "国の施策が、後の版に置き換わったか、終わりました",
        "後継の施策",
        "国の施策の文が変わりました",
        "相談を夜も受ける。",
        "国の施策が、カタログから外れました",
        "計画が即している国の計画より新しい版があります",
        "試験の文書（改）",
        "令和8年試験法律第1号",
        "新試験交付金",
        "新しい説明。",
        "計画にある標準指標が変わりました",
    ):
        assert told in page.words, told


def test_the_sheets_say_what_became_of_what_they_adopted(client, version, sheets, look):
    said = {code: look(client, part_url("measure", part)) for code, part in sheets.items()}
    assert "採用のあとに、国の施策が、後の版に置き換わったか、終わりました。" in said["TEST-001"].words
    assert "採用のあとに、国の施策の文が変わりました。" in said["TEST-002"].words
    assert "採用のあとに、国の施策が、カタログから外れました。" in said["TEST-003"].words
    there = said["TEST-002"].links()["採用したときの文と見比べる"]
    assert there == reverse("wizard:national_changes", args=[version.pk])


def test_the_list_offers_what_is_new_and_marks_what_ended(client, version, sheets, look):
    address = reverse("wizard:national_measures", args=[version.pk])
    offered = set(look(client, address).links())
    assert {"まったく新しい施策", "書かない窓口", "相談"} <= offered
    assert not {"窓口の手続", "案内"} & offered
    page = look(client, f"{address}?status=all")
    assert "窓口の手続" in page.links()
    assert "案内" not in page.links()
    assert "後の版に置き換わった、または終わった（後継：書かない窓口）" in page.words


def test_the_forms_offer_the_entries_of_the_new_edition(client, version, sheets, look):
    assert "試験の文書（改）" in look(client, step_url(version, "ch3")).words
    assert "試験法（令和8年試験法律第1号）" in look(client, step_url(version, "ch7")).words
    html = client.get(part_url("measure", sheets["TEST-001"])).content.decode()
    assert 'value="新試験交付金"' in html


def test_the_checklist_notes_them(client, version, sheets, look):
    page = look(client, reverse("compliance:checklist", args=[version.pk]))
    assert "即する国計画が、最新の版ではありません。いまの最新は「試験の文書（改）" in page.words
    assert "は、後の版に置き換わったか、終わりました。後継は「書かない窓口」です。" in page.words


def test_the_maps_name_the_references_to_what_is_old(client, version, sheets, look):
    page = look(client, reverse("compliance:maps", args=[version.pk]))
    old = page.words.partition("古くなった国の文書・施策への参照")[2]
    assert "窓口の手続" in old
    assert "試験の文書" in old


def test_readers_see_no_task_and_another_plan_hears_nothing(viewer, officer, version, sheets, look):
    assert LINE not in look(viewer, reverse("wizard:home", args=[version.pk])).words
    other = make_version(by=officer)
    home = look(client_of(officer), reverse("wizard:home", args=[other.pk]))
    assert "国の施策や文書が変わったところ" not in home.words
