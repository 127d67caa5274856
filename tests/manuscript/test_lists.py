from dataclasses import replace

import pytest

from planwizard.blueprint.content import Asset
from planwizard.document import walk
from planwizard.document.check import check
from planwizard.document.nodes import TEXT_WIDTHS, Picture, Table
from planwizard.manuscript.compose import Composition, compose
from planwizard.manuscript.options import Options, Variant
from tests.manuscript import plans
from tests.manuscript.reading import captions, outline, table


def over(start, end, *measures):
    basics = {**plans.BASICS, "period_start_fy": start, "period_end_fy": end}
    return compose(plans.plan({**plans.CHAPTERS, "basics": basics}, measures or (plans.measure(1),)))


def test_the_index_names_every_measure_under_its_pillar_and_where_its_sheet_is():
    document = compose(plans.small())
    rows = table(document, "施策の一覧")
    assert rows[0] == ["施策番号", "施策名", "所管課", "種別", "KPI", "シート"]
    assert rows[1] == ["手続における情報通信の技術の利用等に係る取組"]
    number, title, department, kind, kpis, where = rows[2]
    assert (number, kpis, kind) == ("6-①-01", "2", "国の施策を選定")
    assert (title, department) == ("子育て手続をスマートフォンで完結させる", "こども未来部子育て支援課")
    assert f"{where} 施策シート　{title}" in captions(document)


def test_the_list_of_kpis_shows_every_year():
    rows = table(over(2026, 2032), "成果指標（KPI）の一覧")
    assert rows[0][5:12] == [f"令和{year}\n年度" for year in range(8, 15)]
    assert rows[0][4] == "現状値\n令和7年度"
    assert rows[1][:10] == ["6-①-01", "子育て手続のオンライン申請割合", "効果", "%", "18.0", "30.0", "42.0", "55.0", "", "70.0"]  # fmt: skip


def test_the_head_of_the_kpis_names_the_year_of_most_baselines_and_the_others_say_theirs():
    kpis = [
        {"name": name, "baseline_value": "1", "baseline_fy": year}
        for name, year in zip("甲乙丙", (2024, 2025, 2025), strict=True)
    ]
    rows = table(compose(plans.plan(measures=(plans.measure(1, kpis=kpis),))), "成果指標（KPI）の一覧")
    assert rows[0][4] == "現状値\n令和7年度"
    assert [row[4] for row in rows[1:]] == ["1\n令和6年度", "1", "1"]


def test_a_baseline_of_no_known_year_leaves_the_years_in_the_rows():
    kpis = [{"name": "甲", "baseline_value": "1"}, {"name": "乙", "baseline_value": "1", "baseline_fy": 2025}]
    rows = table(compose(plans.plan(measures=(plans.measure(1, kpis=kpis),))), "成果指標（KPI）の一覧")
    assert [row[4] for row in rows] == ["現状値", "1", "1\n令和7年度"]


def test_a_short_period_leaves_the_list_upright():
    assert [section.paper for section in over(2027, 2029).sections] == ["upright", "landscape", "upright"]
    upright = next(each for each in over(2027, 2029).sections[0].blocks if each.id == "list-kpis-1")
    assert isinstance(upright, Table)
    assert sum(upright.widths) == 160


def test_the_schedule_gathers_the_steps_of_each_measure():
    rows = table(compose(plans.small()), "工程表")
    assert rows[1][:4] == [
        "6-①-01\n子育て手続をスマートフォンで完結させる",
        "こども未来部子育て支援課",
        "様式の見直しと試行",
        "準備\n様式",
    ]
    assert rows[2][0] == "全手続の開始"


PICTURE = Asset("b" * 64, "image/png", 1600, 900)


def with_own_schedule(**answers):
    drawn = {
        "schedule_diagram": {"asset": PICTURE.sha256, "alt": "年度別の工程", "caption": "工程表", **answers}
    }
    content = plans.plan({**plans.CHAPTERS, "ch5": {**plans.CH5, **drawn}}, (plans.measure(1),))
    return replace(content, assets={PICTURE.sha256: PICTURE})


def test_the_towns_own_picture_takes_the_place_of_the_schedule():
    document = compose(with_own_schedule(width_mm=160))
    section = next(each for each in document.sections if any(b.id == "ch6-schedule" for b in each.blocks))
    picture = section.blocks[[b.id for b in section.blocks].index("ch6-schedule") + 1]
    assert section.paper == "landscape"
    assert isinstance(picture, Picture)
    assert (picture.asset, picture.alt, picture.width_mm) == (PICTURE.sha256, "年度別の工程", 160)
    assert picture.number.startswith("図")
    assert not any(isinstance(b, Table) and b.kind == "schedule" for b in walk.blocks(document))
    assert check(document) == []


