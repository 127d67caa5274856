import pytest

from planwizard.catalog.adopting import adoption_of
from planwizard.catalog.models import NationalMeasure

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(load):
    load([{"title_kind": "descriptive", "suggested_kpi": "準拠したページの割合", "measure_no": "No.1-1"}])
    return NationalMeasure.objects.select_related("edition").get()


def test_an_adoption_keeps_the_entry_with_its_marks(measure):
    kept = adoption_of(measure)
    assert (kept.edition_code, kept.code, kept.title_kind, kept.status) == (
        "2026-11-a",
        "NM-060",
        "descriptive",
        "unknown",
    )
    assert kept.title == "ウェブアクセシビリティ確保のための環境整備等"
    assert kept.ministry == "総務省（推定）"
    assert kept.wording.splitlines() == [
        "題：ウェブアクセシビリティ確保のための環境整備等（説明題）",
        "原典の施策番号：No.1-1",
        "所管：総務省（推定）",
        "関係する条：法14条（推定）",
        "要約：公的機関のサイトを誰でも使いやすくする。",
        "指標の例（国の指標ではありません）：準拠したページの割合",
        "状態：今の扱いは未確認",
        "出典：デジタル社会の実現に向けた重点計画（2022-06-07 閣議決定） 施策集／施策集の写し",
    ]


def test_the_same_entry_gives_the_same_wording(measure):
    assert adoption_of(measure) == adoption_of(NationalMeasure.objects.get())


def test_what_was_kept_does_not_follow_the_catalogue(measure):
    kept = adoption_of(measure)
    measure.title = "別の題"
    assert kept.title == "ウェブアクセシビリティ確保のための環境整備等"
