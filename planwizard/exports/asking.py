"""Asking for files: what was made of the same plan before is handed out again at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from planwizard.accounts.member import Member
from planwizard.exports import leasing, tasks
from planwizard.exports.evidence import evidence_for
from planwizard.exports.house_styles import house_of
from planwizard.exports.models import KEPT, ExportJob, ExportJobQuerySet, Format, HouseStyle
from planwizard.exports.order import content_hash
from planwizard.manuscript.options import Options
from planwizard.plans.models import PlanVersion
from planwizard.plans.read import content_of

# PDF first: the Word file's contents take its page numbers.
_ORDER = (Format.PDF, Format.DOCX, Format.JSON)


def ask(
    version: PlanVersion,
    formats: Collection[str],
    options: Options,
    *,
    by: Member,
    at: datetime,
    house_style: HouseStyle | None = None,
) -> list[ExportJob]:
    """One job for each format: a finished one of the same plan, options and look, else one that now waits."""
    content = content_of(version)
    jobs = []
    for format_ in _ORDER:
        if format_ in formats:
            chosen = _fitting(options, format_)
            look = None if format_ == Format.JSON else house_style
            evidence = evidence_for(version, chosen, on=timezone.localdate(at))
            job = ExportJob(
                municipality_id=version.municipality_id,
                version=version,
                format=format_,
                options=chosen.to_json(),
                house_style=look,
                requested_by=by.user,
                requested_at=at,
                lease_until=at + leasing.PATIENCE,
                content_hash=content_hash(content, chosen, house_of(look), evidence),
            )
            jobs.append(_kept(job, at=at) or _asked_before(job) or _wait(job))
    return jobs


def _fitting(options: Options, format_: str) -> Options:
    """What of the wish bears on a format: plan.json holds everything anyway, only a PDF has files within."""
    if format_ == Format.JSON:
        return Options()
    return options if format_ == Format.PDF else replace(options, with_data=False)


def _kept(job: ExportJob, *, at: datetime) -> ExportJob | None:
    """A finished file of the very same document, kept for another seven days."""
    for found in _alike(job).kept(at):
        if found.path.exists():
            found.expires_at = at + KEPT
            found.save(update_fields=["expires_at"])
            return found
    return None


def _asked_before(job: ExportJob) -> ExportJob | None:
    """The same wish of the same person, still under way: a button pressed twice is one job."""
    return _alike(job).under_way().filter(requested_by=job.requested_by).first()


def _wait(job: ExportJob) -> ExportJob:
    job.save(force_insert=True)
    tasks.enqueue(job)
    return job


def _alike(job: ExportJob) -> ExportJobQuerySet:
    return ExportJob.objects.of(job.version).filter(format=job.format, content_hash=job.content_hash)
