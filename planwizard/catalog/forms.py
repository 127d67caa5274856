"""Forms of the catalogue's administration: text is cleaned, and nothing unverified is switched on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from planwizard.catalog.catalog_file import SECTIONS
from planwizard.catalog.columns import title_of, words
from planwizard.catalog.entries import sha256_of
from planwizard.catalog.measures import PILLARS, NationalMeasure
from planwizard.common.tables.csv_file import ENCODINGS
from planwizard.common.text import clean, one_line

PILLAR_CHOICES = [(key, f"{pillar.mark}{pillar.short_name}") for key, pillar in PILLARS.items()]


class Areas(forms.MultipleChoiceField):
    """Several pillars as one string of keys, the form in which the column holds them."""

    def prepare_value(self, value: Any) -> list[str]:
        return value.split() if isinstance(value, str) else value or []

    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class CatalogForm(forms.ModelForm):
    """A form in the looks of Django's admin, not in those of our own screens."""

    bound_field_class = forms.BoundField
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # the facts that the page showed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts_before = self.instance.facts() if self.instance.pk else None
        if self.facts_before is not None:
            self.initial["seen"] = sha256_of(self.facts_before)

    def clean(self) -> dict[str, Any]:
        seen = self.cleaned_data.pop("seen", "")
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                is_long = isinstance(self._meta.model._meta.get_field(name), models.TextField)
                self.cleaned_data[name] = clean(value) if is_long else one_line(value)
        if self.instance.pk:
            self._require_seen(seen)
        return self.cleaned_data

    def _require_seen(self, seen: str) -> None:
        """Refuse to write over what an import or another administrator brought meanwhile; the next save is after a look."""
        now = self._meta.model.objects.select_for_update(no_key=True).get(pk=self.instance.pk)
        self.facts_before = now.facts()
        if seen == now.facts_sha256():
            return
        self.add_error(None, OVERTAKEN)
        shown = [name for name in now.FACTS if name in self.fields]
        typed = {name: self[name].data for name in shown}
        for name, (_, words_now) in zip(shown, words(type(now), self.facts_before, shown), strict=True):
            if self.fields[name].has_changed(getattr(now, name), typed[name]):
                self.add_error(name, f"いまカタログにある内容：{words_now or '（空欄）'}")
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = now.facts_sha256()


class EntryForm(CatalogForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_on") and not cleaned.get("verified"):
            self.add_error(
                "is_on",
                "担当者に見せるには、出典を読んで「出典を確かめた」に印を付けてください。",
            )
        return cleaned


class NationalDocumentForm(EntryForm):
    url = forms.URLField(label="URL", max_length=500, required=False, assume_scheme="https")


class LawForm(EntryForm):
    pillar = forms.ChoiceField(label="柱", choices=[("", "―"), *PILLAR_CHOICES], required=False)


class FundingSourceForm(EntryForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("start_fy"), cleaned.get("end_fy")
        if start and end and end < start:
            self.add_error("end_fy", "終わりの年度は、始まりの年度以後にしてください。")
        return cleaned


class NationalMeasureForm(EntryForm):
    area = forms.ChoiceField(label="柱", choices=PILLAR_CHOICES)
    area_sub = Areas(
        label="副次の柱", choices=PILLAR_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        successor = cleaned.get("replaced_by")
        if successor and self.instance.pk and successor.leads_to({self.instance.pk}):
            self.add_error("replaced_by", CIRCLE)
        return cleaned


OVERTAKEN = (
    "この画面を開いた後に、この項目が取り込みかほかの管理者によって変わりました。まだ何も保存していません。"
    "入力した内容は下に残っています。違う欄に添えた今の内容と見比べて、直してから、もう一度保存してください。"
)
CIRCLE = "後継をたどると元の施策に戻ります。別の施策を選んでください。"


class SupersedeForm(forms.Form):
    """Which measure follows the chosen ones, if any."""

    successor = forms.ModelChoiceField(
        NationalMeasure.objects.none(),
        label="後継の施策",
        required=False,
        empty_label="後継なし（終わった）",
        help_text="後継があれば選んでください。担当者には、元の施策に後継の題が添えられます。",
    )

    def __init__(self, data: Any, *, measures: list[NationalMeasure]) -> None:
        super().__init__(data)
        self.chosen = {measure.pk for measure in measures}
        others = NationalMeasure.objects.exclude(pk__in=self.chosen)
        self.fields["successor"].queryset = others.defer("search_text")

    def clean_successor(self) -> NationalMeasure | None:
        successor = self.cleaned_data["successor"]
        if successor and successor.leads_to(self.chosen):
            raise forms.ValidationError(CIRCLE)
        return successor


class BringForm(forms.Form):
    """A file with an edition, and what the person knows of it that the file does not say."""

    FORMS = [("xlsx", "Excel（.xlsx）"), *((key, f"CSV、{name}") for key, name in ENCODINGS.items())]

    file = forms.FileField(
        label="ファイル",
        max_length=200,
        help_text="下の「書き出す」で受け取った表を直したもの、20MBまで。見出しの行は変えないでください。",
        error_messages={
            "required": "取り込むファイルを選んでください。",
            "empty": "選んだファイルは空です。中身のあるファイルを選んでください。",
            "max_length": "ファイルの名前が長すぎます。短い名前に変えてから選んでください。",
        },
    )
    form = forms.ChoiceField(
        label="ファイルの形",
        choices=FORMS,
        initial="xlsx",
        widget=forms.RadioSelect,
        error_messages={"required": "ファイルの形を選んでください。"},
    )
    section = forms.ChoiceField(
        label="CSV に入っている表",
        choices=[(section, title_of(model)) for section, model in SECTIONS.items()],
        initial="national_measures",
        help_text="CSV は1つの表だけが入ります。Excel ではシートの名で分かるので、選ばなくてかまいません。",
    )

    @property
    def asked(self) -> dict[str, str]:
        """As tables.child takes it."""
        form = self.cleaned_data["form"]
        if form == "xlsx":
            return {"read": "xlsx"}
        title = title_of(SECTIONS[self.cleaned_data["section"]])
        return {"read": "csv", "encoding": form, "name": title}
