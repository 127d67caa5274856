"""What the secretariat types about the town's own items."""

from __future__ import annotations

from django import forms

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
