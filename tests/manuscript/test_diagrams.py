import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from planwizard.document import svg
from planwizard.manuscript import diagrams, periods
from planwizard.manuscript.diagrams import Organisation, Place, Span
from planwizard.manuscript.drawing import balanced, text_width, wrap

LONG = "潮見野市まち・ひと・しごと創生総合戦略及び人口ビジョン（令和8年度改訂版）" * 3
PLACE = Place(
    own="潮見野市デジタル推進計画",
    town="潮見野市",
    prefecture="汐路県",
    laws=("官民データ活用推進基本法第9条第3項",),
    national="重点計画",
    prefectural="汐路県デジタル推進計画",
    parents=("第3次潮見野市総合計画",),
    related=("第4次行政改革大綱", "地域防災計画"),
)
ORGANISATION = Organisation(
    head=("市長",),
    officers=(("CIO", "副市長"), ("CISO", "総合政策部長")),
    council=("デジタル推進本部", "年3回"),
    secretariat="デジタル推進課",
    groups=("窓口改革部会",),
    promoters=("32人",),
    external=("デジタル推進懇談会", "年2回"),
)
SPANS = (Span("本計画", 2026, 2030, is_own=True), Span("第3次潮見野市総合計画", 2022, 2031))


def words(drawing):
    return [
        each.text for each in ElementTree.fromstring(drawing.svg).iter("{http://www.w3.org/2000/svg}text")
    ]


def boxes(drawing):
    rects = ElementTree.fromstring(drawing.svg).iter("{http://www.w3.org/2000/svg}rect")
    return [tuple(float(each.attrib[name]) for name in ("x", "y", "width", "height")) for each in rects]


def overlap(one, other):
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def test_the_place_of_the_plan_is_drawn_and_told():
    drawing = diagrams.position(PLACE)
    drawn = "".join(words(drawing))
    for name in (
        "官民データ活用推進基本法",
        "重点計画",
        "汐路県",
        "第3次潮見野市総合計画",
        "地域防災計画",
        "勘案する",
    ):
        assert name in drawn
    assert drawing.alt == (
        "「潮見野市デジタル推進計画」とほかの計画との関係を示す図。官民データ活用推進基本法第9条第3項に基づく。"
        "国の計画「重点計画」に即す。都道府県の計画「汐路県デジタル推進計画」を勘案する。"
        "上位計画は第3次潮見野市総合計画。関連計画は第4次行政改革大綱、地域防災計画。"
    )


def test_the_organisation_is_drawn_and_told():
    drawing = diagrams.organisation(ORGANISATION)
    assert {"推進責任者", "CIO", "副市長", "事務局", "作業部会", "各課の推進員", "意見"} <= set(
        words(drawing)
    )
    assert "CIOは副市長。" in drawing.alt
    assert "外部有識者の会議はデジタル推進懇談会、年2回。" in drawing.alt


def test_the_period_is_drawn_and_told():
    drawing = diagrams.period(SPANS, (2028,), "both")
    assert {"本計画", "令和8～12年度", "見直し", "●"} <= set(words(drawing))
    assert drawing.alt == (
        "計画の期間を示す図。「本計画」は令和8～12年度（2026～2030年度）、"
        "「第3次潮見野市総合計画」は令和4～13年度（2022～2031年度）。見直しの年度は令和10年度（2028年度）。"
    )


