import json

import pytest

from planwizard.catalog.catalog_file import BadCatalog, read

pytestmark = pytest.mark.django_db


def complaints(text):
    with pytest.raises(BadCatalog) as refused:
        read(text)
    return refused.value.messages


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "JSONとして読めません（1行1文字目）。書式を直してください。"),
        ('{"format": "planwizard-catalog",', "JSONとして読めません（1行33文字目）。書式を直してください。"),
        ("[" * 100_000, "入れ子が深すぎて読めません。"),
        ("[]", "カタログのファイルではありません。format に planwizard-catalog と書いてください。"),
        ('{"format": "planwizard-plan"}', "カタログのファイルではありません。format に planwizard-catalog と書いてください。"),
        ('{"format": "planwizard-catalog", "format_version": 2}', "format_version は 1 だけを読めます。"),
        (
            '{"format": "planwizard-catalog", "format": "x"}',
            "「format」が一つの項目の中に2回書いてあります。一方を消してください。",
        ),
        (
            '{"format": "planwizard-catalog", "format_version": 1, "law": []}',
            "「law」は知らない見出しです。つづりを確かめてください。",
        ),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused(text, message):
    assert complaints(text) == [message]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", None, "書いてありません。入れてください。"),
        ("title", "", "空です。入れてください。"),
        ("title", 7, "文字列で書いてください。"),
        ("title", "あ" * 201, "この値は 200 文字以下でなければなりません( 201 文字になっています)。"),
        ("title_kind", "real", "'real' は有効な選択肢ではありません。"),
        ("area", "tax", "柱は online、open_data、mynumber、divide、standard のどれかで書いてください。"),
        ("area", {}, "文字列で書いてください。"),
        ("area_sub", "online", "柱のキーを並べた配列（[ … ]）で書いてください。"),
        (
            "area_sub",
            [["online"]],
            "柱は online、open_data、mynumber、divide、standard のどれかで書いてください。",
        ),
        ("verified", "true", "true か false で書いてください。"),
        ("document", "priority-plan-2099", "「priority-plan-2099」という番号の項目がありません。"),
        ("replaced_by", "2026-11-a/NM-999", "「2026-11-a/NM-999」という番号の項目がありません。"),
        ("replaced_by", "NM-999", "「2026-11-a/NM-999」という番号の項目がありません。"),
        ("edition", "2099", "「2099」という番号の項目がありません。"),
        ("titel", "題", "知らない項目です。つづりを確かめてください。"),
    ],
)
def test_a_bad_field_is_named_with_its_entry(catalog, field, value, reason):
    found = complaints(catalog([{field: value}]))
    assert any(
        line.startswith(f"national_measures の1件目（NM-060）の {field}：") and reason in line
        for line in found
    )


def test_a_bad_code_is_named(catalog):
    assert complaints(catalog([{"code": "施策 1"}])) == [
        "national_measures の1件目（施策 1）の code：番号は半角の英数字、ハイフン、ピリオドで入力してください（例：NM-001）。"
    ]


def test_all_mistakes_are_told_at_once(catalog):
    assert len(complaints(catalog([{"area": "tax", "title": ""}, {"code": "NM-061", "status": "?"}]))) == 3


def test_one_mistake_is_not_told_as_many(catalog):
    assert len(complaints(catalog(editions=[{"code": "2026-11-a", "name": ""}]))) == 1


def test_a_number_twice_in_one_file_is_refused(catalog):
    assert complaints(catalog([{}, {}])) == [
        "national_measures の2件目（NM-060）の code：同じ番号の項目がファイルの中にもう一つあります。"
    ]


def test_what_nobody_verified_cannot_be_switched_on(catalog):
    (message,) = complaints(catalog([{"verified": False, "is_on": True}]))
    assert message.endswith("の is_on：出典を確かめていない項目（verified が false）は true にできません。")


@pytest.mark.parametrize("day", ["2025-6-13", "令和7年6月13日", "2025-02-30"])
def test_a_day_that_does_not_exist_is_refused(catalog, day):
    law = {"code": "act", "title": "官民データ活用推進基本法", "effective_from": day, "source": "e-Gov"}
    assert complaints(catalog(laws=[law])) == [
        "laws の1件目（act）の effective_from：日付は 2025-06-13 の形で書いてください。"
    ]


def test_years_of_a_grant_run_forwards(catalog):
    grant = {"code": "FS-1", "name": "交付金", "start_fy": 2026, "end_fy": 2025, "source": "告示"}
    assert complaints(catalog(funding_sources=[grant])) == [
        "funding_sources の1件目（FS-1）の end_fy：始まりの年度より前です。"
    ]


def test_sections_and_entries_of_the_wrong_kind_are_named(catalog):
    assert complaints(catalog(laws={}, terms=["KPI"])) == [
        "laws：項目を並べた配列（[ … ]）で書いてください。",
        "terms の1件目：{ … } の形で書いてください。",
    ]


def test_text_is_cleaned_as_everywhere(catalog):
    drafts = read(catalog([{"title": "窓口\u202eの\n見直し", "summary": "一行目\r\n二行目\x00"}]))
    assert drafts[-1].facts["title"] == "窓口の 見直し"
    assert drafts[-1].facts["summary"] == "一行目\n二行目"


def test_absent_fields_take_their_defaults(catalog):
    facts = read(catalog())[-1].facts
    assert (facts["is_on"], facts["replaced_by"], facts["area_sub"], facts["notes"]) == (True, None, "", "")


def test_a_lone_surrogate_does_not_break_the_reader(catalog):
    text = catalog([{"summary": "要約"}]).replace("要約", "要\\ud800約")
    assert json.loads(text)
    assert read(text)[-1].facts["summary"] == "要約"
