"""The worker over the real queue: it makes what is asked for, and stops at once when told."""

import multiprocessing
import os
import signal
import time

import pytest
from django.db import connection
from django.utils import timezone

from planwizard.exports import leasing, reaping, run, tasks
from planwizard.exports.models import ExportJob, State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def state_of(job):
    return ExportJob.objects.get(pk=job.pk).state


def test_a_worker_makes_what_is_asked_for_and_ends_after_its_share(ask):
    jobs = [ask("json"), ask("docx")]
    tasks.work(most=2, reap=lambda: None)
    assert [state_of(job) for job in jobs] == [State.DONE, State.DONE]


def test_a_worker_reaps_at_its_start(ask):
    lost = leasing.claim(ask("json").pk, at=timezone.now() - leasing.LEASE * 2)
    tasks.work(most=2, reap=lambda: reaping.reap_exports(at=timezone.now()))
    assert state_of(lost) == State.DONE


def test_a_worker_told_to_stop_ends_at_once_and_gives_its_job_back(ask):
    job = ask("pdf")
    connection.close()  # a forked process must open its own
    worker = multiprocessing.get_context("fork").Process(
        target=tasks.work, kwargs={"most": 5, "reap": lambda: None}
    )
    worker.start()
    until(lambda: state_of(job) == State.RUNNING)
    os.kill(worker.pid, signal.SIGTERM)
    worker.join(5)
    assert worker.exitcode == 0
    found = ExportJob.objects.get(pk=job.pk)
    assert (found.state, found.attempts) == (State.WAITING, 0)


def test_a_job_is_given_back_when_the_stop_comes_in_the_instant_after_the_claim(ask, monkeypatch):
    claim = leasing.claim

    def claim_and_stop(*args, **kwargs):
        claim(*args, **kwargs)
        raise SystemExit

    monkeypatch.setattr(leasing, "claim", claim_and_stop)
    job = ask("json")
    with pytest.raises(SystemExit):
        run.run(job.pk, job.municipality_id)
    found = ExportJob.objects.get(pk=job.pk)
    assert (found.state, found.attempts) == (State.WAITING, 0)
