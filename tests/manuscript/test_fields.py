"""Every declared field, found in the document exactly as it is declared to print."""

from planwizard.blueprint.kinds import Computed, Prints, YesNo
from planwizard.document.check import check
from planwizard.manuscript.compose import compose
from planwizard.manuscript.options import Options
from tests.manuscript import filled
from tests.manuscript.reading import squeezed, text

EVERYTHING = Options(budgets=True)


def leaves(content, parts, prints):
    """(where, words) of each leaf that prints so."""
    names = filled.all_names(content)
    for key, each in parts:
        for path, field, declared in each.leaves:
            is_emptied = path.endswith("_text") and path not in each.values
            if declared is prints and not is_emptied:
                for words in each.said(path, field, names):
                    yield f"{key}:{path}", squeezed(words), field


def test_every_field_of_its_own_and_of_the_frame_is_printed():
    content, parts = filled.whole(with_texts=True)
    printed = text(compose(content, EVERYTHING))
    for prints in (Prints.OWN, Prints.FRAME):
        missing = [where for where, words, _ in leaves(content, parts, prints) if words not in printed]
        assert missing == []


def test_material_of_a_text_is_printed_while_there_is_no_text():
    content, parts = filled.whole(with_texts=False)
    printed = text(compose(content, EVERYTHING))
    found = list(leaves(content, parts, Prints.BODY))
    assert len(found) > 20
    assert [where for where, words, _ in found if words not in printed] == []


def test_material_of_a_text_gives_way_to_the_text():
    content, parts = filled.whole(with_texts=True)
    printed = text(compose(content, EVERYTHING))
    repeated = [where for where, words, field in leaves(content, parts, Prints.BODY) if words in printed]
    assert [where for where in repeated if not where.endswith("issue_refs")] == []  # issues have a table too


def test_a_field_that_is_never_printed_leaves_no_words():
    content, parts = filled.whole(with_texts=True)
    printed = text(compose(content, EVERYTHING))
    found = [item for item in leaves(content, parts, Prints.NEVER) if _has_words_of_its_own(item[2])]
    assert len(found) > 10
    assert [where for where, words, _ in found if words in printed] == []


def _has_words_of_its_own(field):
    """Typed words and numbers are met nowhere else; option labels and computed figures are."""
    return not isinstance(field, Computed | YesNo) and not hasattr(field, "options")


def test_a_plan_with_every_answer_is_sound():
    content, _ = filled.whole(with_texts=True)
    assert check(compose(content, EVERYTHING)) == []


def test_the_town_stands_where_the_template_has_a_gap():
    content, _ = filled.whole(with_texts=False)
    assert "○○市" not in text(compose(content, EVERYTHING))


def test_the_longest_id_fits_a_bookmark():
    content, _ = filled.whole(with_texts=False)
    document = compose(content, EVERYTHING)
    assert max(len(block.id) for section in document.sections for block in section.blocks) <= 35
