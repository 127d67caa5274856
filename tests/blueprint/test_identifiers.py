"""The declaration and the committed list of the template's identifiers, held against each other."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from planwizard.blueprint import edition
from planwizard.blueprint.edition import NEVER_PRINTED
from planwizard.blueprint.kinds import ByYear, Choice, Choices, Computed, Group, Level, Prints, Upload
from planwizard.blueprint.places import StoredShape, places

BLUEPRINT = edition("municipal-2019-10")
LISTED = {
    (sheet, name): tuple(columns)
    for sheet, name, *columns in (
        line.split()
        for line in (Path(__file__).parent / "identifiers.txt").read_text().splitlines()
        if line and not line.startswith("#")
    )
}
# Where the declaration has a table or group for what the template lists column by column.
PREFIXES = {"kpis": "kpi", "schedule": "schedule", "review": "review"}
# Columns that the template tells in words: the text and the key of one answer, or the items of a plain list.
TOLD_IN_WORDS = {
    "purpose_local_issues": ("description", "issue_refs"),
    "bundled_with": ("name",),
    "once_only_items": ("name",),
    "review.next": ("direction", "text"),
}


def declared():
    """{(sheet, identifier): columns} in the template's words."""
    found = {}
    for name, sheet in sheets():
        for field in own_fields(name, sheet):
            for identifier, columns in identifiers(field):
                found[name, identifier] = columns
    return found


def sheets():
    for sheet in (*BLUEPRINT.sheets, BLUEPRINT.free_chapter):
        yield ("area" if sheet.kind == "area" else sheet.key), sheet
    for pillar, sheet in BLUEPRINT.measures.items():
        yield "measure", sheet
        yield f"measure-{pillar.replace('_', '-')}", sheet


def own_fields(name, sheet):
    if sheet.kind != "measure":
        return sheet.fields
    common = set.intersection(*({field.key for field in each.fields} for each in BLUEPRINT.measures.values()))
    return [field for field in sheet.fields if (field.key in common) == (name == "measure")]


def identifiers(field):
    inner = getattr(field, "columns", getattr(field, "fields", ()))
    if field.key in PREFIXES:
        for column in inner:
            yield f"{PREFIXES[field.key]}.{column.key}", columns_of(column)
    elif field.key == "budget":
        yield "budget.items", columns_of(field)
    elif field.key == "expected_effects":
        yield field.key, ()
        yield from ((effect.key, columns_of(effect)) for effect in inner)
    elif field.key == "pillar_policy":
        yield field.key, ("pillar", *columns_of(inner[0]))
    else:
        yield field.key, columns_of(field)


def columns_of(field):
    keys = tuple(column.key for column in getattr(field, "columns", getattr(field, "fields", ())))
    # A column of years is the year itself; only the template's lists of (fy, value) name it.
    return ("fy", *keys) if isinstance(field, ByYear) and field.key != "cells" else keys


def test_every_identifier_of_the_template_is_declared():
    assert set(LISTED) - set(declared()) == set()


def test_no_identifier_is_declared_that_the_template_does_not_have():
    assert set(declared()) - set(LISTED) == set()


@pytest.mark.parametrize("place", LISTED, ids=".".join)
def test_tables_and_groups_have_the_columns_of_the_template(place):
    assert declared()[place] == TOLD_IN_WORDS.get(place[1], LISTED[place])


def everything():
    return [place for sheet in BLUEPRINT.all_sheets() for place in unfolded(sheet)]


def unfolded(sheet):
    """Every field of a sheet, with one row in each table and one year in each column of years."""

    class OneOfEach(StoredShape):
        def row_keys(self, path, rows):
            return ["k000000001"]

        def years(self, path):
            return [2027]

    return [(sheet.kind, place) for place in places(sheet.fields, OneOfEach({}))]


def test_every_field_says_what_it_is_and_what_to_write():
    silent = [
        place.path
        for _, place in everything()
        if not place.field.label or ("." not in place.path and not (place.field.help and place.field.source))
    ]
    assert silent == []


def test_every_field_that_officers_fill_has_an_example():
    bare = [
        place.path
        for _, place in everything()
        if "." not in place.path and not place.field.example and not isinstance(place.field, Group | Computed)
    ]
    assert bare == []


