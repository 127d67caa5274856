"""Where the tables of a chapter stand in its text."""

from dataclasses import replace

from planwizard.blueprint.content import Asset
from planwizard.document import walk
from planwizard.document.check import check
from planwizard.document.nodes import Picture
from planwizard.manuscript.compose import compose_part
from tests.manuscript import plans
from tests.manuscript.reading import outline


def lines(key, **answers):
    document = compose_part(plans.plan({**plans.CHAPTERS, key: {**plans.CHAPTERS[key], **answers}}), key)
    assert check(document) == []
    return [(kind, words.split(" ", 1)[-1]) for kind, words in outline(document)]


def test_without_a_text_each_set_of_fields_has_a_heading():
    assert lines("ch1")[:7] == [
        ("h1", "潮見野市の現状及び課題"),
        ("h2", "人口"),
        ("table", "人口"),
        ("figure", "総人口の見通し"),
        ("table", "将来人口"),
        ("h2", "地域と市役所の姿"),
        ("h3", "面積・地域の特性"),
    ]


def test_a_text_without_headings_stands_before_the_tables():
    assert lines("ch1", ch1_text="本市は海に面する。")[1:4] == [
        ("p", "本市は海に面する。"),
        ("h2", "人口"),
        ("table", "人口"),
    ]


def test_a_table_follows_the_passage_that_is_about_it():
    text = (
        "■ 地域の姿\n海に面する。\n■ これまでの取組\n電子申請を始めた。\n■ 取り組むべき課題\n課題は二つある。"
    )
    assert lines("ch1", ch1_text=text)[1:] == [
        ("h2", "地域の姿"),
        ("p", "海に面する。"),
        ("table", "人口"),
        ("figure", "総人口の見通し"),
        ("table", "将来人口"),
        ("h2", "これまでの取組"),
        ("p", "電子申請を始めた。"),
        ("table", "デジタルの現状指標"),
        ("h2", "取り組むべき課題"),
        ("p", "課題は二つある。"),
        ("table", "課題"),
    ]


def test_tables_about_the_whole_follow_the_introduction():
    text = "柱は五つある。\n■ 手続\nネットで受け付ける。\n■ 環境と対策\n研修を行う。"
    told = lines("ch5", ch5_text=text, own_priorities=[{"title": "海辺の避難支援"}])
    assert told[1:4] == [("p", "柱は五つある。"), ("table", "柱の方針"), ("h2", "手続")]
    assert told[-1] == ("table", "独自の重点")


def test_headings_that_name_nothing_leave_the_tables_at_the_end():
    told = lines("ch1", ch1_text="■ 序\n海に面する。")
    assert told[1:4] == [("h2", "序"), ("p", "海に面する。"), ("h2", "人口")]


def test_the_vision_stands_before_everything_in_its_chapter():
    assert lines("ch2")[1] == ("p", "目指す姿　待たせない、取り残さない、データで決める潮見野")


def test_marks_of_the_text_become_headings_and_lists():
    text = "■ 目的\n□ 市民\n・待たせない\n・取り残さない"
    assert lines("ch2", ch2_text=text)[2:5] == [
        ("h2", "目的"),
        ("h3", "市民"),
        ("list", "待たせない取り残さない"),
    ]


def test_a_prefecture_without_a_plan_is_told():
    answers = {"prefectural_plan_ref": {"none": True, "note": "策定中と聞いている。"}}
    document = compose_part(plans.plan({**plans.CHAPTERS, "ch3": answers}), "ch3")
    cells = [
        walk.plain(cell.inlines)
        for block in walk.blocks(document)
        for row in getattr(block, "rows", ())
        for cell in row
    ]
    assert "県計画は見つからない。\n策定中と聞いている。" in cells


def test_the_sets_of_the_appendix_are_numbered_as_documents():
    heads = [words for kind, words in outline(compose_part(plans.plan(), "appendix")) if kind == "h2"]
    assert heads == [
        "資料１　策定の経過",
        "資料２　意見とアンケート",
        "資料３　用語と出典",
        "資料４　現状の数値の出典",
    ]


# --- pictures ------------------------------------------------------------------------------------------------

ASSET = Asset("b" * 64, "image/png", 800, 600)


def pictures(**picture):
    answers = {"position_diagram": {"asset": ASSET.sha256, **picture}}
    content = plans.plan({**plans.CHAPTERS, "ch3": {**plans.CH3, **answers}})
    document = compose_part(replace(content, assets={ASSET.sha256: ASSET}), "ch3")
    assert check(document) == []
    return [block for block in walk.blocks(document) if isinstance(block, Picture)]


def test_an_uploaded_diagram_takes_the_place_of_the_drawn_one():
    (picture,) = pictures(alt="計画の関係図", caption="計画の関係", width_mm=118)
    assert (picture.asset, picture.alt, picture.caption, picture.width_mm) == (
        ASSET.sha256,
        "計画の関係図",
        "計画の関係",
        120,
    )


def test_a_picture_without_words_is_called_by_its_field():
    (picture,) = pictures(width_mm=900)
    assert (picture.alt, picture.width_mm) == ("他計画との関係", 160)


def test_a_picture_that_is_gone_leaves_the_drawn_figure():
    answers = {"position_diagram": {"asset": "c" * 64, "alt": "図"}}
    document = compose_part(plans.plan({**plans.CHAPTERS, "ch3": {**plans.CH3, **answers}}), "ch3")
    assert ("figure", "図2 他計画との関係") in outline(document)
