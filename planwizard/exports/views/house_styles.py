"""House styles: the town's own Word files and paper, looked at before they are used. The secretariat's screens."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from planwizard.accounts.access import open_to
from planwizard.accounts.models import Role
from planwizard.common.text import one_line
from planwizard.document.docx.guard import MAX_BYTES, HouseStyleRefused
from planwizard.exports import house_styles as acts
from planwizard.exports.forms.house_style import BringForm, MappingForm, PaperForm
from planwizard.exports.models import Format, HouseStyle
from planwizard.exports.views.export import MEDIA_TYPES
from planwizard.web.errors import answer
from planwizard.web.interruption import Interruption, ask

MOST_LISTED = 100
_HOW = {
    "name": ("success", "名前で見つけた"),
    "guess": ("warning", "推し量った"),
    "chosen": ("success", "手で選んだ"),
    "added": ("info", "planwizard のものを足した"),
}


@open_to(Role.SECRETARIAT)
@require_safe
def house_styles(request: HttpRequest) -> HttpResponse:
    styles = list(HouseStyle.objects.for_list()[:MOST_LISTED])
    context = {
        "drafts": [style for style in styles if style.is_draft],
        "in_use": [style for style in styles if style.is_in_use],
        "retired": [style for style in styles if style.retired_at],
        "most": MOST_LISTED,
    }
    return render(request, "exports/house_styles.html", context)


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def add_house_style(request: HttpRequest) -> HttpResponse:
    """Bring a file; what is wrong with it is said at the file's field."""
    posted = request.method == "POST"
    initial = {"name": one_line(request.GET.get("name", ""))[:40]}
    form = BringForm(request.POST, request.FILES) if posted else BringForm(initial=initial)
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            style = acts.bring(
                form.cleaned_data["name"],
                file.read(MAX_BYTES + 1),
                one_line(file.name),
                by=request.member,
                at=timezone.now(),
            )
        except HouseStyleRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(style)
    return render(request, "exports/add_house_style.html", {"form": form, "trail": _trail()})


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def add_paper(request: HttpRequest) -> HttpResponse:
    """Paper without a file."""
    form = PaperForm(request.POST if request.method == "POST" else None, begin_with=_begin_with(request))
    if request.method == "POST" and form.is_valid():
        try:
            style = acts.prescribe(
                form.cleaned_data["name"], form.settings, by=request.member, at=timezone.now()
            )
        except HouseStyleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(style)
    return render(request, "exports/add_paper.html", {"form": form, "trail": _trail()})


def _begin_with(request: HttpRequest) -> HouseStyle | None:
    try:
        wanted = UUID(request.GET.get("from", ""))
    except ValueError:
        return None
    return HouseStyle.objects.filter(pk=wanted).first()


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def house_style(request: HttpRequest, style_id: UUID) -> HttpResponse:
    """What was found in a file, which style plays which role, and the decision about it."""
    style = get_object_or_404(HouseStyle.objects.select_related("created_by", "accepted_by"), pk=style_id)
    form = MappingForm(request.POST if request.method == "POST" else None, style=style)
    if request.method == "POST" and style.is_draft and style.has_file and form.is_valid():
        return _map_by_hand(request, style, form)
    report = style.report
    context = {
        "style": style,
        "form": form if style.is_draft and form.fields else None,
        "warnings": [each["text"] for each in report["findings"] if each["level"] == "warning"],
        "notes": [each["text"] for each in report["findings"] if each["level"] == "note"],
        "uses": [(use, *_HOW[use["how"]]) for use in report["uses"]],
        "trail": _trail(),
    }
    return render(request, "exports/house_style.html", context)


def _map_by_hand(request: HttpRequest, style: HouseStyle, form: MappingForm) -> HttpResponse:
    try:
        acts.map_by_hand(style, form.chosen)
    except (HouseStyleRefused, FileNotFoundError):
        messages.error(request, "ファイルを読めませんでした。捨てて、もう一度登録してください。")
    else:
        messages.success(request, "選んだスタイルで作り直しました。下の表と見本で確かめてください。")
    return redirect(style)


@open_to(Role.SECRETARIAT)
@require_safe
def house_style_sample(request: HttpRequest, style_id: UUID) -> HttpResponse:
    """The specimen, written in the style."""
    style = get_object_or_404(HouseStyle, pk=style_id)
    try:
        data = style.path_of(style.sample).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != style.sample:
        return answer(
            request, 404, message="見本のファイルがなくなっています。書式をもう一度登録してください。"
        )
    name = f"書式の見本_{one_line(style.name)}_第{style.version}版.docx"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(data, content_type=MEDIA_TYPES[Format.DOCX], headers=headers)


@open_to(Role.SECRETARIAT)
@require_POST
def accept_house_style(request: HttpRequest, style_id: UUID) -> HttpResponse:
    style = get_object_or_404(HouseStyle, pk=style_id)
    if acts.accept(style, by=request.member, at=timezone.now()):
        messages.success(request, f"{style}を使えるようにしました。書き出しの画面で選べます。")
    else:
        messages.info(request, f"{style}は、もう使えるようになっています。")
    return redirect(style)


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def discard_house_style(request: HttpRequest, style_id: UUID) -> HttpResponse:
    style = get_object_or_404(HouseStyle, pk=style_id)
    if request.method == "GET" and style.is_draft:
        facts = ["登録したファイルと、確かめた結果がなくなります。元に戻す方法はありません。"]
        question = f"{style}を捨てますか"
        return ask(request, Interruption(question, facts, "捨てる", style.get_absolute_url()))
    if request.method == "GET":
        return redirect(style)
    if not acts.discard(style):
        messages.error(
            request,
            f"{style}は使えるようにしたものなので、捨てられません。使うのをやめるときは下のボタンを押してください。",
        )
        return redirect(style)
    messages.success(request, f"{style}を捨てました。")
    return redirect("exports:house_styles")


@open_to(Role.SECRETARIAT)
@require_POST
def default_house_style(request: HttpRequest, style_id: UUID) -> HttpResponse:
    """Choose it beforehand in the form of exports, or no longer."""
    style = get_object_or_404(HouseStyle, pk=style_id)
    if request.POST.get("to") == "off":
        acts.clear_default(style)
        messages.success(request, "標準を planwizard の書式に戻しました。")
    elif acts.make_default(style):
        messages.success(request, f"{style}を標準にしました。書き出しの画面で、初めから選ばれています。")
    else:
        messages.error(
            request,
            f"{style}は使えるようになっていないため、標準にできません。先に「この書式を使う」を押してください。",
        )
    return redirect("exports:house_styles")


@open_to(Role.SECRETARIAT)
@require_http_methods(["GET", "POST"])
def retire_house_style(request: HttpRequest, style_id: UUID) -> HttpResponse:
    style = get_object_or_404(HouseStyle, pk=style_id)
    if request.method == "GET" and style.is_in_use:
        facts = [
            "書き出しの画面で、だれも選べなくなります。元に戻すには、登録し直します。",
            "前に作ったファイルは、そのまま受け取れます。",
        ]
        question = f"{style}を使うのをやめますか"
        return ask(request, Interruption(question, facts, "使うのをやめる", style.get_absolute_url()))
    if request.method == "GET":
        return redirect(style)
    if acts.retire(style, at=timezone.now()):
        messages.success(
            request, f"{style}を使うのをやめました。前に作ったファイルは、そのまま受け取れます。"
        )
    else:
        messages.info(request, f"{style}は、いま使われていません。")
    return redirect("exports:house_styles")


def _trail() -> list[tuple[str, str]]:
    return [(reverse("exports:house_styles"), "書式")]
