"""Which town a query is for. A query that does not know raises NoTenant, so a leak needs two mistakes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from planwizard.accounts.models import Municipality

_active: ContextVar[uuid.UUID | None] = ContextVar("municipality", default=None)


class NoTenant(RuntimeError):
    """A tenant table was asked without an active municipality."""


def active_municipality_id() -> uuid.UUID:
    """Raises NoTenant outside a request or job of a town."""
    found = _active.get()
    if found is None:
        raise NoTenant("no municipality is active")
    return found


@contextmanager
def acting_for(municipality: Municipality | uuid.UUID) -> Iterator[None]:
    """Make a municipality the active one: requests, jobs, commands and tests."""
    token = _active.set(municipality if isinstance(municipality, uuid.UUID) else municipality.pk)
    try:
        yield
    finally:
        _active.reset(token)


class TenantManager(models.Manager):
    """Sees the rows of the active municipality only."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(municipality_id=active_municipality_id())


class TenantModel(models.Model):
    """A table with a town's data. Even grandchildren carry the municipality."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality = models.ForeignKey("accounts.Municipality", on_delete=models.PROTECT, related_name="+")

    objects = TenantManager()
    # For migrations, backup, counting, sign-in and the job queue; tests/test_architecture.py names the files.
    all_municipalities = models.Manager()  # noqa: DJ012 (a manager, not a field)

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"
