"""Pictures of the journeys, kept in build/journeys/ for whoever wants to see what an officer saw."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

FOLDER = Path("build/journeys")


@pytest.fixture
def keep(request):
    """``keep(page, "words")``: a picture of the whole page, numbered in the order of the journey."""
    folder = FOLDER / request.node.name.removeprefix("test_")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    numbers = count(1)

    def kept(page, words: str) -> None:
        page.screenshot(path=folder / f"{next(numbers):02}-{words}.png", full_page=True)

    return kept
