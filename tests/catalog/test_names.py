from datetime import date

import pytest

from planwizard.blueprint.content import CatalogueFacts
from planwizard.catalog.models import Law, NationalDocument, NationalMeasure
from planwizard.catalog.names import names_and_facts, names_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def test_everything_that_plans_cite_has_its_printed_name():
    found = names_and_facts()[0]
    assert found["national_document"]["priority-plan-2023-06-09"].endswith("（令和5年6月9日閣議決定）")
    assert found["law"]["act-10"] == "官民データ活用推進基本法（平成28年法律第103号）第10条"
    assert found["national_measure"]["2026-11-a/NM-004"].endswith("（市町村対象手続）（説明題）")


def test_names_of_what_is_cited_are_those_alone(django_assert_max_num_queries):
    cited = {"law": ["act-9-3", "act-99"], "national_measure": ["2026-11-a/NM-001"], "department": ["d"]}
    with django_assert_max_num_queries(3):
        found = names_of(cited)
    assert found["national_document"] == {}
    assert list(found["law"]) == ["act-9-3"]
    assert found["national_measure"] == {"2026-11-a/NM-001": "自治体フロントヤード改革の推進"}


def test_what_rules_ask_of_the_catalogue_comes_with_the_names(django_assert_num_queries):
    with django_assert_num_queries(1):
        _, facts = names_and_facts()
    assert facts.newest_national_plan == "priority-plan-2025-06-13"
    assert "priority-plan-2024-06-21" in facts.superseded
    assert facts.in_force_from["local-autonomy-act"] == date(2026, 4, 1)


def test_an_empty_catalogue_names_nothing():
    for model in (NationalMeasure, NationalDocument, Law):
        model.objects.all()._raw_delete("default")
    assert names_and_facts() == (
        {"national_document": {}, "law": {}, "national_measure": {}},
        CatalogueFacts(),
    )


def test_a_superseded_measure_names_what_follows_it():
    measure, successor = NationalMeasure.objects.all()[:2]
    measure.supersede(successor)
    assert names_and_facts()[1].superseded[measure.reference] == successor.display_title
