"""Every page asks the database as often for a plan of 200 measures as for one of 10, and at most twelve times.

The pages come from the table of tests/security/access.py, so a new one cannot be forgotten: if its address has an
argument that ``town_of`` does not know, the counting fails.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone
from PIL import Image

from planwizard.accounts.models import Municipality, Role
from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint import CURRENT, edition
from planwizard.catalog import changed, offers
from planwizard.catalog.imported import CatalogImport, ImportedEntry
from planwizard.catalog.measures import Edition, NationalMeasure
from planwizard.catalog.models import Law, NationalDocument
from planwizard.compliance import going_through
from planwizard.exports.models import ExportJob, Format, State
from planwizard.plans import adoption, pictures, structure
from planwizard.plans.models import Adoption, DictionaryWord, Part, PlanVersion, Stage
from planwizard.wizard import national_news, remaining
from tests.compliance.small_start import bring_sheets_to, isonami_plan
from tests.factories import (
    NOW,
    client_of,
    fill,
    make_department,
    make_house_style,
    make_measure,
    make_membership,
    make_municipality,
    make_user,
    make_version,
    member_for,
    part_of,
)
from tests.security.access import ACCESS, DRAFTER, LET_IN, OPERATOR, SECRETARIAT, TOWN_ADMIN
from tests.security.test_access import ROUTES

pytestmark = pytest.mark.django_db

MOST = 12
SMALL, LARGE = 10, 200
PAGES = [name for name, route in ACCESS.items() if "GET" in route.methods.split()]
ISSUE = "kaaaaaaaaa"
KPI = {"kpis": ["kbbbbbbbbb"], "kpis.kbbbbbbbbb.name": "利用率", "kpis.kbbbbbbbbb.targets.2028.value": "45.5"}


@dataclass(frozen=True, slots=True)
class Town:
    """A town with much or little of everything; ``facts`` fill the arguments of addresses."""

    browsers: dict[str, Client]
    facts: dict[str, list[object]]
    measures: list[str]  # the first one of each area


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker) -> dict[str, dict[str, list[int]]]:
    """``{route: {page: [queries in the small town, in the large one]}}``. Everything is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(national_news, "KEPT_SECONDS", 0)
        towns = [
            town_of(make_municipality(), SMALL),
            town_of(make_municipality("993018"), LARGE),
        ]
        change_the_catalogue()
        assert [told(town) for town in towns] == [SMALL + 2, LARGE + 2]
        found = {name: counted(name, towns) for name in PAGES}
        found["wizard:start"] |= {"drafter": [queries(town.browsers[DRAFTER], "/") for town in towns]}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_for_a_large_plan_as_for_a_small_one(counts, name):
    assert {page: found for page, found in counts[name].items() if found[0] != found[1]} == {}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_at_most_twelve_times(counts, name):
    assert {page: found for page, found in counts[name].items() if max(found) > MOST} == {}


def test_every_step_and_the_sheets_of_each_area_are_among_the_pages(counts):
    assert len(counts["wizard:step"]) == len(edition(CURRENT).sheets) + 1  # 確認
    assert list(counts["wizard:measure"]) == ["1", "2", "3", "4", "5"]


def test_a_judged_plan_is_read_once_for_a_page(settings, tmp_path):
    """The map of a plan without a missing ◎, and each form that the checklist leads to, the first after an edit."""
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "accounts.json"
    version = isonami_plan()
    with acting_for(version.municipality_id):
        drafter = make_user(Role.DRAFTER, municipality=version.municipality)
        found = []
        for measures in (SMALL, LARGE):
            bring_sheets_to(version, measures)
            found.append(judged(version, client_of(version.created_by), client_of(drafter)))
    assert found[0] == found[1]
    assert {page: count for page, count in found[0].items() if count > MOST} == {}
    assert {"home", "next_stop", "step", "measure", "item"} == {page.split()[0] for page in found[0]}


def judged(version: PlanVersion, secretariat: Client, drafter: Client) -> dict[str, int]:
    """``{page: queries}``, with nothing remembered but the count of the State's changes."""
    home, first = (reverse(name, args=[version.pk]) for name in ("wizard:home", "compliance:next_stop"))
    item = reverse("compliance:item", args=[version.pk, "PU-01"])
    found = {"home": asked_anew(secretariat, home), "next_stop": asked_anew(secretariat, first)}
    way = going_through.way_through(version, on=timezone.localdate())
    for stop in {stop.address.partition("#")[0].partition("?")[0]: stop for stop in way.stops}.values():
        name = resolve(stop.address.partition("#")[0].partition("?")[0]).url_name
        found[f"{name} {stop.mark}"] = asked_anew(secretariat, stop.url.partition("#")[0])
    PlanVersion.objects.filter(pk=version.pk).update(stage=Stage.AMENDMENT)
    found["item of an amendment"] = asked_anew(drafter, item)
    PlanVersion.objects.filter(pk=version.pk).update(stage=version.stage)
    return found


