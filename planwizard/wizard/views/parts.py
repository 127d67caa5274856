"""What is done with a part as a whole: its draft of text, pictures, handing in, and the conflict's end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from planwizard.accounts.models import Role
from planwizard.blueprint.kinds import Upload
from planwizard.blueprint.small_start import is_unasked, unasked
from planwizard.blueprint.values import stored_places
from planwizard.common.text import one_line
from planwizard.manuscript.drafting import draft
from planwizard.plans import pictures, saving, structure
from planwizard.plans.access import part_or_404
from planwizard.plans.models import Kind, Part, State
from planwizard.plans.read import content_of
from planwizard.wizard.forms import edit_no_of, new_save_id, save_id_of
from planwizard.wizard.navigation import steps_in, steps_of
from planwizard.wizard.outline import Outline, outline_of
from planwizard.wizard.remaining import is_filled
from planwizard.wizard.small_start import ALL, essential_of, kept_query
from planwizard.wizard.views import preview, writing

_ASKED_FOR_LITTLE = (Kind.AREA, Kind.APPENDIX)  # empty, they miss nothing
DEFAULT_WIDTH_MM = 120
# How wide a picture is printed, in steps that the document allows; the text of a page is 160 mm wide.
WIDTHS_MM = {160: "全幅", 120: "四分の三", 80: "半分", 55: "三分の一"}
# The field that a draft is written for, by part.
DRAFTED = {
    "ch1": "ch1_text",
    "ch2": "ch2_text",
    "ch3": "ch3_text",
    "ch4": "ch4_text",
    "ch5": "ch5_text",
    "ch7": "ch7_text",
}


def drafted_field(part: Part) -> str:
    """The field for which 「入力から本文の文案を作る」 writes, "" for parts without one."""
    return "area_lead" if part.kind == Kind.AREA else DRAFTED.get(part.key, "")


def write_url(part: Part) -> str:
    """Where a part is written."""
    name = "wizard:measure" if part.kind == Kind.MEASURE else "wizard:step"
    return reverse(name, args=[part.version_id, part.key])


@require_http_methods(["GET", "POST"])
def draft_text(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """本文の文案: shows the text composed from the answers beside the one that stands; takes it over when asked."""
    part = part_or_404(request.member, version_id, key, to="edit")
    path = drafted_field(part)
    if not path:
        raise Http404
    if request.method == "POST":
        return _take_draft(request, part, path)
    outline = outline_of(part.version)
    context = {
        "version": part.version,
        "nav": steps_in(outline),
        "part": part,
        "draft": draft(content_of(part.version), key),
        "standing": part.values.get(path, ""),
        "label": next(item.label for item in part.sheet.fields if item.key == path),
        "save_id": new_save_id(),
        "back": _text_url(request, part, path, outline),
    }
    return render(request, "wizard/draft.html", context)


def _text_url(request: HttpRequest, part: Part, path: str, outline: Outline) -> str:
    """The form at the field of the draft, also where a small form leaves it out, and still at the checklist's stop."""
    shown = essential_of(part.version, part, outline.plan_type)
    is_hidden = part.version.is_small_start and is_unasked(path, unasked(part.sheet, shown))
    query = kept_query(request)
    if is_hidden and ALL not in query:
        query = ALL + query.replace("?", "&")
    return f"{write_url(part)}{query}#id_{path}"


def _take_draft(request: HttpRequest, part: Part, path: str) -> HttpResponse:
    """Save the draft as the text; what stood before stays in the history."""
    expected, save_id = edit_no_of(request.POST), save_id_of(request.POST)
    if expected is None or save_id is None:
        return writing.stale(request)
    standing = part.values.get(path, "")
    text = draft(content_of(part.version), part.key)
    if not text:  # what it was made of was emptied meanwhile: the page says so
        return redirect(request.get_full_path())
    values = part.answers | {path: f"{standing}\n\n{text}" if request.POST.get("go") == "append" else text}
    record = saving.Record(values, {at: kept for at, kept in part.as_typed.items() if at != path})
    outcome = saving.save(
        part, record, expected=expected, save_id=save_id, by=request.member, at=timezone.now()
    )
    if (answer := writing.refused(request, part, outcome, expected)) is not None:
        return answer
    messages.success(request, "文案を本文に入れました。読み直してください。そのままでも使えます。")
    return redirect(_text_url(request, part, path, outline_of(part.version)))


@require_http_methods(["GET", "POST"])
def picture(request: HttpRequest, version_id: UUID, key: str, path: str) -> HttpResponse:
    """Choose the picture of one field: its own page, because a step saves text only."""
    part = part_or_404(request.member, version_id, key, to="edit")
    place = stored_places(part.sheet, part.answers).get(path)
    if place is None or not isinstance(place.field, Upload):
        raise Http404
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _choose_picture(request, part, path)
        if not problems:
            return redirect(f"{write_url(part)}#id_{path}")
    context = {
        "version": part.version,
        "nav": steps_of(part.version),
        "part": part,
        "place": place,
        "values": {name: part.values.get(f"{path}.{name}", "") for name in ("asset", "alt")},
        "typed_alt": request.POST.get("alt", ""),
        "widths": _widths(part, path, request.POST.get("width_mm")),
        "drawn": preview.figure_of(part, path) if place.field.is_drawn else "",
        "used": pictures.used(),
        "quota": pictures.TOWN_QUOTA,
        "problems": problems,
        "summary": [(f"#{place_id}", problem) for place_id, problem in problems.items()],
        "save_id": new_save_id(),
        "back": f"{write_url(part)}#id_{path}",
    }
    return render(request, "wizard/picture.html", context, status=422 if problems else 200)


