"""Blocks of a spreadsheet as rows: what goes where, and what is told."""

import pytest

from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.new_rows import rows_of
from planwizard.blueprint.pasting import MOST_ROWS, NOWHERE, paste
from planwizard.common.pasted import cells

LISTS = {path: rows for sheet in edition(CURRENT).all_sheets() for path, rows in rows_of(sheet.fields)}
YEARS = range(2026, 2031)
DEPARTMENTS = {"issue": [("kaaaaaaaaa", "I-1　窓口が混む"), ("kbbbbbbbbb", "I-2　紙が多い")]}


def pasted(text, path="kpis", **decided):
    return paste(text, LISTS[path], years=YEARS, choices=DEPARTMENTS, **decided)


def said(found):
    return [found.strings(number) for number in range(len(found.rows))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('a\t"二行の\n「文」"\n', [["a", "二行の\n「文」"]]),
        ('"he said ""no"""\tb', [['he said "no"', "b"]]),
        ('5" の画面\tb', [['5" の画面', "b"]]),
        ('"閉じない\tb\nc', [['"閉じない', "b"], ["c"]]),
        ("\t\t\n\n", []),
        ("a", [["a"]]),
    ],
)
def test_a_block_is_cut_into_cells_as_a_spreadsheet_wrote_it(text, found):
    assert cells(text) == found


def test_a_hostile_block_takes_no_time():
    assert len(cells('"""\t' * 100_000)[0]) > 1
    assert len(cells('"' * 300_000)) == 1


def test_columns_are_found_by_their_heads_in_any_order():
    found = pasted("単位\t指標名 ※必須\t目標値（令和12年度）\t種類\n件\tオンライン申請\t７０\t進捗")
    assert found.has_head
    assert said(found) == [
        {"unit": ("cases",), "name": ("オンライン申請",), "target_value": ("７０",), "kind": ("output",)}
    ]


def test_without_heads_columns_go_by_position():
    found = pasted("令和9年度\t8,400\t初期\nR10\t１２００千円\t運用", "budget")
    assert not found.has_head
    assert said(found) == [
        {"fy": ("令和9年度",), "amount": ("8,400",), "kind": ("initial",)},
        {"fy": ("R10",), "amount": ("１２００",), "kind": ("operating",)},
    ]


def test_years_in_the_head_find_the_cells_of_those_years():
    found = pasted("工程\t開始\t2026\t令和9年度\tR10\n様式の見直し\tR8\t調査\t試行\t実施", "schedule")
    assert said(found) == [
        {
            "item": ("様式の見直し",),
            "start_fy": ("R8",),
            "cells.2026.text": ("調査",),
            "cells.2027.status": ("trial",),
            "cells.2028.status": ("act",),
        }
    ]


def test_a_row_of_years_is_no_head():
    assert not pasted("条例改正\t令和9年度\t令和10年度", "schedule").has_head


def test_a_column_that_nothing_asks_for_is_named():
    found = pasted("指標名\t担当者\n申請の割合\t山田")
    assert found.unplaced == ["担当者"]


def test_what_cannot_be_read_is_told_and_kept():
    found = pasted("令和9年度\t約70\t初期", "budget")
    ((number, _, cell),) = found.problems
    assert (number, cell.strings) == (1, ("約70",))
    assert "数で入力してください" in cell.problem


def test_what_is_none_of_the_choices_is_told():
    found = pasted("年度\t事業費\t種類\nR9\t10\tその他", "budget")
    assert [cell.strings for _, _, cell in found.problems] == [("その他",)]


def test_a_reference_is_found_by_its_number_or_its_words_and_never_invented():
    found = pasted("課題\t優先度\t理由\nI-2\t高\t\n窓口が混む\t低\t\n謎\t中\t", "issue_priority")
    keys = [row.get(LISTS["issue_priority"].columns[0].key) for row in said(found)]
    assert keys == [("kbbbbbbbbb",), ("kaaaaaaaaa",), None]
    assert len(found.problems) == 1


def test_a_percentage_is_a_number_and_the_unit_of_its_row():
    found = pasted("指標名\t現状値\t目標値\n申請の割合\t18.0%\t70％")
    assert said(found) == [
        {"name": ("申請の割合",), "baseline_value": ("18.0",), "target_value": ("70",), "unit": ("percent",)}
    ]
    assert found.problems == []


def test_two_units_in_one_row_are_left_as_they_are():
    found = pasted("指標名\t現状値\t目標値\n申請\t18件\t70％")
    assert len(found.problems) == 2
    assert "unit" not in said(found)[0]


def test_what_somebody_decided_wins():
    found = pasted("申請の割合\t70", chosen=["name", "target_value"])
    assert said(found) == [{"name": ("申請の割合",), "target_value": ("70",)}]
    assert said(pasted("申請の割合\t70", chosen=["name", NOWHERE])) == [{"name": ("申請の割合",)}]


def test_two_columns_never_go_to_one_place():
    assert said(pasted("一つ\t二つ", chosen=["name", "name"])) == [{"name": ("一つ",)}]


def test_a_block_begins_at_the_cell_it_was_pasted_into():
    found = pasted("70\t令和12年度", start="target_value")
    assert said(found) == [{"target_value": ("70",), "target_fy": ("令和12年度",)}]


def test_rows_over_the_limit_are_counted():
    found = pasted("x\n" * (MOST_ROWS + 3))
    assert (len(found.rows), found.left) == (MOST_ROWS, 3)


@pytest.mark.parametrize("text", ["", "\t", '"', "\x00\ud800", "指標名", "指標名\t指標名\n\n"])
@pytest.mark.parametrize("path", ["kpis", "schedule", "issues", "own_pillars"])
def test_no_text_breaks_the_reading(text, path):
    assert pasted(text, path).problems is not None