@pytest.mark.parametrize(("size", "width"), [((900, 1600), 65), ((1600, 1200), 160), ((0, 0), 160)])
def test_a_picture_too_high_for_landscape_paper_is_printed_narrower(size, width):
    content = with_own_schedule(width_mm=160)
    content = replace(content, assets={PICTURE.sha256: Asset(PICTURE.sha256, "image/png", *size)})
    widths = [each.width_mm for each in walk.blocks(compose(content)) if isinstance(each, Picture)]
    assert widths == [width]


def test_a_picture_of_the_schedule_that_is_gone_leaves_the_tables():
    document = compose(with_own_schedule(asset="c" * 64))
    assert table(document, "工程表")[0][:3] == ["施策", "所管課", "工程"]


def test_the_picture_of_the_schedule_goes_with_chapter_6_alone():
    content = with_own_schedule()
    plain = plans.plan(measures=(plans.measure(1),))
    for keys in (("ch5",), ("m000000001",), ("ch6-online",)):
        options = Options(Variant.PARTS, only=keys)
        assert outline(compose(content, options)) == outline(compose(plain, options))
    assert any(
        kind == "picture" for kind, _ in outline(compose(content, Options(Variant.PARTS, only=("ch6",))))
    )


def test_the_schedule_is_had_by_itself_as_it_prints():
    drawn = Composition(plans.plan(measures=(plans.measure(1),)), Options()).figure("ch5", "schedule_diagram")
    own = Composition(with_own_schedule(), Options()).figure("ch5", "schedule_diagram")
    assert [kind for kind, _ in outline(drawn)] == ["table"]
    assert [kind for kind, _ in outline(own)] == ["picture"]
    assert [each.paper for each in (*drawn.sections, *own.sections)] == ["landscape", "landscape"]
    assert not Composition(plans.plan(), Options()).figure("ch5", "schedule_diagram").sections


def test_a_period_longer_than_ten_years_goes_on_in_a_second_table():
    late = plans.measure(1, schedule=[{"item": "更新", "start_fy": 2036, "end_fy": 2037}])
    document = over(2026, 2037, late)
    assert any(each.endswith("工程表（その2）") for each in captions(document))
    assert check(document) == []


def test_a_second_table_without_anything_in_it_is_left_out():
    assert not any("その2" in each for each in captions(over(2026, 2037)))


def test_a_period_that_cannot_be_is_taken_as_unknown():
    for start, end in ((2030, 2026), (2026, 2099), (None, 2030)):
        document = over(start, end)
        assert check(document) == []
        assert table(document, "成果指標（KPI）の一覧")[0][5] == "目標値"


def test_landscape_tables_fill_the_paper():
    for years in range(1, 12):
        section = next(each for each in over(2026, 2025 + years).sections if each.paper == "landscape")
        assert {sum(each.widths) for each in section.blocks if isinstance(each, Table)} == {245}


def test_every_issue_names_the_measures_that_answer_it():
    document = compose(plans.small())
    rows = table(document, "課題")
    assert rows[0] == ["番号", "課題", "説明", "関わる柱", "対応する\n施策"]
    assert [row[0] for row in rows[1:]] == ["I-1", "I-2"]
    assert rows[1][4] == "6-①-01"
    assert rows[1][2].endswith("（根拠：マイナンバーカード保有率）")


def test_every_pillar_stands_beside_its_policy_and_its_measures():
    rows = table(compose(plans.small()), "柱の方針")
    assert rows[1] == [
        "手続オンライン化",
        "取り組む\n力を入れる",
        "原則として全ての申請をネットで受け付ける。",
        "",
        "6-①-01",
    ]
    assert rows[2] == ["標準化・互換性", "見送る", "", "移行は令和7年度に終えた。", ""]


def test_a_policy_gives_way_to_the_text_of_its_chapter_the_reason_to_leave_a_pillar_stays():
    told = {**plans.CHAPTERS, "ch5": {**plans.CH5, "ch5_text": "全ての申請をネットで受け付ける。"}}
    assert table(compose(plans.plan(told, (plans.measure(),))), "柱の方針") == [
        ["柱", "扱い", "見送る理由", "施策"],
        ["手続オンライン化", "取り組む、力を入れる", "", "6-①-01"],
        ["標準化・互換性", "見送る", "移行は令和7年度に終えた。", ""],
    ]


