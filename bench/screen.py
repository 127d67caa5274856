"""Pages in a browser of a slow PC: how soon they can be used, and how many bytes they fetch.

Chromium slows its processor down four times. A page can be used once it is painted and the scripts it begins with have
run: links and buttons work, and what is typed is saved. All is at work once what ``later.mjs`` brings has run too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

SLOWER = 4
SIGNING_IN = ("/sign-in/", "/")  # what is usually opened before any other page
_MEASURED = """async () => {
  const painted = await new Promise((done) => {
    new PerformanceObserver((list) => {
      for (const each of list.getEntriesByName("first-contentful-paint")) done(each.startTime);
    }).observe({ type: "paint", buffered: true });
  });
  const [page] = performance.getEntriesByType("navigation");
  const usable = Math.max(painted, page.domContentLoadedEventEnd);
  const later = document.querySelector("script[src*='/js/later.']");
  if (later) await (await import(later.src)).ready;
  const atWork = later ? performance.now() : usable;
  const fetched = [page, ...performance.getEntriesByType("resource")];
  return {
    usable: usable / 1000,
    at_work: atWork / 1000,
    page: page.encodedBodySize,
    all: fetched.reduce((sum, each) => sum + each.encodedBodySize, 0),
    nodes: document.getElementsByTagName("*").length,
  };
}"""


class NoBrowser(RuntimeError):
    """Chromium or what drives it is not installed here."""


@dataclass(frozen=True, slots=True)
class Seen:
    usable: float  # seconds
    at_work: float  # seconds, with all that comes after
    page: int  # bytes of the page itself, as sent
    all: int  # with style sheets, scripts and pictures
    nodes: int


class Screen:
    """A browser that is signed in."""

    def __init__(self, browser: Any, address: str, cookies: list[dict[str, str]]) -> None:
        self._browser, self._address, self._cookies = browser, address, cookies

    def opened(self, url: str, *, after: Iterable[str] = ()) -> Seen:
        """A page opened ``after`` others, whose style sheets, scripts and letters the browser then has at hand."""
        context = self._browser.new_context(viewport={"width": 1366, "height": 768})
        context.add_cookies(self._cookies)
        page = context.new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for each in (*after, url):
            page.goto(self._address + each, wait_until="load")
        found = page.evaluate(_MEASURED)
        context.close()
        return Seen(**found)


@contextmanager
def open_screen(port: int, cookie: str) -> Iterator[Screen]:
    """Raises NoBrowser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as missing:
        raise NoBrowser from missing
    if chromium is None:
        raise NoBrowser
    address = f"http://localhost:{port}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield Screen(browser, address, list(_cookies(cookie, address)))
        finally:
            browser.close()


def _cookies(header: str, address: str) -> Iterator[Mapping[str, str]]:
    for pair in header.split("; "):
        name, _, value = pair.partition("=")
        yield {"name": name, "value": value, "url": address}
