"""What is said back beside a field."""

import pytest

from planwizard.blueprint import CURRENT, computed, edition
from planwizard.blueprint.kinds import Computed, Day, Line, Number, Year
from planwizard.blueprint.said_back import said_back

COST, PEOPLE, PLAIN = (Number("n", "数", unit=unit) for unit in ("千円", "人", ""))


@pytest.mark.parametrize(
    ("item", "typed", "words"),
    [
        (Year("y", "年度"), "R9", "令和9年度（2027年度）"),
        (Year("y", "年度"), "２０２７", "令和9年度（2027年度）"),
        (Year("y", "年度"), "来年", ""),
        (Day("d", "日"), "R9.3.25", "令和9年（2027年）3月25日"),
        (COST, "1200", "1,200千円（＝120万円）"),
        (COST, "１，２３４，５００", "1,234,500千円（＝12億3,450万円）"),
        (COST, "3", "3千円（＝3,000円）"),
        (COST, "12.5", "12.5千円（＝1万2,500円）"),
        (COST, "▲1200", "-1,200千円（＝-120万円）"),
        (COST, "0", "0千円（＝0円）"),
        (COST, "約70", ""),
        (PEOPLE, "84312", "84,312人"),
        (PEOPLE, "84,312", ""),
        (PEOPLE, "312", ""),
        (PLAIN, "７０．０", "70.0"),
        (PLAIN, "70.0", ""),
        (PLAIN, "٣٤", ""),
        (Line("l", "名"), "R9", ""),
        (Year("y", "年度"), "", ""),
    ],
)
def test_what_was_read_is_said_where_it_helps(item, typed, words):
    assert said_back(item, typed) == words


def test_each_computed_field_names_what_it_is_worked_out_of():
    assert set(computed.FROM) == set(computed._SAID)
    for sheet in edition(CURRENT).all_sheets():
        keys = {item.key for item in sheet.fields}
        for item in sheet.fields:
            if isinstance(item, Computed) and item.key in computed.FROM:
                assert set(computed.FROM[item.key]) <= keys
