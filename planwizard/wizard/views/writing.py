"""Save a form that was sent, and answer as the saving protocol says: the same for chapters and sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateformat import format as dated

from planwizard.blueprint.values import stored_places
from planwizard.plans import conflict, examples, exchange, saving
from planwizard.plans.access import refusal
from planwizard.plans.models import Edit, EditKind, Part
from planwizard.web import errors
from planwizard.wizard import forms
from planwizard.wizard.differences import Shown, row_lists, shown_differences
from planwizard.wizard.forms import PartForm
from planwizard.wizard.views import removed_rows

STALE = "画面が古くなっています。下の文を控えてから画面を読み直し、もう一度入力してください。"
CUT = "入力が途中で切れて届きました。下の文を控えてから画面を読み直し、もう一度保存してください。"
REUSED = "同じ保存の番号で違う文が届きました。画面を読み直してから、もう一度保存してください。"
CLEANED = exchange.CLEANED
OVERTAKEN = "ほかの人が先に保存しました。内容を見比べて、残す方を選んでください。"
REFUSED = {
    "frozen": "この版は確定しているので、書き込めません。直すには新しい版を作ってください。入力した文は下に残しました。",
    "handed_in": "この部分は提出済みです。直すには「提出を取りやめる」を押してください。入力した文は下に残しました。",
    "gone": "この部分は削除されたか、担当から外れました。入力した文は下に残しました。事務局に確かめてください。",
}
DONE_BY = {EditKind.HANDED_IN: "提出", EditKind.DELETED: "削除"}
ASKED_FOR = "asked_for"  # in the address of a page: the long list that is to be chosen from
_MOST_NAMED = 10  # fields in one message


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a form. ``answer`` is set if something other than the ordinary way on must be shown."""

    form: PartForm
    outcome: saving.Outcome | None = None
    answer: HttpResponse | None = None
    touched: str = ""  # the path of a row that a button added, moved or removed
    removed: str = ""  # the path of a row that is gone

    def place_on(self, url: str) -> str:
        """The page's address, opening at the row that was touched."""
        if self.removed:
            url = _asking(url, removed_rows.REMOVED, self.removed)
        return f"{url}#id_{quote(self.touched)}" if self.touched else url


def opened_with(request: HttpRequest) -> dict[str, str]:
    """What the page's address asks of the form: to tell of a row that went, to show a long list whole."""
    return {"removed": removed_rows.removed_in(request), "asked_for": request.GET.get(ASKED_FOR, "")}


def choosing_on(url: str, path: str) -> str:
    """The page's address, opening at the long list and with all that may be ticked there."""
    return f"{_asking(url, ASKED_FOR, path)}#id_{quote(path)}"


def _asking(url: str, name: str, path: str) -> str:
    return url + ("&" if "?" in url else "?") + urlencode({name: path})


def write(request: HttpRequest, part: Part) -> Written:
    """Save what was sent."""
    expected, save_id = forms.edit_no_of(request.POST), forms.save_id_of(request.POST)
    if expected is None or save_id is None or forms.LAST_FIELD not in request.POST:
        message = STALE if forms.LAST_FIELD in request.POST else CUT
        return Written(forms.form_for(part), answer=errors.answer(request, 428, message=message))
    data, touched = forms.arrange_rows(request.POST)
    act, _, row = request.POST.get("act", "").partition(":")
    if act == "remove":
        expected = removed_rows.keep_before_removal(request, part, expected, save_id)
    elif act == "take_back":
        data, touched = removed_rows.with_row_taken_back(part, data, row), row
    form = forms.form_for(part, data)
    outcome = saving.save(
        part,
        form.record,
        expected=expected,
        save_id=save_id,
        by=request.member,
        at=timezone.now(),
        kind=EditKind.AUTO if request.POST.get("save_kind") == "auto" else EditKind.MANUAL,
    )
    return Written(
        form,
        outcome,
        _answer(request, part, form, outcome, expected),
        touched,
        row if act == "remove" else "",
    )


