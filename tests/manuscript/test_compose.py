from dataclasses import replace

import pytest

from planwizard.document import walk
from planwizard.document.check import check
from planwizard.document.nodes import Figure, Table
from planwizard.manuscript.compose import compose, compose_part
from planwizard.manuscript.options import Options
from tests.manuscript import plans
from tests.manuscript.reading import captions, headings, outline, squeezed, table, text


def test_chapters_stand_in_the_order_of_their_parts_under_their_titles():
    content = plans.plan(measures=(plans.measure(1),))
    free = plans.part("f000000001", {"free_text": "海辺の避難を助ける。"}, title="海辺の防災とデジタル")
    parts = tuple(each for each in content.parts if each.key != "ch7") + (free,)
    assert [head for head in headings(compose(replace(content, parts=parts))) if "章" in head] == [
        "第１章 潮見野市の現状及び課題",
        "第２章 潮見野市官民データ活用推進計画の目的",
        "第３章 潮見野市官民データ活用推進計画の位置付け",
        "第４章 潮見野市官民データ活用推進計画の推進体制",
        "第５章 官民データ活用の推進に関する施策の基本的な方針",
        "第６章 官民データ活用の推進に係る個別施策",
        "第７章 海辺の防災とデジタル",
    ]


def test_the_towns_own_title_of_a_chapter_is_kept():
    content = plans.plan()
    parts = tuple(replace(each, title="まちの今") if each.key == "ch1" else each for each in content.parts)
    assert "第１章 まちの今" in headings(compose(replace(content, parts=parts)))


def test_an_empty_appendix_has_no_page_of_its_own():
    filled = plans.part("appendix", {"surveys": ["s1"], "surveys.s1.name": "窓口アンケート"})
    content = plans.empty()
    parts = tuple(each for each in content.parts if each.key != "appendix")
    assert "資料編" not in headings(compose(content))
    assert "資料編" in headings(compose(replace(content, parts=(*parts, filled))))


def test_the_cover_names_plan_period_month_and_town():
    cover = compose(plans.small()).cover
    assert cover is not None
    assert squeezed(cover.title) == plans.BASICS["plan_title"]
    assert cover.subtitle == "令和8～12年度"
    assert (cover.date, cover.issuer) == ("令和8年3月", "潮見野市")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("潮見野市官民データ活用推進計画", 1),
        ("潮見野市計画（第2次）", 1),
        ("潮見野市デジタル推進計画（潮見野市官民データ活用推進計画）", 2),
        ("潮見野市DX推進計画 (潮見野市官民データ活用推進計画)（第2次）", 2),
        ("（仮称）潮見野市官民データ活用推進計画及び情報化計画", 1),
        ("潮見野市デジタル社会の形成と官民データ活用の推進に関する計画", 1),
    ],
)
def test_a_long_title_breaks_before_its_bracket_on_the_cover(title, lines):
    cover = compose(plans.plan({"basics": {**plans.BASICS, "plan_title": title}})).cover
    assert cover is not None
    found = cover.title.split("\n")
    assert len(found) == lines
    assert all(line[0] in "（(" for line in found[1:])
    assert squeezed(cover.title) == squeezed(title)


def test_both_calendars_are_written_where_the_plan_says_so():
    basics = {**plans.BASICS, "era_display": "both"}
    cover = compose(plans.plan({**plans.CHAPTERS, "basics": basics})).cover
    assert cover is not None
    assert (cover.subtitle, cover.date) == ("令和8～12年度（2026～2030年度）", "令和8年（2026年）3月")


def test_a_plan_is_marked_undecided_with_the_time_of_its_last_edit_in_japan():
    assert compose(plans.small()).meta.status_line == "素案　第3版　令和8年11月23日10時32分時点　未決裁"


@pytest.mark.parametrize(
    ("era", "day"), [("seireki", "2026年11月23日10時32分"), ("both", "令和8年11月23日10時32分")]
)
def test_the_mark_of_an_undecided_plan_is_dated_in_the_calendar_of_the_plan(era, day):
    document = compose(plans.plan({"basics": {**plans.BASICS, "era_display": era}}))
    assert document.meta.status_line == f"素案　第3版　{day}時点　未決裁"


def test_a_decided_plan_has_no_mark():
    assert compose(plans.decided(plans.small())).meta.status_line == ""


def test_a_plan_that_was_just_begun_is_sound():
    document = compose(plans.empty())
    assert check(document) == []
    assert document.cover is not None
    assert document.cover.title == "潮見野市官民データ活用推進計画"


def test_a_plan_without_any_part_is_sound():
    assert check(compose(replace(plans.empty(), parts=()))) == []


def test_one_measure_and_two_hundred_are_sound():
    assert check(compose(plans.plan(measures=(plans.measure(),)))) == []
    assert check(compose(plans.large(200))) == []


def test_budgets_are_printed_on_demand_only():
    content = plans.small()
    chosen, left_out = text(compose(content, Options(budgets=True))), text(compose(content))
    assert "令和8年度8,400千円（初期8,000千円、運用400千円）" in chosen
    assert "地域未来交付金" in chosen
    for words in ("8,400千円", "地域未来交付金", "計上"):
        assert words not in left_out


def test_what_could_not_be_read_stays_out():
    content = plans.plan()
    parts = tuple(replace(each, as_typed={"population": "約八万人"}) for each in content.parts)
    assert "約八万人" not in text(compose(replace(content, parts=parts)))


