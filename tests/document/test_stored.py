"""A stored tree is the tree."""

import pytest
from hypothesis import given

from planwizard.document import stored
from planwizard.manuscript.compose import compose
from tests.document import sample
from tests.document.test_parity import trees
from tests.manuscript import plans


@given(trees())
def test_whatever_people_type_comes_back_as_it_was(tree):
    assert stored.loads(stored.dumps(tree)) == tree


def test_a_whole_plan_comes_back_as_it_was():
    for tree in (sample.plan(), compose(plans.small())):
        assert stored.loads(stored.dumps(tree)) == tree


@pytest.mark.parametrize("text", ["[]", "{}", '{"is": "Run", "text": "文"}', '{"is": "Path"}'])
def test_what_is_no_tree_is_refused(text):
    with pytest.raises((KeyError, TypeError, ValueError)):
        stored.loads(text)
