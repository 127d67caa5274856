"""What an officer chooses before a file is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from planwizard.common.text import clean
from planwizard.compliance.evidence import refusal
from planwizard.exports.models import Format, HouseStyle
from planwizard.exports.told import ERAS, VARIANTS
from planwizard.manuscript.options import Options, Variant
from planwizard.plans.models import Kind, Part, PlanVersion

EXTRAS = {
    "budgets": "予算を載せる",
    "empty_items": "空いている項目を載せる（庁内の確認用。必須と推奨の項目が「（未記入）」と出ます）",
    "with_data": "データを添える（公開用。PDFの中に plan.json と CSV を入れます）",
}
_FORMATS = (
    (Format.DOCX, "Word（手を入れて使うとき）"),
    (Format.PDF, "PDF（配る、公表するとき）"),
    (Format.JSON, "plan.json（計画の中身をまるごと。別の planwizard に取り込めます）"),
)
_DEFAULT = "（この市町村の標準）"
_EXPLAINED = {
    Variant.EVIDENCE: "（チェックリストの各項目を、どの文が満たし、何頁にあるか。決裁に添えるとき）"
}
_CHAPTER_6 = ("ch6", "6章　個別施策の全体（一覧、指標、工程表を含む）")


class ExportForm(forms.Form):
    variant = forms.ChoiceField(
        label="作るもの",
        choices=[(key.value, words + _EXPLAINED.get(key, "")) for key, words in VARIANTS.items()],
        initial=Variant.FULL,
        required=False,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": "作るものを一覧から選んでください。",
        },
    )
    parts = forms.MultipleChoiceField(
        label="章",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "章を一覧から選んでください。"},
    )
    department = forms.ChoiceField(
        label="担当課の施策",
        required=False,
        help_text="選ぶと、その課が所管する施策シートがすべて入ります。",
        error_messages={"invalid_choice": "担当課を一覧から選んでください。"},
    )
    measures = forms.MultipleChoiceField(
        label="施策",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "施策を一覧から選んでください。"},
    )
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
        choices=list(EXTRAS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="予算を載せると、個別施策の表に概算事業費、財源、予算の状態が出ます。",
        error_messages={"invalid_choice": "載せるものを一覧から選んでください。"},
    )
    reason = forms.CharField(
        label="「未」の項目があるまま出す理由",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="証拠の一覧を決裁に添えるときだけ書きます。チェックリストに「未」がなければ要りません。400文字までです。",
        error_messages={"max_length": "理由は400文字までです。"},
    )
    era = forms.ChoiceField(
        label="年の書き方",
        choices=[("", "計画の設定どおり"), *ERAS.items()],
        required=False,
        error_messages={"invalid_choice": "年の書き方を一覧から選んでください。"},
    )
    era.level = ""  # 「計画の設定どおり」 is an answer too

    house_style = forms.ChoiceField(
        label="書式",
        required=False,
        help_text="Word は選んだ書式のファイルに、PDF はその用紙の設定（文字の大きさ、行の間隔、余白）で作ります。",
        error_messages={"invalid_choice": "書式を一覧から選んでください。"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, version: PlanVersion, only: str = ""
    ) -> None:
        """``only``: the key of a measure that is chosen beforehand."""
        chosen = {"variant": Variant.PARTS, "measures": [only]} if only else {}
        super().__init__(data, initial=chosen)
        self.version = version
        parts = list(Part.objects.of(version).kept().for_list().order_by("position", "id"))
        measures = (part for part in parts if part.kind == Kind.MEASURE)
        self.sheets = sorted(measures, key=lambda part: part.measure_no)
        self.fields["parts"].choices = list(_chapters(version, parts))
        self.fields["measures"].choices = [(part.key, str(part)) for part in self.sheets]
        self.house_styles = list(HouseStyle.objects.in_use().order_by("-is_default", "name"))
        self._offer_house_styles()
        self.fields["department"].choices = [("", "選ばない"), *_departments(self.sheets)]

    def _offer_house_styles(self) -> None:
        """The town's default chosen beforehand; nothing to choose where the town has none."""
        field = self.fields["house_style"]
        if not self.house_styles:
            del self.fields["house_style"]
            return
        field.choices = [
            ("", "planwizard の書式"),
            *(
                (str(style.pk), f"{style}{_DEFAULT if style.is_default else ''}")
                for style in self.house_styles
            ),
        ]
        field.initial = next((str(style.pk) for style in self.house_styles if style.is_default), "")

    @property
    def look(self) -> HouseStyle | None:
        chosen = self.cleaned_data.get("house_style", "")
        return next((style for style in self.house_styles if str(style.pk) == chosen), None)

    @property
    def has_chosen(self) -> bool:
        """Whether the choice of parts stands open on the page."""
        return self["variant"].value() == Variant.PARTS

    def clean(self) -> None:
        is_excerpt = self.cleaned_data.get("variant") == Variant.PARTS
        if is_excerpt and not self.errors and not self._only():
            self.add_error("parts", "章、担当課、施策のどれかを1つ以上選んでください。")
        if self.cleaned_data.get("variant") == Variant.EVIDENCE and not self.errors:
            today = timezone.localdate()
            if told := refusal(self.version, self.cleaned_data["reason"], on=today):
                self.add_error("reason", told)

    def _only(self) -> tuple[str, ...]:
        """The keys of everything chosen, each once, in the order of the plan."""
        facts = self.cleaned_data
        of_department = (
            part.key
            for part in self.sheets
            if facts["department"] and part.department and part.department.key == facts["department"]
        )
        return tuple(dict.fromkeys([*facts["parts"], *of_department, *facts["measures"]]))

    @property
    def options(self) -> Options:
        facts = self.cleaned_data
        variant = Variant(facts["variant"] or Variant.FULL)
        return Options(
            variant,
            self._only() if variant is Variant.PARTS else (),
            era=facts["era"],
            reason=clean(facts["reason"]).strip() if variant is Variant.EVIDENCE else "",
            **{name: name in facts["extras"] for name in EXTRAS},
        )


def _chapters(version: PlanVersion, parts: Iterable[Part]) -> Iterable[tuple[str, str]]:
    """(key, words) of what can be chosen, chapter 6 before its areas."""
    is_chapter_6_told = False
    for part in parts:
        if part.kind == Kind.MEASURE:
            continue
        if part.kind == Kind.AREA:
            if not is_chapter_6_told:
                yield _CHAPTER_6
                is_chapter_6_told = True
            pillar = version.edition.pillar(part.pillar)
            yield part.key, f"6章{pillar.mark}　{pillar.short_name}"
        elif part.kind == Kind.BASICS:
            yield part.key, "表紙、目次、あいさつ、奥付"
        else:
            yield part.key, version.municipality.in_its_name(part.title)


def _departments(sheets: Iterable[Part]) -> list[tuple[str, str]]:
    """Those that have a measure."""
    return list(
        dict.fromkeys((part.department.key, part.department.name) for part in sheets if part.department)
    )
