"""Asking for files, watching them being made, fetching them."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from planwizard.accounts.member import Member
from planwizard.accounts.models import Role
from planwizard.exports import asking, leasing
from planwizard.exports.forms.export import ExportForm
from planwizard.exports.models import ExportJob, Format
from planwizard.plans.access import fetch_or_404, require_right, version_or_404
from planwizard.plans.models import PlanVersion
from planwizard.web.errors import Refused, answer, wants_json

MOST_LISTED = 30
MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.JSON: "application/json",
}


@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The files of a version, and the form that asks for more."""
    version = version_or_404(request.member, version_id, to="read")
    data = request.POST if request.method == "POST" else None
    form = ExportForm(data, version=version, only=request.GET.get("only", ""))
    if request.method == "POST" and form.is_valid():
        formats = form.cleaned_data["formats"]
        jobs = asking.ask(
            version,
            formats,
            form.options,
            by=request.member,
            at=timezone.now(),
            house_style=form.look,
        )
        if len(jobs) == 1:
            return redirect(jobs[0])
        names = "と".join(job.get_format_display() for job in jobs)
        messages.success(request, f"{names}を頼みました。できたものから、下の一覧で受け取れます。")
        return redirect(f"{version_page(version_id)}#exports")
    now = timezone.now()
    rows = list(ExportJob.objects.of(version).with_people()[:MOST_LISTED])
    context = {
        "version": version,
        "trail": [home_of(version)],
        "form": form,
        "jobs": [(row, row.is_kept(now), may_cancel(request.member, row)) for row in rows],
        "is_under_way": any(row.is_under_way for row in rows),
        "most": MOST_LISTED,
    }
    return render(request, "exports/exports.html", context)


@require_GET
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """How far one file is; for a script the same as JSON."""
    found = job_or_404(request.member, job_id)
    if wants_json(request):
        return JsonResponse(progress(found))
    context = {
        "version": found.version,
        "trail": [home_of(found.version), (version_page(found.version_id), "ファイルに書き出す")],
        "job": found,
        "is_kept": found.is_kept(timezone.now()),
        "may_cancel": may_cancel(request.member, found),
    }
    return render(request, "exports/job.html", context)


@require_GET
def download(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The file, to whoever may read its plan now, if it is still the one that was made."""
    found = job_or_404(request.member, job_id)
    if not found.is_kept(timezone.now()):
        return answer(request, 404, message=why_no_file(found))
    try:
        data = found.path.read_bytes()
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() != found.sha256:
        return answer(
            request, 404, message="ファイルが壊れているか、なくなっています。もう一度作ってください。"
        )
    return HttpResponse(
        data,
        content_type=MEDIA_TYPES[found.format],
        headers={"Content-Disposition": content_disposition_header(True, found.file_name)},
    )


@require_POST
def cancel(request: HttpRequest, job_id: UUID) -> HttpResponse:
    found = job_or_404(request.member, job_id)
    if not may_cancel(request.member, found):
        raise Refused(f"作るのをやめられるのは、頼んだ{found.requested_by.name}さんか事務局です。")
    if leasing.cancel(found, at=timezone.now()):
        messages.success(request, f"{found.get_format_display()}を作るのをやめました。")
    else:
        messages.info(request, "もう終わっていたため、やめる操作は行いませんでした。")
    return redirect(version_page(found.version_id))


@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """The person has read which of the own files have ended: the start page stops telling of them."""
    require_right(request.member, "read")
    ExportJob.objects.news_for(request.user, timezone.now()).update(is_noticed=True)
    return redirect("wizard:start")


def job_or_404(member: Member | None, job_id: UUID) -> ExportJob:
    """A job of the member's own town. Raises Http404, or Refused if the member reads no plans."""
    found = fetch_or_404(
        ExportJob.objects.select_related("version", "requested_by", "house_style"), member, pk=job_id
    )
    require_right(member, "read")
    return found


def may_cancel(member: Member, job: ExportJob) -> bool:
    return job.requested_by_id == member.user.pk or member.has(Role.SECRETARIAT)


def progress(job: ExportJob) -> dict[str, object]:
    return {
        "state": job.state,
        "is_under_way": job.is_under_way,
        "words": job.words,
        "percent": job.percent,
    }


def why_no_file(job: ExportJob) -> str:
    if job.is_under_way:
        return "このファイルはまだできていません。できるまで待ってから、もう一度開いてください。"
    if job.expires_at:
        return "このファイルは、できてから7日がすぎたため片付けました。もう一度作ってください。"
    return "このファイルは作られていません。もう一度作ってください。"


def home_of(version: PlanVersion) -> tuple[str, str]:
    return reverse("wizard:home", args=[version.pk]), version.shown_title


def version_page(version_id: UUID) -> str:
    return reverse("exports:exports", args=[version_id])
