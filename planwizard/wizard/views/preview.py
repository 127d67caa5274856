"""The plan as it will print: a chapter, a sheet or the whole, from the same tree as Word and PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from planwizard.document import html
from planwizard.document.nodes import Document
from planwizard.plans import pictures
from planwizard.plans.access import fetch_or_404, is_open_to, may_edit, part_or_404, version_or_404
from planwizard.plans.models import Asset, Part, PlanVersion
from planwizard.plans.read import content_of
from planwizard.wizard.composed import composition_of
from planwizard.wizard.navigation import steps_of


@require_GET
def preview(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The whole plan."""
    version = version_or_404(request.member, version_id, to="read")
    context = {
        "version": version,
        "nav": steps_of(version),
        "here": "preview",
        "article": _article(version, composition_of(content_of(version)).document()),
    }
    return render(request, "wizard/preview.html", context)


@require_GET
def preview_part(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """One chapter, area or sheet, numbered as in the whole."""
    part = part_or_404(request.member, version_id, key, to="read")
    context = {
        "version": part.version,
        "nav": steps_of(part.version),
        "part": part,
        "is_open": is_open_to(request.member, part),
        "may_hand_in": may_edit(request.member, part) and not part.is_frozen,
        "article": _article(part.version, composition_of(content_of(part.version)).part(key)),
    }
    return render(request, "wizard/preview.html", context)


@require_GET
def preview_beside(request: HttpRequest, version_id: UUID, key: str) -> HttpResponse:
    """The article alone, which the writing page shows beside its form and asks for after every save."""
    part = part_or_404(request.member, version_id, key, to="read")
    document = composition_of(content_of(part.version)).part(key)
    return HttpResponse(_article(part.version, document, with_places=True))


def figure_of(part: Part, field: str) -> SafeString:
    """The figure, or the tables, that a field prints as; "" if it prints nothing."""
    document = composition_of(content_of(part.version)).figure(part.key, field)
    return _article(part.version, document) if document.sections else SafeString("")


def _article(version: PlanVersion, document: Document, *, with_places: bool = False) -> SafeString:
    return html.render(
        document,
        top=2,
        asset_url=lambda sha256: reverse("wizard:asset", args=[version.pk, sha256]),
        with_places=with_places,
    )


@require_GET
def asset(request: HttpRequest, version_id: UUID, sha256: str) -> HttpResponse:
    """A picture of the town, shown in previews and on forms."""
    version = version_or_404(request.member, version_id, to="read")
    found = fetch_or_404(Asset.objects.all(), request.member, sha256=sha256)
    try:
        data = pictures.read(version.municipality_id, found.sha256)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(data, content_type=found.media_type)
