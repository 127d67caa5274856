from dataclasses import replace

import pytest

from planwizard.document import walk
from planwizard.document.check import check
from planwizard.document.nodes import Table
from planwizard.manuscript.compose import compose
from tests.manuscript import plans
from tests.manuscript.reading import captions, outline, sheet, table


def of(measure, **basics):
    return compose(plans.plan({**plans.CHAPTERS, "basics": {**plans.BASICS, **basics}}, (measure,)))


def grid(document, key="m000000001"):
    found = next(each for each in walk.blocks(document) if each.id == key)
    assert isinstance(found, Table)
    return found


def test_a_sheet_begins_with_number_and_title():
    found = grid(of(plans.measure()))
    assert found.kind == "sheet"
    assert [walk.plain(cell.inlines) for cell in found.rows[0]] == [
        "6-①-01",
        "子育て手続をスマートフォンで完結させる",
    ]


def test_rows_stand_in_the_order_and_under_the_labels_of_the_blueprint():
    offline = [{"name": "死亡届に伴う面談", "reason": "対面が必要"}]
    labels = [label for label in sheet(of(plans.measure(offline_procedures=offline))) if label in LABELS]
    assert labels == LABELS


LABELS = [
    "柱",
    "種別",
    "関係する国の施策",
    "根拠の法条",
    "新規・継続",
    "所管課",
    "対応する課題",
    "現状と課題",
    "目的・目指す姿",
    "取組内容",
    "対象",
    "成果指標（KPI）",
    "工程表",
    "節目",
    "対象手続の一覧",
    "対象手続数・割合",
    "使う基盤",
    "来庁せず完結するか",
]


def test_an_empty_field_makes_no_row():
    assert "副次の柱" not in sheet(of(plans.measure()))
    bare = replace(plans.measure(**dict.fromkeys(plans.MEASURE, "")), adoptions=())
    assert list(sheet(of(bare))) == ["6-①-01", "柱", "所管課"]


def test_prose_in_a_cell_keeps_its_marks():
    assert sheet(of(plans.measure()))["取組内容"] == [
        "・対象22手続の様式を見直す\n・本人確認をマイナンバーカードで行う"
    ]


def test_an_adopted_measure_carries_the_marks_of_the_catalogue():
    assert sheet(of(plans.measure()))["関係する国の施策"] == [
        "子育て・介護関係の手続のオンライン化（説明題、今の扱いは未確認）　出典：施策集 12頁"
    ]


# --- two facts in a row --------------------------------------------------------------------------------------


def pairs_of(document):
    """[first label, its text, second label, its text] of each row that holds two facts."""
    return [
        [walk.plain(cell.inlines) for cell in row]
        for row in grid(document).rows
        if [cell.header for cell in row] == ["row", "", "row", ""]
    ]


def spans(word, table):
    """The columns that each cell takes in the row whose second cell is ``word``."""
    row = next(row for row in table.rows if len(row) > 1 and walk.plain(row[1].inlines) == word)
    return [cell.colspan for cell in row]


def test_two_short_neighbours_share_a_row_in_the_order_of_the_blueprint():
    assert pairs_of(of(plans.measure()))[:2] == [
        ["柱", "手続オンライン化", "種別", "国の施策を選定"],
        ["新規・継続", "拡充", "所管課", "こども未来部子育て支援課"],
    ]


def test_a_fact_that_takes_more_than_a_line_has_a_row_of_its_own():
    lines = pairs_of(of(plans.measure(kind="", novelty="", target_users="1行目\n2行目")))
    long = pairs_of(of(plans.measure(target_users="市" * 17, area_scope="全市")))
    assert all("対象" not in row for row in [*lines, *long])


def test_a_label_of_two_lines_breaks_between_its_words():
    labels = [cell for row in grid(of(plans.measure(offline_procedures=OFFLINE))).rows for cell in row]
    texts = [walk.plain(cell.inlines) for cell in labels if cell.header == "row"]
    assert "オンライン化しない\n手続と理由" in texts
    assert "来庁せず完結するか" in texts


