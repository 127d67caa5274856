"""Every block and row of the tree says where it is written: a click in the preview finds its field."""

from itertools import chain

import pytest

from planwizard.blueprint.content import PlanContent
from planwizard.blueprint.edition import edition
from planwizard.blueprint.places import StoredShape, places
from planwizard.document import html, walk
from planwizard.document.nodes import Document, Table
from planwizard.manuscript.compose import compose
from tests.manuscript import plans

# What a chapter prints from other parts; and rows inside a group, which go by their own key as references do.
NOT_ASKED = {"evidence", "opinions"}


def asked(content: PlanContent) -> dict[str, set[str]]:
    """{part key: the paths of its fields, of its rows and of what stands in them}."""
    found = {}
    for part in content.parts:
        fields = edition(content.edition).sheet_for(part.kind, part.key, part.pillar).fields
        paths = {place.path for place in places(fields, StoredShape(part.values))}
        found[part.key] = paths | {path.rpartition(".")[0] for path in paths}
    return found


def told(document: Document) -> set[tuple[str, str]]:
    found = set()
    for block in walk.blocks(document):
        source = getattr(block, "source", None)
        if source is None or not source.part:
            continue
        found |= {(source.part, source.field)} if source.field else set()
        if isinstance(block, Table):
            found |= {(source.part, cell.path) for cell in chain.from_iterable(block.rows) if cell.path}
    return {(part, path) for part, path in found if part != "ch6" and path not in NOT_ASKED}


@pytest.mark.parametrize("content", [plans.small(), plans.plan(plans.CHAPTERS, (plans.measure(1),))])
def test_every_place_that_a_document_names_is_asked_on_a_form(content):
    known = asked(content)
    found = told(compose(content))
    assert {(part, path) for part, path in found if path not in known[part]} == set()


def test_rows_and_labelled_facts_name_their_own_places():
    found = told(compose(plans.plan(plans.CHAPTERS, (plans.measure(1),))))
    paths = {path for part, path in found if part == "m000000001"}
    assert {"goal_statement", "kpis", "schedule"} <= paths
    assert any(path.startswith("kpis.") for path in paths)
    assert any(path.startswith("issues.") for part, path in found if part == "ch1")


def test_only_a_preview_is_told_the_places():
    document = compose(plans.small())
    assert "data-path" not in html.page(document)
    assert 'data-part="ch1" data-path="issues"' in html.render(document, top=2, with_places=True)