def test_keys_are_unique_on_each_sheet():
    for sheet in BLUEPRINT.all_sheets():
        counted = Counter(place.path for _, place in unfolded(sheet))
        assert [path for path, times in counted.items() if times > 1] == []


def test_option_keys_and_labels_are_unique():
    for _, place in everything():
        if isinstance(place.field, Choice | Choices):
            keys = [option.key for option in place.field.options]
            labels = [option.label for option in place.field.options]
            assert keys
            assert len(set(keys)) == len(keys)
            assert len(set(labels)) == len(labels)


def test_what_a_condition_asks_is_said_beside_the_label():
    silent = [
        place.path
        for _, place in everything()
        if (place.field.required_when or place.field.asked_when or place.field.level is Level.CONDITIONAL)
        and not place.field.condition
    ]
    assert silent == []


def test_what_lies_in_something_of_a_later_act_belongs_to_that_act_too():
    later = [place.path for _, place in everything() if place.field.level is Level.NONE]
    inside = [
        place
        for _, place in everything()
        if any(place.path.startswith(f"{path}.") for path in later) and place.field.level is not Level.NONE
    ]
    assert inside == []


def test_the_fields_that_are_never_printed_are_those_with_a_reason():
    hidden = {
        f"{kind}.{place.path}".replace(".k000000001", "")
        for kind, place in everything()
        if place.field.prints is Prints.NEVER
    }
    outermost = {path for path in hidden if not any(path.startswith(f"{other}.") for other in hidden)}
    assert outermost == set(NEVER_PRINTED)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 7])
def test_texts_of_a_chapter_are_material_for_its_body_text(number):
    sheet = BLUEPRINT.sheet(f"ch{number}")
    for field in sheet.fields:
        is_text = type(field).__name__ in ("Text", "Prose") or field.key == "purpose_local_issues"
        is_body_text = field.key == f"ch{number}_text"
        assert (field.prints is Prints.BODY) == (is_text and not is_body_text), field.key


def test_of_the_tables_beside_a_text_only_the_policies_of_the_pillars_give_way_to_it():
    inside = {
        (sheet.key, place.path)
        for sheet in BLUEPRINT.sheets
        for _, place in unfolded(sheet)
        if "." in place.path and place.field.prints is Prints.BODY
    }
    policies = {("ch5", f"pillar_policy.{pillar.key}.text") for pillar in BLUEPRINT.pillars}
    purposes = {("ch2", f"purpose_local_issues.{key}") for key in ("description", "issue_refs")}
    assert inside == policies | purposes


def test_the_basics_go_to_cover_and_imprint_except_foreword_and_pillars():
    own = {field.key for field in BLUEPRINT.sheet("basics").fields if field.prints is Prints.OWN}
    assert own == {"foreword", "foreword_photo", "own_pillars"}


def test_conditions_and_waivers_point_to_declared_answers():
    paths = defaultdict(set)
    for sheet in BLUEPRINT.all_sheets():
        paths[sheet.key] |= {place.path for _, place in unfolded(sheet)}
    for sheet in BLUEPRINT.all_sheets():
        here = {place.path for _, place in unfolded(sheet)}
        for _, place in unfolded(sheet):
            scope = place.path.removesuffix(place.field.key)
            for when in filter(None, (place.field.required_when, place.field.asked_when)):
                part, _, path = when.path.rpartition(":")
                assert part == "version" or (path in paths[part] if part else scope + path in here)
            # What every measure is asked may be waived by what one area alone is asked.
            known = paths[sheet.key]
            assert not place.field.waived_by or scope + place.field.waived_by in known


def test_an_example_is_as_long_as_its_help_wishes_or_called_a_beginning():
    short = [
        (place.path, len(place.field.example))
        for _, place in everything()
        for wished in re.findall(r"(\d+)(?:〜[\d,]+)?字", place.field.help)
        if len(place.field.example) * 2 < int(wished) and place.field.example_name != "書き出しの例"
    ]
    assert short == []


def test_pictures_stand_at_the_top_of_their_sheet():
    assert all("." not in place.path for _, place in everything() if isinstance(place.field, Upload))
