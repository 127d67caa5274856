"""Empty items are printed only for an office that wants to have them filled in."""

from planwizard.blueprint.missing import missing_in
from planwizard.document import walk
from planwizard.document.check import check
from planwizard.manuscript.blanks import EMPTY
from planwizard.manuscript.compose import compose, compose_part
from planwizard.manuscript.options import Options
from tests.document.reading import normal, truth
from tests.manuscript import plans

WITH_EMPTY = Options(empty_items=True)


def test_without_the_wish_nothing_empty_is_printed():
    assert EMPTY not in truth(compose(plans.small()))


def test_every_missing_answer_of_the_plan_has_its_label_and_a_blank():
    content = plans.small()
    document = compose(content, WITH_EMPTY)
    assert check(document) == []
    wanted = [each.label for found in missing_in(content).values() for each in found]
    words = normal(truth(document))
    assert words.count(normal(EMPTY)) == len(wanted) > 20
    assert [label for label in wanted if normal(label.replace("○○市", "潮見野市")) not in words] == []


def test_the_blanks_of_a_measure_stand_in_its_sheet():
    measure = plans.measure(1)
    document = compose_part(plans.plan(measures=(measure,)), measure.key, WITH_EMPTY)
    (sheet,) = [block for block in walk.blocks(document) if getattr(block, "kind", "") == "sheet"]
    assert sheet.rows[-1][1].inlines[0].text == EMPTY


def test_a_blank_plan_is_a_list_of_what_it_needs():
    document = compose(plans.plan({}, ()), WITH_EMPTY)
    assert check(document) == []
    assert truth(document).count(EMPTY) > 2