OFFLINE = [{"name": "死亡届に伴う面談", "reason": "対面が必要である"}]


def test_the_second_label_begins_where_a_year_begins():
    found = grid(of(plans.measure()))
    row = next(row for row in found.rows if len(row) == 4)
    assert [cell.colspan for cell in row] == [1, 2, 2, 3]
    assert sum(found.widths[:3]) == 85


@pytest.mark.parametrize("years", range(9))
def test_pairs_and_bands_fit_one_grid_for_any_period(years):
    end = 2025 + years if years else None
    document = of(plans.measure(), period_start_fy=2026 if years else None, period_end_fy=end)
    assert sum(grid(document).widths) == 160
    assert len(pairs_of(document)) > 2
    assert check(document) == []


# --- KPI band ------------------------------------------------------------------------------------------------


def rows_of(document, key="m000000001"):
    return [[walk.plain(cell.inlines) for cell in row] for row in grid(document, key).rows]


def test_kpi_and_schedule_share_one_grid_of_years():
    found = grid(of(plans.measure()))
    assert found.widths == (35, 35, 15, 15, 15, 15, 15, 15)
    assert [
        "成果指標（KPI）",
        "指標名",
        "現状値\n令和7\n年度",
        *(f"令和{year}\n年度" for year in range(8, 13)),
    ] in rows_of(of(plans.measure()))


def test_up_to_three_years_are_wider():
    found = grid(of(plans.measure(), period_end_fy=2028))
    assert found.widths == (35, 45, 20, 10, 10, 20, 20)
    assert spans("指標名", found) == [1, 1, 1, 2, 1, 1]


def test_the_target_stands_in_its_year():
    assert ["子育て手続のオンライン申請割合（%）", "18.0", "30.0", "42.0", "55.0", "", "70.0"] in rows_of(
        of(plans.measure())
    )
    assert ["オンライン化した手続（手続）", "4", "", "", "", "", "1,234"] in rows_of(of(plans.measure()))


def test_the_values_of_an_indicator_have_as_many_decimals_as_the_longest_of_them():
    kpi = {"name": "待ち時間", "baseline_value": "1234", "baseline_fy": 2025, "target_value": "900.25"}
    targets = {2026: {"value": "1000.5"}, 2027: {"value": "0"}}
    rows = rows_of(of(plans.measure(kpis=[{**kpi, "target_fy": 2030, "targets": targets}])))
    assert ["待ち時間", "1,234.00", "1,000.50", "0.00", "", "", "900.25"] in rows


def test_only_a_key_measure_says_so():
    assert sheet(of(plans.measure(is_priority=True)))["重点施策"] == ["重点施策"]
    assert "重点施策" not in sheet(of(plans.measure(is_priority=False)))


def test_a_long_period_shows_baseline_middle_and_final_year():
    document = of(plans.measure(), period_end_fy=2032)
    assert grid(document).widths == (35, 45, 20, 10, 10, 20, 20)
    assert spans("指標名", grid(document)) == [1, 2, 2, 1, 1]
    assert ["成果指標（KPI）", "指標名", "現状値\n令和7\n年度", "令和11\n年度", "令和14\n年度"] in rows_of(
        document
    )


def test_a_target_outside_the_years_shown_is_told_in_words():
    assert "子育て手続のオンライン申請割合（%）\n目標 70.0（令和12年度）" in sheet(
        of(plans.measure(), period_end_fy=2028)
    )


def test_without_a_period_the_target_has_one_column():
    document = of(plans.measure(), period_start_fy=None, period_end_fy=None)
    assert ["成果指標（KPI）", "指標名", "現状値\n令和7\n年度", "目標値"] in rows_of(document)
    assert ["オンライン化した手続（手続）", "4", "1,234\n令和12\n年度"] in rows_of(document)
    assert check(document) == []


def test_different_baseline_years_stand_beside_their_values():
    kpis = [{**plans.MEASURE["kpis"][0]}, {**plans.MEASURE["kpis"][1], "baseline_fy": 2024}]
    assert sheet(of(plans.measure(kpis=kpis)))["オンライン化した手続（手続）"][0] == "4\n令和6\n年度"


