"""Answers to what went wrong: Japanese, with a request number, what to do, and the text that was typed."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

logger = logging.getLogger("planwizard.web")


class Refused(PermissionDenied):
    """A right is missing inside one's own town. The message is shown: who can do it, whom to ask."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    says: str
    advice: tuple[str, ...]


_AGAIN = "前の画面に戻り、画面を読み直してから、もう一度操作してください。"
_ASK = "何度も続くときは、下の受付番号をシステムの管理者に伝えてください。"
PAGES = {
    400: Page("この操作は受け付けられませんでした", "送られた内容を読み取れませんでした。", (_AGAIN, _ASK)),
    401: Page(
        "サインインしてください",
        "サインインしていないか、時間がたってサインインが切れました。操作は行われていません。",
        ("別のタブでサインインしてから、この画面に戻り、もう一度操作してください。",),
    ),
    403: Page(
        "この操作をする権限がありません",
        "あなたの役割では、この画面や操作を使えません。",
        ("必要なときは、事務局か管理者に依頼してください。",),
    ),
    404: Page(
        "ページが見つかりません",
        "指定されたページはありません。削除されたか、アドレスが違っているようです。",
        ("アドレスを確かめるか、はじめの画面から開き直してください。",),
    ),
    405: Page(
        "このページは直接開けません",
        "ここはボタンを押したときに使われるアドレスです。",
        ("はじめの画面に戻り、画面のボタンから操作してください。",),
    ),
    409: Page(
        "ほかの人の操作と重なりました",
        "画面を開いたあとに、内容が変わりました。この操作は行われていません。",
        (_AGAIN,),
    ),
    413: Page(
        "送られた内容が大きすぎます",
        "一度に受け取れる大きさを超えたため、保存できていません。",
        ("内容をいくつかに分けて、少しずつ保存してください。", "ファイルは小さくしてから、もう一度送ってください。"),
    ),
    422: Page(
        "同じ操作が違う内容で送られました",
        "この操作はすでに別の内容で受け付けています。今回の内容は保存できていません。",
        (_AGAIN,),
    ),
    428: Page(
        "画面を読み直してください",
        "どの時点の画面からの操作かが分からないため、保存できていません。",
        (_AGAIN,),
    ),
    429: Page(
        "操作の回数が多すぎます",
        "短い時間に多くの操作があったため、受け付けを止めています。",
        ("1分ほど待ってから、もう一度操作してください。",),
    ),
    500: Page(
        "うまく処理できませんでした",
        "システムの中で問題が起きました。操作が終わっていないことがあります。",
        ("少し待って画面を読み直し、内容が保存されているか確かめてください。", _ASK),
    ),
    503: Page(
        "いま混み合っています",
        "データを読み書きできませんでした。この操作は行われていません。",
        ("この画面を閉じずに少し待ち、もう一度操作してください。", _ASK),
    ),
}  # fmt: skip
CSRF = Page(
    "もう一度操作してください",
    "画面を開いてから時間がたったか、別のタブでサインインし直したため、安全のために操作を止めました。",
    ("画面を開き直してから、もう一度操作してください。",),
)
MAINTENANCE = Page(
    "いまは手入れのため休んでいます",
    "システムの手入れをしているため、しばらく使えません。この操作は行われていません。",
    ("書いていた画面は、閉じずにそのまま待ってください。終わると自動で保存します。", "終わったら、もう一度操作してください。"),
)  # fmt: skip
RETRY_AFTER_SECONDS = {429: "60", 503: "30"}
# Besides passwords: what a form carries for the machine, not for the reader.
_NOT_TYPED = (
    "csrfmiddlewaretoken",
    "edit_no",
    "save_id",
    "save_kind",
    "set_aside",
    "act",
    "go",
    "end",
    "next",
)


