"""What an officer chooses before a file is made."""

from __future__ import annotations

from django import forms

from planwizard.exports.models import Format
from planwizard.manuscript.options import Options

BUDGETS = "budgets"
_FORMATS = (
    (Format.DOCX, "Word（手を入れて使うとき）"),
    (Format.PDF, "PDF（配る、公表するとき）"),
    (Format.JSON, "plan.json（計画の中身をまるごと。別の planwizard に取り込めます）"),
)


class ExportForm(forms.Form):
    formats = forms.MultipleChoiceField(
        label="形式",
        choices=_FORMATS,
        initial=[Format.DOCX, Format.PDF],
        widget=forms.CheckboxSelectMultiple,
        help_text="いくつでも選べます。",
        error_messages={
            "required": "形式を1つ以上選んでください。",
            "invalid_choice": "形式を一覧から選んでください。",
        },
    )
    extras = forms.MultipleChoiceField(
        label="WordとPDFに加えて載せるもの",
        choices=[(BUDGETS, "予算を載せる")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="選ぶと、個別施策の表に概算事業費、財源、予算の状態が出ます。",
        error_messages={"invalid_choice": "載せるものを一覧から選んでください。"},
    )

    @property
    def options(self) -> Options:
        return Options(budgets=BUDGETS in self.cleaned_data["extras"])