def test_the_head_of_the_town_speaks_before_the_first_chapter():
    assert outline(compose(plans.small()))[:2] == [
        ("h1", "はじめに"),
        ("p", "本市は、待たせない市役所を目指してきました。"),
    ]


def test_the_imprint_tells_whom_to_ask_and_closes_the_document():
    document = compose(plans.small())
    rows = dict(table(document, "計画の概要"))
    assert headings(document)[-1] == "奥付"
    assert rows["担当部署"] == "総合政策部デジタル推進課"
    assert rows["計画の期間"] == "令和8～12年度（5年間）"
    assert rows["公表ページURL"] == "https://www.example.lg.jp/digital/plan"


def test_the_imprint_does_not_define_the_short_name():
    basics = {**plans.BASICS, "plan_short_title": "本計画"}
    rows = table(compose(plans.plan({**plans.CHAPTERS, "basics": basics})), "計画の概要")
    assert "本計画" not in [text for _, text in rows]


def test_tables_and_figures_are_numbered_through_the_document():
    document = compose(plans.small())
    tables = [each.number for each in walk.blocks(document) if isinstance(each, Table) and each.number]
    figures = [each.number for each in walk.blocks(document) if isinstance(each, Figure)]
    assert tables == [f"表{number}" for number in range(1, len(tables) + 1)]
    assert figures == ["図1", "図2", "図3", "図4"]


def test_lists_over_all_measures_stand_on_landscape_paper():
    sections = compose(plans.small()).sections
    assert [section.paper for section in sections] == ["upright", "landscape", "upright"]
    assert [each.text for each in sections[1].blocks if hasattr(each, "level")] == [
        "成果指標の一覧",
        "工程表",
    ]


# --- references ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ch3", "第３章"),
        ("m000000001", "表"),  # the measure's sheet
        ("i000000001", "表4"),  # a row of the issues
        ("digital_indicators", "表3"),
        ("ch4.ch4_diagram", "図4"),
        ("nothing0000", "〔参照：nothing0000〕"),
    ],
)
def test_a_reference_in_the_text_shows_what_it_points_to(key, shown):
    answers = {**plans.CHAPTERS, "ch5": {"ch5_text": f"詳しくは〔参照：{key}〕を見る。"}}
    document = compose(plans.plan(answers, (plans.measure(1),)))
    assert check(document) == []
    assert f"詳しくは{shown}" in text(document)


# --- one part ------------------------------------------------------------------------------------------------


def test_a_part_is_numbered_as_in_the_whole():
    document = compose_part(plans.small(), "ch4")
    assert headings(document)[0] == "第４章 潮見野市官民データ活用推進計画の推進体制"
    assert captions(document) == [
        each for each in captions(compose(plans.small())) if each in captions(document)
    ]
    assert document.cover is None
    assert document.toc_depth == 0


def test_an_area_brings_its_measures_and_no_others():
    document = compose_part(plans.small(), "ch6-divide")
    sheets = [each.id for each in walk.blocks(document) if isinstance(each, Table) and each.kind == "sheet"]
    assert sheets == ["m000000002"]
    assert headings(document)[1] == "４ 利用の機会等の格差の是正に係る取組"


def test_every_part_stands_alone_soundly():
    content = plans.small()
    for part in content.parts:
        assert check(compose_part(content, part.key)) == [], part.key


def test_a_reference_out_of_a_part_becomes_words():
    answers = {**plans.CHAPTERS, "ch5": {"ch5_text": "詳しくは〔参照：ch3〕を見る。"}}
    document = compose_part(plans.plan(answers), "ch5")
    assert "詳しくは第３章を見る。" in text(document)
    assert check(document) == []


def test_the_basics_show_cover_foreword_and_imprint():
    document = compose_part(plans.small(), "basics")
    assert document.cover is not None
    assert headings(document) == ["はじめに", "奥付"]


def test_a_part_that_is_not_there_is_told():
    with pytest.raises(KeyError):
        compose_part(plans.small(), "m999999999")


# --- the town's own pillars ----------------------------------------------------------------------------------

OWN = [
    {"key": "o000000001", "title": "くらしを便利に", "pillars": ["online", "mynumber"]},
    {"key": "o000000002", "title": "だれも取り残さない", "pillars": ["divide"]},
]


def combined(*measures):
    basics = {**plans.BASICS, "plan_type": "combined", "own_pillars": OWN}
    return plans.plan({**plans.CHAPTERS, "basics": basics}, measures)


def test_own_pillars_bundle_the_measures_and_name_the_five():
    document = compose(combined(plans.measure(1), plans.measure(2, "divide")))
    assert [head for head in headings(document) if "くらし" in head or "だれも" in head] == [
        "１ くらしを便利に（手続オンライン化、マイナンバーカード）",
        "２ だれも取り残さない（デジタルデバイド是正）",
    ]
    assert "手続における情報通信の技術の利用等に係る取組" not in "".join(headings(document))


def test_a_sheet_stands_under_the_pillar_it_names():
    moved = plans.measure(1, "divide", own_pillar="o000000001")
    lines = outline(compose(combined(moved)))
    at = lines.index(("h2", "１ くらしを便利に（手続オンライン化、マイナンバーカード）"))
    assert lines[at + 1][1].endswith("施策シート　子育て手続をスマートフォンで完結させる")


def test_a_measure_that_no_own_pillar_covers_is_not_lost():
    document = compose(combined(plans.measure(1, "standard")))
    assert "３ その他の取組" in headings(document)
    assert check(document) == []
