"""Bringing in a house style, prescribing paper, and mapping by hand what the machine is not sure of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from planwizard.common.numbers import parse_number
from planwizard.document import paper
from planwizard.document.paper import FONTS, MARGINS, PITCHES, SIZES, USUAL, PaperSettings
from planwizard.exports.models import HouseStyle
from planwizard.web.forms import LineField

OURS = "planwizard のスタイルを足す"
_TOO_TIGHT = "行の間隔は、文字の大きさの1.2倍以上にしてください（いまの文字なら{:g}ポイント以上）。"


def _name_field() -> LineField:
    return LineField(
        label="書式の名前",
        max_length=40,
        help_text="一覧と書き出しの画面に出ます。同じ名前があれば、その次の版になります。",
        error_messages={
            "required": "書式の名前を入力してください（例：庁内の標準）。",
            "max_length": "書式の名前は40文字までです。短くしてください。",
        },
    )


class BringForm(forms.Form):
    name = _name_field()
    file = forms.FileField(
        label="Word のファイル",
        help_text="文書（.docx）かテンプレート（.dotx）、20MBまで。本文は使わず、スタイル、番号、余白、ヘッダーとフッターを引き継ぎます。",
        error_messages={
            "required": "Word のファイル（.docx か .dotx）を選んでください。",
            "empty": "選んだファイルは空です。中身のある Word のファイルを選んでください。",
            "max_length": "ファイルの名前が長すぎます。短い名前に変えてから選んでください。",
        },
        max_length=200,
    )


class MillimetreField(forms.CharField):
    """A whole number of millimetres in any writing an office uses."""

    def __init__(self, label: str) -> None:
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "data-width": "number", "autocomplete": "off"}
        )
        super().__init__(label=label, help_text=f"mm（{MARGINS[0]}〜{MARGINS[1]}）", widget=widget)
        self.error_messages["required"] = f"{label}を入力してください。"

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            number = int(parse_number(text))
        except ValueError:
            number = -1
        if not MARGINS[0] <= number <= MARGINS[1]:
            raise forms.ValidationError(
                f"{self.label}は{MARGINS[0]}から{MARGINS[1]}までの整数（mm）で入力してください（例：25）。"
            )
        return number


def _points(limits: tuple[float, float]) -> list[tuple[str, str]]:
    steps = range(round(limits[0] * 2), round(limits[1] * 2) + 1)
    return [(f"{step / 2:g}", f"{step / 2:g}ポイント") for step in steps]


class PaperForm(forms.Form):
    name = _name_field()
    font = forms.ChoiceField(
        label="Word のフォント",
        choices=[(key, "と".join(names)) for key, names in FONTS.items()],
        help_text="PDF は、どれを選んでも BIZ UD明朝と BIZ UDゴシックで作ります。",
        error_messages={
            "required": "フォントを選んでください。",
            "invalid_choice": "フォントを一覧から選んでください。",
        },
    )
    size_pt = forms.ChoiceField(
        label="本文の文字の大きさ",
        choices=_points(SIZES),
        error_messages={
            "required": "文字の大きさを選んでください。",
            "invalid_choice": "文字の大きさを一覧から選んでください。",
        },
    )
    pitch_pt = forms.ChoiceField(
        label="本文の行の間隔",
        choices=_points(PITCHES),
        error_messages={
            "required": "行の間隔を選んでください。",
            "invalid_choice": "行の間隔を一覧から選んでください。",
        },
    )
    top_mm = MillimetreField("上の余白")
    bottom_mm = MillimetreField("下の余白")
    left_mm = MillimetreField("左の余白")
    right_mm = MillimetreField("右の余白")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, begin_with: HouseStyle | None = None
    ) -> None:
        """``begin_with``: a style whose next version this may become."""
        settings = begin_with.paper_settings if begin_with else USUAL
        initial = settings.to_json() | {"name": begin_with.name if begin_with else ""}
        initial |= {name: f"{initial[name]:g}" for name in ("size_pt", "pitch_pt")}
        super().__init__(data, initial=initial)

    def clean(self) -> None:
        facts = self.cleaned_data
        if "size_pt" in facts and "pitch_pt" in facts:
            least = float(facts["size_pt"]) * paper.TIGHTEST
            if float(facts["pitch_pt"]) < least:
                self.add_error("pitch_pt", _TOO_TIGHT.format(-(-least * 2 // 1) / 2))

    @property
    def settings(self) -> PaperSettings:
        facts = {key: value for key, value in self.cleaned_data.items() if key != "name"}
        return PaperSettings(
            **facts | {name: float(facts[name]) for name in ("size_pt", "pitch_pt")},
        )


class MappingForm(forms.Form):
    """A choice among the file's own styles for each role that the machine is not sure of."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, style: HouseStyle) -> None:
        super().__init__(data)
        for use in style.report["uses"]:
            if use["is_asked"]:
                self.fields[use["role"]] = _choice(use, style.report["choices"].get(use["kind"], []))

    @property
    def chosen(self) -> dict[str, str]:
        return dict(self.cleaned_data)


def _choice(use: Mapping[str, Any], styles: list[list[str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=use["label"],
        required=False,
        choices=[("", OURS), *((id_, name) for id_, name in styles)],
        initial="" if use["how"] == "added" else use["style"],
        error_messages={"invalid_choice": f"{use['label']}のスタイルを一覧から選んでください。"},
    )
