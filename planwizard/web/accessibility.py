"""ウェブアクセシビリティ方針 and 試験結果: readable before anyone has an account, linked from every foot."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from planwizard.web.criteria import CRITERIA


@login_not_required
@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@login_not_required
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    trail = [(reverse("web:accessibility"), "ウェブアクセシビリティ方針")]
    return render(request, "web/accessibility_results.html", {"criteria": CRITERIA, "trail": trail})
