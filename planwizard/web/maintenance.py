"""Closed for maintenance: while the file is there, every page says so, and gives back what was typed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from planwizard.common.text import one_line
from planwizard.web import errors

_MOST_BYTES = 600


class MaintenanceMiddleware:
    """The first line of the file, if it has one, tells people until when."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.STATIC_URL) or not settings.MAINTENANCE_FILE.exists():
            return self.get_response(request)
        return errors.answer(request, 503, page=_page())


def _page() -> errors.Page:
    try:
        with settings.MAINTENANCE_FILE.open("rb") as file:
            told = one_line(file.read(_MOST_BYTES).decode("utf-8", "replace").split("\n")[0])
    except OSError:
        told = ""
    says, advice = errors.MAINTENANCE.says, errors.MAINTENANCE.advice
    return errors.Page(errors.MAINTENANCE.title, says, (told, *advice) if told else advice)
