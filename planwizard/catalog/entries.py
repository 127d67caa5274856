"""What every entry of the catalogue shares: a code, its facts, and whether an editor has changed them."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models

validate_code = RegexValidator(
    r"\A[0-9A-Za-z][0-9A-Za-z._-]*\Z",
    "番号は半角の英数字、ハイフン、ピリオドで入力してください（例：NM-001）。",
)


class Status(models.TextChoices):
    """What is known about an entry today. Unknown is an answer, not a gap."""

    CURRENT = "current", "有効"
    SUPERSEDED = "superseded", "後の版に置き換わった、または終わった"
    UNKNOWN = "unknown", "今の扱いは未確認"


def marked(words: str, status: str) -> str:
    """How an officer reads an entry among others: its state stands behind its name unless it is in force."""
    return words if status == Status.CURRENT else f"{words}［{Status(status).label}］"


class LoadedQuerySet(models.QuerySet):
    def by_code(self) -> dict[str, Loaded]:
        return {entry.code: entry for entry in self}


class Loaded(models.Model):
    """A row that ``load_catalog`` brings and an editor may change afterwards."""

    FACTS: ClassVar[tuple[str, ...]]  # the columns that the file fills, in the file's order

    code = models.CharField("番号", max_length=40, unique=True, validators=[validate_code])
    loaded_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = LoadedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def reference(self) -> str:
        """The name by which files and plans point to this row."""
        return self.code

    def facts(self) -> dict[str, object]:
        """``{column: plain value}`` as the file writes it: dates ISO, other rows by their reference."""
        return {name: _plain(getattr(self, name)) for name in self.FACTS}

    def facts_sha256(self) -> str:
        return sha256_of(self.facts())

    @property
    def is_edited_by_hand(self) -> bool:
        """True if the row was entered by hand, or changed since it was loaded."""
        return self.loaded_sha256 != self.facts_sha256()

    def derive(self) -> None:
        """Recompute the columns that follow from the facts. Whoever saves a row calls this first."""


class EntryQuerySet(LoadedQuerySet):
    def offered(self) -> Self:
        """What an officer may see and choose: verified and switched on."""
        return self.filter(is_on=True, verified=True)


class Entry(Loaded):
    """A fact with its source. What nobody has verified is never offered to an officer."""

    source = models.TextField("出典", help_text="どこで確かめたか。文書名、ページ、URL。")
    verified = models.BooleanField(
        "出典を確かめた", default=False, help_text="出典を実際に読んだときだけ印を付けます。"
    )
    is_on = models.BooleanField("担当者に見せる", default=False)
    notes = models.TextField("備考", blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_offered(self) -> bool:
        return self.is_on and self.verified


def sha256_of(facts: dict[str, object]) -> str:
    written = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Loaded):
        return value.reference
    return value.isoformat() if isinstance(value, date) else value
