"""A plan by its id, for commands that are told nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from planwizard.accounts.models import Municipality
from planwizard.accounts.tenancy import acting_for
from planwizard.plans.models import PlanVersion


class NoSuchPlan(Exception):
    """``str()`` says in Japanese what is wrong with the id."""


@contextmanager
def version_anywhere(plan: str) -> Iterator[PlanVersion]:
    """The version of that id, or the newest version of the plan of that id, acting for its town meanwhile."""
    try:
        wanted = UUID(plan)
    except ValueError:
        raise NoSuchPlan(f"「{plan}」は計画の番号ではありません。36文字の番号を書いてください。") from None
    for town in Municipality.objects.all():
        with acting_for(town):
            versions = PlanVersion.objects.select_related("plan", "municipality")
            newest = versions.filter(plan_id=wanted).order_by("-number")
            found = versions.filter(pk=wanted).first() or newest.first()
            if found is not None:
                yield found
                return
    raise NoSuchPlan(f"番号 {plan} の計画はありません。load_demo が表示した番号を確かめてください。")
