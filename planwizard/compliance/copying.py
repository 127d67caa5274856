"""Copying a version together with what was confirmed of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from planwizard.accounts.member import Member
from planwizard.compliance.models import Confirmation
from planwizard.plans import versions
from planwizard.plans.models import PlanVersion


def copy_version(source: PlanVersion, *, label: str, stage: str, by: Member, at: datetime) -> PlanVersion:
    """As ``plans.versions.copy_version``, confirmations included."""
    with transaction.atomic():
        target = versions.copy_version(source, label=label, stage=stage, by=by, at=at)
        _copy_confirmations(source, target)
        return target


def copy_as_plan(source: PlanVersion, *, by: Member, at: datetime) -> PlanVersion:
    """As ``plans.versions.copy_as_plan``, confirmations included."""
    with transaction.atomic():
        target = versions.copy_as_plan(source, by=by, at=at)
        _copy_confirmations(source, target)
        return target


def _copy_confirmations(source: PlanVersion, target: PlanVersion) -> None:
    """Parts and rows keep their keys, so each confirmation finds its sentence, or lapses, as before."""
    rows = list(Confirmation.objects.of(source).standing())
    for row in rows:
        row.pk, row.version = uuid.uuid4(), target
    Confirmation.objects.bulk_create(rows)
