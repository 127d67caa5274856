"""Which passages of two texts differ."""

import time

import pytest

from planwizard.common.passages import passages


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(passage.side, passage.text) for passage in passages(before, after)]


def test_of_a_changed_sentence_only_the_changed_words_are_marked():
    assert told("窓口を減らす。紙は残す。", "窓口をなくす。紙は残す。") == [
        ("same", "窓口を"),
        ("removed", "減ら"),
        ("added", "なく"),
        ("same", "す。紙は残す。"),
    ]


def test_numbers_and_katakana_words_are_told_whole():
    sides = told("オンライン率を45.5%にする。", "オンライン率を48.5%にする。")
    assert ("removed", "45.5") in sides
    assert ("added", "48.5") in sides


def test_sentences_that_have_little_in_common_are_told_as_two_sentences():
    assert told("紙で受け付ける。", "AIが答えるようになった。") == [
        ("removed", "紙で受け付ける。"),
        ("added", "AIが答えるようになった。"),
    ]


def test_what_stayed_the_same_is_shortened_around_the_change():
    long = "同じ文が続く。" * 30
    found = told(long + "前の語。" + long, long + "後の語。" + long)
    assert [side for side, _ in found] == ["skipped", "same", "removed", "added", "same", "skipped"]
    assert sum(len(text) for _, text in found) < 120


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "足した。"),
        ("引いた。", ""),
        ("一\n二\n三", "一\n三\n二"),
        ("甲。" * 9, "甲。乙。" * 9),
    ],
)
def test_without_what_was_removed_the_passages_are_the_later_text(before, after):
    found = told(before, after)
    assert "".join(text for side, text in found if side in ("same", "added")) == after
    assert "".join(text for side, text in found if side in ("same", "removed")) == before


@pytest.mark.parametrize("unit", ["あ", "同じ文。", "あ。\n"])
def test_texts_of_a_hundred_thousand_characters_are_compared_in_a_moment(unit):
    text = unit * (100_000 // len(unit))
    began = time.perf_counter()
    passages(text + "終わり", "始まり" + text.replace("あ", "い", 400)[::-1])
    assert time.perf_counter() - began < 3
