"""Plans, their versions, and the parts that people write."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery

from planwizard.accounts.models import Department
from planwizard.accounts.tenancy import TenantManager, TenantModel
from planwizard.blueprint import edition
from planwizard.blueprint.edition import Edition
from planwizard.blueprint.kinds import Sheet

# How long a deleted part is offered to be taken back. Its row and its edits stay after that.
TAKEN_BACK_WITHIN = timedelta(days=90)


class Stage(models.TextChoices):
    OUTLINE = "outline", "骨子"
    DRAFT = "draft", "素案"
    FINAL_DRAFT = "final_draft", "成案"
    AMENDMENT = "amendment", "改定"


class Kind(models.TextChoices):
    BASICS = "basics", "基本情報"
    CHAPTER = "chapter", "章"
    AREA = "area", "区分"
    MEASURE = "measure", "施策"
    APPENDIX = "appendix", "資料編"


class State(models.TextChoices):
    TODO = "todo", "まだ"
    STARTED = "started", "書きかけ"
    DONE = "done", "できた"
    TO_FIX = "to_fix", "直しがある"


class EditKind(models.TextChoices):
    BEGUN = "begun", "作成"
    AUTO = "auto", "自動保存"
    MANUAL = "manual", "保存"
    HANDED_IN = "handed_in", "提出"
    IMPORTED = "imported", "取り込み"
    RESTORED = "restored", "前の内容に戻す"
    SET_ASIDE = "set_aside", "退避"
    DELETED = "deleted", "削除"


class Plan(TenantModel):
    """A town's plan through all its versions."""

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = "計画"

    def __str__(self) -> str:
        return str(self.pk)


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def with_last_save(self) -> PlanVersionQuerySet:
        """Adds ``last_saved_at``, and puts what was written last first. No counter on the version: saves of
        different parts must not queue on one row."""
        return self.annotate(last_saved_at=Max("parts__saved_at")).order_by(
            F("last_saved_at").desc(nulls_last=True), "-created_at"
        )


