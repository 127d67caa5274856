"""What an address may hold. Python takes a NUL for a character; no database of ours can be asked about one."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from planwizard.common.text import clean
from planwizard.web import errors


class AddressMiddleware:
    """A path with a NUL leads nowhere; what is asked behind the ? is cleaned like every other text from people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            return errors.answer(request, 404)
        if request.GET:
            asked = request.GET.copy()
            for name, texts in request.GET.lists():
                asked.setlist(name, [clean(text) for text in texts])
            request.GET = asked
        return self.get_response(request)
