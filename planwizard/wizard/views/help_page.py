"""The whole work on one page, and everything it asks: readable before anyone has an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from planwizard.accounts.models import Municipality
from planwizard.blueprint import CURRENT, edition
from planwizard.wizard.questions import asked_of


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "wizard/help.html")


@login_not_required
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """To be printed and taken to the departments; ``?only=required`` for a plan that starts small."""
    town = request.member.municipality if request.member else Municipality()
    blueprint, names = edition(CURRENT, town.kind), (town.name, town.prefecture_name)
    every, least = asked_of(blueprint, *names), asked_of(blueprint, *names, only_required=True)
    only_required = request.GET.get("only") == "required"
    context = {
        "asked": least if only_required else every,
        "every": every,
        "least": least,
        "only_required": only_required,
        "town": town,
    }
    return render(request, "wizard/questions.html", context)
