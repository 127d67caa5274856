"""What the addresses of access.py point to: functions ``town -> kwargs of the URL`` that make it in that town."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

from django.utils import timezone
from PIL import Image

from planwizard.accounts.models import Department, Municipality, Role
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog.imported import CatalogImport
from planwizard.catalog.measures import Edition, NationalMeasure
from planwizard.compliance import confirming, own_items
from planwizard.exports.models import ExportJob, Format, State
from planwizard.plans import adoption, pictures, structure
from planwizard.plans.models import DictionaryWord, Part, PlanVersion
from tests.factories import (
    fill,
    make_department,
    make_house_style,
    make_measure,
    make_membership,
    make_user,
    make_version,
    member_for,
    part_of,
)

NOW = datetime(2026, 11, 23, 1, 32, tzinfo=UTC)
Kwargs = dict[str, object]


def drafters_department(town: Municipality) -> Department:
    """The one that the drafter of the tests writes for."""
    return make_department("企画課", municipality=town)


def person(town: Municipality) -> Kwargs:
    return {"user_id": make_user(Role.VIEWER, municipality=town).pk}


def second_role(town: Municipality) -> Kwargs:
    holder = make_user(Role.VIEWER, municipality=town)
    return {"membership_id": make_membership(holder, Role.SECRETARIAT, municipality=town).pk}


def department(town: Municipality) -> Kwargs:
    return {"department_id": make_department("税務課", municipality=town).pk}


def a_version(town: Municipality) -> PlanVersion:
    return make_version(by=make_user(Role.SECRETARIAT, municipality=town))


def version(town: Municipality) -> Kwargs:
    return {"version_id": a_version(town).pk}


def a_part(town: Municipality, key: str = "ch2") -> Part:
    """A chapter that the drafter's department writes."""
    made = a_version(town)
    with acting_for(town):
        structure.assign(part_of(made, key), drafters_department(town), by=_secretariat(made))
    return part_of(made, key)


def part(town: Municipality) -> Kwargs:
    return _kwargs(a_part(town))


def step(town: Municipality) -> Kwargs:
    made = a_part(town)
    return {"version_id": made.version_id, "step": made.key}


def field(town: Municipality) -> Kwargs:
    return {**part(town), "path": "purpose_gov_data"}


def dictionary_word(town: Municipality) -> Kwargs:
    with acting_for(town):
        return {
            "word_id": DictionaryWord.objects.get_or_create(municipality=town, wrong="子供", right="こども")[
                0
            ].pk
        }


def picture_field(town: Municipality) -> Kwargs:
    return {**_kwargs(a_part(town, "basics")), "path": "foreword_photo"}


def rows_field(town: Municipality) -> Kwargs:
    return {**_kwargs(a_part(town, "ch1")), "path": "issues"}


def edit(town: Municipality) -> Kwargs:
    made = a_part(town)
    saved = fill(
        made.version, made.key, {"ch2_text": "市民の暮らしを支える。"}, by=_secretariat(made.version)
    )
    with acting_for(town):
        return {**_kwargs(made), "edit_id": saved.edits.newest_first()[0].pk}


def a_measure(town: Municipality) -> Part:
    return make_measure(a_version(town), department=drafters_department(town))


def measure(town: Municipality) -> Kwargs:
    return _kwargs(a_measure(town))


def deleted_measure(town: Municipality) -> Kwargs:
    made = a_measure(town)
    return _deleted(made)


def deleted_chapter(town: Municipality) -> Kwargs:
    made = a_version(town)
    with acting_for(town):
        return _deleted(structure.add_free_chapter(made, "用語集", by=_secretariat(made)))


def free_chapter(town: Municipality) -> Kwargs:
    made = a_version(town)
    with acting_for(town):
        return _kwargs(structure.add_free_chapter(made, "用語集", by=_secretariat(made)))


def adopted(town: Municipality) -> Kwargs:
    made = a_measure(town)
    with acting_for(town):
        cited = adoption.cite(made, entry(), by=_secretariat(made.version), at=NOW)
    return {**_kwargs(made), "adoption_id": cited.pk}


def entry_beside_a_plan(town: Municipality) -> Kwargs:
    found = entry()
    return {**version(town), "edition": found.edition.code, "code": found.code}


def picture(town: Municipality) -> Kwargs:
    made = a_version(town)
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "navy").save(drawn, "PNG")
    with acting_for(town):
        kept = pictures.store(drawn.getvalue(), by=_secretariat(made), at=NOW)
    return {"version_id": made.pk, "sha256": kept.sha256}


def export_job(town: Municipality) -> Kwargs:
    made, now = a_version(town), timezone.now()
    with acting_for(town):
        job = ExportJob.objects.create(
            municipality=town,
            version=made,
            format=Format.JSON,
            state=State.DONE,
            requested_by=made.created_by,
            requested_at=now,
            expires_at=now + timedelta(days=7),
            lease_id=uuid4(),
            file_name="計画.json",
            sha256=hashlib.sha256(b"{}").hexdigest(),
        )
    job.path.parent.mkdir(parents=True, exist_ok=True)
    job.path.write_bytes(b"{}")
    return {"job_id": job.pk}


def house_style(town: Municipality) -> Kwargs:
    return {"style_id": make_house_style(town).pk}


def item(town: Municipality) -> Kwargs:
    """One that the drafter's chapter may fulfil."""
    return {"version_id": a_part(town).version_id, "item_id": "PU-01"}


def confirmed_part(town: Municipality) -> dict[str, str]:
    return {"part": "ch2"}


def confirmation(town: Municipality) -> Kwargs:
    made = a_part(town)
    with acting_for(town):
        fill(made.version, "ch2", {"ch2_text": "公開する。"}, by=_secretariat(made.version))
        kept = confirming.confirm(
            made.version,
            item_id="PU-01",
            role="text",
            part=part_of(made.version, "ch2"),
            path="ch2_text",
            quote="公開する。",
            by=_secretariat(made.version),
            at=NOW,
        )
    return {"version_id": made.version_id, "confirmation_id": kept.pk}


def own_item(town: Municipality) -> Kwargs:
    by = member_for(make_user(Role.SECRETARIAT, municipality=town))
    with acting_for(town):
        return {"item_id": own_items.add(title="防災を扱うこと", by=by, at=NOW).pk}


def catalog_import(town: Municipality) -> Kwargs:
    """A file that an operator has brought: the catalogue's, not the town's."""
    author = make_user(Role.OPERATOR, municipality=town)
    made = CatalogImport.objects.create(
        file_name="カタログ.xlsx", sha256="0" * 64, brought_by=author, brought_at=NOW
    )
    return {"import_id": made.pk}


def two_editions(town: Municipality) -> Kwargs:
    for code in ("TEST-1", "TEST-2"):
        Edition.objects.get_or_create(code=code, defaults={"name": code})
    return {}


def _kwargs(made: Part) -> Kwargs:
    return {"version_id": made.version_id, "key": made.key}


def _deleted(made: Part) -> Kwargs:
    with acting_for(made.municipality_id):
        structure.delete(made, by=_secretariat(made.version), at=timezone.now())
    return _kwargs(made)


def _secretariat(made: PlanVersion):
    return member_for(made.created_by)


def entry() -> NationalMeasure:
    """A national measure that is offered."""
    edition = Edition.objects.get_or_create(code="2026-11-a", name="カタログ", is_active=True)[0]
    facts = {"title": "窓口の手続", "area": "online", "verified": True, "is_on": True}
    return NationalMeasure.objects.get_or_create(edition=edition, code="NM-001", defaults=facts)[0]
