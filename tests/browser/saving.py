"""What the tests of saving do on chapter 2: type, leave the field, read the line below the form."""

from __future__ import annotations

import re

from planwizard.plans.models import Edit
from tests.factories import part_of

TEXT = '[id="id_ch2_text"]'
SAVED = re.compile(r"保存しました（\d+時\d\d分）")
SECOND = 1000


def line(page):
    return page.locator("#writing .pw-actions__status")


def kinds(version) -> list[str]:
    made = Edit.objects.filter(part__version=version, part__key="ch2").exclude(kind="begun")
    return list(made.order_by("at").values_list("kind", flat=True))


def text_of(version) -> str:
    return part_of(version, "ch2").values.get("ch2_text", "")


def leave(page, text: str) -> None:
    """Type it and go to another field."""
    page.fill(TEXT, text)
    page.locator(TEXT).blur()


def hold(page) -> list:
    """What the page sends from now on waits here."""
    held: list = []
    page.route("**/write/ch2/", lambda route: held.append(route) if is_letter(route) else route.continue_())
    return held


def is_letter(route) -> bool:
    return route.request.headers.get("accept") == "application/json"


def until(page, condition) -> None:
    for _ in range(100):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come about")