def _answer(
    request: HttpRequest, part: Part, form: PartForm, outcome: saving.Outcome, expected: int
) -> HttpResponse | None:
    if outcome.refused:
        return refused(request, part, outcome, expected)
    if errors.wants_json(request):
        return _saved_json(form, outcome)
    if sentence := _said(list(_cleaned(form))):
        messages.warning(request, sentence)
    return None


class Cleaned(NamedTuple):
    """A field that held characters that no document can hold: how many, and its text without them."""

    path: str
    label: str
    characters: int
    text: str


def _cleaned(form: PartForm) -> Iterator[Cleaned]:
    typed = form.typed
    if not typed.cleaned:
        return
    stored = {**typed.values, **typed.as_typed}
    places = stored_places(form.part.sheet, stored)
    for path, count in typed.cleaned:
        label = places[path].label if path in places else path
        yield Cleaned(path, label, count, str(stored.get(path, "")))


def _said(cleaned: list[Cleaned]) -> str:
    """Nothing changes silently: the sentence that names the fields, "" if nothing was cleaned."""
    if not cleaned:
        return ""
    named = "、".join(f"{each.label}（{each.characters}文字）" for each in cleaned[:_MOST_NAMED])
    more = f"、ほか{len(cleaned) - _MOST_NAMED}か所" if len(cleaned) > _MOST_NAMED else ""
    return f"{CLEANED}{named}{more}。"


def stale(request: HttpRequest) -> HttpResponse:
    """The page did not say which edit it showed."""
    return errors.answer(request, 428, message=STALE)


def refused(request: HttpRequest, part: Part, outcome: saving.Outcome, expected: int) -> HttpResponse | None:
    """The page that says why a save was not taken; None if it was."""
    match outcome.answer:
        case "saved" | "repeated":
            return None
        case "conflict":
            return conflict_page(request, part, outcome, expected)
        case "reused":
            return errors.answer(request, 422, message=REUSED)
        case "not_yours":
            return errors.answer(request, 403, message=refusal(part), facts={"state": "not_yours"})
        case answer:
            status = 404 if answer == "gone" else 409
            message = f"{_who(outcome)}{REFUSED[answer]}"
            return errors.answer(request, status, message=message, facts={"state": answer})


def _who(outcome: saving.Outcome) -> str:
    """Who has handed in or deleted the part, if that was the last thing that was done with it."""
    last = outcome.standing
    if last is None or last.kind not in DONE_BY:
        return ""
    return f"{last.author.name}さんが{dated(timezone.localtime(last.at), 'n月j日 G時i分')}に{DONE_BY[last.kind]}しました。"


def conflict_page(request: HttpRequest, part: Part, outcome: saving.Outcome, expected: int) -> HttpResponse:
    """Both texts, field by field, with what only one side changed chosen already."""
    standing = outcome.standing
    mine, theirs = _content(outcome.set_aside), _content(standing)
    found = conflict.differences(saving.shown(part, expected), mine, theirs)
    if errors.wants_json(request):
        return _conflict_json(request, outcome, shown_differences(part, found))
    return _choice_page(request, part, outcome, found)


def _choice_page(
    request: HttpRequest, part: Part, outcome: saving.Outcome, found: list[conflict.Difference]
) -> HttpResponse:
    standing = outcome.standing
    context = {
        "part": part,
        "version": part.version,
        "standing": standing,
        "edit_no": standing.edit_no if standing else outcome.edit_no,
        "set_aside": outcome.set_aside,
        "differences": shown_differences(part, found),
        "save_id": forms.new_save_id(),
    }
    return render(request, "wizard/conflict.html", context, status=409)


def _content(edit: Edit | None) -> saving.Record:
    return saving.Record(edit.values, edit.as_typed) if edit else saving.Record({}, {})


