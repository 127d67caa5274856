"""What the secretariat types about the town's own items and about handing out."""

from __future__ import annotations

from django import forms

from planwizard.compliance.models import HandingOut
from planwizard.rules.operation import PROMPT_DAYS
from planwizard.web.forms import LineField


class OwnItemForm(forms.Form):
    title = LineField(
        label="項目",
        max_length=200,
        help_text="計画に書かれているべきことを、1つの項目に1つずつ書きます（例：防災へのデータの活用を述べること）。",
        widget=forms.TextInput(attrs={"data-width": "long"}),
        error_messages={"required": "項目を入力してください。"},
    )
    why = LineField(
        label="なぜ要るか",
        required=False,
        max_length=200,
        help_text="根拠になる条例や議会の答弁などを、1文で書きます。",
        widget=forms.TextInput(attrs={"data-width": "long"}),
    )


class HandingOutForm(forms.ModelForm):
    forbids_failures = forms.TypedChoiceField(
        label="必須の項目に「未」があるとき",
        choices=[
            (False, "理由を書けば、証拠の一覧を出せる"),
            (True, "「未」をなくすまで、証拠の一覧を出せない"),
        ],
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = HandingOut
        fields = ("forbids_failures", "prompt_days")
        help_texts = {
            "prompt_days": f"これを超えた改定には、点検項目 OP-02 が理由を尋ねます。はじめは{PROMPT_DAYS}日になっています。"
        }
        widgets = {"prompt_days": forms.TextInput(attrs={"data-width": "number", "inputmode": "numeric"})}
        error_messages = {
            "prompt_days": dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"),
                "日数は1から365までの数で入力してください。",
            )
        }
