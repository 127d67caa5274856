"""The guidance of a part: a page with all of it, the same beside the form, and the town's own notes."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from planwizard.common.text import clean
from planwizard.plans import notes
from planwizard.plans.access import is_open_to, may_arrange, part_or_404
from planwizard.plans.models import FieldNote
from planwizard.wizard.guidance import field_of, guidance_on
from planwizard.wizard.navigation import steps_of
from planwizard.wizard.views.parts import write_url

LONGEST_NOTE = 2000
OVERTAKEN = "ほかの人が先にこの案内を書き換えました。下の「いまの案内」を見て、あなたの文を直してから、もう一度保存してください。"


class NoteField(forms.CharField):
    widget = forms.Textarea({"rows": 5})

    def __init__(self, **more: str) -> None:
        super().__init__(required=False, strip=False, **more)

    def to_python(self, value: str | None) -> str:
        return clean(super().to_python(value) or "").strip()

    def validate(self, value: str) -> None:
        if len(value) > LONGEST_NOTE:
            raise ValidationError(
                f"{self.label}は{LONGEST_NOTE}文字までにしてください（いまは{len(value)}文字）。"
            )


class NoteForm(forms.Form):
    """A note of each source; ``seen`` tells which notes the page showed."""

    town = NoteField(
        label="わが町の案内",
        help_text="この市町村の決まり、相談する課、過去の書き方などです。○○市 と書いた所には市町村の名が入ります。",
    )
    prefecture = NoteField(
        label="県の案内",
        help_text="県の手引や通知から、この欄に当たる所を短く写します。出典の名とページも書いてください。",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@require_GET
def guide(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """Everything that is told about the fields of a part, by field."""
    part = part_or_404(request.member, version_id, key, to="read")
    context = {
        "version": part.version,
        "nav": steps_of(part.version),
        "part": part,
        "sets": guidance_on(part),
        "may_write": may_arrange(request.member),
        "write_url": write_url(part) if is_open_to(request.member, part) else "",
    }
    return render(request, "wizard/guidance.html", context)


@require_GET
def guide_beside(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """The same without a page around it: what the writing page shows, field by field, beside its form."""
    part = part_or_404(request.member, version_id, key, to="read")
    entries = [entry for _, entries in guidance_on(part) for entry in entries]
    context = {
        "version": part.version,
        "part": part,
        # Within a row or group only what has something to tell: the list as a whole has the place for a note.
        "entries": [entry for entry in entries if not (entry.is_empty and entry.field.is_inside)],
        "may_write": may_arrange(request.member),
    }
    return render(request, "wizard/guidance-entries.html", context)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, version_id: UUID, key: str, path: str) -> HttpResponse:
    """Write, change or take away what the office tells about one field."""
    part = part_or_404(request.member, version_id, key, to="arrange")
    told = field_of(part, path)
    if told is None:
        raise Http404
    field_key = f"{part.sheet.key}.{path}"
    standing = notes.of_field(field_key)
    form = NoteForm(request.POST or None, initial=standing | {"seen": notes.seen(standing)})
    back = f"{reverse('wizard:guide', args=[version_id, key])}#{path}"
    overtaken: notes.Notes | None = None
    if request.method == "POST" and form.is_valid():
        texts = {source: form.cleaned_data[source] for source in FieldNote.Source.values}
        seen = form.cleaned_data["seen"]
        overtaken = notes.write(field_key, texts, expected=seen, by=request.member, at=timezone.now())
        if overtaken is None:
            messages.success(
                request, f"「{told.label}」の案内を保存しました。この市町村の全員の画面に出ます。"
            )
            return redirect(back)
        form = NoteForm(initial=texts | {"seen": notes.seen(overtaken)})
    context = {
        "version": part.version,
        "nav": steps_of(part.version),
        "part": part,
        "told": told,
        "form": form,
        "back": back,
        "overtaken": OVERTAKEN if overtaken is not None else "",
        "standing": [
            (source.label, overtaken[source]) for source in FieldNote.Source if source in (overtaken or {})
        ],
    }
    return render(request, "wizard/note.html", context, status=_status(form, overtaken))


def _status(form: NoteForm, overtaken: notes.Notes | None) -> int:
    return 409 if overtaken is not None else 422 if form.errors else 200
