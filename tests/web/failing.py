"""Addresses that go wrong, each in one way, for test_errors.py and test_headers.py."""

from io import BytesIO

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_GET

from planwizard.urls import handler400, handler403, handler404, handler500  # noqa: F401
from planwizard.urls import urlpatterns as real
from planwizard.web import errors


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("SELECT secret FROM /srv/planwizard")


@login_not_required
def locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    raise errors.Refused("この施策は子育て支援課が担当しています。直すには同課か事務局に依頼してください。")


@login_not_required
def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("table plans_part")


@login_not_required
def reads_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


@login_not_required
def answered(request: HttpRequest, status: int) -> HttpResponse:
    return errors.answer(request, status)


@login_not_required
@require_GET
def only_get(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@login_not_required
def file(request: HttpRequest) -> FileResponse:
    return FileResponse(BytesIO(b"%PDF"), as_attachment=True, filename="計画.pdf")


urlpatterns = [
    *real,
    path("broken/", broken),
    path("locked/", locked),
    path("refused/", refused),
    path("denied/", denied),
    path("reads-form/", reads_form),
    path("answered/<int:status>/", answered),
    path("only-get/", only_get),
    path("file/", file),
]
