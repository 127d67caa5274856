"""What guidance says of a field's place in the document is where the document has it."""

import pytest

from planwizard.blueprint.edition import CURRENT, edition
from planwizard.blueprint.kinds import Prints
from planwizard.blueprint.places import declared_paths
from planwizard.manuscript.compose import compose
from planwizard.manuscript.whereabouts import whereabouts
from tests.manuscript import plans
from tests.manuscript.reading import captions

SHEETS = [
    pytest.param(sheet, id=f"{sheet.key}-{at}") for at, sheet in enumerate(edition(CURRENT).all_sheets())
]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_field_of_a_sheet_is_told_where_it_prints(sheet):
    for group in sheet.sets:
        for path, field in declared_paths(group.fields):
            told = whereabouts(sheet, group, field, path)
            assert told or "." in path
            assert ("文書には出ません" in told) == (field.prints is Prints.NEVER)


def test_a_table_that_is_named_is_in_the_document():
    printed = " ".join(captions(compose(plans.small())))
    ch3 = edition(CURRENT).sheet("ch3")
    group = next(each for each in ch3.sets if any(item.key == "parent_plans" for item in each.fields))
    [field] = [item for item in group.fields if item.key == "parent_plans"]
    assert whereabouts(ch3, group, field, "parent_plans") == "この章の表「上位計画」になります。"
    assert "上位計画" in printed
