"""Signing in: Django's own view with our words, and what a request without a session gets."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from planwizard.web import errors


class SignInMiddleware(LoginRequiredMiddleware):
    """Every view asks for sign-in unless it is marked as open.

    Only opening a page leads to the sign-in page. A form sent after the session has ended gets its text back,
    and a script gets 401: a redirect would throw away what was typed.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or errors.wants_json(request):
            return errors.answer(request, 401)
        return super().handle_no_permission(request, view_func)


class SignInForm(AuthenticationForm):
    username = UsernameField(
        label="利用者ID",
        error_messages={"required": "利用者IDを入力してください。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="パスワード",
        strip=False,
        error_messages={"required": "パスワードを入力してください。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    # The same sentence for an unknown person, a wrong password and an account that is switched off.
    error_messages = {
        "invalid_login": "利用者IDかパスワードが違います。大文字と小文字を確かめて、もう一度入力してください。",
        "inactive": "利用者IDかパスワードが違います。大文字と小文字を確かめて、もう一度入力してください。",
    }
