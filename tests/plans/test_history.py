"""Which saves make one line of the history."""

from datetime import timedelta
from uuid import uuid4

import pytest

from planwizard.plans.history import Entry, folded
from planwizard.plans.models import EditKind
from tests.factories import NOW


def lines(*entries: tuple[str, str, int]) -> list[list[int]]:
    """The minutes of each line's entries; ``entries`` are (kind, author, minute), the newest first."""
    found = folded(
        Entry(uuid4(), minute, kind, author, NOW + timedelta(minutes=minute))
        for kind, author, minute in entries
    )
    return [[entry.edit_no for entry in line.entries] for line in found]


def test_autosaves_of_one_person_within_ten_minutes_are_one_line():
    assert lines(("auto", "甲", 12), ("auto", "甲", 7), ("auto", "甲", 2), ("auto", "甲", 1)) == [
        [12, 7, 2],
        [1],
    ]


def test_what_somebody_else_saved_between_parts_them():
    assert lines(("auto", "甲", 3), ("auto", "乙", 2), ("auto", "甲", 1)) == [[3], [2], [1]]


@pytest.mark.parametrize("kind", [kind for kind in EditKind.values if kind != "auto"])
def test_every_other_save_is_a_line_of_its_own(kind):
    assert lines((kind, "甲", 3), (kind, "甲", 2)) == [[3], [2]]
    assert lines(("auto", "甲", 3), (kind, "甲", 2), ("auto", "甲", 1)) == [[3], [2], [1]]
