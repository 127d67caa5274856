"""A plan of 潮見野市 with a few words in it, and the people who ask for its files."""

import pytest
from django.utils import timezone

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.exports import asking
from planwizard.manuscript.options import Options
from tests.factories import fill, make_measure, make_user, make_version, member_for

KPI = "k00000kpi1"
MEASURE = {
    "goal_statement": "子育ての手続を、来庁しないで終えられるようにする。",
    "kpis": [KPI],
    f"kpis.{KPI}.name": "子育て手続のオンライン申請割合",
    f"kpis.{KPI}.unit": "percent",
    f"kpis.{KPI}.targets.2028.value": "45.5",
}


@pytest.fixture(autouse=True)
def queue(settings):
    """A queue that brings nothing by itself: each test says when a job is done."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def officer():
    return make_user(Role.SECRETARIAT)


@pytest.fixture
def version(officer):
    made = make_version(by=officer)
    member = member_for(officer)
    with acting_for(made.municipality_id):
        fill(made, "ch2", {"ch2_text": "市民の暮らしを、データで支える。"}, by=member)
        make_measure(made, by=officer, title="子育て手続のオンライン化")
        measure = made.parts.get(kind="measure")
        fill(made, measure.key, MEASURE, by=member)
        yield made


@pytest.fixture
def ask(version, officer):
    """``ask("pdf") -> ExportJob`` that waits."""

    def asked(format_="pdf", *, budgets=False, by=None, at=None):
        member = member_for(by or officer)
        return asking.ask(version, [format_], Options(budgets=budgets), by=member, at=at or timezone.now())[0]

    return asked
