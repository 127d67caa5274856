"""What an officer does with a page: read its form, fill something in, press a button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from planwizard.plans.models import Part, PlanVersion
from tests.inspector import parse

_NOT_SENT = ("submit", "button", "file")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of a page with what a browser would send of it."""

    action: str
    fields: dict[str, list[str]]
    buttons: frozenset[tuple[str, str]]
    ids: frozenset[str]

    def shown(self, name: str) -> str:
        return self.fields[name][-1]


def step_url(version: PlanVersion, key: str) -> str:
    return reverse("wizard:step", args=[version.pk, key])


def part_url(name: str, part: Part, *more: object) -> str:
    return reverse(f"wizard:{name}", args=[part.version_id, part.key, *more])


def sheet_on(response: HttpResponse, *, action: str = "") -> Sheet:
    """The form of that action (the longest form of the page without one)."""
    assert response.status_code in (200, 409, 422), response.status_code
    page = parse(response)
    forms = [form for form in page.all("form") if form.get("method") == "post"]
    found = [form for form in forms if action in ("", form.get("action"))]
    form = max(found, key=lambda form: sum(1 for _ in form.iter()))
    controls = list(_controls(form))
    fields: dict[str, list[str]] = {}
    for control in controls:
        for name, value in _sent(control):
            fields.setdefault(name, []).append(value)
    fields.pop("csrfmiddlewaretoken", None)
    beside = [button for button in page.all("button") if button.get("form", "") == form.get("id")]
    buttons = frozenset(
        (control.get("name", ""), control.get("value", ""))
        for control in (*controls, *beside)
        if control.tag == "button"
    )
    ids = frozenset(node.get("id", "") for node in page.root.iter())
    return Sheet(form.get("action", ""), fields, buttons, ids)


def press(client: Client, sheet: Sheet, button: str = "go=save", **changes) -> HttpResponse:
    """Send the form by a button of it. ``changes`` are typed before: text, a list of strings, None for nothing."""
    name, _, value = button.partition("=")
    assert (name, value) in sheet.buttons, f"the page has no button {button}"
    return client.post(sheet.action, {**changed(sheet, **changes), name: value})


def changed(sheet: Sheet, **changes) -> dict[str, list[str]]:
    """What the form sends after typing. A path is written with ``__`` for its dots."""
    data = dict(sheet.fields)
    for name, value in changes.items():
        path = name.replace("__", ".")
        data.pop(path, None)
        if value is not None:
            data[path] = value if isinstance(value, list) else [value]
    return data


def write(client: Client, url: str, button: str = "go=save", **changes) -> HttpResponse:
    """Open a page, type and press a button of it."""
    return press(client, sheet_on(client.get(url)), button, **changes)


def _controls(node: Element) -> Iterator[Element]:
    for child in node:
        if child.tag == "template":  # what a script copies is not part of the form
            continue
        if child.tag in ("input", "textarea", "select", "button"):
            yield child
        yield from _controls(child)


def _sent(control: Element) -> Iterator[tuple[str, str]]:
    name, kind = control.get("name"), control.get("type", "text")
    if not name or control.tag == "button" or kind in _NOT_SENT:
        return
    if control.tag == "textarea":
        yield name, (control.text or "").replace("\n", "\r\n")
    elif control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        yield from ((name, option.get("value", "")) for option in chosen)
    elif kind not in ("radio", "checkbox") or control.get("checked") is not None:
        yield name, control.get("value", "on")
