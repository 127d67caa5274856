"""Where an answer stands in the finished document, in words for those who write it."""

from __future__ import annotations

from planwizard.blueprint.edition import NEVER_PRINTED
from planwizard.blueprint.kinds import AnyField, FieldSet, Prints, Rows, Sheet, Upload
from planwizard.blueprint.measure_sheet import BUDGET_FIELDS
from planwizard.manuscript import fields, special

_OWN_WORDS = {
    "basics.own_pillars": "6章を束ねる見出しになります。",
    "basics.foreword": "「はじめに」として、表紙の次に出ます。",
    "basics.foreword_photo": "「はじめに」の文の前に出ます。",
    "measure.title": "施策シートの見出しと、6章のはじめの「施策の一覧」に出ます。",
    "measure.measure_no": "施策シートの見出しと、6章のはじめの「施策の一覧」に出ます。",
    "measure.kpis": "施策シートの表と、6章の終わりの「成果指標の一覧」に出ます。",
    "ch5.schedule_diagram": "6章の終わりの「工程表」になります。画像を選ぶまでは、施策シートの工程から作った表が出ます。",
    "measure.schedule": "施策シートの表と、6章の終わりの「工程表」に出ます。",
}


def whereabouts(sheet: Sheet, group: FieldSet, field: AnyField, path: str) -> str:
    """A sentence about one declared field; "" for what stands in rows or groups, of which only the whole says it.

    ``path`` is the declared path of the field, ``group`` the set of the sheet that it belongs to.
    """
    reason = NEVER_PRINTED.get(f"{sheet.key}.{path}", "")
    if reason or field.prints is Prints.NEVER:
        return f"文書には出ません。{reason}{'ためです。' if reason else ''}"
    if "." in path:
        return ""
    if words := _OWN_WORDS.get(f"{sheet.key}.{path}", ""):
        return words
    match field.prints:
        case Prints.FRAME:
            return "表紙、奥付、ページの見出し、各章の文のうち、要る所に差し込まれます。"
        case Prints.BODY:
            return f"本文を書くまでのあいだ、この章に「{field.label}」として出ます。本文を書くと、本文だけが出ます。"
        case _:
            return _in_sheet(field) if sheet.kind == "measure" else _in_chapter(group, field)


def _in_sheet(field: AnyField) -> str:
    if field.key in BUDGET_FIELDS:
        return f"出力のときに選ぶと、施策シートの「{field.label}」の欄に出ます。"
    if isinstance(field, Rows) and fields.is_wide(field):
        return f"施策シートの「{field.label}」の欄か、その次の表に出ます。"
    return f"施策シートの「{field.label}」の欄に出ます。"


def _in_chapter(group: FieldSet, field: AnyField) -> str:
    if field.key in special.LEADS:
        return "この章のはじめに、大きく出ます。"
    if field.key.endswith("_text"):
        return "この章の本文になります。"
    if field.key == "area_lead":
        return "6章のこの区分の、はじめの文になります。"
    if isinstance(field, Upload):
        drawn = "画像を選ぶまでは、入力から描いた図が出ます。" if field.is_drawn else ""
        return f"この章の図になります。{drawn}"
    if fields.is_line(field) and field.key not in special.BLOCKS:
        return f"この章の表「{group.title}」の1行になります。"
    return f"この章の表「{field.label}」になります。"
