"""The town's own items, and its rule of handing out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from planwizard.accounts.member import Member
from planwizard.accounts.models import Municipality
from planwizard.compliance.models import HandingOut, OwnItem
from planwizard.plans.access import require_right_still


def add(*, title: str, why: str = "", by: Member, at: datetime) -> OwnItem:
    """The next item of the town. Numbers are never given twice: confirmations name them."""
    with transaction.atomic():
        require_right_still(by)
        Municipality.objects.select_for_update(no_key=True).get(pk=by.municipality.pk)
        last = OwnItem.objects.aggregate(last=Max("number"))["last"] or 0
        return OwnItem.objects.create(
            municipality=by.municipality, number=last + 1, title=title, why=why, made_by=by.user, made_at=at
        )


def retire(item: OwnItem, *, by: Member, at: datetime) -> None:
    """It is asked for no more. Twice is once."""
    with transaction.atomic():
        require_right_still(by)
        OwnItem.objects.filter(pk=item.pk, retired_at=None).update(retired_at=at)


def set_handing_out(*, by: Member, **decided: bool | int) -> None:
    """``forbids_failures``, ``prompt_days``; what is not named stays."""
    with transaction.atomic():
        require_right_still(by)
        HandingOut.objects.update_or_create(municipality=by.municipality, defaults=decided)
