"""The committed catalogue itself: what it may say, and what it must say."""

import json

import pytest

from planwizard.blueprint import laws
from planwizard.catalog.loading import load_text
from planwizard.catalog.models import (
    Edition,
    FundingSource,
    Law,
    NationalDocument,
    NationalMeasure,
    StandardIndicator,
    Term,
)
from planwizard.common.fiscal_year import FiscalYear
from planwizard.plans import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
ENTRIES = (FundingSource, Law, NationalDocument, NationalMeasure, StandardIndicator, Term)


def test_loading_the_seed_again_changes_nothing(seed):
    again = load_text(seed)
    assert not again.kept
    assert all(set(counts) <= {"same"} for counts in again.counts.values())


def test_the_suggested_indicators_that_no_single_town_can_use_are_these():
    named = [
        name
        for entry in NationalMeasure.objects.order_by("code")
        for name in filter(None, entry.suggested_kpi.split("、"))
        if name not in examples.of_one_town(entry.suggested_kpi)
    ]
    assert named == [
        "デジタル健診を導入した市町村数",
        "公開している市町村の割合",
        "公開した市町数",
        "整備都市数",
        "コンビニ交付の導入団体数",
        "講習会の開催市町村数",
        "外部人材を任用する団体数",
    ]


@pytest.mark.parametrize("model", ENTRIES)
def test_only_verified_entries_are_on(model):
    assert model.objects.offered().exists()
    assert not model.objects.filter(is_on=True, verified=False).exists()
    assert not model.objects.filter(source="").exists()


@pytest.mark.parametrize("model", ENTRIES)
def test_what_stands_on_memory_is_never_offered(model):
    assert not model.objects.offered().filter(source__contains="記憶").exists()


def test_all_measures_are_there_and_the_unverified_are_off():
    assert NationalMeasure.objects.count() == 90
    off = NationalMeasure.objects.filter(is_on=False).values_list("code", flat=True)
    assert list(off) == ["NM-101", "NM-102", "NM-104", "NM-105"]


def test_every_pillar_offers_measures():
    for pillar in ("online", "open_data", "mynumber", "divide", "standard"):
        assert NationalMeasure.objects.offered().in_area(pillar).count() >= 14


def test_the_list_of_the_guide_is_empty_and_off():
    guide = Edition.objects.get(name="手引Ⅲ（2019-10-11）")
    assert not guide.is_active
    assert not guide.measures.exists()
    assert "この一覧は読めなかった。管理者が原本から入れる。" in guide.note
    assert "load_catalog" in guide.note


def test_the_laws_that_a_new_plan_starts_with_are_offered():
    offered = set(Law.objects.offered().values_list("code", flat=True))
    assert {*laws.PLAN_BASIS, *laws.SECURITY} <= offered


def test_laws_are_printed_with_number_and_article():
    assert str(Law.objects.get(code="act-9-3")) == "官民データ活用推進基本法（平成28年法律第103号）第9条第3項"
    assert str(Law.objects.get(code="local-autonomy-act")) == "地方自治法（昭和22年法律第67号）"


def test_the_pillars_have_their_articles():
    pillars = Law.objects.offered().used_for("pillar").in_order()
    assert [(law.pillar, law.article) for law in pillars] == [
        ("online", "第10条"),
        ("open_data", "第11条"),
        ("open_data", "第12条"),
        ("mynumber", "第13条"),
        ("divide", "第14条"),
        ("standard", "第15条"),
    ]


def test_documents_are_printed_with_their_decision():
    newest = NationalDocument.objects.offered().basic_plans().newest_first().first()
    assert str(newest) == "デジタル社会の実現に向けた重点計画（令和7年6月13日閣議決定）"


def test_an_unknown_kind_of_decision_is_not_guessed():
    plan = NationalDocument.objects.get(code="priority-plan-2021-12-24")
    assert str(plan) == "デジタル社会の実現に向けた重点計画（令和3年12月24日決定）"
    assert str(NationalDocument.objects.get(code="dx-plan-2024-02-05")).endswith(
        "【第2.3版】（令和6年2月5日）"
    )


def test_a_grant_is_offered_under_the_name_of_its_year():
    def of(year):
        grants = FundingSource.objects.offered().in_year(FiscalYear(year))
        return [grant.name.partition("（")[0] for grant in grants]

    assert of(2024) == ["デジタル田園都市国家構想交付金"]
    assert of(2025) == ["新しい地方経済・生活環境創生交付金"]
    assert of(2026) == ["地域未来交付金"]


def test_terms_come_in_the_order_of_the_syllabary():
    readings = list(Term.objects.values_list("reading", flat=True))
    assert readings == sorted(readings)
    assert {"EBPM", "オープンデータ", "標準準拠システム", "ガバメントクラウド"} <= set(
        Term.objects.values_list("term", flat=True)
    )


def test_a_source_names_its_place_by_itself():
    assert not [entry for entry in NationalMeasure.objects.all() if entry.source.startswith("同")]


def test_the_file_reads_as_japanese_text(seed):
    assert r"\u" not in seed
    assert json.loads(seed)["format"] == "planwizard-catalog"
