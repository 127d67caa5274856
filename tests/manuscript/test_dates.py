"""Days inside a text that the catalogue wrote."""

import pytest

from planwizard.manuscript.dates import Dates


@pytest.mark.parametrize(
    ("era", "written"),
    [
        ("wareki", "重点計画（令和4年6月7日 閣議決定）別表"),
        ("seireki", "重点計画（2022年6月7日 閣議決定）別表"),
        ("both", "重点計画（令和4年6月7日 閣議決定）別表"),
    ],
)
def test_a_day_in_a_source_is_written_in_the_calendar_of_the_plan(era, written):
    assert Dates(era).in_text("重点計画（2022-06-07 閣議決定）別表") == written


@pytest.mark.parametrize(
    "text", ["電話 000-000-0000", "https://example.lg.jp/2022-06-07/", "2022-13-41", "第2022-06-071号"]
)
def test_what_is_no_day_stays_as_it_is(text):
    assert Dates("wareki").in_text(text) == text
