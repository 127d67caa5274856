"""How far WeasyPrint is, from what it logs about itself: honest within some percent, and never backwards."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[float], None]  # how much is done, from 0 to 1

# Of the HTML of a plan, in characters. Seen: 2,770 to 3,250, from a town's 35 pages to 200 measures on 354.
PAGE = 3100
# Where each step begins, as a share of the time of 200 measures. Layout is told page by page.
_BEGINS = {"Step 3": 0.04, "Step 4": 0.10, "Step 5": 0.18, "Step 6": 0.70, "Step 7": 0.82}
_LAYOUT = re.compile(r"Step 5 - Creating layout - Page (\d+)")


def nobody(share: float) -> None:
    """For those who do not ask."""


@contextmanager
def followed(page: str, say: Say) -> Iterator[None]:
    """Tells ``say`` how far the layout of this HTML is, until the context ends."""
    logger = logging.getLogger("weasyprint.progress")
    handler, before = _Handler(len(page) / PAGE, say), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(before)
        logger.removeHandler(handler)


class _Handler(logging.Handler):
    def __init__(self, expected_pages: float, say: Say) -> None:
        super().__init__(logging.INFO)
        self._expected = max(expected_pages, 1)
        self._say = say
        self._told = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        share = self._share(record.getMessage())
        if share > self._told:
            self._told = share
            self._say(share)

    def _share(self, message: str) -> float:
        begun = _BEGINS.get(message[:6], 0.0)
        if found := _LAYOUT.match(message):
            laid_out = min(int(found[1]) / self._expected, 1)
            return begun + laid_out * (_BEGINS["Step 6"] - begun)
        return begun
