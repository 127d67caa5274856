"""National measures by edition of the catalogue, with the marks that say how far each fact can be trusted."""

from __future__ import annotations

import re
from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Concat

from planwizard.blueprint import CURRENT, edition
from planwizard.catalog.entries import Entry, EntryQuerySet, Loaded, LoadedQuerySet, Status, validate_code
from planwizard.catalog.records import NationalDocument
from planwizard.common.text import search_form

PILLARS = {pillar.key: pillar for pillar in edition(CURRENT).pillars}
_IN_BRACKETS = re.compile("（[^（）]*）|ほか")


class Edition(Loaded):
    """One list of national measures, such as 「2026-11-a」. Measures of an inactive edition are not offered."""

    FACTS = ("name", "is_active", "note")

    name = models.CharField("名前", max_length=100)
    is_active = models.BooleanField("使う", default=False)
    note = models.TextField("説明", blank=True)

    objects = LoadedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "カタログの版"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class NationalMeasureQuerySet(EntryQuerySet):
    def offered(self) -> Self:
        """On, verified, and of an active edition."""
        return super().offered().filter(edition__is_active=True)

    def going_on(self) -> Self:
        """Without those that ended or that a later edition replaced."""
        return self.exclude(status=Status.SUPERSEDED)

    def in_area(self, pillar: str) -> Self:
        """Measures of a pillar, also those that belong to it in the second place."""
        return self.filter(Q(area=pillar) | Q(area_sub__contains=pillar))

    def of_ministry(self, ministry: str) -> Self:
        return self.filter(ministry__contains=ministry)

    def matching(self, words: str) -> Self:
        """Measures in which every word occurs; 全角・半角, case and kana do not matter. No words: all."""
        found = self
        for word in search_form(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def by_references(self, references: list[str]) -> Self:
        """The measures that plans cite as ``edition/code``. Other strings are ignored."""
        # One list, not one OR for each: a database refuses a condition of a thousand alternatives.
        cited = Concat("edition__code", Value("/"), "code", output_field=models.CharField())
        return self.alias(cited_as=cited).filter(cited_as__in=set(references))

    def in_order(self) -> Self:
        """By pillar in the order of the act, then by code."""
        places = [When(area=area, then=Value(place)) for place, area in enumerate(PILLARS)]
        return self.order_by(Case(*places, default=Value(len(PILLARS))), "edition__code", "code")

    def ministries(self) -> list[str]:
        """Each ministry named by these measures, the most frequent first: choices of a search. One query."""
        counts: dict[str, int] = {}
        for names in self.order_by().values_list("ministry", flat=True):
            for name in re.split("[・、]", _IN_BRACKETS.sub("", names)):
                counts[name] = counts.get(name, 0) + 1
        return sorted(filter(None, counts), key=lambda name: (-counts[name], name))


class NationalMeasure(Entry):
    """A measure of the state that a town may adopt. Adopting copies the wording of that moment."""

    class TitleKind(models.TextChoices):
        OFFICIAL = "official", "原典の題のまま"
        DESCRIPTIVE = "descriptive", "説明題（原典の題を見られず、内容から付けた題）"

    class Basis(models.TextChoices):
        SOURCE = "source", "出典に見える"
        SOURCE_PARTIAL = "source_partial", "出典に一部だけ見える"
        INFERRED = "inferred", "推定（記録者の割り当て）"
        MEMORY = "memory", "記憶のみ"

    class TextSeen(models.TextChoices):
        EXCERPT = "excerpt", "本文の一部を読んだ"
        TITLE_ONLY = "title_only", "題だけ（要約は題からの説明）"
        NONE = "none", "読んでいない"

    FACTS = (
        "title", "title_kind", "section", "area", "area_sub", "measure_no", "ministry", "ministry_basis",
        "act_article", "act_article_basis", "summary", "typical_kpi", "suggested_kpi", "document",
        "source_edition", "source", "locator", "status", "replaced_by", "text_seen", "verified", "notes", "is_on",
    )  # fmt: skip

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="measures", verbose_name="カタログの版"
    )
    code = models.CharField("番号", max_length=40, validators=[validate_code])
    title = models.CharField("題", max_length=200)
    title_kind = models.CharField("題の種類", max_length=20, choices=TitleKind)
    section = models.CharField(
        "節名", max_length=90, blank=True, help_text="題だけでは分かりにくいとき、題に添える原典の節の名。"
    )
    area = models.CharField("柱", max_length=20)
    area_sub = models.CharField("副次の柱", max_length=80, blank=True)
    measure_no = models.CharField("原典の施策番号", max_length=60, blank=True)
    ministry = models.CharField("所管", max_length=100)
    ministry_basis = models.CharField("所管の根拠", max_length=20, choices=Basis)
    act_article = models.CharField(
        "官民データ活用推進基本法の条", max_length=20, blank=True, help_text="例：10条"
    )
    act_article_basis = models.CharField("条の根拠", max_length=20, choices=Basis, blank=True)
    summary = models.TextField("要約", help_text="書き起こしの要約。国の本文ではありません。")
    typical_kpi = models.TextField("国の指標", blank=True, help_text="出典が指標として挙げたものだけ。")
    suggested_kpi = models.TextField(
        "指標の例", blank=True, help_text="記録者が考えた例。国の指標ではありません。"
    )
    document = models.ForeignKey(
        NationalDocument,
        on_delete=models.PROTECT,
        related_name="measures",
        null=True,
        blank=True,
        verbose_name="出典の文書",
    )
    source_edition = models.CharField("出典の文書名", max_length=300)
    locator = models.CharField("文書の中の場所", max_length=200, blank=True)
    status = models.CharField("状態", max_length=20, choices=Status, default=Status.UNKNOWN)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="replaces",
        null=True,
        blank=True,
        verbose_name="後継",
    )
    text_seen = models.CharField("原典をどこまで読んだか", max_length=20, choices=TextSeen)
    search_text = models.TextField(editable=False)

    objects = NationalMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "国の施策"
        ordering = ["edition", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="measure_code_in_edition",
                violation_error_message="この版には同じ番号の施策があります。別の番号にしてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.display_title}"

    @property
    def reference(self) -> str:
        """``edition/code``; fetch with ``select_related("edition")``."""
        return f"{self.edition.code}/{self.code}"

    @property
    def areas(self) -> tuple[str, ...]:
        """The pillar of this measure first, then those of the second place."""
        return (self.area, *self.area_sub.split())

    @property
    def area_names(self) -> str:
        """手続オンライン化（副：デジタルデバイド是正）."""
        first, *rest = (PILLARS[key].short_name for key in self.areas)
        return f"{first}（副：{'、'.join(rest)}）" if rest else first

    @property
    def full_title(self) -> str:
        """The title with the section of the original that it needs to be understood."""
        return f"{self.title}〔{self.section}〕" if self.section else self.title

    @property
    def display_title(self) -> str:
        """The title as an officer sees it: marked if it is not the original's."""
        mark = "（説明題）" if self.title_kind == self.TitleKind.DESCRIPTIVE else ""
        return f"{self.full_title}{mark}"

    @property
    def is_ended(self) -> bool:
        return self.status == Status.SUPERSEDED

    @property
    def status_words(self) -> str:
        """今の扱いは未確認, or what it became. Fetch with ``select_related("replaced_by")``."""
        successor = f"（後継：{self.replaced_by.display_title}）" if self.replaced_by else ""
        return f"{Status(self.status).label}{successor}"

    @property
    def ministry_words(self) -> str:
        return _marked(self.ministry, self.ministry_basis)

    @property
    def act_article_words(self) -> str:
        """法10条（推定）, "" if no article is known."""
        return _marked(f"法{self.act_article}", self.act_article_basis) if self.act_article else ""

    @property
    def suggested_kpi_words(self) -> str:
        return f"例：{self.suggested_kpi}" if self.suggested_kpi else ""

    @property
    def summary_words(self) -> str:
        """The summary, marked when only the title of the original could be read."""
        is_from_title = self.text_seen == self.TextSeen.TITLE_ONLY
        return f"{self.summary}（題からの説明）" if is_from_title else self.summary

    @property
    def source_words(self) -> str:
        """The document in which the measure stands, and where it was read."""
        return f"{self.source_edition}／{self.source}"

    def leads_to(self, measures: set[int]) -> bool:
        """True if one of these ids is this measure or follows it, however far. One query a step."""
        seen: set[int] = set()
        measure: NationalMeasure | None = self
        while measure is not None and measure.pk not in seen:
            if measure.pk in measures:
                return True
            seen.add(measure.pk)
            measure = measure.replaced_by
        return False

    def supersede(self, successor: NationalMeasure | None) -> None:
        self.status, self.replaced_by = Status.SUPERSEDED, successor
        self.save(update_fields=["status", "replaced_by"])

    def derive(self) -> None:
        words = (
            self.code, self.title, self.section, self.measure_no, self.ministry, self.summary,
            self.typical_kpi, self.suggested_kpi, self.source_edition,
        )  # fmt: skip
        self.search_text = search_form("\n".join(filter(None, words)))


def _marked(text: str, basis: str) -> str:
    marks = {"inferred": "（推定）", "memory": "（推定）", "source_partial": "（一部推定）"}
    return text + marks.get(basis, "")
