"""docs/plan.schema.json, the declaration and the strict check agree."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwizard.blueprint import plan_file, schema, values
from planwizard.blueprint.content import AdoptionContent, PartContent, PlanContent
from tests.blueprint.forms import BLUEPRINT, SHEETS, YEARS, forms

ROOT = Path(__file__).parents[2]
VALIDATOR = jsonschema.Draft202012Validator(schema.schema())
KEY = "k3f9x0a7bq"


def file(part):
    """The smallest plan.json with one part."""
    return {
        "format": "planwizard-plan",
        "format_version": 1,
        "blueprint_edition": "municipal-2019-10",
        "version": {"stage": "draft"},
        "parts": [part],
    }


def part_of(sheet, stored):
    made_by_town = sheet.key in ("measure", "free")
    pillar = next((key for key, each in BLUEPRINT.measures.items() if each is sheet), "")
    key = KEY if made_by_town else sheet.key
    return {"key": key, "kind": sheet.kind, "pillar": pillar, "values": stored}


def test_the_committed_schema_is_the_generated_one():
    assert (ROOT / "docs" / "plan.schema.json").read_text() == schema.text(), (
        "python -m planwizard.blueprint.schema > docs/plan.schema.json"
    )


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema.schema())


def test_the_schema_contains_every_identifier():
    pieces = {
        piece
        for about in schema.schema()["$defs"].values()
        for path in (*about["properties"], *about["patternProperties"])
        for piece in path.strip("^$").replace("[.]", ".").split(".")
    }
    for sheet in SHEETS:
        for field in sheet.fields:
            assert field.key in pieces


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SHEETS).flatmap(lambda sheet: st.tuples(st.just(sheet), forms(sheet))))
def test_whatever_a_form_stores_fits_the_schema(case):
    sheet, data = case
    VALIDATOR.validate(file(part_of(sheet, values.read(sheet, data, years=YEARS).values)))


def test_a_file_as_it_is_written_fits_the_schema():
    adopted = AdoptionContent("2026-11-a", "OD-01", "題", "official", "current", "文")
    basics = PartContent("basics", "basics", "計画の基本情報", 0, {"contact_department": "digital000"})
    measure = PartContent(KEY, "measure", "題", 1, {}, pillar="online", measure_no="1", adoptions=(adopted,))
    content = PlanContent(
        edition="municipal-2019-10",
        identifier="1",
        stage="draft",
        version_label="第1版",
        modified=datetime(2026, 11, 23, tzinfo=UTC),
        parts=(basics, measure),
        names={"department": {"digital000": "デジタル推進課"}},
    )
    written = plan_file.to_json(content, {"0" * 64: b"PNG"})
    assert written["departments"]
    VALIDATOR.validate(json.loads(plan_file.dumps(written)))


@pytest.mark.parametrize(
    ("part_key", "stored"),
    [
        ("ch1", {"population": 84312}),
        ("ch1", {"population": "-1"}),
        ("ch1", {"unknown": "x"}),
        ("ch1", {"issues": [KEY, KEY]}),
        ("ch1", {"issues": [KEY], f"issues.{KEY}.unknown": "x"}),
        ("ch2", {"data_scope": ["secret"]}),
        ("ch2", {"expected_effects": "x"}),
        ("basics", {"period_start_fy": "2027"}),
        ("basics", {"period_years": 5}),
        ("ch3", {"position_diagram.width_mm": 83}),
    ],
)
def test_the_schema_refuses_what_the_check_refuses(part_key, stored):
    sheet = BLUEPRINT.sheet(part_key)
    assert values.check(sheet, stored)
    assert not VALIDATOR.is_valid(file(part_of(sheet, stored)))


CITATION = {
    "edition_code": "a",
    "code": "1",
    "title": "題",
    "title_kind": "official",
    "status": "current",
    "wording": "文",
}


@pytest.mark.parametrize(
    "change",
    [
        {"title_kind": "x"},
        {"status": ""},
        {"title": ""},
        {"title": "題" * 301},
        {"code": "c" * 41},
        {"author": "a"},
    ],
)
def test_the_schema_refuses_the_citations_that_the_file_refuses(change):
    measure = part_of(BLUEPRINT.measure("online"), {})
    assert VALIDATOR.is_valid(file(measure | {"adoptions": [CITATION]}))
    assert not VALIDATOR.is_valid(file(measure | {"adoptions": [CITATION | change]}))


def test_a_measure_has_the_fields_of_its_own_area_only():
    stored = {"procedures": [KEY], f"procedures.{KEY}.name": "転入"}
    assert VALIDATOR.is_valid(file(part_of(BLUEPRINT.measure("online"), stored)))
    assert not VALIDATOR.is_valid(file(part_of(BLUEPRINT.measure("divide"), stored)))


def test_labels_of_the_choices_are_told():
    unit = schema.schema()["$defs"]["measure"]["patternProperties"]["^kpis[.][a-z][a-z0-9]{9}[.]unit$"]
    assert unit["x-labels"]["procedures"] == "手続"
    assert json.dumps(unit)
