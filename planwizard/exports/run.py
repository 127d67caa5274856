"""Make the file of one job: claim it, check the right anew, have a child make it, put it in its place."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from planwizard.accounts.member import member_of
from planwizard.accounts.tenancy import acting_for
from planwizard.exports import child, leasing, making, render
from planwizard.exports.evidence import evidence_for
from planwizard.exports.file_name import file_name
from planwizard.exports.house_styles import house_of
from planwizard.exports.models import ExportJob, folder_of
from planwizard.exports.order import Order, content_hash
from planwizard.plans import pictures
from planwizard.plans.access import may_read
from planwizard.plans.read import content_of

logger = logging.getLogger("planwizard.exports")

NO_RIGHT = "頼んだ人に、この計画を読む役割がなくなったため、作りませんでした。"


def run(job_id: UUID, municipality_id: UUID) -> None:
    """Do the job if it waits. Calling it again, or twice at once, does no harm."""
    lease_id = uuid4()
    with acting_for(municipality_id):
        try:
            job = leasing.claim(job_id, at=timezone.now(), lease_id=lease_id)
            if job is not None:
                _run(job)
        except BaseException:  # the worker is told to stop, maybe in the instant after the claim
            leasing.give_back(lease_id, at=timezone.now())
            raise


def _run(job: ExportJob) -> None:
    try:
        with _desk(job) as desk:
            _make(job, desk)
    except child.Unwanted:
        logger.info("export %s was cancelled", job.pk)
    except child.Failed as failure:
        logger.warning("export %s failed: %s", job.pk, "; ".join(failure.details) or type(failure).__name__)
        leasing.fail(job, str(failure), at=timezone.now())
    except Exception:
        logger.exception("export %s failed", job.pk)
        leasing.fail(job, making.BROKEN, at=timezone.now())


def _make(job: ExportJob, desk: Path) -> None:
    if not _still_may(job):
        raise child.Failed(NO_RIGHT)
    order = _order(job)
    result = child.make(order, desk, _Following(job))
    if result.pages is not None and order.pages is None:
        _keep_pages(job, desk, result.pages)
    if (desk / render.TREE).exists():
        _put_in_place(desk / render.TREE, tree_of(job))
    _put_in_place(desk / render.FILE, job.path)
    is_ours = leasing.finish(
        job,
        at=timezone.now(),
        size=result.size,
        sha256=result.sha256,
        file_name=file_name(job),
        warnings=result.warnings,
    )
    if not is_ours:
        job.path.unlink(missing_ok=True)
        raise child.Unwanted
    logger.info("export %s is done: %s, %s bytes", job.pk, job.format, result.size)


def _still_may(job: ExportJob) -> bool:
    """Whether who asked for it is still a reader of this very town."""
    person = job.requested_by
    member = member_of(person, str(job.municipality_id)) if person.is_active else None
    return member is not None and member.municipality == job.municipality and may_read(member)


def _order(job: ExportJob) -> Order:
    """The plan as it is now, which may be later than it was asked for."""
    content = content_of(job.version)
    house = house_of(job.house_style)
    evidence = evidence_for(job.version, job.chosen, on=timezone.localdate())
    job.content_hash = content_hash(content, job.chosen, house, evidence)
    job.save(update_fields=["content_hash"])
    return Order(
        format=job.format,
        content=content,
        pictures=str(pictures.folder_of(job.municipality_id)),
        options=job.chosen,
        pages=_kept_pages(job) if job.format == "docx" else None,
        house=house,
        export=job.content_hash,
        evidence=evidence,
    )


class _Following:
    """Tells the row how far the child is, and the child whether the job is still wanted."""

    def __init__(self, job: ExportJob) -> None:
        self.job = job
        self.told = ("", 0)
        self.renewed_at = timezone.now()

    def __call__(self, stage: str, percent: int) -> bool:
        now = timezone.now()
        if not self._is_news(stage, percent) and now - self.renewed_at < leasing.RENEW_EVERY:
            return leasing.is_own(self.job)
        self.told, self.renewed_at = (stage, percent), now
        return leasing.renew(self.job, stage=stage, percent=percent, at=now)

    def _is_news(self, stage: str, percent: int) -> bool:
        """A page more is none: a plan of 350 pages would write 350 times."""
        before, so_far = self.told
        return stage != before or percent >= so_far + 5


# --- files ---------------------------------------------------------------------------------------------------


def desks() -> Path:
    """Where children work: outside the kept files, on the same disk, so that a rename brings them over."""
    return Path(settings.DATA_DIR) / "desks"


@contextmanager
def _desk(job: ExportJob) -> Iterator[Path]:
    desk = desks() / str(job.lease_id)
    desk.mkdir(mode=0o700, parents=True)
    try:
        yield desk
    finally:
        shutil.rmtree(desk, ignore_errors=True)


def _put_in_place(made: Path, place: Path) -> None:
    """The child has written it to the disk; so is its name before the row says that it is there."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made.replace(place)
    _sync(place.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def tree_of(job: ExportJob) -> Path:
    """What the Word file was written from, under the name that the file carries."""
    return folder_of(job.municipality_id).with_name("trees") / f"{job.content_hash}.json.gz"


def pages_folder(municipality_id: object) -> Path:
    return folder_of(municipality_id).with_name("pages")


def _pages_of(job: ExportJob) -> Path:
    return pages_folder(job.municipality_id) / f"{job.content_hash}.json"


def _kept_pages(job: ExportJob) -> Mapping[str, str] | None:
    """The page numbers that an export of the very same document found, so that it is laid out once."""
    try:
        return json.loads(_pages_of(job).read_text())
    except (FileNotFoundError, ValueError):
        return None


def _keep_pages(job: ExportJob, desk: Path, pages: Mapping[str, str]) -> None:
    draft = desk / "pages.json"
    draft.write_text(json.dumps(pages))
    place = _pages_of(job)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.replace(place)
