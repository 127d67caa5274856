"""Who is signed in, for the script of a page that was opened before: it asks before it sends what waits."""

from __future__ import annotations

import base64

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from planwizard.accounts.member import SESSION_KEY, member_of
from planwizard.accounts.models import User
from planwizard.accounts.sign_in import SignInForm
from planwizard.web import errors


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """GET says who is signed in and gives a token for the next form. POST signs the same person in again."""
    if request.method == "POST":
        form = SignInForm(request, request.POST)
        if not form.is_valid() or str(form.get_user().pk) != request.POST.get("person"):
            message = SignInForm.error_messages["invalid_login"]
            return errors.answer(request, 422, message=message)
        _sign_in_again(request, form.get_user())
    person = request.user if request.user.is_authenticated else None
    return JsonResponse(
        {
            "person": str(person.pk) if person else "",
            "token": get_token(request),
            "rescue_key": _rescue_key(person) if person else "",
        }
    )


def _sign_in_again(request: HttpRequest, person: User) -> None:
    """For the town of the page, not for the first one of those that the person works for."""
    login(request, person)
    town = request.POST.get("municipality", "")
    member = member_of(person, town)
    if member is not None and str(member.municipality.pk) == town:
        request.session[SESSION_KEY] = town


def _rescue_key(person: User) -> str:
    """What unsaved text is encrypted with in the person's own browser: 32 bytes, the same at every sign-in."""
    digest = salted_hmac("planwizard.rescue", str(person.pk), algorithm="sha256").digest()
    return base64.b64encode(digest).decode()
