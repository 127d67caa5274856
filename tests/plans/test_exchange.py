"""What goes out in a plan.json comes in again: export, import, export is equal."""

import io
import json

import pytest
from PIL import Image

from planwizard.accounts.models import Department, Role
from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint import plan_file
from planwizard.blueprint.content import AdoptionContent
from planwizard.common.keys import new_key
from planwizard.plans import adoption, exchange, pictures, read, structure
from planwizard.plans.models import Edit, EditKind, Part, Plan
from tests.factories import (
    NOW,
    fill,
    make_department,
    make_measure,
    make_municipality,
    make_user,
    make_version,
    member_for,
    part_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ADOPTED = AdoptionContent(
    edition_code="2026-11-a",
    code="NM-001",
    title="子育て・介護関係の手続のオンライン化",
    title_kind="descriptive",
    status="unknown",
    wording="子育て・介護関係の手続をオンラインで受け付ける。",
    ministry="",
    source="一覧の写し",
)


@pytest.fixture
def member():
    found = member_for(make_user(Role.SECRETARIAT))
    with acting_for(found.municipality):
        yield found


@pytest.fixture
def version(member):
    return make_version(by=member.user)


def exported(version):
    return plan_file.dumps(exchange.to_json(version))


def imported(text, member):
    return exchange.load(text.encode(), by=member, at=NOW).version


def comes_back(version, member):
    """The version made from the export of ``version``, whose own export is equal."""
    text = exported(version)
    again = imported(text, member)
    assert json.loads(exported(again)) == json.loads(text)
    assert exported(again) == text
    return again


def picture(kind):
    out = io.BytesIO()
    Image.effect_noise((60, 40), 80).convert("RGB").save(out, kind)
    return out.getvalue()


def test_a_blank_plan_comes_back(version, member):
    comes_back(version, member)


def test_what_could_not_be_read_comes_back_as_it_was_typed(version, member):
    fill(version, "ch1", {}, by=member, as_typed={"population": "約8万人"})
    again = comes_back(version, member)
    assert again.parts.get(key="ch1").as_typed == {"population": "約8万人"}


def test_measures_come_back_with_numbers_rows_and_departments(version, member):
    office = make_department("子育て支援課")
    kpi = new_key()
    values = {
        "goal_statement": "来庁しない。",
        "kpis": [kpi],
        f"kpis.{kpi}.name": "申請割合",
        f"kpis.{kpi}.targets.2028.value": "45.5",
    }
    make_measure(version, department=office, **values)
    make_measure(version, "divide", title="まちなか相談")
    again = comes_back(version, member)
    found = again.parts.get(title="窓口の予約")
    assert (found.measure_no, found.department, found.kpi_count) == ("6-①-01", office, 1)
    assert found.values[f"kpis.{kpi}.targets.2028.value"] == "45.5"


def test_adoptions_come_back_in_the_wording_of_their_moment(version, member):
    adoption.add(make_measure(version), ADOPTED, None, by=member, at=NOW)
    again = comes_back(version, member)
    kept = again.parts.get(kind="measure").adoptions.get()
    assert read.content_of(again).measures[0].adoptions == (ADOPTED,)
    assert kept.national_measure is None


def test_a_free_chapter_comes_back_in_its_place(version, member):
    free = structure.add_free_chapter(version, "財政の見通し", by=member)
    fill(version, free.key, {"free_text": "歳入は減る見込みである。"}, by=member)
    structure.order_chapters(version, ["ch1", free.key, "ch2"], by=member)
    again = comes_back(version, member)
    titles = list(again.parts.steps().values_list("title", flat=True))
    assert titles[2] == "財政の見通し"


def test_a_deleted_measure_stays_behind(version, member):
    gone = make_measure(version, title="やめた施策")
    structure.delete(gone, by=member, at=NOW)
    assert "やめた施策" not in exported(version)
    again = comes_back(version, member)
    assert not again.parts.filter(kind="measure").exists()


def test_a_measure_that_was_moved_keeps_the_answers_of_its_former_area(version, member):
    measure = make_measure(version, "online", end_to_end="complete")
    structure.move_to_area(measure, "divide", by=member)
    again = comes_back(version, member)
    found = again.parts.get(kind="measure")
    assert (found.pillar, found.values["end_to_end"]) == ("divide", "complete")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_comes_back_byte_for_byte(version, member, kind):
    asset = pictures.store(picture(kind), by=member, at=NOW)
    fill(version, "basics", {"foreword_photo.asset": asset.sha256, "foreword_photo.alt": "庁舎"}, by=member)
    again = comes_back(version, member)
    assert again.parts.get(key="basics").values["foreword_photo.asset"] == asset.sha256


def test_a_picture_travels_to_another_town(version, member):
    asset = pictures.store(picture("PNG"), by=member, at=NOW)
    fill(version, "basics", {"foreword_photo.asset": asset.sha256, "foreword_photo.alt": "庁舎"}, by=member)
    text, data = exported(version), pictures.read(member.municipality.pk, asset.sha256)
    there = make_municipality("993018")
    other = member_for(make_user(Role.SECRETARIAT, municipality=there))
    with acting_for(there):
        again = imported(text, other)
        kept = again.parts.get(key="basics").values["foreword_photo.asset"]
        assert pictures.read(there.pk, kept) == data


def test_another_town_gets_the_plan_under_its_own_name_and_departments(version, member):
    make_measure(version, department=make_department("子育て支援課"))
    text = exported(version)
    there = make_municipality("993018")
    theirs = make_department("子育て支援課", municipality=there)
    other = member_for(make_user(Role.SECRETARIAT, municipality=there))
    with acting_for(there):
        again = imported(text, other)
        assert again.parts.get(kind="measure").department == theirs
        assert Department.objects.count() == 1
        assert exchange.to_json(again)["municipality"]["name"] == "磯波町"


def test_an_import_is_a_new_plan_of_its_own_author(version, member):
    again = comes_back(version, member)
    assert Plan.objects.count() == 2
    assert again.plan_id != version.plan_id
    kinds = set(Edit.objects.filter(part__version=again, edit_no=1).values_list("kind", "author"))
    assert kinds == {(EditKind.IMPORTED, member.user.pk)}


def test_the_file_holds_no_person_edit_or_job(version, member):
    text = exported(version)
    for private in (member.user.username, member.user.name, str(member.user.pk), "save_id", "edit_no"):
        assert private not in text


def test_steps_that_the_file_leaves_out_are_there_and_blank(version, member):
    file = exchange.to_json(version)
    file["parts"] = [part for part in file["parts"] if part["key"] == "basics"]
    again = imported(json.dumps(file), member)
    assert set(Part.objects.of(again).steps().values_list("key", flat=True)) == {
        sheet.key for sheet in again.edition.sheets
    }


def test_what_was_taken_out_of_a_file_is_told_by_its_place(version, member):
    tree = exchange.to_json(version)
    place = next(at for at, part in enumerate(tree["parts"]) if part["key"] == "ch2")
    tree["parts"][place]["values"]["vision"] = "待\x00たせ\u202eない\ud800町"
    loaded = exchange.load(json.dumps(tree).encode(), by=member, at=NOW)
    assert loaded.cleaned == ((f"parts[{place}].values.vision", 3),)
    assert f"parts[{place}].values.vision（3文字）" in loaded.told
    assert part_of(loaded.version, "ch2").values["vision"] == "待たせない町"


def test_of_a_sound_file_nothing_is_told(version, member):
    assert exchange.load(json.dumps(exchange.to_json(version)).encode(), by=member, at=NOW).told == ""
