import pytest

from planwizard.catalog.catalog_file import BadCatalog
from planwizard.catalog.loading import load_text
from planwizard.catalog.models import Edition, Law, NationalDocument, NationalMeasure

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def measure(code="NM-060"):
    return NationalMeasure.objects.select_related("edition", "document", "replaced_by").get(code=code)


def test_an_entry_arrives_with_all_its_facts(load):
    load([{"area_sub": ["online", "standard"], "typical_kpi": "件数"}])
    loaded = measure()
    assert loaded.edition.code == "2026-11-a"
    assert loaded.document.code == "priority-plan-2022-06-07"
    assert (loaded.areas, loaded.typical_kpi) == (("divide", "online", "standard"), "件数")
    assert not loaded.is_edited_by_hand


def test_loading_twice_changes_nothing(load):
    load()
    before = list(NationalMeasure.objects.values())
    report = load()
    assert report.counts[NationalMeasure] == {"same": 1}
    assert list(NationalMeasure.objects.values()) == before


def test_a_newer_file_updates_what_nobody_touched(load):
    load()
    report = load([{"status": "current", "summary": "見直した要約。"}])
    assert report.counts[NationalMeasure] == {"updated": 1}
    assert (measure().status, measure().summary) == ("current", "見直した要約。")
    assert "見直した要約" in measure().search_text


def test_an_editors_change_is_kept_and_told(load):
    load()
    NationalMeasure.objects.update(summary="管理者が直した要約。")
    report = load([{"summary": "新しいファイルの要約。"}])
    assert measure().summary == "管理者が直した要約。"
    assert [draft.reference for draft in report.kept] == ["2026-11-a/NM-060"]


def test_what_an_editor_switched_off_stays_off(load):
    load()
    NationalMeasure.objects.update(is_on=False)
    load()
    assert not measure().is_on


def test_what_an_editor_entered_by_hand_is_not_overwritten(load):
    Law.objects.create(code="act", title="市が入れた法令", source="例規集")
    report = load(laws=[{"code": "act", "title": "官民データ活用推進基本法", "source": "e-Gov"}])
    assert Law.objects.get().title == "市が入れた法令"
    assert report.counts[Law] == {"kept": 1}


def test_an_entry_that_the_editor_made_equal_to_the_file_follows_the_file_again(load):
    load()
    NationalMeasure.objects.update(summary="同じ要約。")
    load([{"summary": "同じ要約。"}])
    load([{"summary": "次の要約。"}])
    assert measure().summary == "次の要約。"


def test_the_same_code_in_two_editions_is_two_entries(load):
    editions = [{"code": "a", "name": "甲"}, {"code": "b", "name": "乙"}]
    load([{"edition": "a"}, {"edition": "b"}], editions=editions)
    assert NationalMeasure.objects.count() == 2


def test_unverified_entries_come_switched_off(load):
    load([{"verified": False}])
    assert not measure().is_on


def test_a_successor_may_stand_later_in_the_file(load):
    load([{"code": "NM-001", "replaced_by": "2026-11-a/NM-002"}, {"code": "NM-002"}])
    assert measure("NM-001").replaced_by == measure("NM-002")
    assert not measure("NM-001").is_edited_by_hand


def test_a_successor_can_be_taken_back(load):
    load([{"code": "NM-001", "replaced_by": "2026-11-a/NM-002"}, {"code": "NM-002"}])
    load([{"code": "NM-001"}, {"code": "NM-002"}])
    assert measure("NM-001").replaced_by is None


def test_an_entry_may_cite_what_is_in_the_catalogue_already(load):
    load()
    load([{"code": "NM-061"}], editions=[], national_documents=[])
    assert measure("NM-061").document == NationalDocument.objects.get()


def test_of_a_bad_file_nothing_is_written(catalog):
    with pytest.raises(BadCatalog):
        load_text(catalog([{}, {"code": "NM-061", "area": "tax"}]))
    assert not Edition.objects.exists()
