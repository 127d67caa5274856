"""What a worker does at its start and every minute: revive jobs whose worker is gone, clear away what is over.

The one place of this package that looks at all towns: a queue is one for all.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from planwizard.accounts.tenancy import acting_for
from planwizard.exports import leasing, run, tasks
from planwizard.exports.models import KEPT, ExportJob

# Longer than any child may take, so that nothing is taken from under one.
ABANDONED = timedelta(minutes=15)
TREES_KEPT = timedelta(days=400)  # a Word file may go round the departments, and come back edited, for a year


def reap_exports(*, at: datetime) -> int:
    """Hand the jobs whose lease has run out to the queue again. Returns how many."""
    expired = ExportJob.all_municipalities.under_way().filter(lease_until__lt=at)
    revived = 0
    for job in expired:
        with acting_for(job.municipality_id):
            if leasing.revive(job, at=at):
                tasks.enqueue(job)
                revived += 1
    return revived


def sweep(*, at: datetime) -> None:
    """Remove files that nobody can fetch any more, and what killed processes left behind. Rows stay."""
    kept = {
        str(lease_id) for lease_id in ExportJob.all_municipalities.kept(at).values_list("lease_id", flat=True)
    }
    files = Path(settings.MEDIA_ROOT)
    for file in files.glob("*/exports/*"):
        if file.name not in kept and _age(file, at) > ABANDONED:
            file.unlink(missing_ok=True)
    _clear(files.glob("*/pages/*.json"), KEPT, at)
    _clear(files.glob("*/trees/*.json.gz"), TREES_KEPT, at)
    for desk in run.desks().glob("*"):
        if _age(desk, at) > ABANDONED:
            shutil.rmtree(desk, ignore_errors=True)


def _clear(files: Iterable[Path], kept: timedelta, at: datetime) -> None:
    for file in files:
        if _age(file, at) > kept:
            file.unlink(missing_ok=True)


def _age(path: Path, at: datetime) -> timedelta:
    try:
        return timedelta(seconds=at.timestamp() - path.stat().st_mtime)
    except FileNotFoundError:  # another worker sweeps too
        return timedelta()
