"""Japanese from entries whose grammar is not known."""

import pytest

from planwizard.manuscript.drafting import wording

NOUN_PHRASES = [
    "市長部局、教育委員会、上下水道局",
    "市長（推進本部長）",
    "経常収支比率 95.1%（令和6年度）",
    "業務の見直し",
    "市民を支える仕組み",
    "第3次総合計画の終期に合わせるため",
    "大学と商工会",
    "全職員への研修",
    "NPOとの連携",
    "年1回",
    "「くらしを便利に」",
    "サービス",
]
CLAUSES_AND_SENTENCES = [
    "紙の申請を廃止",
    "通知を自動で発送",
    "ガバメントクラウドに移行",
    "利用が増加",
    "NPOと連携",
    "総合政策部長が兼ねる",
    "置かない",
    "毎月開きます",
    "運用経費を減らす。",
    "事業費は予算による。交付金を使う",
    "・住民\n・事業者",
    "",
]


@pytest.mark.parametrize("text", NOUN_PHRASES)
def test_noun_phrase_goes_into_the_frame(text):
    assert wording.said_of("対象", text, closing="とする") == f"対象は、{text}とする。"


@pytest.mark.parametrize("text", CLAUSES_AND_SENTENCES)
def test_clause_or_sentence_is_never_taken_for_a_noun(text):
    assert not wording.is_noun_phrase(text)


def test_noun_phrase_typed_with_a_stop_goes_into_the_frame_without_it():
    assert wording.said_of("対象", "市長部局。") == "対象は、市長部局である。"


def test_clause_keeps_its_words_behind_its_topic():
    assert wording.said_of("CAIO", "総合政策部長が兼ねる") == "CAIOについては、総合政策部長が兼ねる。"


def test_sentence_that_speaks_for_itself_needs_no_topic():
    assert wording.told("財政", "毎年度の予算による。") == "毎年度の予算による。"


def test_entry_of_several_lines_keeps_its_list():
    assert wording.said_of("対象", "・住民\n・事業者") == "対象は、次のとおりである。\n・住民\n・事業者"


def test_nothing_entered_says_nothing():
    assert (wording.said_of("対象", ""), wording.told("対象", ""), wording.listed("対象", [])) == ("", "", "")


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("　手続を減らす。。 ", "手続を減らす。"),
        ("手続を減らし、。紙をなくす、、", "手続を減らし。紙をなくす"),
        ("市内  全域", "市内 全域"),
        ("。、　", ""),
        ("・\n(1) ", ""),
        ("国の動き\n\n\n\n県の動き", "国の動き\n\n県の動き"),
        ("国の動き\n　県の動き", "国の動き\n\n県の動き"),
        ("1\n\n、", "1"),
        ("1\n．", "1"),
    ],
)
def test_tidying_removes_doubled_marks_only(typed, tidied):
    assert wording.tidy(typed) == tidied


@pytest.mark.parametrize(
    ("typed", "closed"),
    [
        ("紙の転記をなくす", "紙の転記をなくす。"),
        ("紙の転記をなくす。", "紙の転記をなくす。"),
        ("なぜか？", "なぜか？"),
        ("国は、\n計画を改めた", "国は、\n計画を改めた。"),
        ("目的\n・転記をなくす\n・紙をなくす", "目的。\n・転記をなくす\n・紙をなくす"),
        ("項目\t値\n人口\t10", "項目\t値\n人口\t10"),
    ],
)
def test_passage_closes_sentences_and_leaves_the_line_grammar(typed, closed):
    assert wording.passage(typed) == closed


def test_list_set_into_running_text_loses_its_marks():
    assert wording.bare("・転記をなくす\n・紙をなくす。") == "転記をなくす。紙をなくす"


def test_middle_dot_inside_a_line_is_no_list_mark():
    assert wording.flowing("防災・交通の情報") == "防災・交通の情報。"


@pytest.mark.parametrize(
    ("nouns", "text"),
    [
        ([], ""),
        (["市民課"], "市民課"),
        (["市民課", "税務課"], "市民課及び税務課"),
        (["市民課", "税務課", "防災課"], "市民課、税務課及び防災課"),
        (["大学及び高専（講座、年1回）", "県"], "「大学及び高専」（講座、年1回）及び県"),
        (["第3次計画（令和4、5年度）", "県"], "第3次計画（令和4、5年度）及び県"),
        (
            ["「第3次計画」（前期（令和4、5年度）、政策5）", "県"],
            "「第3次計画」（前期（令和4、5年度）、政策5）及び県",
        ),
    ],
)
def test_names_are_joined_as_official_documents_do(nouns, text):
    assert wording.joined(nouns) == text


def test_notes_join_those_that_a_name_was_typed_with():
    assert wording.with_notes("研修（年1回）", "全職員", "") == "研修（年1回、全職員）"
    assert wording.with_notes("研修", "全職員") == "研修（全職員）"
    assert wording.with_notes("研修（年1回）") == "研修（年1回）"


def test_long_list_of_names_is_counted():
    assert wording.some(["A", "B", "C"], 2) == "A、Bなど3件"


def test_list_with_a_clause_becomes_items():
    assert (
        wording.listed("取組", ["紙の廃止", "紙を廃止"])
        == "取組は、次のとおりである。\n・紙の廃止\n・紙を廃止"
    )


def test_long_list_with_a_clause_says_how_many_there_are():
    text = wording.listed("取組", ["紙を廃止", "研修", "講座"], 2)
    assert text == "取組は、3件あり、はじめの2件は、次のとおりである。\n・紙を廃止\n・研修"


def test_quotation_inside_a_quotation_is_doubled():
    assert wording.quoted("磯波町「なみ」計画") == "「磯波町『なみ』計画」"


def test_quotation_typed_with_its_marks_is_not_quoted_again():
    assert wording.quoted("「待たせない町」") == "「待たせない町」"


def test_date_of_a_document_stands_behind_its_title():
    assert wording.cited("重点計画（令和7年6月13日閣議決定）") == "「重点計画」（令和7年6月13日閣議決定）"


def test_bracket_that_belongs_to_the_title_stays_in_it():
    assert wording.cited("推進計画（データ活用計画）") == "「推進計画（データ活用計画）」"


def test_short_text_needs_no_headings():
    assert (
        wording.chapter(("体制", "事務局を置く。"), ("財源", "予算による。"))
        == "事務局を置く。\n\n予算による。"
    )


def test_lower_headings_stand_below_one():
    assert wording.chapter(("柱", "□ 手続\n方針。"), ("財源", "")) == "■ 柱\n□ 手続\n方針。"


def test_long_text_gets_a_heading_for_each_theme():
    long = "事務局を置く。" * 30
    assert wording.chapter(("体制", long), ("空", ""), ("財源", "予算による。")).startswith("■ 体制\n事務局")
