"""The one entrance to the declaration."""

import pytest

from planwizard.blueprint import UnknownEdition, edition

BLUEPRINT = edition("municipal-2019-10")


def test_an_unknown_edition_is_refused():
    with pytest.raises(UnknownEdition):
        edition("prefectural-2018-01")


def test_the_steps_stand_in_the_order_of_the_walk():
    assert [sheet.key for sheet in BLUEPRINT.sheets] == [
        "basics", "ch1", "ch2", "ch3", "ch4", "ch5",
        "ch6-online", "ch6-open-data", "ch6-mynumber", "ch6-divide", "ch6-standard",
        "ch7", "appendix",
    ]  # fmt: skip


def test_the_five_pillars_have_their_marks_and_areas():
    assert "".join(pillar.mark for pillar in BLUEPRINT.pillars) == "①②③④⑤"
    for pillar in BLUEPRINT.pillars:
        assert BLUEPRINT.sheet(pillar.part_key).title == pillar.name
        assert BLUEPRINT.pillar(pillar.key) is pillar


@pytest.mark.parametrize(
    ("kind", "key", "pillar", "field"),
    [
        ("basics", "basics", "", "plan_title"),
        ("chapter", "ch2", "", "vision"),
        ("chapter", "k3f9x0a7bq", "", "free_text"),
        ("area", "ch6-divide", "divide", "area_lead"),
        ("measure", "k3f9x0a7bq", "standard", "systems"),
        ("appendix", "appendix", "", "glossary"),
    ],
)
def test_every_part_finds_its_sheet(kind, key, pillar, field):
    sheet = BLUEPRINT.sheet_for(kind, key, pillar)
    assert sheet.kind == kind
    assert field in {each.key for each in sheet.fields}


@pytest.mark.parametrize(
    ("kind", "key", "pillar"), [("measure", "x", "magic"), ("area", "ch6-x", ""), ("", "x", "")]
)
def test_a_part_that_no_plan_has_finds_none(kind, key, pillar):
    with pytest.raises(KeyError):
        BLUEPRINT.sheet_for(kind, key, pillar)