def asked_anew(browser: Client, address: str) -> int:
    browser.get(address)
    going_through.forget()
    remaining.forget()
    return queries(browser, address)


def counted(name: str, towns: list[Town]) -> dict[str, list[int]]:
    role = next(role for role in (SECRETARIAT, TOWN_ADMIN, OPERATOR) if ACCESS[name].answers[role] == LET_IN)
    pages = [list(addresses(name, town)) for town in towns]
    return {
        page: [queries(town.browsers[role], address) for town, address in zip(towns, found, strict=True)]
        for page, *found in ((small[0], small[1], large[1]) for small, large in zip(*pages, strict=True))
    }


def addresses(name: str, town: Town) -> Iterator[tuple[str, str]]:
    """What a page is called here, and its address; more than one where steps or parts differ."""
    arguments = re.findall(r"<\w+:(\w+)>", ROUTES[name])
    fixed = {argument: town.facts[argument][0] for argument in arguments}
    if name == "wizard:draft":
        fixed["key"] = "ch2"
    if name == "wizard:picture":
        fixed["key"] = "basics"
    if name == "wizard:note":
        fixed |= {"key": "ch2", "path": "ch2_text"}
    if name in ("wizard:delete_measure", "wizard:drop_adoption"):
        fixed["key"] = town.measures[0]
    if name == "wizard:delete_chapter":
        fixed["key"] = town.facts["chapter"][0]
    if name == "wizard:paste":
        fixed |= {"key": "ch1", "path": "issues"}
    if name == "wizard:measure":
        kinds = [{"key": key} for key in town.measures]
    else:
        argument = {
            "wizard:step": "step",
            "wizard:preview_part": "key",
            "wizard:history": "key",
            "wizard:guide": "key",
            "wizard:answers": "key",
        }.get(name)
        kinds = [{argument: value} for value in town.facts[argument]] if argument else [{}]
    for kind in kinds:
        words = [f"{town.measures.index(key) + 1}" if key in town.measures else key for key in kind.values()]
        yield " ".join(words), reverse(name, kwargs=fixed | kind)


def queries(browser: Client, address: str) -> int:
    offers.forget()  # the dearest case
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
        b"".join(answer)  # also of what is streamed
    assert answer.status_code in (200, 302), address
    return len(asked)


# A town


