"""Dated master data: what a plan cites by code. Laws and documents are never text in code."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from planwizard.catalog.entries import Entry, EntryQuerySet, Status
from planwizard.common.fiscal_year import FiscalYear, day_label


class NationalDocumentQuerySet(EntryQuerySet):
    def basic_plans(self) -> Self:
        """The documents that are the national basic plan of 法8条, which a town's plan follows (法9条3項)."""
        return self.filter(kind=NationalDocument.Kind.BASIC_PLAN)

    def newest_first(self) -> Self:
        return self.order_by(F("decided_on").desc(nulls_last=True), "code")


class NationalDocument(Entry):
    """A plan, policy or guideline of the state in one dated edition. Plans cite it by code."""

    class Kind(models.TextChoices):
        BASIC_PLAN = "basic_plan", "国の基本計画（官民データ活用推進基本計画に当たるもの）"
        OTHER = "other", "ほかの計画・方針・手順書"

    FACTS = (
        "title",
        "kind",
        "decided_on",
        "decision",
        "issuer",
        "url",
        "status",
        "source",
        "verified",
        "notes",
        "is_on",
    )

    title = models.CharField("文書名", max_length=200)
    kind = models.CharField("種類", max_length=20, choices=Kind, default=Kind.OTHER)
    decided_on = models.DateField("決定日", null=True, blank=True)
    decision = models.CharField(
        "決定の種類",
        max_length=20,
        blank=True,
        help_text="例：閣議決定。出典で分かるときだけ入力します。空なら、国の基本計画には「決定」、ほかには日付だけを添えて印刷します。",
    )
    issuer = models.CharField("定めた機関", max_length=100, blank=True)
    url = models.URLField("URL", max_length=500, blank=True)
    status = models.CharField("状態", max_length=20, choices=Status, default=Status.UNKNOWN)

    objects = NationalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "国の文書"
        ordering = ["-decided_on", "code"]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def printed_name(self) -> str:
        """デジタル社会の実現に向けた重点計画（令和7年6月13日閣議決定）. An unknown kind of decision is not guessed."""
        if self.decided_on is None:
            return self.title
        unnamed = "決定" if self.kind == self.Kind.BASIC_PLAN else ""
        return f"{self.title}（{day_label(self.decided_on)}{self.decision or unnamed}）"


class LawQuerySet(EntryQuerySet):
    def used_for(self, use: str) -> Self:
        """The laws offered for one field of the template, see ``Law.Use``."""
        return self.filter(use=use)

    def in_order(self) -> Self:
        return self.order_by("position", "code")

    def code_of_pillar(self, pillar: str, article: str = "") -> str:
        """The one article that asks for the measures of a pillar, "" if there is none or a choice. One query.

        Among several it is ``article``, 「11条」, which a national measure names.
        """
        found = dict(self.used_for(Law.Use.PILLAR).filter(pillar=pillar).values_list("code", "article"))
        named = [code for code in found if article and found[code] == f"第{article}"]
        return next((codes[0] for codes in (list(found), named) if len(codes) == 1), "")


class Law(Entry):
    """An act, or one article of it, as in force from a day. Plans cite it by code."""

    class Use(models.TextChoices):
        BASIS = "basis", "計画の根拠"
        PILLAR = "pillar", "五つの柱"
        SECURITY = "security", "セキュリティと個人情報（遵守する法令）"
        OTHER = "other", "その他"

    FACTS = (
        "title", "number", "article", "label", "use", "pillar", "position",
        "effective_from", "in_force", "source", "verified", "notes", "is_on",
    )  # fmt: skip

    title = models.CharField("法令名", max_length=200)
    number = models.CharField("法令番号", max_length=60, blank=True, help_text="例：平成28年法律第103号")
    article = models.CharField("条項", max_length=60, blank=True, help_text="例：第9条第3項")
    label = models.CharField("見出し", max_length=100, blank=True, help_text="選ぶときに添える短い説明。")
    use = models.CharField("使う欄", max_length=20, choices=Use, default=Use.OTHER)
    pillar = models.CharField("柱", max_length=20, blank=True)
    position = models.PositiveIntegerField("並び", default=0)
    effective_from = models.DateField("施行日", null=True, blank=True, help_text="この内容が施行された日。")
    in_force = models.BooleanField("施行中", default=True)

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "法令"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def printed_name(self) -> str:
        """官民データ活用推進基本法（平成28年法律第103号）第9条第3項."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.title}{number}{self.article}"


class FundingSourceQuerySet(EntryQuerySet):
    def in_year(self, year: FiscalYear) -> Self:
        """Those whose name is in use in a fiscal year; an open end matches every year on its side."""
        begun = Q(start_fy=None) | Q(start_fy__lte=year.start)
        return self.filter(begun, Q(end_fy=None) | Q(end_fy__gte=year.start))


class FundingSource(Entry):
    """A grant by the name it has in certain fiscal years."""

    FACTS = ("name", "start_fy", "end_fy", "source", "verified", "notes", "is_on")

    name = models.CharField("財源の名", max_length=200)
    start_fy = models.PositiveSmallIntegerField(
        "始まりの年度", null=True, blank=True, help_text="西暦。例：2025"
    )
    end_fy = models.PositiveSmallIntegerField(
        "終わりの年度", null=True, blank=True, help_text="西暦。例：2025"
    )

    objects = FundingSourceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "財源"
        ordering = [F("start_fy").asc(nulls_first=True), "code"]

    def __str__(self) -> str:
        return self.name


class StandardIndicator(Entry):
    """An indicator that 1章 proposes to every town."""

    FACTS = ("name", "unit", "source", "verified", "notes", "is_on")

    name = models.CharField("指標", max_length=100)
    unit = models.CharField("単位", max_length=20, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "標準指標"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）" if self.unit else self.name


class Term(Entry):
    """A word of the glossary with a plain description: the initial values of 資料編の用語集."""

    FACTS = ("term", "reading", "description", "source", "verified", "notes", "is_on")

    term = models.CharField("用語", max_length=60)
    reading = models.CharField(
        "読み", max_length=100, help_text="並べ替えに使います。ひらがなで入力してください。"
    )
    description = models.TextField("説明")

    class Meta:
        verbose_name = verbose_name_plural = "用語"
        ordering = ["reading", "code"]

    def __str__(self) -> str:
        return self.term
