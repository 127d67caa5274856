"""Looks at a page as a strict reader would: ``look(client, url)`` opens it, checks it and returns it.

Called ``look``, because ``page`` is the browser's in tests/browser.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

_CONTROLS = ("input", "select", "textarea")
_UNLABELLED = ("hidden", "submit", "button")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed answer."""

    status: int
    root: Element

    def all(self, *tags: str) -> list[Element]:
        return [node for node in self.root.iter() if node.tag in tags]

    def text(self, tag: str) -> str:
        return " ".join("".join(self.all(tag)[0].itertext()).split())

    @property
    def words(self) -> str:
        """All that can be read in the body, white space folded."""
        return " ".join("".join(self.all("body")[0].itertext()).split())

    def links(self) -> dict[str, str]:
        return {" ".join("".join(link.itertext()).split()): link.get("href", "") for link in self.all("a")}


def parse(response) -> Page:
    return Page(
        response.status_code, tinyhtml5.parse(response.content.decode(), namespace_html_elements=False)
    )


def complaints(page: Page) -> list[str]:
    """What is wrong with the page, in English; empty when nothing is."""
    checks = (_frame, _ids, _labels, _forms, _inline)
    return [complaint for check in checks for complaint in check(page)]


def _frame(page: Page) -> list[str]:
    headings = page.all("h1")
    if page.root.get("lang") != "ja":
        return ["the language is not ja"]
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    title = page.text("title").removeprefix("エラー：")
    if not title.startswith(page.text("h1")):
        return [f"the title {title!r} does not begin with the h1 {page.text('h1')!r}"]
    return []


def _ids(page: Page) -> list[str]:
    ids = Counter(node.get("id") for node in page.root.iter() if node.get("id"))
    found = [f"id {name} {times} times" for name, times in ids.items() if times > 1]
    for node in page.root.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby"):
            found += [
                f"{attribute} points to {name}, which is not there"
                for name in node.get(attribute, "").split()
                if name not in ids
            ]
    return found


def _labels(page: Page) -> list[str]:
    labelled = {label.get("for") for label in page.all("label")}
    wrapped = {node for label in page.all("label") for node in label.iter()}
    return [
        f"{control.tag} {control.get('name')} has no label"
        for control in page.all(*_CONTROLS)
        if control.get("type") not in _UNLABELLED
        and control.get("id") not in labelled
        and control not in wrapped
        and not control.get("aria-label")
        and not control.get("aria-labelledby")
    ]


def _forms(page: Page) -> list[str]:
    found = []
    for form in page.all("form"):
        names = {node.get("name") for node in form.iter()}
        if form.get("method", "get").lower() != "post":
            continue
        if not form.get("action"):
            found.append("a form without action")
        if "csrfmiddlewaretoken" not in names:
            found.append(f"the form to {form.get('action')} has no token")
    return found


def _inline(page: Page) -> list[str]:
    found = [f"inline {node.tag}" for node in page.all("script", "style") if not node.get("src")]
    for node in page.root.iter():
        found += [
            f"{name} on {node.tag}"
            for name in node.attrib
            if str(name) == "style" or str(name).startswith("on")
        ]
        if str(node.get("href", "")).strip().lower().startswith("javascript:"):
            found.append(f"a script address on {node.tag}")
    found += [f"img without alt: {image.get('src')}" for image in page.all("img") if image.get("alt") is None]
    return found


@pytest.fixture
def look():
    """``look(client, url, status=200) -> Page``: a GET whose page has nothing to complain about."""

    def open_and_check(client, url: str, *, status: int = 200) -> Page:
        response = client.get(url)
        assert response.status_code == status
        page = parse(response)
        assert complaints(page) == []
        return page

    return open_and_check
