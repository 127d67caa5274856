"""What was made before is handed out again; what is another document is made anew."""

from datetime import timedelta

import pytest
from django.utils import timezone

from planwizard.accounts.models import Role
from planwizard.exports import asking, leasing, run
from planwizard.exports.models import KEPT, ExportJob, State
from planwizard.manuscript.options import Options
from tests.factories import fill, make_user, member_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(ask):
    """A finished plan.json: the quickest file to make."""
    job = ask("json")
    run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    assert job.state == State.DONE
    return job


def test_a_job_waits_for_a_worker_and_is_handed_to_the_queue(ask, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as handed_on:
        job = ask("pdf")
    assert (job.state, len(handed_on)) == (State.WAITING, 1)


def test_the_same_plan_is_served_again_at_once(ask, kept):
    assert ask("json").pk == kept.pk


def test_a_colleague_gets_the_same_file(ask, kept):
    assert ask("json", by=make_user(Role.VIEWER)).pk == kept.pk


def test_a_file_served_again_is_kept_longer(ask, kept):
    later = timezone.now() + timedelta(days=3)
    assert ask("json", at=later).expires_at == later + KEPT


def test_a_later_save_is_another_file(ask, kept, version, officer):
    fill(version, "ch2", {"ch2_text": "書き直した。"}, by=member_for(officer))
    assert ask("json").pk != kept.pk


def test_a_file_that_is_over_is_made_anew(ask, kept):
    assert ask("json", at=kept.expires_at).state == State.WAITING


def test_a_file_that_is_lost_is_made_anew(ask, kept):
    kept.path.unlink()
    assert ask("json").state == State.WAITING


def test_another_option_is_another_file(ask):
    assert ask("pdf").pk != ask("pdf", budgets=True).pk


def test_plan_json_is_the_same_with_and_without_budgets(ask):
    assert ask("json").pk == ask("json", budgets=True).pk


def test_a_button_pressed_twice_is_one_job(ask):
    assert ask("pdf").pk == ask("pdf").pk


def test_whoever_asks_has_a_job_of_their_own_to_cancel(ask):
    mine, theirs = ask("pdf"), ask("pdf", by=make_user(Role.VIEWER))
    leasing.cancel(theirs, at=timezone.now())
    assert ExportJob.objects.get(pk=mine.pk).state == State.WAITING


def test_a_failed_job_is_tried_anew(ask):
    job = leasing.claim(ask("pdf").pk, at=timezone.now())
    leasing.fail(job, "だめでした", at=timezone.now())
    assert ask("pdf").pk != job.pk


def test_pdf_is_asked_for_before_word(version, officer):
    wanted = ["docx", "json", "pdf"]
    jobs = asking.ask(version, wanted, Options(), by=member_for(officer), at=timezone.now())
    assert [job.format for job in jobs] == ["pdf", "docx", "json"]


def test_the_plan_is_read_once_for_all_formats(version, officer, django_assert_max_num_queries):
    member = member_for(officer)
    with django_assert_max_num_queries(6 + 3 * 3):  # reading; looking twice and writing once for each format
        asking.ask(version, ["docx", "json", "pdf"], Options(), by=member, at=timezone.now())
