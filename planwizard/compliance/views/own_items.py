"""The items that a town adds to the checklist: a small page of the secretariat."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from planwizard.compliance import own_items as acts
from planwizard.compliance.forms import HandingOutForm, OwnItemForm
from planwizard.compliance.models import HandingOut, OwnItem
from planwizard.plans.access import fetch_or_404, require_right


@require_http_methods(["GET", "POST"])
def own_items(request: HttpRequest) -> HttpResponse:
    require_right(request.member, "arrange")
    form = OwnItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        item = acts.add(**form.cleaned_data, by=request.member, at=timezone.now())
        messages.success(request, f"「{item}」を加えました。どの計画のチェックリストにも出ます。")
        return redirect("compliance:own_items")
    return _page(request, form, HandingOutForm(instance=HandingOut.of_town()))


def _page(request: HttpRequest, form: OwnItemForm, handing_out: HandingOutForm) -> HttpResponse:
    sent = form if form.is_bound else handing_out
    context = {
        "form": sent,
        "adding": form,
        "handing_out": handing_out,
        "items": list(OwnItem.objects.in_use()),
    }
    return render(request, "compliance/own_items.html", context, status=422 if sent.errors else 200)


@require_POST
def retire_own_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    require_right(request.member, "arrange")
    item = fetch_or_404(OwnItem.objects.all(), request.member, pk=item_id)
    acts.retire(item, by=request.member, at=timezone.now())
    messages.success(request, f"「{item}」を使うのをやめました。")
    return redirect("compliance:own_items")


@require_POST
def handing_out(request: HttpRequest) -> HttpResponse:
    """Whether a plan may be handed out with failures, and how soon an amendment is published."""
    require_right(request.member, "arrange")
    form = HandingOutForm(request.POST, instance=HandingOut.of_town())
    if not form.is_valid():
        return _page(request, OwnItemForm(), form)
    acts.set_handing_out(**form.cleaned_data, by=request.member)
    messages.success(request, "決裁と公表の決まりを変えました。")
    return redirect("compliance:own_items")
