"""An edition that was brought as a file: what it says of each entry, beside the catalogue as it stood, and what was decided."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.urls import reverse

from planwizard.catalog.columns import words
from planwizard.catalog.named_entry import NamedEntry


class CatalogImport(models.Model):
    """One file. Nothing of it is in the catalogue until it is applied, whole and once."""

    class State(models.TextChoices):
        OPEN = "open", "確かめている途中"
        APPLIED = "applied", "取り込んだ"
        DISCARDED = "discarded", "やめた"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    edit_no = models.PositiveIntegerField(default=1)  # of the decisions: what is applied is what was seen
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "カタログの取り込み"
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("catalog:import", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class ImportedEntryQuerySet(models.QuerySet):
    def to_decide(self) -> Self:
        return self.filter(verdict__in=ImportedEntry.DECIDED)

    def counts(self) -> dict[str, int]:
        """``{verdict: how many}``. One query."""
        return dict(self.order_by().values_list("verdict").annotate(Count("pk")))

    def chosen(self) -> dict[str, int]:
        """``{decision: how many}`` of those that will change something. One query."""
        acts = self.to_decide().exclude(decision=ImportedEntry.Decision.LEAVE)
        return dict(acts.order_by().values_list("decision").annotate(Count("pk")))


class ImportedEntry(NamedEntry):
    """One row of the file, or an entry that the file leaves out, beside what the catalogue said at that moment."""

    class Verdict(models.TextChoices):
        NEW = "new", "新しい"
        CHANGED = "changed", "変わった"
        MISSING = "missing", "ファイルにない"
        ERROR = "error", "誤りがある"
        SAME = "same", "変わらない"

    class Decision(models.TextChoices):
        TAKE = "take", "取り込む"
        OFF = "off", "担当者に見せない"
        LEAVE = "leave", "今のままにする"

    DECIDED = (Verdict.NEW, Verdict.CHANGED, Verdict.MISSING)

    brought = models.ForeignKey(CatalogImport, on_delete=models.CASCADE, related_name="entries")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=100, blank=True)  # 国の施策の12行
    verdict = models.CharField(max_length=10, choices=Verdict)
    facts = models.JSONField(null=True)  # what the file says
    before = models.JSONField(null=True)  # what the catalogue said when they were compared
    is_by_hand = models.BooleanField(default=False)  # an editor had changed it since it was loaded
    mistakes = models.JSONField(default=list)  # [[cell, what to do], …]
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.LEAVE)

    objects = ImportedEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "取り込みの1件"
        ordering = ["position"]
        indexes = [models.Index("brought", "verdict", "position", name="imported_by_verdict")]

    @property
    def title(self) -> str:
        facts = self.facts or self.before or {}
        return str(
            next((facts[name] for name in ("title", "name", "term") if facts.get(name)), self.reference)
        )

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """``(head, now, in the file)`` of each field that differs."""
        before, facts = self.before or {}, self.facts or {}
        names = [name for name in self.model.FACTS if before.get(name) != facts.get(name)]
        return [
            (head, old, new)
            for (head, old), (_, new) in zip(
                words(self.model, before, names), words(self.model, facts, names), strict=True
            )
        ]

    @property
    def said(self) -> list[tuple[str, str]]:
        """``(head, words)`` of a new entry, empty facts left out."""
        found = words(self.model, self.facts or {}, self.model.FACTS)
        return [(head, said) for head, said in found if said]

    @property
    def may_be(self) -> list[Decision]:
        """What can be decided about it."""
        match self.verdict:
            case self.Verdict.NEW:
                return [self.Decision.TAKE, self.Decision.LEAVE]
            case self.Verdict.CHANGED:
                return list(self.Decision)
            case self.Verdict.MISSING:
                return [self.Decision.LEAVE, self.Decision.OFF]
        return []