def _widths(part: Part, path: str, asked: str | None) -> list[tuple[str, str, bool]]:
    """(mm, words, whether it is chosen). A width that was typed on the form can stay, read ("" mm) or not."""
    offered = {str(width): f"{words}（{width}mm）" for width, words in WIDTHS_MM.items()}
    standing = str(part.values.get(f"{path}.width_mm") or DEFAULT_WIDTH_MM)
    if (text := part.as_typed.get(f"{path}.width_mm")) is not None:
        offered, standing = {"": f"入力のまま（{text}）", **offered}, ""
    elif standing not in offered:
        offered = {standing: f"入力のまま（{standing}mm）", **offered}
    chosen = asked if asked in offered else standing
    return [(width, words, width == chosen) for width, words in offered.items()]


def _choose_picture(request: HttpRequest, part: Part, path: str) -> dict[str, str]:
    """Keep the picture that was sent, or take the present one away. Gives what is wrong, by the field's id."""
    expected, save_id = edit_no_of(request.POST), save_id_of(request.POST)
    if expected is None or save_id is None:
        return {"main": writing.STALE}
    values = {at: value for at, value in part.answers.items() if at != f"{path}.asset"}
    if request.POST.get("go") != "remove":
        file, alt = request.FILES.get("file"), one_line(request.POST.get("alt", ""))
        asset = part.values.get(f"{path}.asset", "")  # stays, where only its words or its width change
        missing = {} if file or asset else {"id_file": "画像のファイルを選んでください。"}
        missing |= {} if alt else {"id_alt": "画像の説明を入力してください。"}
        if missing:
            return missing
        if file is not None:
            try:
                data = file.read(pictures.MAX_BYTES + 1)
                asset = pictures.store(data, by=request.member, at=timezone.now()).sha256
            except pictures.PictureRefused as refusal:
                return {"id_file": str(refusal)}
        values |= {f"{path}.asset": asset, f"{path}.alt": alt}
        widths = _widths(part, path, request.POST.get("width_mm"))
        if width := next(width for width, _, is_chosen in widths if is_chosen):
            values[f"{path}.width_mm"] = int(width)
    as_typed = {
        at: text
        for at, text in part.as_typed.items()
        if at not in (f"{path}.asset", f"{path}.alt") and at not in values
    }
    record = saving.Record(values, as_typed)
    outcome = saving.save(
        part, record, expected=expected, save_id=save_id, by=request.member, at=timezone.now()
    )
    return {"main": writing.REFUSED.get(outcome.answer, writing.STALE)} if outcome.refused else {}


# The end of a conflict


@require_POST
def resolve(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    part = part_or_404(request.member, version_id, key, to="edit")
    answer = writing.resolve(request, part)
    if answer is not None:
        return answer
    messages.success(request, "選んだ内容で保存しました。")
    return redirect(write_url(part))


def say_if_filled(request: HttpRequest, part: Part) -> None:
    """Told to who goes on from a part that misses nothing; ``part`` as it was before the save."""
    if part.kind in _ASKED_FOR_LITTLE or part.state not in (State.TODO, State.STARTED):
        return
    if is_filled(part):
        name = f"施策 {part.measure_no}" if part.kind == Kind.MEASURE else f"「{part.shown_title}」"
        messages.success(request, f"{name} を保存しました。必須の欄はそろいました。")


# Handing in


@require_POST
def hand_in(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    return redirect(handed_in(request, part_or_404(request.member, version_id, key, to="edit")))


@require_POST
def take_in_hand_again(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    return redirect(taken_in_hand(request, part_or_404(request.member, version_id, key, to="edit")))


def handed_in(request: HttpRequest, part: Part) -> str:
    """Call the part done. Gives the address of what comes next: what was handed in, or the map, at its top, where
    the message stands and the next part is offered.
    """
    done = structure.hand_in(part, by=request.member, at=timezone.now())
    if request.member.has(Role.SECRETARIAT):
        if done:
            messages.success(
                request, f"「{part.shown_title}」を「できた」にしました。次に書くものを選べます。"
            )
        return reverse("wizard:home", args=[part.version_id])
    if done:
        messages.success(
            request,
            f"「{part.shown_title}」を提出しました。このあと事務局が確かめます。直したいときは「提出を取りやめる」を押してください。",
        )
    return reverse("wizard:answers", args=[part.version_id, part.key])


def taken_in_hand(request: HttpRequest, part: Part) -> str:
    """Take the part back to write on. Gives the address where it is written."""
    if structure.take_in_hand_again(part, by=request.member):
        is_own = request.member.has(Role.SECRETARIAT)
        messages.success(
            request,
            f"{'「書きかけ」に戻しました' if is_own else '提出を取りやめました'}。続きを書けます。",
        )
    return write_url(part)