def test_definitions_and_sources_stand_below_the_band():
    assert sheet(of(plans.measure()))["指標の定義と出典"] == [
        "子育て手続のオンライン申請割合（効果・年度値）：オンライン申請件数÷当該22手続の全申請件数。"
        "出典・集計方法：子育て支援課が四半期ごとに集計。\nオンライン化した手続（進捗）"
    ]


# --- schedule band -------------------------------------------------------------------------------------------


def band(document):
    return [
        [(walk.plain(cell.inlines), cell.colspan, cell.fill) for cell in row]
        for row in grid(document).rows
        if any(cell.fill == "band" for cell in row)
    ]


def test_each_year_of_a_step_carries_its_words():
    assert band(of(plans.measure()))[0] == [
        ("様式の見直しと試行", 2, ""),
        ("準備\n様式", 1, "band"),
        ("試行\n12手続", 1, "band"),
        ("", 1, ""),
        ("", 1, ""),
        ("", 1, ""),
    ]


def test_a_step_without_words_is_one_bar_with_its_period():
    assert band(of(plans.measure()))[1] == [
        ("全手続の開始", 2, ""),
        ("", 1, ""),
        ("", 1, ""),
        ("令和10～12年度", 3, "band"),
    ]


def only_step(**cells):
    row = {"item": "相談会", "start_fy": 2027, "end_fy": 2029, "cells": cells.pop("cells"), **cells}
    return of(plans.measure(schedule=[row]))


def test_a_step_goes_on_by_an_arrow_up_to_its_last_year():
    cells = {2027: {"status": "prepare"}, 2028: {"status": "act", "text": "月1回"}}
    assert [text for text, _, _ in band(only_step(cells=cells, end_fy=2030))[0]] == [
        "相談会",
        "",
        "準備",
        "実施\n月1回",
        "→",
        "→",
    ]


def test_a_year_before_the_first_word_of_a_step_says_nothing():
    assert [text for text, _, _ in band(only_step(cells={2028: {"status": "act"}}))[0]] == [
        "相談会\n令和9～11年度",
        "",
        "",
        "実施",
        "→",
        "",
    ]


def test_a_step_that_is_complete_does_not_go_on():
    cells = {2026: {"status": "act"}, 2028: {"status": "complete"}}
    found = band(only_step(cells=cells, start_fy=2026, end_fy=2030))[0]
    assert [text for text, _, _ in found[1:]] == ["実施", "→", "完了", "", ""]


def test_a_step_without_a_last_year_does_not_go_on():
    found = band(only_step(cells={2027: {"status": "act"}}, end_fy=None))[0]
    assert [text for text, _, _ in found].count("→") == 0


def test_words_too_long_for_the_cell_of_a_year_stand_under_the_name_of_the_step():
    cells = {
        2027: {"status": "act", "text": "戸籍附票と健康管理の移行"},
        2028: {"status": "act", "text": "残り"},
    }
    assert [text for text, _, _ in band(only_step(cells=cells))[0]] == [
        "相談会\n令和9年度　戸籍附票と健康管理の移行\n令和10年度　残り",
        "",
        "実施",
        "実施",
        "→",
        "",
    ]


def test_long_words_stay_in_their_cells_where_the_name_would_grow_taller():
    cells = {year: {"status": "act", "text": "全手続の点検"} for year in range(2026, 2031)}
    cells[2026] = {"status": "act", "text": "様式を見直す"}
    cells[2027] = {"status": "act", "text": "利用者が試す"}
    cells[2028] = {"status": "act", "text": "全様式を見直す"}
    found = band(only_step(cells=cells, start_fy=2026, end_fy=2030))[0]
    assert [text for text, _, _ in found][:4] == [
        "相談会",
        "実施\n様式を見直す",
        "実施\n利用者が試す",
        "実施\n全様式を見直す",
    ]


