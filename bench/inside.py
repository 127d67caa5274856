"""What is measured from inside a process with Django set up: ``python -m bench.inside WHAT VERSION …`` prints JSON.

Memory collection is off, as in the process that makes an export.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "planwizard.settings"
django.setup()

import docx as word  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import pages  # noqa: E402
from bench.office import OFFICER, TOWN  # noqa: E402
from planwizard import rules  # noqa: E402
from planwizard.accounts.models import Municipality  # noqa: E402
from planwizard.accounts.tenancy import acting_for  # noqa: E402
from planwizard.document import check, docx, html, pdf, walk  # noqa: E402
from planwizard.document.nodes import Document, Table  # noqa: E402
from planwizard.manuscript.compose import compose  # noqa: E402
from planwizard.plans.models import Part, PlanVersion  # noqa: E402
from planwizard.plans.read import content_of  # noqa: E402
from planwizard.wizard import composed  # noqa: E402
from planwizard.wizard.forms import form_for  # noqa: E402

Facts = dict[str, Any]


def reading(version: PlanVersion) -> Facts:
    """Read, judge by the checklist, compose and check, each timed, and how many queries reading took."""
    with CaptureQueriesContext(connection) as queries:
        content_of(version)
    content, read = _timed(lambda: content_of(version))
    _, judged = _timed(lambda: rules.run(content, timezone.localdate()))
    document, in_order = _timed(lambda: compose(content))
    problems, checked = _timed(lambda: check.check(document))
    assert not problems, problems
    return {"read": read, "rules": judged, "compose": in_order, "check": checked, "queries": len(queries)}


def writing(version: PlanVersion) -> Facts:
    """HTML; Word with page numbers, as in an export and with its figures drawn before; and as python-docx would."""
    document = compose(content_of(version))
    pages = {block.id: "1" for block in walk.blocks(document)}
    _, page = _timed(lambda: html.page(document))
    _, first = _timed(lambda: docx.render(document, assets={}, pages=pages))
    _, again = _timed(lambda: docx.render(document, assets={}, pages=pages))
    _, floor = _timed(lambda: by_table_api(document))
    return {"html": page, "docx": first, "docx_again": again, "docx_floor": floor}


def by_table_api(document: Document) -> bytes:
    """The floor of P3: the document's tables, and nothing else of it, filled as python-docx's manual shows."""
    file = word.Document()
    for block in walk.blocks(document):
        if isinstance(block, Table):
            table = file.add_table(len(block.rows), len(block.widths))
            for at, row in enumerate(block.rows):
                cells, column = table.rows[at].cells, 0
                for cell in row:
                    cells[column].text = walk.plain(cell.inlines)
                    column += cell.colspan
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def page_for_print(version: PlanVersion, output: str) -> Facts:
    """Write the HTML that the PDF is made of; say with which options."""
    document = compose(content_of(version))
    with open(output, "w", encoding="utf-8") as file:
        file.write(html.page(document))
    identifier = hashlib.sha256(document.meta.identifier.encode()).hexdigest()[:32]
    return {"identifier": identifier, "variant": pdf.VARIANT, "styles": [str(path) for path in pdf.STYLES]}


def queries(version: PlanVersion) -> Facts:
    """{page: queries} of every page of a plan, as the 事務局 opens it."""
    client = _signed_in()
    return {name: _queries(client, url) for name, url in pages.of(version).items()}


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(url, headers={"host": "localhost"})
    assert answer.status_code == 200, (url, answer.status_code)
    return len(caught)


def previews(version: PlanVersion, rounds: str) -> Facts:
    """Seconds of each preview of a part once the plan is composed, of the first one after an edit, and of what is
    asked for beside the form after a save of each part."""
    client, times = _signed_in(), {"first": [], "again": [], "saved": []}
    found = pages.of(version)
    urls = [url for name, url in found.items() if name.startswith("preview_part")]
    beside = [url for name, url in found.items() if name.startswith("preview_beside")]
    for _ in range(int(rounds)):
        composed.forget()  # as an edit does: the content is another
        times["first"] += [_timed(lambda: client.get(urls[0], headers={"host": "localhost"}))[1]]
        times["again"] += [
            _timed(partial(client.get, url, headers={"host": "localhost"}))[1] for url in urls * 3
        ]
        for url in beside:
            composed.forget()
            times["saved"] += [_timed(partial(client.get, url, headers={"host": "localhost"}))[1]]
    return times


def visit(version: PlanVersion) -> Facts:
    """What a browser needs to open the pages that P7 asks for: a cookie and addresses."""
    found = pages.of(version)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in _signed_in().cookies.items())
    wanted = {
        "start page": "start",
        "chapter step": "step ch2",
        "measure sheet": "measure",
        "measure list": "measures",
        "plan home": "home",
        "answers of a sheet": "answers measure",
    }
    return {"cookie": cookies, "urls": {words: found[name] for words, name in wanted.items()}}


def editing(version: PlanVersion, editors: str) -> Facts:
    """What the pages of so many sheets would send, each before a person of its own."""
    sheets = Part.objects.of(version).kept().measures().select_related("version", "department", "saved_by")
    return {"sheets": [_sheet(part) for part in sheets.in_order()[: int(editors)]]}


def _sheet(part: Part) -> Facts:
    client = _signed_in()
    token = client.get(reverse("accounts:session"), headers={"host": "localhost"}).json()["token"]
    asked = [(path, text) for path, texts in form_for(part).strings.items() for text in texts]
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {
        "url": reverse("wizard:measure", args=[part.version_id, part.key]),
        "fields": [*asked, ("end", "1"), ("csrfmiddlewaretoken", token)],
        "cookie": cookie,
        "edit_no": part.edit_no,
    }


def _signed_in() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=OFFICER))
    return client


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = act()
    return result, time.perf_counter() - started


WHAT: dict[str, Callable[..., Facts]] = {
    "reading": reading,
    "writing": writing,
    "page_for_print": page_for_print,
    "previews": previews,
    "queries": queries,
    "visit": visit,
    "editing": editing,
}


def main(what: str, version: str, *more: str) -> None:
    gc.disable()
    with acting_for(Municipality.objects.get(code=TOWN)):
        found = PlanVersion.objects.select_related("plan", "municipality").get(pk=UUID(version))
        print(json.dumps(WHAT[what](found, *more)))


if __name__ == "__main__":
    main(*sys.argv[1:])
