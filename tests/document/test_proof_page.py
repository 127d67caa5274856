"""An HTML page that says what its tree says passes; another is told, with the block."""

from __future__ import annotations

import pytest

from planwizard.document import html
from planwizard.document.proof import page
from tests.document import sample
from tests.document.sample import cell, document

PLAN = sample.plan(rows=2, kpis=1)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(each.what, each.block, each.label) for each in page.problems(text, PLAN)]


def test_the_sample_is_right() -> None:
    assert found(str(html.page(PLAN))) == []


@pytest.mark.parametrize(
    ("old", "new", "what", "block", "label"),
    [
        ("リード文である", "リード文", "the words are not those of the tree", "ch1-lead", ""),
        ("オンライン化率は", "オンライン率は", "the words are not those of the tree", "ch6-s1", "現状と課題"),
        ("潮見野市総務部情報政策課</p>", "潮見野市総務部情報政策課と</p>", "there are words after the end", "imprint-1", ""),
        ("</html>\n", "", "the page is not whole", "", ""),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_block(old: str, new: str, what: str, block: str, label: str) -> None:
    whole = str(html.page(PLAN))
    assert old in whole
    assert found(whole.replace(old, new)) == [(what, block, label)]


def test_a_mark_joins_no_letter_of_another_cell() -> None:
    grid = sample.Table("t", (80, 80), ((cell("a"), cell("\u0301")),), head_rows=0)
    assert page.problems(str(html.page(document(grid))), document(grid)) == ()
