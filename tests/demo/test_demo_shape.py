"""The demo plans as files: described by the schema, complete, with nothing left over from the template."""

import json
import re
from collections import Counter

import jsonschema
import pytest

from planwizard.blueprint import edition, options
from planwizard.blueprint.contradictions import contradictions
from planwizard.blueprint.kinds import Level
from planwizard.blueprint.missing import missing_in
from planwizard.blueprint.values import check
from planwizard.common.keys import is_key
from planwizard.document.check import check as check_tree
from planwizard.manuscript.compose import compose
from planwizard.manuscript.options import Options
from tests.demo.plans import FOLDER

LEFT_OVER = re.compile(r"○|◯|〇〇|△△|●●|××|（例）|TODO|ダミー|サンプル")


def test_the_file_is_as_the_schema_describes_it(plan):
    schema = json.loads((FOLDER.parent / "docs" / "plan.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(plan.raw)


def test_no_answer_is_against_the_declaration(plan):
    blueprint = edition(plan.content.edition)
    problems = {
        part.key: check(blueprint.sheet_for(part.kind, part.key, part.pillar), part.values)
        for part in plan.content.parts
    }
    assert {key: found for key, found in problems.items() if found} == {}


def test_nothing_required_is_missing(plan):
    found = [
        (key, each.message)
        for key, all_missing in missing_in(plan.content).items()
        for each in all_missing
        if each.level is Level.REQUIRED
    ]
    assert found == []


def test_nothing_contradicts_and_nothing_is_left_as_typed(plan):
    assert contradictions(plan.content) == []
    assert [part.key for part in plan.content.parts if part.as_typed] == []


def test_no_answer_is_longer_than_its_field(plan):
    too_long = [
        (part.key, path)
        for part, path, field, value in plan.answers()
        if isinstance(value, str) and len(value) > getattr(field, "max_chars", len(value))
    ]
    assert too_long == []


def test_nothing_of_the_template_is_left_in_the_words(plan):
    text = json.dumps(plan.raw, ensure_ascii=False)
    assert LEFT_OVER.findall(text) == []


def test_addresses_and_telephones_are_invented(plan):
    text = "\n".join(str(value) for _, _, _, value in plan.answers())
    hosts = set(re.findall(r"https?://([^/\s]+)", text))
    # The page of the national policy on open data, as the catalogue gives it.
    assert hosts - {"www.digital.go.jp"} <= {"www.example.lg.jp", "www.example.jp"}
    assert plan.content.basics.text("contact_phone") == "000-000-0000"
    assert plan.content.basics.text("contact_email").endswith("@example.lg.jp")


def test_parts_and_rows_have_proper_keys(plan):
    blueprint = edition(plan.content.edition)
    made = [part.key for part in plan.content.parts if not blueprint.is_fixed(part.key)]
    rows = {piece for part in plan.content.parts for path in part.values for piece in path.split(".")[1:]}
    assert all(is_key(key) for key in made)
    assert len(set(made)) == len(made)
    assert {key for key in rows if is_key(key)}


def test_every_fixed_part_is_there_with_the_pillar_of_its_area(plan):
    keys = {part.key for part in plan.content.parts}
    blueprint = edition(plan.content.edition)
    assert {sheet.key for sheet in blueprint.sheets} <= keys
    for pillar in blueprint.pillars:
        assert plan.content.part(pillar.part_key).pillar == pillar.key


def test_the_plan_composes_to_a_sound_document_with_and_without_budgets(plan):
    assert check_tree(compose(plan.content)) == []
    assert check_tree(compose(plan.content, Options(budgets=True))) == []


def test_潮見野市_is_a_combined_plan_as_recorded(shiomino):
    basics = shiomino.content.basics
    assert (shiomino.raw["municipality"]["code"], basics.text("plan_type")) == ("992011", "combined")
    assert (basics.year("period_start_fy"), basics.year("period_end_fy")) == (2026, 2030)
    assert (basics.text("adopted_on"), basics.text("published_on")) == ("2026-03-25", "2026-04-01")
    assert shiomino.part("ch3").text("national_plan_ref") == "priority-plan-2025-06-13"
    assert (shiomino.content.stage, shiomino.content.version_label) == ("final_draft", "第1版")


def test_潮見野市_is_large_enough_to_show_everything(shiomino):
    counts = Counter(part.pillar for part in shiomino.measures)
    adopted = [part for part in shiomino.measures if part.adoptions]
    blueprint = edition(shiomino.content.edition)
    free = [
        part for part in shiomino.content.parts if part.kind == "chapter" and not blueprint.is_fixed(part.key)
    ]
    assert len(shiomino.measures) >= 20
    assert all(counts[pillar.key] >= 3 for pillar in options.PILLARS)
    assert len(adopted) * 2 == len(shiomino.measures)
    assert len(shiomino.part("ch1").rows("issues")) >= 8
    assert len(shiomino.part("appendix").rows("glossary")) >= 15
    assert len(free) == 2


def test_磯波町_is_a_plan_of_its_own_with_six_measures(isonami):
    assert isonami.raw["municipality"]["code"] == "993018"
    assert isonami.content.basics.text("plan_type") == "standalone"
    assert len(isonami.measures) == 6
    assert {part.pillar for part in isonami.measures} == {pillar.key for pillar in options.PILLARS}


@pytest.mark.django_db
def test_what_was_adopted_is_the_catalogue_s_own_wording(plan):
    from django.core.management import call_command

    from planwizard.catalog.adopting import adoption_of
    from planwizard.catalog.models import NationalMeasure
    from planwizard.catalog.names import names_and_facts

    call_command("load_catalog", FOLDER / "catalog" / "2026-11-a.json")
    for part in plan.measures:
        for adoption in part.adoptions:
            row = NationalMeasure.objects.select_related("edition").get(
                edition__code=adoption.edition_code, code=adoption.code
            )
            assert row.verified
            assert adoption == adoption_of(row)
    names, _ = names_and_facts()
    assert all(names[row["to"]][row["key"]] == row["name"] for row in plan.raw["citations"])
