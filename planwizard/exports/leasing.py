"""Who is at a job: each change is one UPDATE that holds only while the lease is one's own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from planwizard.exports.models import KEPT, UNDER_WAY, ExportJob, Stage, State

MOST_ATTEMPTS = 3
LEASE = timedelta(seconds=60)
RENEW_EVERY = timedelta(seconds=20)
PATIENCE = timedelta(minutes=10)  # with the queue, before a waiting job is handed to it again
GAVE_UP = "3回試みましたが、途中で止まりました。計画を小さくするか、システムの管理者に伝えてください。"


def claim(job_id: uuid.UUID, *, at: datetime, lease_id: uuid.UUID | None = None) -> ExportJob | None:
    """Take a waiting job; None if another worker has it, or nobody wants it any more.

    Who chooses the ``lease_id`` can give the job back even when stopped before this returns.
    """
    waiting = ExportJob.objects.filter(pk=job_id, state=State.WAITING, attempts__lt=MOST_ATTEMPTS)
    taken = waiting.update(
        state=State.RUNNING,
        stage="",
        percent=0,
        attempts=F("attempts") + 1,
        lease_id=lease_id or uuid.uuid4(),
        lease_until=at + LEASE,
        error="",
    )
    if not taken:
        return None
    return ExportJob.objects.select_related("version", "requested_by", "municipality").get(pk=job_id)


def renew(job: ExportJob, *, stage: str, percent: int, at: datetime) -> bool:
    """Say that the work goes on, and where it is. False if the job was cancelled or given to another."""
    known = stage if stage in Stage.values else ""
    return bool(_own(job).update(stage=known, percent=percent, lease_until=at + LEASE))


def is_own(job: ExportJob) -> bool:
    return _own(job).exists()


def finish(
    job: ExportJob, *, at: datetime, size: int, sha256: str, file_name: str, warnings: Iterable[str]
) -> bool:
    """Make the file visible. False if the lease was lost meanwhile: then the file is nobody's."""
    done = _own(job).update(
        state=State.DONE,
        stage="",
        size=size,
        sha256=sha256,
        file_name=file_name,
        warnings=list(warnings),
        finished_at=at,
        expires_at=at + KEPT,
        lease_until=None,
    )
    return bool(done)


def fail(job: ExportJob, message: str, *, at: datetime) -> bool:
    """End the job with a sentence for the officer."""
    return bool(_own(job).update(state=State.FAILED, error=message, finished_at=at, lease_until=None))


def give_back(lease_id: uuid.UUID, *, at: datetime) -> bool:
    """The worker stops in the middle through no fault of the job: it waits again, and has lost no attempt."""
    leased = ExportJob.objects.filter(state=State.RUNNING, lease_id=lease_id)
    changes = {"state": State.WAITING, "stage": "", "attempts": F("attempts") - 1, "lease_until": at}
    return bool(leased.update(**changes))


def cancel(job: ExportJob, *, at: datetime) -> bool:
    """False if it had ended before. A worker that is at it notices within a second."""
    rows = ExportJob.objects.filter(pk=job.pk, state__in=UNDER_WAY)
    return bool(rows.update(state=State.CANCELLED, stage="", finished_at=at, lease_until=None))


def revive(job: ExportJob, *, at: datetime) -> bool:
    """A job whose lease has run out waits again, or is given up after three attempts. True if it waits."""
    expired = ExportJob.objects.filter(
        pk=job.pk, state=job.state, lease_id=job.lease_id, lease_until=job.lease_until
    )
    if job.state == State.RUNNING and job.attempts >= MOST_ATTEMPTS:
        expired.update(state=State.FAILED, error=GAVE_UP, finished_at=at, lease_until=None)
        return False
    return bool(expired.update(state=State.WAITING, stage="", lease_until=at + PATIENCE))


def _own(job: ExportJob) -> QuerySet[ExportJob]:
    return ExportJob.objects.filter(pk=job.pk, state=State.RUNNING, lease_id=job.lease_id)
