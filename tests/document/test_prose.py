from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwizard.common import text
from planwizard.document import prose, walk
from planwizard.document.check import check
from planwizard.document.nodes import (
    Block,
    BulletList,
    Heading,
    Inline,
    Link,
    Note,
    Paragraph,
    Ref,
    Run,
    Source,
    Table,
)
from tests.document import sample


def outline(words: str, **options) -> list[tuple[str, ...]]:
    """The blocks in short: ("p", text), ("h2", text), ("dot", item, …), ("table", cell, …)."""
    return [short(block) for block in prose.parse(words, prefix="p", **options)]


def short(block: Block) -> tuple[str, ...]:
    match block:
        case Heading(level=level, text=words):
            return f"h{level}", words
        case Paragraph(inlines=inlines):
            return "p", walk.plain(inlines)
        case BulletList(marker=marker, items=items):
            return marker, *map(walk.plain, items)
        case Table(rows=rows):
            return "table", *(walk.plain(cell.inlines) for row in rows for cell in row)
    raise AssertionError(block)


def test_a_blank_line_begins_a_paragraph_and_other_newlines_break_a_line() -> None:
    assert outline("一行目\n二行目\n\n次の段落") == [("p", "一行目\n二行目"), ("p", "次の段落")]


def test_a_full_width_space_begins_a_paragraph_and_is_not_printed_twice() -> None:
    assert outline("　一\n　　二") == [("p", "一"), ("p", "　二")]


def test_squares_are_headings_one_level_apart() -> None:
    assert outline("■ 目的\n□目標\n本文") == [("h2", "目的"), ("h3", "目標"), ("p", "本文")]
    assert outline("■ 目的\n□ 目標", level=3) == [("h3", "目的"), ("h4", "目標")]


def test_neighbouring_lines_of_one_marker_are_one_list() -> None:
    assert outline("・甲\n・ 乙\n①一\n②　二\n(1) い\n（２）ろ") == [
        ("dot", "甲", "乙"),
        ("circled", "一", "二"),
        ("paren", "い", "ろ"),
    ]


def test_a_list_that_begins_anew_is_another_list() -> None:
    assert outline("① 一\n② 二\n① 三") == [("circled", "一", "二"), ("circled", "三")]


@pytest.mark.parametrize("line", ["② 二から", "(3) 三から", "⑳ 二十", "（0）零"])
def test_a_number_that_breaks_the_count_stays_as_typed(line: str) -> None:
    assert outline(line) == [("p", line)]


@pytest.mark.parametrize("line", ["・", "① ", "■", "(1)", "(一) 漢数字", "-箇条", "・・・"])
def test_a_line_that_fits_nothing_is_text(line: str) -> None:
    assert "".join(outline(line)[0][1:]).strip() in line


def test_lines_with_tabs_are_a_table_whose_first_line_is_its_head() -> None:
    (table,) = prose.parse("区分\t件数\n窓口\t936\n電子", prefix="p")[:1]
    assert isinstance(table, Table)
    assert [cell.header for cell in table.rows[0]] == ["col", "col"]
    assert [cell.align for cell in table.rows[1]] == ["", "right"]
    assert sum(table.widths) == 160


def test_short_lines_of_a_table_are_filled_up() -> None:
    assert outline("a\tb\tc\nd\t") == [("table", "a", "b", "c", "d", "", "")]


@pytest.mark.parametrize("words", ["一つ\tだけ", "\t".join("x" * 40) + "\n" + "\t".join("y" * 40)])
def test_what_makes_no_table_stays_text(words: str) -> None:
    assert outline(words) == [("p", words)]


def test_a_cell_too_long_for_the_layout_makes_no_table() -> None:
    words = f"見出し\t値\n{'長' * 2001}\t1"
    assert outline(words) == [("p", words)]


def test_wide_columns_go_to_long_texts() -> None:
    narrow, wide = prose.column_widths([["番号", "とても長い説明の入る欄"]])
    assert narrow < wide


def test_an_address_is_a_link_up_to_the_first_wide_character() -> None:
    assert prose.inlines("国の資料（https://www.digital.go.jp/a?b=c）。") == (
        Run("国の資料（"),
        Link("https://www.digital.go.jp/a?b=c", "https://www.digital.go.jp/a?b=c"),
        Run("）。"),
    )


def test_the_full_stop_after_an_address_is_not_part_of_it() -> None:
    assert prose.inlines("https://example.com/.")[-1] == Run(".")


@pytest.mark.parametrize("words", ["http://[", "javascript:alert(1)", "file:///etc/passwd", "https://"])
def test_what_is_no_address_stays_text(words: str) -> None:
    assert prose.inlines(words) == (Run(words),)


def test_a_note_may_hold_a_link() -> None:
    assert prose.inlines("語〔注：説明 https://example.com/ 参照〕。") == (
        Run("語"),
        Note((Run("説明 "), Link("https://example.com/", "https://example.com/"), Run(" 参照"))),
        Run("。"),
    )


def test_a_reference_leads_to_what_its_key_names() -> None:
    assert prose.inlines("〔参照：k1〕", {"k1": "table-1"}.get) == (Ref("table-1"),)


def test_a_reference_to_what_is_gone_stays_as_typed() -> None:
    assert prose.inlines("前〔参照：k1〕後") == (Run("前〔参照：k1〕後"),)


def test_blocks_are_called_by_prefix_and_place_and_know_their_source() -> None:
    source = Source("ch2", "purpose_text")
    blocks = prose.parse("一\n\n・二\n■ 三", prefix="ch2-purpose-text", source=source)
    assert [block.id for block in blocks] == [f"ch2-purpose-text-{at}" for at in (1, 2, 3)]
    assert {block.source for block in blocks} == {source}  # type: ignore[union-attr]


@given(st.text(alphabet="■□・①②③(1)（2）\t\n　 あx。", max_size=120).map(text.clean))
def test_no_word_is_dropped_or_moved(words: str) -> None:
    printed = "".join("".join(short(block)[1:]) for block in prose.parse(words, prefix="p"))
    assert re.findall("[あx。]", printed) == re.findall("[あx。]", words)


@given(st.text(alphabet="〔注：参照〕https://a.b/あ ,.)", max_size=60).map(text.clean))
def test_inlines_say_what_was_typed(words: str) -> None:
    said = "".join(typed(inline) for inline in prose.inlines(words))
    assert said.replace(":", "：") == words.replace(":", "：")


def typed(inline: Inline) -> str:
    if isinstance(inline, Note):
        return f"〔注：{walk.plain(inline.inlines)}〕"
    assert isinstance(inline, Run | Link)
    return inline.text


@given(
    st.lists(
        st.sampled_from(["・a", "① b", "② c", "(1) d", "e\tf", "g\th", "", "　i", "j", "■ k"]), max_size=20
    )
)
def test_every_reading_is_a_sound_tree(lines: list[str]) -> None:
    blocks = prose.parse("\n".join(lines), prefix="p", level=1)
    assert check(sample.document(*blocks)) == []
