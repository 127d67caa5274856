"""What was asked to be written as a file, by whom, and whether it came out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse

from planwizard.accounts.models import User
from planwizard.accounts.tenancy import TenantManager, TenantModel
from planwizard.document.paper import FONTS, PaperSettings
from planwizard.exports.told import told
from planwizard.manuscript.options import Options
from planwizard.plans.models import PlanVersion

KEPT = timedelta(days=7)  # a file can be fetched for so long


class Format(models.TextChoices):
    DOCX = "docx", "Word"
    PDF = "pdf", "PDF"
    JSON = "json", "plan.json"


class State(models.TextChoices):
    WAITING = "waiting", "順番を待っています"
    RUNNING = "running", "作っています"
    DONE = "done", "できました"
    FAILED = "failed", "作れませんでした"
    CANCELLED = "cancelled", "やめました"


class Stage(models.TextChoices):
    """How far a running job is, in the order of the work."""

    COMPOSE = "compose", "まとめる"
    LAY_OUT = "lay_out", "組む"
    EXAMINE = "examine", "検査する"


UNDER_WAY = (State.WAITING, State.RUNNING)


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    def of(self, version: PlanVersion) -> ExportJobQuerySet:
        return self.filter(version=version)

    def under_way(self) -> ExportJobQuerySet:
        return self.filter(state__in=UNDER_WAY)

    def kept(self, at: datetime) -> ExportJobQuerySet:
        """Those whose file can be fetched."""
        return self.filter(state=State.DONE, expires_at__gt=at)

    def of_whole_plan(self) -> ExportJobQuerySet:
        """Word and PDF files of everything, also those under way."""
        made = self.filter(format__in=(Format.DOCX, Format.PDF), state__in=(*UNDER_WAY, State.DONE))
        return made.exclude(options__has_key="variant")

    def news_for(self, user: User, at: datetime) -> ExportJobQuerySet:
        """What has ended for the person who asked for it in the last seven days, and was not noticed yet."""
        ended = self.filter(state__in=(State.DONE, State.FAILED), finished_at__gt=at - KEPT)
        mine = ended.filter(requested_by=user, is_noticed=False)
        return mine.select_related("version").order_by("-finished_at")

    def with_people(self) -> ExportJobQuerySet:
        """For a list with names, newest first: one query."""
        return self.select_related("requested_by", "house_style").order_by("-requested_at", "format")


class ExportJob(TenantModel):
    """One file asked for. The row is the truth; the queue only delivers its id (see tasks.py, run.py)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="exports")
    format = models.CharField("形式", max_length=10, choices=Format.choices)
    options = models.JSONField(default=dict)  # Options.to_json
    house_style = models.ForeignKey(
        "exports.HouseStyle", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField("状態", max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField("段階", max_length=10, choices=Stage.choices, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)  # of the work, while running
    attempts = models.PositiveIntegerField(default=0)
    # Until then a worker is at it (running), or the queue is expected to bring it to one (waiting).
    lease_until = models.DateTimeField(null=True)
    lease_id = models.UUIDField(null=True)  # of the last attempt; a finished file is kept under it
    error = models.TextField(blank=True)
    warnings = models.JSONField(default=list)
    file_name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    is_noticed = models.BooleanField(default=False)  # who asked for it has read that it has ended

    objects = TenantManager.from_queryset(ExportJobQuerySet)()
    all_municipalities = models.Manager.from_queryset(ExportJobQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "書き出し"
        indexes = [
            models.Index(fields=["version", "-requested_at"], name="export_of_version"),
            models.Index(fields=["state", "lease_until"], name="export_under_way"),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("exports:job", args=[self.pk])

    @property
    def chosen(self) -> Options:
        return Options.from_json(self.options)

    @property
    def told(self) -> list[str]:
        """What was chosen, but for the whole plan: 概要版（A4）, 予算あり, 庁内標準（第2版）."""
        return [*told(self.chosen), *([str(self.house_style)] if self.house_style else [])]

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def stage_no(self) -> int:
        """Stages begun, of all there are."""
        return Stage.values.index(self.stage) + 1 if self.stage else 0

    @property
    def words(self) -> str:
        """順番を待っています, or 作っています（2／3　組む）."""
        if self.state == State.RUNNING and self.stage:
            return f"{self.get_state_display()}（{self.stage_no}／{len(Stage)}　{self.get_stage_display()}）"
        return str(self.get_state_display())

    @property
    def path(self) -> Path:
        """Where the file of the last attempt lies once it is done."""
        return folder_of(self.municipality_id) / str(self.lease_id)

    def is_kept(self, at: datetime) -> bool:
        return self.state == State.DONE and self.expires_at is not None and self.expires_at > at


class HouseStyleQuerySet(models.QuerySet["HouseStyle"]):
    def in_use(self) -> HouseStyleQuerySet:
        """Those that a file can be made in."""
        return self.filter(accepted_at__isnull=False, retired_at=None)

    def for_list(self) -> HouseStyleQuerySet:
        """All, the default first, then by name, newest version first: one query."""
        return self.select_related("created_by").order_by("-is_default", "name", "-version")


class HouseStyle(TenantModel):
    """How a town's files look: its own Word file, or only its paper. What is accepted never changes again."""

    name = models.CharField("書式の名前", max_length=40)
    version = models.PositiveIntegerField("版")
    original = models.CharField(max_length=64, blank=True)  # sha256 of the uploaded file; empty: paper only
    original_name = models.CharField(max_length=100, blank=True)
    adopted = models.CharField(max_length=64, blank=True)  # sha256 of the base made of it
    sample = models.CharField(max_length=64)  # sha256 of the specimen
    size = models.PositiveBigIntegerField(default=0)  # bytes of the three together
    mapping = models.JSONField(default=dict)  # Base.facts: roles, lists, margins
    chosen = models.JSONField(default=dict)  # roles mapped by hand: {role: style id}
    paper = models.JSONField(default=dict)  # PaperSettings.to_json
    report = models.JSONField(default=dict)  # uses, findings, choices
    is_default = models.BooleanField("標準", default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = TenantManager.from_queryset(HouseStyleQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "書式"
        constraints = [
            models.UniqueConstraint("municipality", "name", "version", name="house_style_version"),
            models.UniqueConstraint(
                fields=["municipality"], condition=models.Q(is_default=True), name="one_default_house_style"
            ),
            models.CheckConstraint(
                condition=models.Q(is_default=False)
                | models.Q(accepted_at__isnull=False, retired_at__isnull=True),
                name="default_house_style_is_in_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）"

    def get_absolute_url(self) -> str:
        return reverse("exports:house_style", args=[self.pk])

    @property
    def has_file(self) -> bool:
        return bool(self.original)

    @property
    def is_draft(self) -> bool:
        return self.accepted_at is None

    @property
    def is_in_use(self) -> bool:
        return not self.is_draft and self.retired_at is None

    @property
    def paper_settings(self) -> PaperSettings:
        return PaperSettings.from_json(self.paper)

    @property
    def fonts(self) -> str:
        """明朝 and ゴシック of the paper, as Windows calls them."""
        return "と".join(FONTS[self.paper_settings.font])

    def path_of(self, sha256: str) -> Path:
        """Where one of its files lies."""
        return house_styles_folder(self.municipality_id) / sha256


def house_styles_folder(municipality_id: object) -> Path:
    return Path(settings.MEDIA_ROOT) / str(municipality_id) / "house-styles"


def folder_of(municipality_id: object) -> Path:
    return Path(settings.MEDIA_ROOT) / str(municipality_id) / "exports"
