"""A job from the wish to the file, with a real child process."""

import gzip
import io
import multiprocessing
import re
import time
import zipfile

import docx
import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from planwizard.accounts.models import Membership, Role
from planwizard.document import stored
from planwizard.exports import child, leasing, run
from planwizard.exports.models import ExportJob, State, folder_of
from planwizard.manuscript.compose import compose
from planwizard.plans import pictures
from planwizard.plans.read import content_of
from tests.factories import fill, make_membership, make_municipality, member_for

pytestmark = pytest.mark.django_db


def done(job):
    run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    return job


def job_file(format_):
    return ExportJob.objects.get(format=format_).path


def words_of_docx(data):
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


def words_of_pdf(data):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def test_word_and_pdf_hold_what_was_typed(ask):
    jobs = [done(ask("pdf")), done(ask("docx"))]
    for job, words_of in zip(jobs, (words_of_pdf, words_of_docx), strict=True):
        words = words_of(job.path.read_bytes())
        for typed in ("市民の暮らしを、データで支える。", "子育て手続のオンライン申請割合", "45.5"):
            assert typed in words
        assert (job.size, job.warnings, job.stage) == (job.path.stat().st_size, [], "")
        assert job.expires_at - job.finished_at == timezone.timedelta(days=7)


def test_the_contents_of_the_word_file_have_the_pages_of_the_pdf(ask):
    """The bookmark of 第２章 計画の目的 in the PDF leads to the page that Word's contents name."""
    pdf, word = done(ask("pdf")), done(ask("docx"))
    reader = PdfReader(io.BytesIO(pdf.path.read_bytes()))
    marks = [mark for mark in reader.outline if not isinstance(mark, list)]
    purpose = next(mark for mark in marks if "計画の目的" in mark.title)
    first, page = (reader.get_destination_page_number(mark) for mark in (marks[1], purpose))
    contents = words_of_docx(word.path.read_bytes())
    assert re.search("計画の目的([0-9]+)", contents)[1] == str(page - first + 1)


def test_a_plan_is_laid_out_once_for_both(ask, monkeypatch):
    orders = []
    make = child.make
    monkeypatch.setattr(child, "make", lambda order, *rest: orders.append(order) or make(order, *rest))
    done(ask("pdf"))
    done(ask("docx"))
    assert orders[0].pages is None
    assert orders[1].pages["ch2"]


def test_plan_json_is_made_as_well_and_holds_the_plan(ask):
    assert "市民の暮らしを" in done(ask("json")).path.read_text()


def test_what_a_word_file_was_written_from_is_kept_under_the_name_it_carries(ask, version):
    job = done(ask("docx"))
    with zipfile.ZipFile(job.path) as file:
        assert job.content_hash in file.read("docProps/custom.xml").decode()
    kept = gzip.decompress(run.tree_of(job).read_bytes()).decode()
    assert stored.loads(kept) == compose(content_of(version))


def test_budgets_are_printed_only_when_chosen(ask, version, officer):
    part = version.parts.get(kind="measure")
    row = "r00000bud1"
    budget = {"budget": [row], f"budget.{row}.amount": "12345", f"budget.{row}.fy": 2027}
    fill(version, part.key, budget, by=member_for(officer))
    plain, full = done(ask("docx")), done(ask("docx", budgets=True))
    assert "12,345" not in words_of_docx(plain.path.read_bytes())
    assert "12,345" in words_of_docx(full.path.read_bytes())


def test_an_uploaded_picture_is_in_the_file(ask, version, officer):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "PNG")
    asset = pictures.store(drawn.getvalue(), by=member_for(officer), at=timezone.now())
    photo = {"foreword": "はじめに。", "foreword_photo.asset": asset.sha256, "foreword_photo.alt": "庁舎"}
    fill(version, "basics", photo, by=member_for(officer))
    for format_ in ("docx", "json"):
        assert done(ask(format_)).warnings == []
    with zipfile.ZipFile(job_file("docx")) as word:
        kept = pictures.read(version.municipality_id, asset.sha256)
        assert kept in [word.read(name) for name in word.namelist() if name.startswith("word/media/")]
    assert asset.sha256 in job_file("json").read_text()


def test_doing_a_finished_job_again_changes_nothing(ask):
    job = done(ask("json"))
    before = ExportJob.objects.filter(pk=job.pk).values().get()
    run.run(job.pk, job.municipality_id)
    assert ExportJob.objects.filter(pk=job.pk).values().get() == before


@pytest.mark.parametrize("loss", ["role", "account", "town"])
def test_who_lost_the_right_meanwhile_gets_no_file(ask, officer, loss):
    job = ask("json")
    if loss == "account":
        officer.is_active = False
        officer.save(update_fields=["is_active"])
    else:
        Membership.objects.filter(user=officer).delete()
    if loss == "town":
        make_membership(officer, Role.SECRETARIAT, municipality=make_municipality("993018"))
    run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, run.NO_RIGHT)
    assert not folder_of(job.municipality_id).exists() or not job.path.exists()


def test_a_failure_of_ours_is_said_in_japanese_and_leaves_nothing(ask, monkeypatch, caplog):
    def broken(*args):
        raise ValueError("市民の暮らし")

    monkeypatch.setattr(child, "make", broken)
    job = ask("pdf")
    run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "もう一度作ってください" in job.error
    assert not (run.desks() / str(job.lease_id)).exists()


def test_a_worker_told_to_stop_gives_the_job_back(ask, monkeypatch):
    def stopped(*args):
        raise SystemExit

    monkeypatch.setattr(child, "make", stopped)
    job = ask("pdf")
    with pytest.raises(SystemExit):
        run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.WAITING, 0)
    assert job.lease_until <= timezone.now()


def test_a_cancelled_job_offers_no_file(ask, monkeypatch):
    job = ask("json")
    make = child.make

    def cancelled_at_the_end(*args):
        result = make(*args)
        leasing.cancel(job, at=timezone.now())
        return result

    monkeypatch.setattr(child, "make", cancelled_at_the_end)
    run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert not job.path.exists()


# --- killed in the middle ------------------------------------------------------------------------------------


def killed_when(is_time, job):
    """A worker process that does the job and is killed without warning."""
    connection.close()  # a forked process must open its own
    worker = multiprocessing.get_context("fork").Process(target=run.run, args=(job.pk, job.municipality_id))
    worker.start()
    while worker.is_alive() and not is_time():
        time.sleep(0.02)
    worker.kill()
    worker.join()
    job.refresh_from_db()


def is_whole(path):
    return zipfile.ZipFile(path).testzip() is None


def survives(job):
    """Whatever the row offers is whole; if it offers nothing, another worker makes it."""
    if job.state == State.DONE:
        assert is_whole(job.path)
        return
    assert not (job.lease_id and job.path.exists()) or is_whole(job.path)
    if job.state == State.RUNNING:
        assert leasing.revive(job, at=timezone.now() + leasing.LEASE)
    assert is_whole(done(job).path)


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_a_killed_worker_leaves_no_partial_file_and_no_stuck_job(ask):
    job = ask("docx")
    killed_when(lambda: ExportJob.objects.filter(pk=job.pk, stage="lay_out").exists(), job)
    assert (job.state, job.path.exists()) == (State.RUNNING, False)
    survives(job)


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
@pytest.mark.long
@pytest.mark.parametrize("quarter_seconds", range(20))
def test_a_worker_killed_at_any_moment_leaves_nothing_behind(quarter_seconds, ask):
    job, deadline = ask("docx"), time.monotonic() + quarter_seconds / 4
    killed_when(lambda: time.monotonic() > deadline, job)
    survives(job)
