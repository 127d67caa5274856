"""What officers have confirmed of a version, and the items that a town adds to the checklist."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from planwizard.accounts.tenancy import TenantManager, TenantModel
from planwizard.plans.models import PlanVersion
from planwizard.rules import Anchor, Confirmed
from planwizard.rules.operation import PROMPT_DAYS


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def of(self, version: PlanVersion) -> ConfirmationQuerySet:
        return self.filter(version=version)

    def standing(self) -> ConfirmationQuerySet:
        """Not withdrawn. Whether the sentence is still there, only the rules can say."""
        return self.filter(withdrawn_at=None)


class Confirmation(TenantModel):
    """「この文が満たす」, or the written answer to a warning, which has no part. Withdrawn ones are kept."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="confirmations")
    item_id = models.CharField("項目", max_length=20)
    role = models.CharField(max_length=120)  # which of the item's sentences, or which warning
    part_key = models.CharField(max_length=16, blank=True)
    path = models.CharField(max_length=200, blank=True)
    quote = models.TextField("根拠の文", blank=True)
    quote_hash = models.CharField(max_length=64)
    occurrence = models.PositiveIntegerField(default=1)
    comment = models.TextField("備考", blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = TenantManager.from_queryset(ConfirmationQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "確認"
        constraints = [
            models.UniqueConstraint(
                "municipality",
                "version",
                "item_id",
                "role",
                condition=models.Q(withdrawn_at=None),
                name="one_confirmation_of_a_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.role}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.part_key, self.path, self.quote, self.quote_hash, self.occurrence)

    @property
    def plain(self) -> Confirmed:
        """As the rules take it."""
        return Confirmed(self.item_id, self.role, self.anchor, self.comment)


class OwnItemQuerySet(models.QuerySet["OwnItem"]):
    def in_use(self) -> OwnItemQuerySet:
        return self.filter(retired_at=None).order_by("number")


class OwnItem(TenantModel):
    """An item of the town's own, which an author confirms with a sentence of the plan."""

    number = models.PositiveIntegerField("番号")
    title = models.CharField("項目", max_length=200)
    why = models.CharField("なぜ要るか", max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(OwnItemQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "市町村の項目"
        constraints = [
            models.UniqueConstraint("municipality", "number", name="own_item_number"),
        ]

    def __str__(self) -> str:
        return f"{self.code}　{self.title}"

    @property
    def code(self) -> str:
        """T-01: beside PU-01 and L-01."""
        return f"T-{self.number:02}"


class HandingOut(TenantModel):
    """How a town hands plans out and publishes them. Without a row: as the checklist has it."""

    forbids_failures = models.BooleanField("「未」があるまま出すことを認めない", default=False)
    prompt_days = models.PositiveSmallIntegerField(
        "改定の決裁から公表までの日数",
        default=PROMPT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    class Meta(TenantModel.Meta):
        verbose_name = "決裁と公表の決まり"
        constraints = [models.UniqueConstraint("municipality", name="one_rule_of_handing_out")]

    def __str__(self) -> str:
        return str(self.forbids_failures)

    @classmethod
    def of_town(cls) -> Self:
        """That of the active town. One query."""
        return cls.objects.first() or cls()
