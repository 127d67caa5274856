"""Charts of chapter 1: what is drawn is what was typed, and it is said in words as well."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from planwizard.document import svg, walk
from planwizard.document.check import check
from planwizard.document.nodes import Figure
from planwizard.manuscript import charts
from planwizard.manuscript.compose import compose
from planwizard.manuscript.drawing import WIDTH, text_width
from tests.manuscript import plans

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [
    charts.Point(f"令和{year}年度", f"{value:,}人", Decimal(value))
    for year, value in ((7, 84312), (12, 80400), (22, 68000))
]
SHARES = [
    charts.Share("マイナンバーカードの保有率", Decimal("79.2"), Decimal("81.0")),
    charts.Share("オンライン申請の割合", Decimal("14.6")),
]


def heights(drawing):
    return [float(each.attrib["height"]) for each in ElementTree.fromstring(drawing.svg).iter(f"{SVG}rect")]


def test_columns_are_as_high_as_their_values():
    found = heights(charts.columns(POINTS, "総人口の見通し"))
    assert [round(each / max(found), 3) for each in found] == [
        1.0,
        round(80400 / 84312, 3),
        round(68000 / 84312, 3),
    ]


def test_a_chart_says_in_words_what_it_shows():
    assert charts.columns(POINTS, "総人口の見通し").alt == (
        "総人口の見通しを示す棒グラフ。令和7年度は84,312人、令和12年度は80,400人、令和22年度は68,000人。"
    )
    assert (
        "マイナンバーカードの保有率は潮見野市79.2%、全国平均81.0%"
        in charts.shares(SHARES, "潮見野市", "現状").alt
    )


@pytest.mark.parametrize("points", [[], POINTS[:1], POINTS * 5, [charts.Point("a", "-1", Decimal(-1))] * 2])
def test_nothing_is_drawn_where_there_is_nothing_to_compare(points):
    assert charts.columns(points, "") is None


def test_a_share_over_a_hundred_is_left_to_the_table():
    assert charts.shares([SHARES[0], charts.Share("誤り", Decimal(792))], "潮見野市", "") is None


def test_no_word_runs_over_the_edge_or_into_its_neighbour():
    long = [
        charts.Share("来庁せずに申請から交付までを終えられる手続の割合" * 2, Decimal(100), Decimal(100))
    ] * 15
    points = [charts.Point(f"令和{year}年度", "1,234,567人", Decimal(1234567)) for year in range(1, 8)]
    for drawing in (charts.shares(long, "潮見野市", ""), charts.columns(points, "")):
        svg.Drawing.read(drawing.svg)
        for each in ElementTree.fromstring(drawing.svg).iter(f"{SVG}text"):
            width = text_width(each.text, int(each.attrib["font-size"]))
            left = float(each.attrib["x"]) - (width / 2 if each.attrib["text-anchor"] == "middle" else 0)
            assert left >= 0
            assert left + width <= WIDTH


def test_values_that_would_run_into_each_other_lie_below_each_other():
    points = [
        charts.Point(f"令和{year}年度", f"{year * 123456:,}人", Decimal(year * 123456))
        for year in range(1, 13)
    ]
    texts = list(ElementTree.fromstring(charts.columns(points, "").svg).iter(f"{SVG}text"))
    assert {each.attrib["text-anchor"] for each in texts} == {"start"}
    assert len({each.attrib["y"] for each in texts if each.text.endswith("人")}) == 12


def test_the_figures_stand_before_their_tables():
    ch1 = {
        **plans.CHAPTERS["ch1"],
        "population": "84312",
        "population_as_of": "2025-10-01",
        "population_projection": [{"fy": 2035, "value": "74600"}, {"fy": 2030, "value": "80400"}],
        "digital_indicators": [
            {"name": "保有率", "value": "79.2", "unit": "%"},
            {"name": "申請率", "value": "14.6％", "unit": "％"},
            {"name": "準拠状況", "value": "一部準拠", "unit": "%"},
        ],
    }
    document = compose(plans.plan({**plans.CHAPTERS, "ch1": ch1}))
    assert check(document) == []
    figures = {block.caption: block.alt for block in walk.blocks(document) if isinstance(block, Figure)}
    assert figures["総人口の見通し"].endswith(
        "令和7年10月は84,312人、令和12年度は80,400人、令和17年度は74,600人。"
    )
    assert "申請率は潮見野市14.6%" in figures["割合で表す指標の現状"]
