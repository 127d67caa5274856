"""The forms of わが町の用字用語: a word, and a file of words."""

from __future__ import annotations

from django import forms

from planwizard.common.tables.csv_file import ENCODINGS
from planwizard.web.forms import LineField
from planwizard.wording.dictionary import LONGEST, LONGEST_NOTE
from planwizard.wording.hint import TownWord


def _line(label: str, most: int, **more: str) -> LineField:
    return LineField(
        label=label,
        max_length=most,
        required=most == LONGEST,
        widget=forms.TextInput({"data-width": "medium" if most == LONGEST else "long"}),
        error_messages={
            "required": f"{label}を入力してください。",
            "max_length": f"{label}は{most}文字までです。短くしてください。",
        },
        **more,
    )


class WordForm(forms.Form):
    wrong = _line("避ける書き方", LONGEST, help_text="例：子供")
    right = _line("わが町の書き方", LONGEST, help_text="例：こども")
    note = _line("備考", LONGEST_NOTE, help_text="決めた日や理由です。書く人の画面に、この語と一緒に出ます。")

    @property
    def word(self) -> TownWord:
        return TownWord(**self.cleaned_data)


class ImportForm(forms.Form):
    file = forms.FileField(
        label="CSV のファイル",
        help_text="1行目の見出しは「避ける書き方」「わが町の書き方」「備考」です。書き出したファイルを直して使えます。2MBまで。",
        error_messages={
            "required": "CSV のファイルを選んでください。",
            "empty": "選んだファイルは空です。語を入れたファイルを選んでください。",
        },
    )
    encoding = forms.ChoiceField(
        label="文字コード",
        choices=tuple(ENCODINGS.items()),
        widget=forms.RadioSelect,
        initial="utf-8",
        help_text="Excel で「CSV（コンマ区切り）」として保存したものは シフトJIS、「CSV UTF-8」は UTF-8 です。",
        error_messages={"required": "文字コードを選んでください。"},
    )
