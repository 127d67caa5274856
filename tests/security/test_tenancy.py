"""A leak must need two mistakes: the rule for every model that is, and will be."""

import pytest
from django.apps import apps

from planwizard.accounts.models import Department
from planwizard.accounts.tenancy import NoTenant, TenantModel, acting_for
from tests.factories import make_department, make_municipality

# What belongs to no town: people and towns themselves, the catalogue, and the tables of Django's own parts.
SHARED = {
    "accounts.Municipality", "accounts.User",
    "catalog.CatalogChange", "catalog.CatalogImport", "catalog.ImportedEntry",
    "catalog.Edition", "catalog.FundingSource", "catalog.Law", "catalog.NationalDocument", "catalog.NationalMeasure",
    "catalog.StandardIndicator", "catalog.Term",
    "admin.LogEntry", "auth.Group", "auth.Group_permissions", "auth.Permission", "contenttypes.ContentType", "sessions.Session",
    "django_tasks_database.DBTaskResult",
}  # fmt: skip
TENANT = [model for model in apps.get_models() if issubclass(model, TenantModel) and not model._meta.proxy]
every_tenant_model = pytest.mark.parametrize("model", TENANT, ids=lambda model: model._meta.label)


def test_every_model_has_a_town_or_is_known_to_be_shared():
    others = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert (
        others - {model._meta.label for model in apps.get_models() if issubclass(model, TenantModel)}
        == SHARED
    )


@every_tenant_model
@pytest.mark.parametrize("manager", ["objects", "_default_manager", "_base_manager"])
def test_a_query_without_a_town_raises(model, manager):
    with pytest.raises(NoTenant):
        getattr(model, manager).all()


@every_tenant_model
def test_the_town_is_never_empty_and_comes_first_in_unique_constraints(model):
    assert not model._meta.get_field("municipality").null
    for constraint in model._meta.total_unique_constraints:
        assert constraint.fields[:1] in ((), ("municipality",))
        assert not constraint.fields or constraint.fields[0] == "municipality"


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_town_sees_its_own_rows_only():
    here, there = make_municipality(), make_municipality("993018")
    ours, theirs = make_department("企画課", municipality=here), make_department("税務課", municipality=there)
    with acting_for(here):
        assert list(Department.objects.all()) == [ours]
        assert not Department.objects.filter(pk=theirs.pk).exists()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_the_town_before_is_active_again_afterwards():
    here, there = make_municipality(), make_municipality("993018")
    make_department("企画課", municipality=here)
    with acting_for(here):
        with pytest.raises(ZeroDivisionError), acting_for(there):
            raise ZeroDivisionError
        assert Department.objects.count() == 1
    with pytest.raises(NoTenant):
        Department.objects.count()
