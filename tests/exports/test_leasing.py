"""Who is at a job. Times come in, so nothing waits."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.exports import asking, leasing, reaping
from planwizard.exports.models import ExportJob, State
from planwizard.manuscript.options import Options
from tests.factories import make_municipality, make_user, make_version, member_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOW = timezone.now()
LATER = NOW + leasing.LEASE + timedelta(seconds=1)


def finish(job, at=NOW):
    return leasing.finish(job, at=at, size=1, sha256="0" * 64, file_name="計画.pdf", warnings=[])


def state_of(job):
    return ExportJob.objects.get(pk=job.pk).state


def test_a_job_is_claimed_once(ask):
    job = ask()
    assert leasing.claim(job.pk, at=NOW).state == State.RUNNING
    assert leasing.claim(job.pk, at=NOW) is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_claim_one_job_once(ask):
    job, gate, claimed = ask(), Barrier(8), []

    def worker():
        with acting_for(job.municipality_id):
            gate.wait()
            claimed.append(leasing.claim(job.pk, at=NOW))
        connection.close()

    threads = [Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == 8
    assert len([found for found in claimed if found]) == 1


def test_renewing_keeps_the_job_and_says_the_stage(ask):
    job = leasing.claim(ask().pk, at=NOW)
    assert leasing.renew(job, stage="lay_out", percent=40, at=LATER)
    found = ExportJob.objects.get(pk=job.pk)
    assert (found.lease_until, found.words) == (LATER + leasing.LEASE, "作っています（2／3　組む）")


def test_a_cancelled_job_is_nobodys(ask):
    job = leasing.claim(ask().pk, at=NOW)
    assert leasing.cancel(job, at=NOW)
    assert not leasing.is_own(job)
    assert not leasing.renew(job, stage="lay_out", percent=40, at=NOW)
    assert not finish(job)
    assert not leasing.fail(job, "だめでした", at=NOW)
    assert state_of(job) == State.CANCELLED


def test_a_finished_job_cannot_be_cancelled(ask):
    job = leasing.claim(ask().pk, at=NOW)
    assert finish(job)
    assert not leasing.cancel(job, at=NOW)
    assert state_of(job) == State.DONE


def test_a_job_whose_worker_is_gone_goes_to_another(ask, django_capture_on_commit_callbacks):
    slow = leasing.claim(ask().pk, at=NOW)
    with django_capture_on_commit_callbacks() as handed_on:
        assert reaping.reap_exports(at=LATER) == 1
    assert len(handed_on) == 1
    quick = leasing.claim(slow.pk, at=LATER)
    assert not finish(slow, LATER)
    assert finish(quick, LATER)
    assert ExportJob.objects.get(pk=slow.pk).lease_id == quick.lease_id


def test_a_job_that_is_being_made_is_left_alone(ask):
    job = leasing.claim(ask().pk, at=NOW)
    assert reaping.reap_exports(at=NOW + leasing.LEASE / 2) == 0
    assert state_of(job) == State.RUNNING


def test_a_job_that_the_queue_lost_is_handed_to_it_again(ask):
    job = ask(at=NOW)
    assert reaping.reap_exports(at=NOW + leasing.PATIENCE / 2) == 0
    assert reaping.reap_exports(at=NOW + leasing.PATIENCE * 2) == 1
    assert state_of(job) == State.WAITING


def test_after_three_attempts_a_job_is_given_up(ask):
    job, at = ask(), NOW
    for _ in range(3):
        assert leasing.claim(job.pk, at=at)
        at += leasing.LEASE * 2
        reaping.reap_exports(at=at)
    found = ExportJob.objects.get(pk=job.pk)
    assert (found.state, found.error) == (State.FAILED, leasing.GAVE_UP)
    assert leasing.claim(job.pk, at=at) is None


def test_a_job_given_back_has_lost_no_attempt(ask):
    job = leasing.claim(ask().pk, at=NOW)
    assert leasing.give_back(job.lease_id, at=NOW)
    found = ExportJob.objects.get(pk=job.pk)
    assert (found.state, found.attempts) == (State.WAITING, 0)


def test_another_town_cannot_claim_the_job(ask):
    job = ask()
    with acting_for(make_municipality("993018")):
        assert leasing.claim(job.pk, at=NOW) is None
    assert state_of(job) == State.WAITING


def test_reaping_looks_after_every_town(ask):
    leasing.claim(ask().pk, at=NOW)
    there = make_municipality("993018")
    person = make_user(Role.SECRETARIAT, municipality=there)
    with acting_for(there):
        version = make_version(by=person)
        job = asking.ask(version, ["pdf"], Options(), by=member_for(person), at=NOW)[0]
        leasing.claim(job.pk, at=NOW)
    assert reaping.reap_exports(at=LATER) == 2
