"""Put a backup back: check it whole, keep what is there, exchange, bring the tables up to date, end all sessions."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from planwizard.web.backup import FILES, BadBackup, Manifest, scratch, unpack
from planwizard.web.dumps import ENGINES, DumpFailed


def restore(path: Path, *, at: datetime) -> Path:
    """Make the state in ``path`` the present one. Returns the folder that keeps the state until now.

    Raises BadBackup for a file that is damaged, newer than this product or of the other database engine, and
    while a server is running; then nothing has changed.
    """
    with _server_stopped(), scratch(settings.DATA_DIR) as desk:
        manifest = unpack(path, desk)
        _refuse_unusable(manifest)
        kept = settings.DATA_DIR / f"before-restore-{timezone.localtime(at):%Y%m%d-%H%M%S}"
        kept.mkdir(mode=0o700)
        _exchange(desk, kept)
    call_command("migrate", verbosity=0, interactive=False)
    Session.objects.all().delete()
    return kept


def _refuse_unusable(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BadBackup(f"この控えは {manifest.engine} のものです。{connection.vendor} には戻せません。")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if not known.issuperset(manifest.migrations):
        raise BadBackup(
            f"この控えは新しい版（{manifest.product_version}）のものです。planwizard を新しくしてから戻してください。"
        )


def _exchange(desk: Path, kept: Path) -> None:
    try:
        ENGINES[connection.vendor].put_back(desk, kept)
    except DumpFailed as error:
        raise BadBackup(f"データベースに戻せません（{error}）。いまのデータはそのままです。") from error
    if settings.MEDIA_ROOT.exists():
        os.rename(settings.MEDIA_ROOT, kept / FILES)
    (desk / FILES).mkdir(mode=0o700, exist_ok=True)
    os.rename(desk / FILES, settings.MEDIA_ROOT)


@contextmanager
def _server_stopped() -> Iterator[None]:
    """A server would go on writing into the database that is taken away under it."""
    with open(settings.RUNNING_LOCK, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadBackup(
                "planwizard が動いています。止めてから（make run は Ctrl-C）戻してください。"
            ) from None
        yield
