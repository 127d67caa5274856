"""Widths of columns: nothing cut that can stay whole, and the table as low as the paper allows."""

import pytest

from planwizard.document import walk
from planwizard.document.nodes import Source
from planwizard.manuscript.tables import Column, ems, grid, name_width, widths

LONG = "窓口の待ち時間を短くするため、来庁の前に用件を登録できるようにする。" * 2


def test_room_goes_where_it_makes_the_table_lower():
    # either name would take two lines with half of the paper
    rows = [["子ども医療費の受給者証の交付の申請に係る手続の一覧", "あり"]] * 8 + [
        ["短い", "来庁の前に登録できるようにする。"]
    ]
    name, other = widths([Column("手続"), Column("備考")], rows, 120)
    assert (name, other) == (90, 30)


def test_short_texts_stay_in_one_line_beside_long_ones():
    first, second, third = widths(
        [Column("番号"), Column("時点"), Column("内容")], [["1", "令和7年9月30日", LONG]], 160
    )
    assert second >= 30
    assert first + second + third == 160
    assert third > first + second


def test_lines_of_one_text_are_measured_one_by_one():
    numbers = "\n".join(["6-①-01"] * 8)
    assert widths([Column("内容"), Column("施策")], [[LONG * 10, numbers]], 160) == (140, 20)


def test_more_columns_than_there_is_room_for_are_still_as_wide_as_the_paper():
    assert sum(widths([Column("列")] * 20, [[LONG] * 20], 160)) == 160


def room(width):
    return (width - 3) / 3.36


@pytest.mark.parametrize("head", ["優先順位", "国の平均", "根拠法令", "利用条件", "最終更新日", "機械判読"])
def test_a_head_of_up_to_five_characters_stays_on_one_line(head):
    columns = [Column(head), *[Column("内容")] * 6]
    first, *_ = widths(columns, [["高", *[LONG] * 6]] * 5, 160)
    assert ems(head) <= room(first)


def test_a_longer_head_breaks_between_its_words():
    columns = [Column("期待される効果"), Column("年間件数（件）", is_number=True), *[Column("内容")] * 5]
    (made,) = grid("t", "表", columns, [["短い", "1,000", *[LONG] * 5]] * 5, source=Source())
    heads = [walk.plain(cell.inlines) for cell in made.rows[0]]
    assert heads[:2] == ["期待される\n効果", "年間件数\n（件）"]


def test_the_name_of_a_department_is_whole_beside_long_texts():
    columns = [Column("内容"), Column("課", is_name=True), *[Column("備考")] * 3]
    _, name, *_ = widths(columns, [[LONG, "防災危機管理課", LONG, LONG, LONG]] * 5, 160)
    assert room(name) >= 7
    assert name_width(["子育て支援課", "市民課"]) == 25
    assert name_width(["こども未来部子育て支援課給付係"]) == 35
