from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as reader

from planwizard.document import html
from planwizard.document.nodes import Cell, Heading, Link, Note, Picture, Ref, Run, Table
from tests.document import sample
from tests.document.sample import document, head, label, paragraph


def tree(*blocks, **options):
    return reader.fromstring(html.render(document(*blocks), **options))


def test_chapters_begin_at_the_level_asked_for() -> None:
    chapter, part = Heading("a", 1, "章", "第１章"), Heading("b", 2, "節", "１")
    assert [each.tag for each in tree(chapter, part).iter("h1", "h2", "h3")] == ["h1", "h2"]
    assert [each.tag for each in tree(chapter, part, top=2).iter("h1", "h2", "h3")] == ["h2", "h3"]


@pytest.mark.parametrize("words", sample.HOSTILE)
def test_text_of_people_stays_text(words: str) -> None:
    said = tree(paragraph("p", words)).find(".//p").text_content()
    assert said == words


def test_hostile_words_reach_no_attribute() -> None:
    page = html.page(sample.plan())
    root = reader.fromstring(page)
    attributes = {name for element in root.iter() for name in getattr(element, "attrib", {})}
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    assert root.find(".//script") is None


def test_a_newline_is_a_line_break() -> None:
    assert "一<br>二" in html.render(document(paragraph("p", "一\n二")))


def test_a_table_names_the_scope_of_its_heads() -> None:
    table = Table("t", (30, 130), ((head("甲"), head("乙")), (label("丙"), Cell())))
    scopes = [each.get("scope") for each in tree(table).iter("th")]
    assert scopes == ["col", "col", "row"]


def test_widths_are_classes() -> None:
    table = Table("t", (30, 130), ((head("甲"), head("乙")),))
    columns = [each.get("class") for each in tree(table).iter("col")]
    assert columns == ["pw-w30", "pw-w130"]


def test_a_label_and_its_rows_are_one_group() -> None:
    bodies = tree(sample.sheet("s", "表1", "6-①-01", "題")).findall(".//tbody")
    assert [(body.get("class"), len(body)) for body in bodies] == [
        (None, 4),
        ("together", 3),
        ("together", 4),
    ]


def test_a_band_longer_than_a_page_is_cut_under_a_label_that_goes_on() -> None:
    bodies = tree(sample.sheet("s", "表1", "6-①-01", "題", kpis=30)).findall(".//tbody")
    firsts = [body[0][0] for body in bodies[1:-1]]
    assert [first.get("rowspan") for first in firsts] == ["12", "12", "7"]
    assert [first.text_content() for first in firsts] == ["成果指標（KPI）", "", ""]


def test_a_picture_is_asked_for_where_the_caller_says() -> None:
    picture = Picture("p", sample.PHOTO_KEY, "海の写真", 80)
    found = tree(picture, asset_url=lambda sha256: f"/assets/{sha256}").find(".//img")
    assert (found.get("src"), found.get("alt")) == (f"/assets/{sample.PHOTO_KEY}", "海の写真")


def test_references_show_number_title_or_nothing_yet() -> None:
    chapter = Heading("a", 1, "題", "第１章")
    line = paragraph("p", Ref("a"), Ref("a", "title"), Ref("a", "page"))
    links = tree(chapter, line).findall(".//p/a")
    assert [(link.get("href"), link.text) for link in links] == [("#a", "第１章"), ("#a", "題"), ("#a", None)]


def test_a_link_with_another_scheme_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="scheme"):
        Link("x", "javascript:alert(1)")


def test_a_note_stands_at_its_point() -> None:
    line = paragraph("p", "語", Note((Run("注"),)), "続き")
    assert html.render(document(line)).count('語<span class="footnote">注</span>続き') == 1


def test_the_contents_list_headings_down_to_their_depth() -> None:
    entries = reader.fromstring(html.page(sample.plan())).findall(".//nav//li")
    assert [entry.text_content() for entry in entries][:2] == [
        "第１章　計画の策定に当たって",
        "１　策定の背景",
    ]
    assert len(entries) == 11


def test_a_page_links_the_stylesheets_it_is_given() -> None:
    page = html.page(document(paragraph("p", "x")), stylesheets=["/static/css/document.css"])
    assert '<link rel="stylesheet" href="/static/css/document.css">' in page


def test_the_title_on_the_cover_keeps_its_line_breaks() -> None:
    cover = replace(sample.COVER, title="潮見野市デジタル推進計画\n（潮見野市官民データ活用推進計画）")
    page = html.render(replace(sample.plan(), cover=cover))
    assert '<p class="title">潮見野市デジタル推進計画<br>（潮見野市官民データ活用推進計画）</p>' in page


def test_ids_are_unique() -> None:
    root = reader.fromstring(html.page(sample.plan()))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_a_label_across_a_table_is_told_from_other_rows() -> None:
    table = Table("t", (80, 80), ((label("柱", colspan=2),), (label("甲"), Cell((Run("乙"),)))), head_rows=0)
    assert [row.get("class") for row in tree(table).iter("tr")] == ["kept", None]
