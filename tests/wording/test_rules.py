"""Each rule: a text that it speaks of, and the same text but for one fact, of which it says nothing."""

from __future__ import annotations

from datetime import date

import pytest

from planwizard.wording.checking import hints, mended, rules
from planwizard.wording.hint import Figure, Passage, Setting, TownWord

ON = date(2026, 11, 23)
PLAN = Setting(
    ON,
    laws=("行政手続における特定の個人を識別するための番号の利用等に関する法律", "サーバ等の安全に関する法律"),
    words=(TownWord("子供", "こども", "令和6年の庁議"), TownWord("市役所", "潮見野市役所")),
    figures=(
        Figure("総人口", "人", frozenset({"84312"})),
        Figure("利用率", "%", frozenset({"28.0", "70.0"})),
    ),
    spellings=frozenset({"デジタルデバイド", "デジタルディバイド"}),
)
LONG = "本市は、" + "市民の暮らしを支える取組を進め、" * 5

# id, what it speaks of, what it says nothing of, the mended text (None: a person has to look)
CASES = [
    ("W-01", "市民，事業者が使う。", "1，234人が使う。", "市民、事業者が使う。"),
    ("W-01", "市民が使う．", "市民が使う。", "市民が使う。"),
    ("W-02", "窓口は3ヶ所ある。", "窓口は霞ヶ関にある。", "窓口は3か所ある。"),
    ("W-02", "6ケ月で終える。", "数箇月で終える。", "6か月で終える。"),
    ("W-03", "利用は1200件あった。", "利用は第1200件あった。", "利用は1,200件あった。"),
    ("W-03", "市民84312人が使う。", "市民8万4312人が使う。", "市民84,312人が使う。"),
    ("W-04", "市民4千人が使う。", "市民4万人が使う。", "市民4,000人が使う。"),
    ("W-04", "届出は3百件ある。", "費用は3千円である。", "届出は300件ある。"),
    ("W-05", "利用は１２０件あった。", "利用は５件あった。", "利用は120件あった。"),
    ("W-06", "サーバを置く。", "サーバーを置く。", "サーバーを置く。"),
    ("W-06", "農業のセンサで測る。", "農業のセンサスで測る。", "農業のセンサーで測る。"),
    ("W-07", "申請する事を減らす。", "申請する事業を減らす。", "申請することを減らす。"),
    ("W-07", "市民の為に行う。", "市民の為替を行う。", "市民のために行う。"),
    ("W-07", "家から申請が出来る。", "家から申請の出来高を見る。", "家から申請ができる。"),
    ("W-08", "市民および事業者が使う。", "影響がおよび、事業者が困る。", "市民及び事業者が使う。"),
    ("W-08", "窓口または電話で受ける。", "窓口がまたはやる。", "窓口又は電話で受ける。"),
    ("W-08", "従って、窓口を減らす。", "計画に従って、窓口を減らす。", "したがって、窓口を減らす。"),
    ("W-09", "窓口を減らします。予約が必要である。", "窓口を減らす。予約が必要である。", None),
    ("W-10", f"{LONG}続ける。", f"{LONG[:60]}続ける。", None),
    ("N-01", "総人口は84,321人である。", "総人口は84,312人である。", None),
    ("N-01", "総人口は約70,000人である。", "総人口は約84,000人である。", None),
    ("N-01", "利用率は35%である。", "利用率は28.0%、35%である。", None),
    ("N-02", "令和8年から令和12年度までに行う。", "令和8年度から令和12年度までに行う。", None),
    ("N-02", "令和8年度4月に始める。", "令和8年4月に始める。", None),
    ("N-02", "令和8年（2025年）に始める。", "令和8年（2026年）に始める。", None),
    ("N-02", "令和8年度（2026年）に始める。", "令和8年度（2026年度）に始める。", None),
    ("N-03", "世帯数は36,905世帯である。", "世帯数は36,905世帯（令和7年10月1日現在）である。", None),
    ("T-01", "個人番号カードを使う。", "マイナンバーカードを使う。", "マイナンバーカードを使う。"),
    ("T-01", "国は推奨データセットを示す。", "国は自治体標準オープンデータセットを示す。", None),
    ("T-02", "デジタルディバイドをなくす。", "デジタルデバイドをなくす。", "デジタルデバイドをなくす。"),
    ("D-01", "子供が使う。", "こどもが使う。", "こどもが使う。"),
    ("D-01", "市役所で受ける。", "潮見野市役所で受ける。", "潮見野市役所で受ける。"),
]  # fmt: skip
ids = [f"{rule} {text[:12]}" for rule, text, _, _ in CASES]


def found(text: str, setting: Setting = PLAN, part: str = "ch2") -> list[str]:
    return [hint.rule for hint in hints([Passage(part, "ch2_text", text)], setting)]


@pytest.mark.parametrize(("rule", "text", "other", "now"), CASES, ids=ids)
def test_a_rule_speaks_of_one_text_and_not_of_its_neighbour(rule, text, other, now):
    assert found(text) == [rule]
    assert rule not in found(other)


@pytest.mark.parametrize(("rule", "text", "other", "now"), CASES, ids=ids)
def test_what_is_safe_is_mended_and_nothing_else(rule, text, other, now):
    assert mended(Passage("ch2", "ch2_text", text), PLAN) == (text if now is None else now)


def test_every_rule_has_its_case_with_source_and_example():
    assert {rule for rule, _, _, _ in CASES} == {rule.id for rule in rules()}
    assert all(rule.title and rule.source and rule.example for rule in rules())


@pytest.mark.parametrize(
    "quoted",
    [
        "「サーバ，個人番号カード」",
        "『子供のための1200件』",
        "サーバ等の安全に関する法律",
        "https://example.jp/1200件",
        "`サーバを1200件`",
        "〔参照：サーバの表〕",
    ],
)
def test_nothing_is_said_of_what_is_quoted(quoted):
    assert found(f"本市は{quoted}を見る。") == []


def test_a_bracket_that_is_never_closed_hides_nothing():
    assert found("「本市のサーバを置く。") == ["W-06"]


def test_words_inside_a_note_are_looked_at_but_not_its_mark():
    assert found("窓口を開く〔注：サーバを置く〕。") == ["W-06"]


def test_a_rule_that_the_town_has_switched_off_is_silent():
    off = Setting(ON, off=frozenset({"W-06"}))
    assert found("サーバを3ヶ所に置く。", off) == ["W-02"]


def test_a_word_is_outdated_from_its_day_on():
    text = "司令塔はIT総合戦略本部である。"
    assert found(text) == ["T-01"]
    assert found(text, Setting(date(2021, 8, 31))) == []


def test_an_ordinance_on_personal_data_is_outdated_only_where_protection_is_written_of():
    assert found("個人情報保護条例を守る。", part="ch7") == ["T-01"]
    assert found("個人情報保護条例を守る。") == []


def test_titles_of_chapters_keep_the_words_of_the_law():
    assert found("区分は個人番号カードの普及及び活用である。") == []


def test_one_spelling_alone_is_right():
    assert found("デジタルディバイドをなくす。", Setting(ON)) == []
