"""Widths of columns: nothing cut that can stay whole, and the table as low as the paper allows."""

from planwizard.manuscript.tables import Column, widths

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
