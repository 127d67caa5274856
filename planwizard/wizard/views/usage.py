"""For 全体管理者: which national measures plans use, in numbers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from planwizard.accounts.access import open_to
from planwizard.accounts.models import Role
from planwizard.plans.usage import usage

_PER_PAGE = 50


@open_to(Role.OPERATOR)
@require_safe
def catalog_usage(request: HttpRequest) -> HttpResponse:
    context = {
        "page": Paginator(usage(), _PER_PAGE).get_page(request.GET.get("page")),
        "trail": [(reverse("catalog:tables"), "取り込みと書き出し")],
    }
    return render(request, "catalog/usage.html", context)