def _conflict_json(request: HttpRequest, outcome: saving.Outcome, found: list[Shown]) -> HttpResponse:
    standing, aside = outcome.standing, outcome.set_aside
    facts = {
        "state": "conflict",
        "edit_no": outcome.edit_no,
        "by": standing.author.name if standing else "",
        "at": standing.at.isoformat() if standing else None,
        "time": _clock(standing.at if standing else None),
        "set_aside": str(aside.pk) if aside else None,
        "differences": [asdict(item) for item in found],
    }
    return errors.answer(request, 409, message=OVERTAKEN, facts=facts)


def resolve(request: HttpRequest, part: Part) -> HttpResponse | None:
    """Save the choice made on the conflict page against the edit that it displayed. None when it was saved."""
    expected, save_id = forms.edit_no_of(request.POST), forms.save_id_of(request.POST)
    aside = _set_aside(request, part)
    if expected is None or save_id is None or aside is None:
        return stale(request)
    theirs = saving.shown(part, expected)
    chosen = _chosen(request)
    if not set(chosen.values()) <= {"mine", "theirs"}:  # pressed without choosing: asked again
        return _choose_again(request, part, aside, expected, chosen)
    record = conflict.merged(_content(aside), theirs, chosen, row_lists=row_lists(part))
    outcome = saving.save(
        part, record, expected=expected, save_id=save_id, by=request.member, at=timezone.now()
    )
    return refused(request, part, outcome, expected)


def _choose_again(
    request: HttpRequest, part: Part, aside: Edit, expected: int, chosen: Mapping[str, str]
) -> HttpResponse:
    """The same page with what was chosen so far."""
    kept = part.edits.exclude(kind=EditKind.SET_ASIDE).select_related("author")
    outcome = saving.Outcome(
        "conflict", expected, standing=kept.filter(edit_no=expected).first(), set_aside=aside
    )
    theirs = _content(outcome.standing)
    found = [
        replace(item, preselected=chosen.get(item.path, ""))
        for item in conflict.differences(theirs, _content(aside), theirs)
    ]
    return _choice_page(request, part, outcome, found)


def _set_aside(request: HttpRequest, part: Part) -> Edit | None:
    """The sender's own text that lost."""
    try:
        number = UUID(request.POST.get("set_aside", ""))
    except ValueError:
        return None
    return part.edits.filter(pk=number, author=request.user).first()


def _chosen(request: HttpRequest) -> dict[str, str]:
    """``{path: side}`` from the page; 「自分の文で保存」 and 「相手の文を残す」 choose one side for all."""
    match request.POST.get("go"):
        case "mine":
            return dict.fromkeys(request.POST.getlist("path"), "mine")
        case "theirs":
            return {}
        case _:
            return {path: request.POST.get(f"side:{path}", "") for path in request.POST.getlist("path")}


def _saved_json(form: PartForm, outcome: saving.Outcome) -> JsonResponse:
    cleaned = list(_cleaned(form))
    return JsonResponse(
        {
            "edit_no": outcome.edit_no,
            "saved_at": outcome.saved_at.isoformat() if outcome.saved_at else None,
            "time": _clock(outcome.saved_at),
            "cleaned": [each._asdict() for each in cleaned],
            "message": _said(cleaned),
            "unread": list(form.typed.as_typed),
            "touched": {"mark": examples.MARK, "paths": _touched(form, outcome)},
        }
    )


def _touched(form: PartForm, outcome: saving.Outcome) -> list[str]:
    """The examples that this save made the town's own: the page takes the mark off them as well."""
    stored = outcome.standing.values if outcome.standing else form.part.answers
    sent = form.typed.values
    return [path for path in examples.marked(sent) if stored.get(path) != sent[path]]


def _clock(at: datetime | None) -> str:
    """The time of day of the office, whatever the clock of the browser says."""
    return dated(timezone.localtime(at), "G時i分") if at else ""


def back_to(url: str, written: Written) -> HttpResponse:
    """The page itself again, at the row that was touched."""
    return redirect(written.place_on(url))
