"""What is over is cleared away; what can still be fetched stays."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from planwizard.exports import reaping, run
from planwizard.exports.models import folder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(ask):
    job = ask("json")
    run.run(job.pk, job.municipality_id)
    job.refresh_from_db()
    return job


def grow_old(path, days=1):
    then = timezone.now().timestamp() - days * 86400
    os.utime(path, (then, then))


def test_a_file_stays_as_long_as_it_can_be_fetched(kept):
    grow_old(kept.path)
    reaping.sweep(at=timezone.now())
    assert kept.path.exists()


def test_a_file_goes_when_its_time_is_over_and_its_row_stays(kept):
    grow_old(kept.path)
    reaping.sweep(at=kept.expires_at + timedelta(seconds=1))
    assert not kept.path.exists()
    kept.refresh_from_db()
    assert kept.file_name


def test_what_a_killed_worker_left_behind_goes(kept):
    orphan, desk = folder_of(kept.municipality_id) / "orphan", run.desks() / "abandoned"
    orphan.write_bytes(b"%PDF")
    desk.mkdir(parents=True)
    (desk / "file.part").write_bytes(b"%PDF")
    for path in (orphan, desk):
        grow_old(path)
    reaping.sweep(at=timezone.now())
    assert not orphan.exists()
    assert not desk.exists()


def test_what_is_just_being_made_is_left_alone(kept):
    fresh, desk = folder_of(kept.municipality_id) / "fresh", run.desks() / "at-work"
    fresh.write_bytes(b"%PDF")
    desk.mkdir(parents=True, exist_ok=True)
    reaping.sweep(at=timezone.now())
    assert fresh.exists()
    assert desk.exists()


def test_old_page_numbers_go(kept):
    pages = run.pages_folder(kept.municipality_id)
    pages.mkdir(parents=True, exist_ok=True)
    for name, days in (("old", 8), ("new", 1)):
        (pages / f"{name}.json").write_text("{}")
        grow_old(pages / f"{name}.json", days)
    reaping.sweep(at=timezone.now())
    assert not (pages / "old.json").exists()
    assert (pages / "new.json").exists()
