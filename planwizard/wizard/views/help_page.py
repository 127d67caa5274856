"""The whole work on one page, and everything it asks: readable before anyone has an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.town_words import CITY
from planwizard.wizard.questions import topics


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "wizard/help.html")


@login_not_required
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """To be printed and taken to the departments."""
    kind = request.member.municipality.kind if request.member else CITY
    return render(request, "wizard/questions.html", {"phases": topics(edition(CURRENT, kind))})
