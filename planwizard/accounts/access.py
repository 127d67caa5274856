"""Who may use a page of the town's own administration."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from planwizard.accounts.member import Member
from planwizard.accounts.models import Role
from planwizard.web.errors import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def require(member: Member, *roles: Role) -> None:
    """Raises Refused with a sentence that names who may, unless the member holds one of the roles."""
    if not member.has(*roles):
        names = "と".join(role.label for role in roles)
        raise Refused(
            f"この画面を使えるのは{names}です。必要なときは{member.municipality.name}の{names}に依頼してください。"
        )


def open_to(*roles: Role) -> Callable[[View[P]], View[P]]:
    """``require`` for a whole view."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            require(request.member, *roles)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
