"""manage.py check_plan."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from planwizard.accounts.models import Municipality
from planwizard.accounts.tenancy import acting_for
from planwizard.compliance.judge import judge
from planwizard.plans.models import PlanVersion
from planwizard.rules import RULES
from planwizard.wizard import demo
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def checked(plan, *options):
    out = StringIO()
    assert call_command("check_plan", str(plan), *options, stdout=out) is None
    return out.getvalue()


def test_one_row_for_each_rule_with_exactly_these_facts(version):
    rows = json.loads(checked(version.pk, "--json"))
    assert [row["id"] for row in rows] == [rule.id for rule in RULES]
    assert all(list(row) == ["id", "kind", "state", "reason", "at"] for row in rows)
    assert {row["state"] for row in rows} <= {"pass", "fail", "needs_review", "not_applicable"}
    empty = next(row for row in rows if row["id"] == "ME-04")
    assert empty == {
        "id": "ME-04",
        "kind": "AUTO",
        "state": "fail",
        "reason": "施策が1件もありません。施策を加えてください。",
        "at": {"part": "ch6-online", "path": ""},
    }


def test_the_plans_own_id_means_its_newest_version(version):
    assert checked(version.plan_id, "--json") == checked(version.pk, "--json")


def test_people_read_a_state_line_and_one_line_for_each_rule(version):
    lines = checked(version.pk).splitlines()
    assert lines[0].startswith("必須18項目のうち")
    assert len(lines) == 1 + len(RULES)


@pytest.mark.parametrize("plan", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_plan_that_is_not_there_is_told(plan):
    with pytest.raises(CommandError, match="番号"):
        checked(plan)


@pytest.fixture
def demo_plans(settings, tmp_path):
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "accounts.json"
    return demo.load(at=NOW).plans


def test_the_demo_of_潮見野市_has_all_eighteen_with_every_confirmation_anchored(demo_plans):
    states = {row["id"]: row["state"] for row in json.loads(checked(demo_plans[0].pk, "--json"))}
    assert states.pop("L-07") == "not_applicable"  # decided before that duty
    assert set(states.values()) == {"pass"}
    with acting_for(Municipality.objects.get(code="992011")):
        found = judge(PlanVersion.objects.get(), on=NOW.date())
    assert found.tally.words == "必須18項目のうち18件 合格・0件 要確認・0件 未"
    assert all(asked.holds for result in found.results for asked in result.asked)


def test_the_demo_of_磯波町_lacks_exactly_this(demo_plans):
    states = {row["id"]: row["state"] for row in json.loads(checked(demo_plans[1].pk, "--json"))}
    passing = {"ME-03", "ME-04", "OP-01", *(f"L-{number:02}" for number in range(1, 12))}
    assert {id for id, state in states.items() if state == "pass"} == passing
    assert {id for id, state in states.items() if state == "fail"} == {"EX-02"}
    assert {id for id, state in states.items() if state == "not_applicable"} == {"PU-02"}


def test_a_confirmation_that_was_withdrawn_is_not_made_again_by_the_demo(demo_plans):
    version = demo_plans[0]
    with acting_for(version.municipality_id):
        version.confirmations.update(withdrawn_at=NOW)
        demo.load(at=NOW)
        assert not version.confirmations.standing().exists()
