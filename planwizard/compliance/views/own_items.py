"""The items that a town adds to the checklist: a small page of the secretariat."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from planwizard.compliance import own_items as acts
from planwizard.compliance.forms import OwnItemForm
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
    context = {
        "form": form,
        "items": list(OwnItem.objects.in_use()),
        "forbids_failures": HandingOut.objects.filter(forbids_failures=True).exists(),
    }
    return render(request, "compliance/own_items.html", context)


@require_POST
def retire_own_item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    require_right(request.member, "arrange")
    item = fetch_or_404(OwnItem.objects.all(), request.member, pk=item_id)
    acts.retire(item, by=request.member, at=timezone.now())
    messages.success(request, f"「{item}」を使うのをやめました。")
    return redirect("compliance:own_items")


@require_POST
def handing_out(request: HttpRequest) -> HttpResponse:
    """Whether a plan may be handed out with failures."""
    require_right(request.member, "arrange")
    forbids = request.POST.get("forbids_failures") == "yes"
    acts.set_handing_out(forbids_failures=forbids, by=request.member)
    messages.success(request, "決裁に出すときの決まりを変えました。")
    return redirect("compliance:own_items")