class PlanVersion(TenantModel):
    """One version (版) of a plan. ``title`` and the period are derived from its basics."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版の番号")
    version_label = models.CharField("版の名", max_length=40)
    stage = models.CharField("段階", max_length=20, choices=Stage.choices, default=Stage.DRAFT)
    blueprint_edition = models.CharField("雛型の版", max_length=40)
    is_frozen = models.BooleanField("確定", default=False)
    is_small_start = models.BooleanField(
        "まず小さく作る", default=False
    )  # how its forms ask; no part of its content
    structure_no = models.PositiveIntegerField(default=1)
    title = models.CharField("計画名", max_length=200, blank=True)
    period_start_fy = models.IntegerField(null=True)
    period_end_fy = models.IntegerField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = TenantManager.from_queryset(PlanVersionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "版"
        constraints = [
            models.UniqueConstraint("municipality", "plan", "number", name="version_number_in_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.shown_title}　{self.version_label}"

    @property
    def shown_title(self) -> str:
        return self.title or "（計画名は未入力）"

    @property
    def edition(self) -> Edition:
        return edition(self.blueprint_edition, self.municipality.kind)

    @property
    def years(self) -> tuple[int, ...]:
        """The fiscal years of the period, empty until both ends are known and in order (at most 30)."""
        start, end = self.period_start_fy, self.period_end_fy
        return tuple(range(start, min(end, start + 29) + 1)) if start and end else ()


class PartQuerySet(models.QuerySet["Part"]):
    def of(self, version: PlanVersion) -> PartQuerySet:
        return self.filter(version=version)

    def kept(self) -> PartQuerySet:
        return self.filter(deleted_at=None)

    def deleted(self, *, at: datetime) -> PartQuerySet:
        """Those that can still be taken back, the last one first."""
        return self.filter(deleted_at__gt=at - TAKEN_BACK_WITHIN).order_by("-deleted_at")

    def with_deleter(self) -> PartQuerySet:
        """Adds ``deleted_by_name``."""
        acts = Edit.objects.filter(part=OuterRef("pk"), kind=EditKind.DELETED).order_by("-edit_no")
        return self.annotate(deleted_by_name=Subquery(acts.values("author__name")[:1]))

    def measures(self) -> PartQuerySet:
        return self.filter(kind=Kind.MEASURE)

    def steps(self) -> PartQuerySet:
        """All but the measures, in the order of the walk."""
        return self.exclude(kind=Kind.MEASURE).order_by("position", "id")

    def of_pillar(self, pillar: str) -> PartQuerySet:
        return self.filter(pillar=pillar)

    def of_departments(self, departments: frozenset[uuid.UUID]) -> PartQuerySet:
        return self.filter(department__in=departments)

    def in_order(self) -> PartQuerySet:
        return self.order_by("position", "id")

    def for_list(self) -> PartQuerySet:
        """What a list shows of each part, without its text: one query."""
        return self.select_related("department", "saved_by").defer("values", "as_typed", "search_text")


class Part(TenantModel):
    """What one step or one sheet holds. Everything an officer types is in ``values`` (see blueprint/kinds.py)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=16)
    position = models.PositiveIntegerField(default=0)
    title = models.TextField("題", blank=True)  # a measure's is an answer: too long a one is told, never cut
    department = models.ForeignKey(
        Department, verbose_name="担当", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.TODO)
    values = models.JSONField(default=dict)
    as_typed = models.JSONField(default=dict)
    edit_no = models.PositiveIntegerField(default=0)
    is_frozen = models.BooleanField(default=False)
    handed_in_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    pillar = models.CharField("柱", max_length=20, blank=True)
    measure_no = models.CharField("施策番号", max_length=20, blank=True)
    kpi_count = models.PositiveIntegerField(default=0)
    search_text = models.TextField(blank=True)

    objects = TenantManager.from_queryset(PartQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "部分"
        constraints = [
            models.UniqueConstraint("municipality", "version", "key", name="part_key_in_version"),
            models.UniqueConstraint(
                "municipality",
                "version",
                "measure_no",
                condition=Q(kind=Kind.MEASURE, deleted_at=None),
                name="measure_no_in_version",
            ),
        ]
        indexes = [models.Index("version", "kind", "position", name="part_in_order")]

    def __str__(self) -> str:
        return f"{self.measure_no}　{self.title}" if self.measure_no else self.shown_title

    @property
    def shown_title(self) -> str:
        """The title as everybody reads it. A measure's is the officers' own; a step's may be the template's, with
        the town's name in its blank: fetch ``municipality`` with steps."""
        return self.title if self.kind == Kind.MEASURE else self.municipality.in_its_name(self.title)

    @property
    def sheet(self) -> Sheet:
        return self.version.edition.sheet_for(self.kind, self.key, self.pillar)

    @property
    def answers(self) -> dict:
        """``values`` with the columns that are also fields of the sheet: what forms, edits and documents read."""
        return self.columns | self.values

    @property
    def columns(self) -> dict:
        """The answers that live in columns. Fetch with ``select_related("department", "municipality")``."""
        if self.kind == Kind.BASICS:
            town = self.municipality
            return {
                "municipality_code": town.code,
                "municipality_name": town.name,
                "prefecture_name": town.prefecture_name,
            }
        if self.kind != Kind.MEASURE:
            return {}
        department = self.department.key if self.department else ""
        found = {
            "title": self.title,
            "pillar": self.pillar,
            "measure_no": self.measure_no,
            "department": department,
        }
        return {path: value for path, value in found.items() if value}


class EditQuerySet(models.QuerySet["Edit"]):
    def newest_first(self) -> EditQuerySet:
        return self.order_by("-edit_no", "-at")


class Edit(TenantModel):
    """One save, whole. The edits of a part are chained by their hashes."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="edits")
    edit_no = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EditKind.choices)
    values = models.JSONField()
    as_typed = models.JSONField(default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    save_id = models.UUIDField(default=uuid.uuid4)
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)

    objects = TenantManager.from_queryset(EditQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "保存"
        constraints = [
            models.UniqueConstraint("municipality", "author", "part", "save_id", name="one_edit_of_a_save"),
            models.UniqueConstraint(
                "municipality", "part", "edit_no", condition=~Q(kind="set_aside"), name="one_edit_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.edit_no}"


class Adoption(TenantModel):
    """A national measure taken over into a measure, with the catalogue's wording of that moment."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="adoptions")
    # Empty when a plan.json cites an entry that this catalogue does not hold: what was adopted stays readable.
    national_measure = models.ForeignKey(
        "catalog.NationalMeasure", on_delete=models.PROTECT, null=True, related_name="+"
    )
    edition_code = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    title_kind = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    ministry = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    wording = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        verbose_name = "採用"
        constraints = [
            models.UniqueConstraint(
                "municipality", "part", "edition_code", "code", name="adopted_once_in_a_measure"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"{self.edition_code}/{self.code}"

    @property
    def is_descriptive(self) -> bool:
        return self.title_kind == "descriptive"

    @property
    def is_of_unknown_status(self) -> bool:
        return self.status == "unknown"


class FieldNote(TenantModel):
    """What an office tells its writers about one field of the template, beside the help that all towns read."""

    class Source(models.TextChoices):
        PREFECTURE = "prefecture", "県"
        TOWN = "town", "わが町"

    field_key = models.CharField("項目", max_length=120)  # measure.kpis.name: sheet and declared path
    source = models.CharField("出どころ", max_length=20, choices=Source.choices)
    text = models.TextField("案内")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = "欄の案内"
        constraints = [
            models.UniqueConstraint(
                "municipality", "field_key", "source", name="one_note_of_a_source_on_a_field"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field_key} {self.source}"


class Asset(TenantModel):
    """A re-encoded picture of a town, kept under the hash of its bytes (see pictures.py)."""

    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = "画像"
        constraints = [models.UniqueConstraint("municipality", "sha256", name="one_asset_of_a_hash")]

    def __str__(self) -> str:
        return self.sha256


class NationalDecision(TenantModel):
    """What a town decided about one change of what its plan took from the State, in both wordings of that moment."""

    class Answer(models.TextChoices):
        TAKE = "take", "新しい文を取り入れる"
        REPLACE = "replace", "後継の施策に置き換える"
        KEEP = "keep", "わが町の文のままにする"
        DISMISS = "dismiss", "この変更は関係ない"

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="national_decisions")
    part_key = models.CharField(max_length=16)
    subject = models.CharField(max_length=200)  # what changed, the same in every version of the plan
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.TextField(blank=True)
    title = models.TextField()
    old_text = models.TextField()
    new_text = models.TextField()
    sha256 = models.CharField(max_length=64)  # of the change as it was seen
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        verbose_name = "国の施策の変更への判断"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                "municipality", "version", "part_key", "subject", "sha256", name="one_decision_of_a_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.get_answer_display()}"


class DictionaryWord(TenantModel):
    """An entry of a town's own dictionary (用字用語): how a word is not, and how it is written here."""

    wrong = models.CharField("避ける書き方", max_length=60)
    right = models.CharField("わが町の書き方", max_length=60)
    note = models.CharField("備考", max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = "用字用語"
        constraints = [models.UniqueConstraint("municipality", "wrong", name="one_way_to_write_a_word")]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"


class SilencedRule(TenantModel):
    """A rule on wording that a town does not follow."""

    rule = models.CharField("決まり", max_length=10)

    class Meta(TenantModel.Meta):
        verbose_name = "使わない書き方の決まり"
        constraints = [models.UniqueConstraint("municipality", "rule", name="rule_silenced_once")]

    def __str__(self) -> str:
        return self.rule
