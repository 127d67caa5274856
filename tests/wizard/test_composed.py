"""Previews of one content are composed once; what differs in anything is composed anew."""

from dataclasses import replace

from planwizard.wizard import composed
from tests.document.reading import truth
from tests.manuscript import plans


def test_the_same_content_is_composed_once():
    first = composed.composition_of(plans.small())
    assert composed.composition_of(plans.small()) is first


def test_another_answer_or_another_name_is_another_composition():
    known = composed.composition_of(plans.small())
    content = plans.small()
    part = content.parts[2]
    changed = replace(part, values={**part.values, "ch2_text": "書き直した文。"})
    rewritten = replace(content, parts=(*content.parts[:2], changed, *content.parts[3:]))
    renamed = replace(content, names={**content.names, "department": {}})
    assert part.key == "ch2"
    assert known not in (composed.composition_of(rewritten), composed.composition_of(renamed))
    assert "書き直した文。" in truth(composed.composition_of(rewritten).document())


def test_only_the_last_few_are_kept():
    first = composed.composition_of(plans.small())
    for label in "１２３４５":
        composed.composition_of(replace(plans.small(), version_label=label))
    assert composed.composition_of(plans.small()) is not first