def town_of(municipality: Municipality, measures: int) -> Town:
    some = max(2, measures // 10)
    offices = [make_department(f"第{n}課", municipality=municipality) for n in range(some)]
    people = {
        role: make_user(
            role, municipality=municipality, departments=tuple(offices) if role == DRAFTER else ()
        )
        for role in (SECRETARIAT, TOWN_ADMIN, DRAFTER, OPERATOR)
    }
    writers = [make_user(Role.SECRETARIAT, municipality=municipality) for _ in range(some)]
    with acting_for(municipality):
        version = full_version(people[SECRETARIAT], writers, offices, measures)
        for _ in range(some):
            make_version(by=people[SECRETARIAT])
        facts = facts_of(version, municipality)
        facts |= {"department_id": [offices[0].pk], "user_id": [writers[0].pk]}
        membership = make_membership(writers[0], Role.VIEWER, municipality=municipality)
        facts["membership_id"] = [membership.pk]
        own = Part.objects.of(version).kept().measures()
        first = [own.of_pillar(pillar.key).in_order()[0].key for pillar in version.edition.pillars]
        facts["adoption_id"] = [Adoption.objects.get(part__version=version, part__key=first[0]).pk]
    facts["key"] += first
    return Town({role: client_of(person) for role, person in people.items()}, facts, first)


def full_version(author, writers, offices, measures: int) -> PlanVersion:
    """Issues, own pillars, free chapters, and measures that point to them, adopt, and are written by many."""
    version, member = make_version(by=author), member_for(author)
    entry = entry_of_the_catalogue()
    fill(version, "ch1", {"issues": [ISSUE], f"issues.{ISSUE}.title": "窓口が混む"}, by=member)
    for n in range(measures):
        pillar = version.edition.pillars[n % 5].key
        values = {"issues": [ISSUE], **KPI}
        by, office = writers[n % len(writers)], offices[n % len(offices)]
        part = make_measure(version, pillar, by=by, department=office, title=f"施策{n}", **values)
        adoption.cite(part, entry, by=member, at=NOW)
    for n in range(measures // 5):
        deleted = make_measure(version, by=author, title=f"消した施策{n}")
        structure.delete(deleted, by=member, at=timezone.now())
        writer = member_for(writers[n % len(writers)])
        fill(version, "ch2", {"ch2_text": f"{n}回目の文。"}, by=writer)
        structure.delete(
            structure.add_free_chapter(version, f"消した章{n}", by=member), by=member, at=timezone.now()
        )
    keys = list(Part.objects.of(version).kept().measures().values_list("key", flat=True))
    fill(version, "ch2", {"effect_civic.measure_refs": keys}, by=member)
    fill(version, "ch3", {"national_plan_ref": "old"}, by=member)
    fill(version, "ch7", {"security_laws": ["law"]}, by=member)
    return version


def change_the_catalogue() -> None:
    """Every kind of change that a plan is told of: see plans/national_changes.py."""
    NationalMeasure.objects.update(summary="変わった要約。")
    for code, day in (("old", date(2025, 6, 13)), ("new", date(2026, 6, 12))):
        facts = {
            "title": "重点計画",
            "kind": "basic_plan",
            "decided_on": day,
            "verified": True,
            "is_on": True,
        }
        NationalDocument.objects.create(code=code, **facts)
    law = Law.objects.create(code="law", title="試験法", verified=True, is_on=True)
    before, law.title = law.facts(), "新試験法"
    law.save()
    changed.keep([(law, before)], by=None, at=timezone.now())


def told(town: Town) -> int:
    """The number on the home page of its plan."""
    page = (
        town.browsers[SECRETARIAT].get(reverse("wizard:home", args=town.facts["version_id"])).content.decode()
    )
    return int(re.search(r"国の施策や文書が変わったところが (\d+) 件", page)[1])


def entry_of_the_catalogue() -> NationalMeasure:
    listed = Edition.objects.get_or_create(code="2026-11-a", name="カタログ", is_active=True)[0]
    facts = {"title": "窓口の手続", "area": "online", "verified": True, "is_on": True}
    return NationalMeasure.objects.get_or_create(edition=listed, code="NM-001", defaults=facts)[0]


def facts_of(version: PlanVersion, municipality: Municipality) -> dict[str, list[object]]:
    steps = [sheet.key for sheet in version.edition.sheets]
    member = member_for(version.created_by)
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "navy").save(drawn, "PNG")
    picture = pictures.store(drawn.getvalue(), by=member, at=NOW)
    fill(version, "basics", {"foreword_photo.asset": picture.sha256, "foreword_photo.alt": "庁舎"}, by=member)
    styles = [make_house_style(municipality, by=version.created_by, accepted_at=at) for at in (None, NOW)]
    for _ in range(Part.objects.of(version).count() // 5):
        make_house_style(municipality, by=version.created_by, accepted_at=NOW)
    words = DictionaryWord.objects.bulk_create(
        DictionaryWord(municipality=municipality, wrong=f"窓口{n}", right=f"総合窓口{n}")
        for n in range(Part.objects.of(version).count() // 5)
    )
    jobs = [export_of(version, municipality) for _ in range(Part.objects.of(version).count() // 5)]
    return {
        "version_id": [version.pk],
        "chapter": [structure.add_free_chapter(version, "用語集", by=member).key],
        "step": [*steps, "done"],
        "key": ["ch2", "ch1", "ch5", "ch6-online", "appendix"],
        "path": ["foreword_photo"],
        "edit_id": [part_of(version, "ch2").edits.newest_first()[1].pk],
        "sha256": [picture.sha256],
        "edition": ["2026-11-a"],
        "code": ["NM-001"],
        "word_id": [words[0].pk],
        "job_id": [jobs[0].pk],
        "style_id": [styles[0].pk],
        "item_id": ["PU-05", "ME-04"],
        "import_id": [import_of(version.created_by, Part.objects.of(version).count()).pk],
    }


def import_of(person, entries: int) -> CatalogImport:
    brought = CatalogImport.objects.create(
        file_name="版.xlsx", sha256="0" * 64, brought_by=person, brought_at=NOW
    )
    facts = {"title": "窓口の手続", "area": "online"}
    ImportedEntry.objects.bulk_create(
        ImportedEntry(
            brought=brought,
            position=n,
            section="national_measures",
            reference=f"2026-11-a/NM-{n}",
            verdict="changed",
            facts=facts,
            before={**facts, "title": "窓口"},
        )
        for n in range(entries)
    )
    return brought


def export_of(version: PlanVersion, municipality: Municipality) -> ExportJob:
    job = ExportJob.objects.create(
        municipality=municipality,
        version=version,
        format=Format.JSON,
        state=State.DONE,
        requested_by=version.created_by,
        requested_at=NOW,
        expires_at=NOW + timedelta(days=7),
        lease_id=uuid4(),
        file_name="計画.json",
        sha256=hashlib.sha256(b"{}").hexdigest(),
    )
    job.path.parent.mkdir(parents=True, exist_ok=True)
    job.path.write_bytes(b"{}")
    return job
