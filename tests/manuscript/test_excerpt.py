"""Chosen chapters, areas and measures: numbered as in the whole, under the headings above them."""

from planwizard.document import walk
from planwizard.document.check import check
from planwizard.document.nodes import Table
from planwizard.manuscript.compose import compose
from planwizard.manuscript.options import Options, Variant
from tests.manuscript import plans
from tests.manuscript.reading import headings


def only(*keys, content=None):
    return compose(content or plans.small(), Options(Variant.PARTS, keys))


def sheets(document):
    return [
        block.caption for block in walk.blocks(document) if isinstance(block, Table) and block.kind == "sheet"
    ]


def test_chosen_chapters_keep_their_numbers():
    found = [head for head in headings(only("ch2", "ch7")) if "章" in head]
    assert [head[:3] for head in found] == ["第２章", "第７章"]


def test_one_measure_stands_under_its_chapter_and_area():
    content = plans.small()
    document = only(content.measures[1].key, content=content)
    assert len(sheets(document)) == 1
    assert [head.split(" ")[0] for head in headings(document)] == ["第６章", "４"]


def test_an_area_brings_its_measures():
    assert len(sheets(only("ch6-online"))) == 1


def test_the_whole_chapter_of_measures_brings_its_lists():
    document = only("ch6")
    assert len(sheets(document)) == 2
    assert "成果指標の一覧" in " ".join(headings(document))


def test_the_basics_bring_cover_contents_and_imprint():
    document = only("basics", "ch1")
    assert document.cover is not None
    assert document.toc_depth == 2
    assert headings(document)[-1].endswith("奥付")


def test_without_the_basics_there_is_no_cover():
    document = only("ch1")
    assert (document.cover, document.toc_depth) == (None, 0)


def test_every_choice_is_sound():
    content = plans.small()
    for part in content.parts:
        assert check(only(part.key, content=content)) == []


def test_a_part_that_is_gone_chooses_nothing():
    assert only("gone000000").sections == ()


def test_the_calendar_may_be_another_than_the_plans():
    told = " ".join(headings(only("ch1")))
    assert told
    document = compose(plans.small(), Options(era="seireki"))
    assert document.cover is not None
    assert document.cover.subtitle == "2026～2030年度"
