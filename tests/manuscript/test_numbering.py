import pytest

from planwizard.document.nodes import Heading, Section
from planwizard.manuscript.numbering import heading_number, numbered


def numbers(*levels, unnumbered=()):
    blocks = tuple(Heading(f"h{nth}", level, "題") for nth, level in enumerate(levels))
    (section,) = numbered([Section("s", blocks)], frozenset(unnumbered))
    return [(block.level, block.number) for block in section.blocks if isinstance(block, Heading)]


def test_each_level_has_its_own_numbers():
    assert numbers(1, 2, 3, 4, 5) == [(1, "第１章"), (2, "１"), (3, "(1)"), (4, "ア"), (5, "(ア)")]


def test_a_new_chapter_starts_the_levels_below_anew():
    assert numbers(1, 2, 2, 1, 2) == [(1, "第１章"), (2, "１"), (2, "２"), (1, "第２章"), (2, "１")]


def test_a_level_that_would_skip_is_lifted():
    assert numbers(1, 3, 5) == [(1, "第１章"), (2, "１"), (3, "(1)")]


def test_a_chapter_without_number_leaves_those_below_without():
    assert numbers(1, 2, 1, 2, unnumbered=("h0",)) == [(1, ""), (2, ""), (1, "第１章"), (2, "１")]


@pytest.mark.parametrize(
    ("level", "count", "number"),
    [(1, 12, "第１２章"), (2, 10, "１０"), (3, 12, "(12)"), (4, 46, "ン"), (4, 47, "アア"), (5, 2, "(イ)")],
)
def test_numbers_count_as_words_does(level, count, number):
    assert heading_number(level, count) == number
