import pytest

from planwizard.catalog.models import NationalMeasure

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(load):
    """One measure with some facts changed."""

    def loaded(**changes):
        load([changes])
        return NationalMeasure.objects.select_related("edition", "replaced_by").get()

    return loaded


def codes(measures):
    return [measure.code for measure in measures]


def test_a_descriptive_title_says_so(measure):
    assert measure(title="窓口の見直し", title_kind="descriptive").display_title == "窓口の見直し（説明題）"


def test_an_official_title_stands_alone(measure):
    assert measure(title="5Gインフラの整備").display_title == "5Gインフラの整備"


def test_a_title_that_needs_its_section_has_it(measure):
    shown = measure(title="民間サービスとの連携", section="マイナンバーカード").display_title
    assert shown == "民間サービスとの連携〔マイナンバーカード〕"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("unknown", "今の扱いは未確認"),
        ("current", "有効"),
        ("superseded", "後の版に置き換わった、または終わった"),
    ],
)
def test_the_status_is_said_in_words(measure, status, words):
    assert measure(status=status).status_words == words


def test_a_successor_is_named_with_the_status(load):
    load(
        [
            {"code": "NM-001", "status": "superseded", "replaced_by": "2026-11-a/NM-002"},
            {"code": "NM-002", "title": "後の施策"},
        ]
    )
    words = NationalMeasure.objects.get(code="NM-001").status_words
    assert words == "後の版に置き換わった、または終わった（後継：後の施策）"


def test_what_was_assigned_by_us_is_marked(measure):
    entry = measure(ministry="内閣府", ministry_basis="inferred", act_article_basis="source_partial")
    assert (entry.ministry_words, entry.act_article_words) == ("内閣府（推定）", "法14条（一部推定）")


def test_what_the_source_says_is_not_marked(measure):
    entry = measure(ministry_basis="source", act_article="", act_article_basis="")
    assert (entry.ministry_words, entry.act_article_words) == ("総務省", "")


def test_our_own_indicator_is_an_example(measure):
    assert measure(suggested_kpi="受講者数").suggested_kpi_words == "例：受講者数"


def test_a_summary_written_from_the_title_says_so(measure):
    assert measure(summary="窓口を見直す。", text_seen="title_only").summary_words == (
        "窓口を見直す。（題からの説明）"
    )


@pytest.mark.parametrize("fact", [{"is_on": False}, {"verified": False}])
def test_what_is_off_or_unverified_is_not_offered(load, fact):
    load([fact])
    assert not NationalMeasure.objects.offered().exists()


def test_measures_of_an_inactive_edition_are_not_offered(load):
    load(editions=[{"code": "2026-11-a", "name": "古い一覧", "is_active": False}])
    assert not NationalMeasure.objects.offered().exists()


def test_a_measure_is_found_in_its_first_and_second_pillars(load):
    load([{"code": "NM-001", "area": "online", "area_sub": ["standard"]}, {"code": "NM-002"}])
    found = NationalMeasure.objects.in_area
    assert codes(found("online")) == codes(found("standard")) == ["NM-001"]
    assert codes(found("mynumber")) == []


@pytest.mark.parametrize(
    "words", ["ウェブ", "うぇぶ", "ｳｪﾌﾞ", "アクセシビリティ　総務省", "nm-060", "ＮＭ－060", ""]
)
def test_words_find_in_any_writing(load, words):
    load()
    assert codes(NationalMeasure.objects.matching(words)) == ["NM-060"]


@pytest.mark.parametrize("words", ["ウェブ 厚生労働省", "100%", "_"])
def test_every_word_must_occur(load, words):
    load()
    assert codes(NationalMeasure.objects.matching(words)) == []


def test_a_ministry_is_found_among_several(load):
    load([{"code": "NM-001", "ministry": "デジタル庁・総務省"}, {"code": "NM-002", "ministry": "文部科学省"}])
    assert codes(NationalMeasure.objects.of_ministry("総務省")) == ["NM-001"]


def test_ministries_are_listed_one_by_one_the_most_frequent_first(load):
    ministries = ["デジタル庁・総務省", "総務省（制度は内閣府）", "内閣官房、デジタル庁ほか", "総務省"]
    load([{"code": f"NM-{number}", "ministry": name} for number, name in enumerate(ministries)])
    assert NationalMeasure.objects.ministries() == ["総務省", "デジタル庁", "内閣官房"]


def test_measures_stand_in_the_order_of_the_pillars(load):
    areas = {"NM-1": "standard", "NM-2": "online", "NM-3": "divide", "NM-4": "online"}
    load([{"code": code, "area": area} for code, area in areas.items()])
    assert codes(NationalMeasure.objects.in_order()) == ["NM-2", "NM-4", "NM-3", "NM-1"]


def test_a_plan_cites_edition_and_code(load):
    load([{"code": "NM-001"}, {"code": "NM-002"}])
    cited = ["2026-11-a/NM-002", "2026-11-a/NM-999", "NM-001", "", "a/b/c"]
    (found,) = NationalMeasure.objects.select_related("edition").by_references(cited)
    assert found.reference == "2026-11-a/NM-002"
    assert not NationalMeasure.objects.by_references([]).exists()


@pytest.mark.both_databases
def test_finding_works_on_both_databases(load):
    load([{"area_sub": ["online"]}])
    found = (
        NationalMeasure.objects.offered()
        .in_area("online")
        .matching("うぇぶ")
        .of_ministry("総務省")
        .in_order()
    )
    assert codes(found) == ["NM-060"]


def test_a_plan_may_cite_any_number_of_measures(load):
    load([{"code": "NM-001"}])
    cited = ["2026-11-a/NM-001", *(f"2026-11-a/X-{n}" for n in range(5000))]
    assert codes(NationalMeasure.objects.by_references(cited)) == ["NM-001"]
