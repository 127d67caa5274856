"""What browsers report of our content security policy: a page of ours that would have run what it must not."""

from __future__ import annotations

import json
import logging
from collections import deque
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from planwizard.common.text import one_line

logger = logging.getLogger("planwizard.web")

MOST_BYTES = 16 * 2**10
MOST_A_MINUTE = 30  # of one process: a broken page, or somebody who sends rubbish, must not fill the disk
_NAMED = ("effective-directive", "violated-directive", "blocked-uri", "document-uri")
_lately: deque[float] = deque(maxlen=MOST_A_MINUTE)
_lock = Lock()


@csrf_exempt  # a browser sends it by itself; it changes nothing
@login_not_required
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Always the same empty answer: nothing is to be learned here."""
    if _may_log(monotonic()):
        logger.warning("content security policy: %s", _told(request.read(MOST_BYTES)))
    return HttpResponse(status=204)


def _may_log(now: float) -> bool:
    with _lock:
        if len(_lately) == MOST_A_MINUTE and now - _lately[0] < 60:
            return False
        _lately.append(now)
        return True


def _told(body: bytes) -> str:
    """Directive and addresses, without what stands behind the ?: that may be somebody's text."""
    try:
        report = json.loads(body)["csp-report"]
        found = {name: str(report[name]) for name in _NAMED if name in report}
    except (ValueError, TypeError, KeyError, RecursionError):
        return "a report that cannot be read"
    return ", ".join(f"{name} {_bare(value)}" for name, value in found.items())


def _bare(address: str) -> str:
    try:
        parts = urlsplit(one_line(address))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:200] if parts.scheme else parts.path[:200]
