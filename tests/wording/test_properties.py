"""Whatever is typed: places lie in the text, mending ends, and long texts are read in a blink."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planwizard.wording.checking import hints, mended
from planwizard.wording.hint import Figure, Passage, Setting, TownWord
from planwizard.wording.quoting import opened

SETTING = Setting(
    date(2026, 11, 23),
    laws=("個人情報の保護に関する法律",),
    words=(TownWord("子供", "こども"), TownWord("市役所", "潮見野市役所")),
    figures=(Figure("総人口", "人", frozenset({"84312"})),),
    spellings=frozenset({"デジタルデバイド", "デジタルディバイド"}),
)
PIECES = (
    "サーバ", "ー", "子供", "市役所", "潮見野", "1", "２", "000", "，", ",", "．", "千", "百", "人", "件", "円", "ヶ", "所", "月",
    "令和8年", "令和12年", "度", "から", "まで", "（2026年）", "市民", "および", "または", "又", "従って", "、", "。", "\n", "「", "」", "『", "』",
    "する", "事", "が", "出来", "る", "為", "に", "個人番号カード", "マイナンバーカード", "（", "）", "デジタルディバイド", "総人口は", "約", "人口は",
    "です", "ます", "である", "https://a.jp/", "〔注：", "〕", "`", "𠮷", "\t", " ",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


def passage(text: str) -> Passage:
    return Passage("ch2", "ch2_text", text)


@given(texts)
def test_every_place_lies_in_the_text_and_fixes_do_not_overlap(text):
    last = 0
    for hint in hints([passage(text)], SETTING):
        assert 0 <= hint.start < hint.end <= len(text)
        if hint.fix is not None:
            assert hint.start >= last
            assert hint.fix != text[hint.start : hint.end]
            last = hint.end


@given(texts)
def test_mending_twice_is_mending_once(text):
    once = mended(passage(text), SETTING)
    assert mended(passage(once), SETTING) == once


@given(texts)
def test_what_is_blotted_out_keeps_its_length(text):
    assert len(opened(text, SETTING.laws)) == len(text)


@pytest.mark.parametrize(
    "piece",
    [
        *PIECES, "あ", "9", "9,", "（", "総人口は9", "人口（", "する事", "令和8年から", "総人口は9人", "人口は9人", "令和8年（2026年）", "「あ", "a@", "a.", "a-", "`あ", "〔参照：あ", "…て",
        "本市は、市民および事業者が1200件の手続を3ヶ所のサーバで行う事が出来るようにする。",
    ],
)  # fmt: skip
def test_a_hundred_thousand_characters_take_less_than_a_second(piece):
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    begun = time.process_time()
    list(hints([passage(text)], SETTING))
    assert time.process_time() - begun < 1.5