def test_long_words_without_a_status_stay_in_the_cell_of_their_year():
    cells = {2027: {"text": "戸籍附票と健康管理の移行"}}
    assert band(only_step(cells=cells))[0][2][0] == "戸籍附票と健康管理の移行"


def test_over_a_long_period_each_year_is_told_in_one_cell():
    document = of(plans.measure(), period_end_fy=2032)
    assert sheet(document)["様式の見直しと試行"] == [
        "時期　令和8～9年度\n令和8年度　準備　様式\n令和9年度　試行　12手続"
    ]


# --- below the table -----------------------------------------------------------------------------------------


def test_a_very_long_cell_moves_below_the_table():
    document = of(plans.measure(actions="長い文。\n" * 500))
    assert sheet(document)["取組内容"] == ["表の下の「取組内容」のとおり"]
    lines = outline(document)
    at = next(nth for nth, line in enumerate(lines) if line == ("p", "取組内容（6-①-01）"))
    assert lines[at + 1 : at + 501] == [("p", "長い文。")] * 500
    assert check(document) == []


def test_rows_of_many_columns_make_a_table_below_the_sheet():
    document = of(plans.measure())
    assert sheet(document)["対象手続の一覧"][0].endswith("のとおり")
    assert table(document, "対象手続の一覧（6-①-01）") == [
        ["手続", "年間件数（件）", "今の方法", "オンライン化の年度"],
        ["児童手当の認定請求", "540", "窓口", "令和9年度"],
        ["保育の利用申込み", "1,210", "窓口", "令和9年度"],
    ]


def test_a_row_of_many_columns_that_is_the_only_one_is_told_in_the_sheet():
    site = {"name": "避難所の一覧", "personal": False, "standard": "CSV"}
    document = of(plans.measure(datasets=[site, {}]))
    assert sheet(document)["官民データの項目"] == ["避難所の一覧／個人情報：なし／形式・標準：CSV"]
    assert not any(each.endswith("官民データの項目（6-①-01）") for each in captions(document))
    assert check(document) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"name": "転入届"}], "転入届"),
        ([{"name": "転入届"}, {"name": "転居届"}], "転入届、転居届"),
        (
            [{"name": "転入届", "method": "counter"}, {"name": "転居届", "annual_count": "1210"}],
            "転入届／今の方法：窓口\n転居届／年間件数：1,210件",
        ),
        ([{"law": "住民基本台帳法"}, {"law": "戸籍法"}], "根拠法令：住民基本台帳法\n根拠法令：戸籍法"),
    ],
    ids=["one", "names", "three columns", "no names"],
)
def test_few_short_rows_are_told_in_the_sheet(rows, told):
    document = of(plans.measure(procedures=rows))
    assert sheet(document)["対象手続の一覧"][0] == told
    assert check(document) == []


@pytest.mark.parametrize(
    "rows",
    [
        [{"name": f"手続{n}"} for n in range(5)],
        [{"name": "転入届", "law": "法" * 200}, {"name": "転居届"}],
    ],
    ids=["many", "long"],
)
def test_more_or_longer_rows_make_a_table_below_the_sheet(rows):
    document = of(plans.measure(procedures=rows))
    assert sheet(document)["対象手続の一覧"][0].endswith("のとおり")
    assert len(table(document, "対象手続の一覧（6-①-01）")) == len(rows) + 1


def test_a_sheet_begins_with_its_rows_down_to_its_aim_or_on_the_next_page():
    found = grid(of(plans.measure(actions="長い行である。\n" * 60)))
    labels = [walk.plain(row[0].inlines) for row in found.rows]
    assert labels[found.opening] == "目的・目指す姿"
    short = grid(of(plans.measure(**dict.fromkeys(plans.MEASURE, ""))))
    assert short.opening >= len(short.rows) - 1  # so short a sheet is not cut


def test_every_sheet_has_a_caption_with_its_title():
    assert any(
        each.endswith("施策シート　子育て手続をスマートフォンで完結させる")
        for each in captions(of(plans.measure()))
    )