DRAWINGS = {
    "place": diagrams.position(PLACE),
    "long place": diagrams.position(
        Place(LONG, LONG, LONG, (LONG,), LONG, LONG, (LONG,) * 9, (LONG,) * 9),
    ),
    "no law": diagrams.position(Place("計画", "磯波町", parents=("総合計画",))),
    "prefecture only": diagrams.position(Place("計画", "磯波町", "汐路県", prefectural="県計画")),
    "organisation": diagrams.organisation(ORGANISATION),
    "long organisation": diagrams.organisation(
        Organisation((LONG,), (("CIO", LONG),) * 4, (LONG, LONG), LONG, (LONG,) * 8, (LONG,), (LONG, LONG)),
    ),
    "period": diagrams.period(SPANS, (2028,), "wareki"),
    "long period": diagrams.period(
        (Span(LONG, 2026, 2040, is_own=True), Span(LONG, 1900, 2090)), (), "seireki"
    ),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_shapes_and_text_that_outputs_take_in(name):
    assert svg.Drawing.read(DRAWINGS[name].svg).width == 640
    assert "style=" not in DRAWINGS[name].svg


@pytest.mark.parametrize("name", [name for name in DRAWINGS if "period" not in name])
def test_boxes_do_not_lie_over_each_other(name):
    found = boxes(DRAWINGS[name])
    pairs = [(one, other) for nth, one in enumerate(found) for other in found[:nth]]
    assert not any(overlap(one, other) for one, other in pairs)


@pytest.mark.parametrize("name", DRAWINGS)
def test_everything_lies_on_the_canvas(name):
    drawing = svg.Drawing.read(DRAWINGS[name].svg)
    for x, y, width, height in boxes(DRAWINGS[name]):
        assert x >= 0
        assert y >= 0
        assert x + width <= drawing.width
        assert y + height <= drawing.height


def lines_of_text(drawing):
    """(words, left, top, right, bottom) of each line as it is set."""
    for each in ElementTree.fromstring(drawing.svg).iter("{http://www.w3.org/2000/svg}text"):
        size, x, baseline = (float(each.attrib[name]) for name in ("font-size", "x", "y"))
        width = text_width(each.text, size)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[each.attrib["text-anchor"]]
        yield each.text, left, baseline - 0.88 * size, left + width, baseline + 0.12 * size


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_line_between_levels_runs_into_a_word(name):
    dashed = re.findall(r'points="0,([\d.]+) 640,\1"[^>]*stroke-dasharray', DRAWINGS[name].svg)
    for text, _, top, _, bottom in lines_of_text(DRAWINGS[name]):
        assert not any(top <= float(y) <= bottom for y in dashed), text


def test_the_items_of_a_list_go_on_under_their_first_word():
    related = ("潮見野市公共施設等総合管理計画", "こども計画")
    found = {
        text: left
        for text, left, *_ in lines_of_text(diagrams.position(Place("計画", "市", related=related)))
    }
    assert found["管理計画"] == found["・こども計画"] + 13


def test_names_with_markup_are_only_words():
    hostile = '<script>alert("1")</script>&]]>'
    drawing = diagrams.position(Place(hostile, hostile, parents=(hostile,)))
    assert "<script" not in drawing.svg
    assert "<script>alert" in "".join(words(drawing))


@pytest.mark.parametrize(
    "drawing",
    [
        diagrams.position(Place("計画", "磯波町")),
        diagrams.organisation(Organisation(head=("町長",))),
        diagrams.period((), (), "wareki"),
        diagrams.period((Span("計画", 2030, 2026, is_own=True),), (), "wareki"),
        diagrams.period((Span("計画", 2026, 2099, is_own=True),), (), "wareki"),
    ],
)
def test_a_figure_with_nothing_to_relate_is_left_out(drawing):
    assert drawing is None


# --- words on the canvas -------------------------------------------------------------------------------------


def test_no_line_is_wider_than_its_room_but_for_a_closing_mark():
    lines = wrap(LONG, 120)
    assert "".join(lines) == LONG[:79] + "…" if len(LONG) > 80 else LONG
    assert all(text_width(line.rstrip("、。，．）・ー")) <= 120 for line in lines)


def test_a_line_does_not_begin_with_a_closing_or_end_with_an_opening_mark():
    lines = wrap("「あいうえおか（きくけこさし）すせそ」", 84)
    assert not any(re.match("[）」]", line) or line.endswith(("（", "「")) for line in lines)


@pytest.mark.parametrize(
    ("name", "room", "lines"),
    [
        ("官民データ活用推進基本法（平成28年法律第103号）第9条第3項", 364, 2),
        ("デジタル社会の実現に向けた重点計画（令和7年6月13日閣議決定）", 364, 2),
        ("潮見野市デジタル推進計画（潮見野市官民データ活用推進計画）", 184, 3),
        ("潮見野市デジタル推進懇談会", 144, 2),
        ("第3次潮見野市総合計画（令和8～17年度（前期基本計画は令和8～12年度））", 157, 4),
        ("学識2、商工1、福祉1、公募2", 144, 2),
    ],
)
def test_a_name_breaks_between_its_words_and_before_brackets(name, room, lines):
    for broken in (wrap(name, room), balanced(name, room)):
        assert "".join(broken) == name
        assert len(broken) <= lines
        for before, after in pairwise(broken):
            assert not re.fullmatch(
                "[ァ-ー]{2}|[0-9]{2}|[0-9][年月日条項号]|[（]見|（平", before[-1] + after[0]
            )
        assert all("（" not in line[1:] or "）" in line for line in broken)


def test_a_list_of_names_is_as_wide_as_its_box():
    assert wrap("潮見野市公共施設等総合管理計画", 157)[0] == "潮見野市公共施設等総合"


def test_no_character_is_left_over_for_a_last_line():
    assert all(len(wrap("総合管理計画推進方針"[:n], 60)[-1]) > 1 for n in range(5, 11))


def test_lines_of_a_name_are_about_equally_long():
    lines = balanced("デジタル社会の実現に向けた重点計画", 200)
    assert len(lines) == 2
    assert abs(text_width(lines[0]) - text_width(lines[1])) <= 39  # to the next end of a word


# --- periods in words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("令和4〜13年度", (2022, 2031)),
        ("令和４年度から令和１３年度まで", (2022, 2031)),
        ("平成30～令和9年度", (2018, 2027)),
        ("2022年度-2031年度", (2022, 2031)),
        ("令和4～13年度（2022～2031年度）", (2022, 2031)),
        ("令和13～4年度", None),
        ("5年間", None),
        ("", None),
    ],
)
def test_a_period_is_read_as_people_write_it(typed, found):
    assert periods.span(typed) == found


def test_every_fiscal_year_in_a_sentence_is_found():
    assert periods.years("毎年度6月に点検し、令和10年度と2029年度に見直す。") == (2028, 2029)


def test_a_council_of_thirty_departments_is_named_whole():
    members = "、".join(
        f"{part}部{role}課長"
        for part in ("総務", "市民", "福祉", "こども", "教育", "建設")
        for role in ("企画", "管理", "推進", "支援", "調整")
    )
    drawing = diagrams.organisation(Organisation(head=("市長",), council=("本部", members)))
    assert members in "".join(words(drawing))
    assert members in drawing.alt


def test_a_figure_is_no_taller_than_a_page():
    spans = (SPANS[0], *(Span(f"{LONG}{nth}", 2020, 2030) for nth in range(40)))
    drawing = diagrams.period(spans, (), "both")
    assert svg.Drawing.read(drawing.svg).height_mm(drawing.width_mm) <= 220
    assert drawing.alt.endswith("ほかの29の計画は表に示す。")