def test_every_effect_stands_beside_the_measures_that_bring_it_about():
    assert table(compose(plans.small()), "期待される効果")[1] == [
        "デジタルファースト",
        "申請ははじめからネットで行う。",
        "6-①-01　子育て手続をスマートフォンで完結させる",
    ]


def test_no_table_is_wider_than_its_paper():
    for section in compose(plans.large(30)).sections:
        room = TEXT_WIDTHS[section.paper]
        assert all(sum(each.widths) <= room for each in section.blocks if isinstance(each, Table))


def test_numbers_stand_right():
    found = next(
        each for each in walk.blocks(compose(plans.small())) if each.id == "ch1-population-projection-1"
    )
    assert isinstance(found, Table)
    assert [cell.align for cell in found.rows[1]] == ["", "right", ""]


def test_a_small_table_stays_on_one_page_and_a_long_one_may_go_on():
    kept = {
        each.caption: each.keep for each in walk.blocks(compose(plans.large(30))) if isinstance(each, Table)
    }
    assert kept["計画の期間と見直し"]
    assert not kept["施策の一覧"]


# --- maps ----------------------------------------------------------------------------------------------------


def test_under_an_issue_stand_its_measures_and_their_kpis():
    document = compose(plans.small())
    rows = table(document, "課題・施策・成果指標の対応")
    assert rows[0] == ["施策番号", "施策名", "成果指標"]
    (issue,) = rows[1]
    assert issue.startswith("I-1\u3000")
    assert rows[2][0] == "6-①-01"
    assert all(cell for row in rows for cell in row)


def test_an_issue_without_a_measure_is_not_in_the_map():
    document = compose(plans.plan(measures=(plans.measure(1, issues=[]),)))
    assert "課題・施策・成果指標の対応" not in " ".join(captions(document))


BUDGET = [{"fy": 2027, "amount": "8400"}, {"fy": 2027, "amount": "600"}, {"fy": 2028, "amount": "1200.5"}]


def test_budgets_are_added_by_year_and_in_all():
    content = plans.plan(measures=(plans.measure(1, budget=BUDGET), plans.measure(2, budget=BUDGET[:1])))
    document = compose(content, Options(budgets=True))
    assert check(document) == []
    rows = table(document, "概算事業費の一覧（千円）")
    at = {head.replace("\n", ""): nth for nth, head in enumerate(rows[0])}
    assert [rows[1][at[head]] for head in ("令和9年度", "令和10年度", "計")] == [
        "9,000",
        "1,200.5",
        "10,200.5",
    ]
    assert rows[-1][0] == "計"
    assert (rows[-1][-1], rows[-1][at["令和9年度"] - 1]) == ("18,600.5", "17,400")


def test_budgets_are_listed_only_when_chosen():
    assert "概算事業費" not in " ".join(
        captions(compose(plans.plan(measures=(plans.measure(1, budget=BUDGET),))))
    )


def test_every_figure_is_listed_with_its_source_and_day():
    ch1 = {
        "population": "84312",
        "population_as_of": "2025-10-01",
        "population_source": "resident_register",
        "digital_indicators": [
            {"name": "保有率", "value": "79.2", "unit": "%", "as_of": "2025-09-30", "source": "市民課調べ"},
            {"name": "出典のない数", "value": "1"},
        ],
    }
    rows = table(compose(plans.plan({**plans.CHAPTERS, "ch1": ch1})), "現状の数値の出典")
    assert rows[1:] == [
        ["1", "総人口", "84,312人", "令和7年10月1日", "住民基本台帳"],
        ["2", "保有率", "79.2%", "令和7年9月30日", "市民課調べ"],
    ]


def test_addresses_stand_below_a_table_of_many_columns():
    data = {
        "dataset_name": "指定避難所",
        "format": "csv",
        "machine_readable": True,
        "license": "CC BY 4.0",
        "update_cycle": "年1回",
        "last_updated": "2026-06-10",
        "owner_department": "防災危機管理課",
    }
    rows = [{**data, "url": "https://www.example.lg.jp/data/hinanjo"}, data]
    document = compose(plans.plan(measures=(plans.measure(1, "open_data", published_datasets=rows),)))
    heads = table(document, "公開するデータ（6-②-01）")[0]
    assert "".join(heads[-1].split()) == "更新の担当"
    assert "URL" not in heads
    assert check(document) == []
    assert ("list", "指定避難所：https://www.example.lg.jp/data/hinanjo") in outline(document)
