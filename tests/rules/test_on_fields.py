from planwizard.blueprint.edition import CURRENT, edition
from planwizard.blueprint.places import declared_paths
from planwizard.rules import on_fields


def test_twenty_items_are_asked_of_which_two_may_be_left_out():
    ids = [item.id for item in on_fields.ITEMS]
    assert len(ids) == len(set(ids)) == 20
    assert [item.id for item in on_fields.ITEMS if not item.rule.is_required] == ["PU-02", "OP-04"]


def test_every_item_names_fields_that_are_asked():
    known = {
        f"{sheet.key}.{path}"
        for sheet in edition(CURRENT).all_sheets()
        for path, _ in declared_paths(sheet.fields)
    }
    assert {path for item in on_fields.ITEMS for path in item.fields} <= known


def test_a_field_knows_what_is_asked_of_it():
    assert [item.id for item in on_fields.items_on("ch4.update_policy")] == ["OP-01", "OP-02"]
    assert on_fields.items_on("ch3.scope") == ()
