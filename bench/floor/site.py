"""One page for people who have signed in: one query of its own, twenty rows, a small template."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from planwizard.catalog.models import NationalMeasure


@login_required
def measures(request: HttpRequest) -> HttpResponse:
    rows = NationalMeasure.objects.order_by("code").values("code", "title", "ministry")[:20]
    return render(request, "measures.html", {"rows": rows})


urlpatterns = [path("", measures)]
