"""Acts on the departments of the active town."""

from __future__ import annotations

from typing import Literal

from django.db import transaction
from django.db.models import Max

from planwizard.accounts.models import Department, Municipality


def add_department(municipality: Municipality, name: str) -> Department:
    """The new one stands last."""
    last = Department.objects.aggregate(last=Max("position"))["last"]
    return Department.objects.create(
        municipality=municipality, name=name, position=0 if last is None else last + 1
    )


def rename_department(department: Department, name: str) -> None:
    Department.objects.filter(pk=department.pk).update(name=name)


@transaction.atomic
def move_department(department: Department, direction: Literal["up", "down"]) -> None:
    """Swap places with the neighbour; at the end of the list nothing happens."""
    ordered = list(Department.objects.in_order())
    here = ordered.index(department)
    there = here - 1 if direction == "up" else here + 1
    if 0 <= there < len(ordered):
        ordered[here], ordered[there] = ordered[there], ordered[here]
    for position, each in enumerate(ordered):
        each.position = position
    Department.objects.bulk_update(ordered, ["position"])