class ErrorPagesMiddleware:
    """Numbers the request, and answers even when the templates or the database are gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.number = _new_number()
        try:
            response = self.get_response(request)
        except Exception:  # the handlers below failed too
            logger.exception("request %s had no answer", request.number)
            return HttpResponse(_bare(request, PAGES[500]), status=500)
        if response.status_code == 405 and not getattr(response, "content", b"-"):
            return _bare_method(request, response)
        return response


def answer(
    request: HttpRequest,
    status: int,
    *,
    message: str = "",
    page: Page | None = None,
    facts: Mapping[str, object] | None = None,
) -> HttpResponse:
    """The page for ``status``, or the same as JSON for a script, which also gets ``facts``.

    ``message`` replaces the page's own sentence.
    """
    page = page or PAGES[status]
    if message:
        page = Page(page.title, message, ())
    if wants_json(request):
        response: HttpResponse = JsonResponse(
            _as_json(request, status, page) | {**(facts or {})}, status=status
        )
    else:
        response = HttpResponse(_page(request, status, page), status=status)
    if status in RETRY_AFTER_SECONDS:
        response["Retry-After"] = RETRY_AFTER_SECONDS[status]
    return response


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return answer(request, 413 if too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403, message=exception.message if isinstance(exception, Refused) else "")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called by Django while the exception is being handled. A database that cannot answer is 503."""
    failure = sys.exception()
    status = 503 if isinstance(failure, OperationalError | InterfaceError) else 500
    logger.error("request %s was answered with %s", _number(request), status, exc_info=failure)
    return answer(request, status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, 403, page=CSRF, facts={"state": "token"})


def typed_text(request: HttpRequest) -> str:
    """What a person typed into a refused form, by field; passwords never."""
    if request.method != "POST":
        return ""
    posted = list(_posted(request))
    rows = {name.rpartition(".")[0] for name, _ in posted}
    return "\n\n".join(
        f"［{name}］\n{value}"
        for name, value in posted
        if _is_typed(name, value)
        and f"{name}.{value}" not in rows  # the key of a row says nothing to a reader
    )


def _posted(request: HttpRequest) -> Iterator[tuple[str, str]]:
    if request.POST:
        for name, values in request.POST.lists():
            yield from ((name, value) for value in values)
    elif request.content_type == "application/x-www-form-urlencoded":
        # Django gave up at a limit; the text is still in the request.
        raw = _raw_body(request).decode("utf-8", "replace")
        yield from parse_qsl(raw, max_num_fields=None)


def _raw_body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        return request.read(2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _is_typed(name: str, value: str) -> bool:
    return bool(value.strip()) and name not in _NOT_TYPED and "password" not in name.lower()


def _new_number() -> str:
    number = secrets.token_hex(4).upper()
    return f"{number[:4]}-{number[4:]}"


def _number(request: HttpRequest) -> str:
    return getattr(request, "number", None) or _new_number()


def _as_json(request: HttpRequest, status: int, page: Page) -> dict[str, object]:
    return {
        "status": status,
        "title": page.title,
        "message": page.says,
        "advice": list(page.advice),
        "request_number": _number(request),
    }


def _page(request: HttpRequest, status: int, page: Page) -> str:
    """Written without the request, hence without session, user or database."""
    context = {
        "page": page,
        "status": status,
        "number": _number(request),
        "typed": typed_text(request),
        "path": request.get_full_path() if request.method in ("GET", "HEAD") else request.path,
    }
    try:
        return render_to_string("errors/error.html", context)
    except Exception:
        logger.exception("request %s: the error page itself failed", context["number"])
        return _bare(request, page)


def _bare(request: HttpRequest, page: Page) -> SafeString:
    """The last resort: no template, no style sheet, no database."""
    return format_html(
        '<!doctype html><html lang="ja"><meta charset="utf-8"><title>{title}｜planwizard</title>'
        "<main><h1>{title}</h1><p>{says}</p><p>受付番号：{number}</p><pre>{typed}</pre></main></html>",
        title=page.title,
        says=page.says,
        number=_number(request),
        typed=_safely(typed_text, request),
    )


def _safely(read: Callable[[HttpRequest], str], request: HttpRequest) -> str:
    try:
        return read(request)
    except Exception:
        return ""


def _bare_method(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """Django refuses a method with an empty page; the officer sees what to do instead."""
    refused = answer(request, 405)
    refused["Allow"] = response["Allow"]
    return refused
