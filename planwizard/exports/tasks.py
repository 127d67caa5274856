"""The queue's door: the only module that knows which engine delivers jobs.

A task carries ids and nothing else, and may be delivered twice. What becomes of a job stands in its row.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from uuid import UUID

from django.core.management import call_command
from django.db import close_old_connections, transaction
from django.utils.crypto import get_random_string
from django_tasks_db.compat import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from planwizard.exports import run
from planwizard.exports.models import ExportJob

try:  # Django 6 has it itself
    from django.tasks import task
except ImportError:
    from django_tasks import task

POLL_SECONDS = 1.0
REAP_SECONDS = 60.0


@task()
def make_file(job_id: str, municipality_id: str) -> None:
    run.run(UUID(job_id), UUID(municipality_id))


def enqueue(job: ExportJob) -> None:
    """Hand a job to the queue as soon as its row is committed."""
    transaction.on_commit(partial(make_file.enqueue, str(job.pk), str(job.municipality_id)))


def work(*, most: int, reap: Callable[[], None]) -> None:
    """Make what the queue brings, up to ``most`` files; ``reap`` is called at the start and every minute.

    Looks once a second with a plain SELECT: the engine's own look locks SQLite, so it comes only when there is
    something. SIGTERM and SIGINT stop at once, in the middle of a file too: its job then waits for another.
    """
    worker = _worker(most)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_stop, worker))
    call_command("prune_db_task_results", verbosity=0)
    next_reaping = 0.0
    while worker.running and worker._run_tasks < most:
        close_old_connections()
        if time.monotonic() >= next_reaping:
            reap()
            next_reaping = time.monotonic() + REAP_SECONDS
        if _has_work():
            worker.run()
        if worker.running:
            time.sleep(POLL_SECONDS)


def _worker(most: int) -> Worker:
    return Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        excluded_queue_names=[],
        interval=POLL_SECONDS,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=most,
        worker_id=get_random_string(32),
    )


def _stop(worker: Worker, number: int, frame: FrameType | None) -> None:
    worker.running = False
    sys.exit(0)


def _has_work() -> bool:
    return DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS).exists()
