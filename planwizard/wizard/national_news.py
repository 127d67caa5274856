"""How many changes of the State's a version has not decided on: one line of its home page.

Kept for a minute: the catalogue changes a few times a year, and counting means comparing every adopted wording.
"""

from __future__ import annotations

import time
from uuid import UUID

from planwizard.plans.models import PlanVersion
from planwizard.plans.national_changes import open_in

KEPT_SECONDS = 60
_MOST_KEPT = 1000
_kept: dict[UUID, tuple[float, int]] = {}  # {version: (until when, how many)}


def count_of(version: PlanVersion) -> int:
    """As it stood at most a minute ago. A frozen version decides nothing any more."""
    if version.is_frozen:
        return 0
    until, count = _kept.get(version.pk, (0.0, 0))
    if time.monotonic() >= until:
        count = len(open_in(version))
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[version.pk] = time.monotonic() + KEPT_SECONDS, count
    return count


def forget(version: PlanVersion) -> None:
    _kept.pop(version.pk, None)
