"""The blueprint is declared in the words of a city, and read in those of a 町, 村 or 区."""

from dataclasses import fields, is_dataclass

import pytest

from planwizard.blueprint import CURRENT, edition
from planwizard.blueprint.town_words import in_words_of, kind_of


def texts(declared):
    if isinstance(declared, str):
        yield declared
    elif isinstance(declared, tuple):
        for each in declared:
            yield from texts(each)
    elif is_dataclass(declared):
        for each in fields(declared):
            yield from texts(getattr(declared, each.name))


@pytest.mark.parametrize("kind", ["町", "村", "区"])
def test_no_text_of_the_blueprint_calls_another_town_a_city(kind):
    said = " ".join(text for sheet in edition(CURRENT, kind).all_sheets() for text in texts(sheet))
    for other in ("○○市", "△△市", "市町"):  # a blank, another town, and any town
        said = said.replace(other, "")
    assert "市" not in said
    assert f"{kind}長" in said
    assert f"{kind}の計画との関係" in said


@pytest.mark.parametrize(("kind", "hall"), [("町", "町役場"), ("村", "村役場"), ("区", "区役所")])
def test_a_city_hall_has_its_own_name(kind, hall):
    assert in_words_of(kind, "地域と市役所の姿") == f"地域と{hall}の姿"


def test_other_towns_and_the_blanks_stay_as_they_are():
    assert in_words_of("町", "○○市、△△市、市町村、3市町") == "○○市、△△市、市町村、3市町"


def test_a_city_reads_the_very_declaration_and_every_kind_is_made_once():
    assert edition(CURRENT, "市") is edition(CURRENT)
    assert edition(CURRENT, "町") is edition(CURRENT, "町")


def test_what_says_nothing_of_the_town_is_shared():
    declared, said = edition(CURRENT).measure("online"), edition(CURRENT, "町").measure("online")
    shared = {id(each) for each in declared.fields} & {id(each) for each in said.fields}
    assert len(shared) > len(declared.fields) / 2


@pytest.mark.parametrize(
    ("town", "kind"), [("磯波町", "町"), ("潮見野市", "市"), ("", "市"), ("名の定まらない所", "市")]
)
def test_the_kind_of_a_town_is_in_its_name(town, kind):
    assert kind_of(town) == kind
