"""One file that holds everything: database, files, and what is needed to trust both.

A backup is a plain tar with one line after its end::

    database.sqlite3     a copy by SQLite's backup interface, or  database.dump  by pg_dump
    files/…              the files folder
    manifest.json        version, migrations, rows of each table, sha256 of each member
    sha256:<64 digits>   of all bytes before it, so that not one byte can change unseen

It is written under a temporary name, opened again, held against its own manifest, and only then renamed.
Nobody at work is disturbed, and all rows are those of one moment. No secret is in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from planwizard import __version__
from planwizard.web.dumps import ENGINES, DumpFailed

FORMAT_VERSION = 1
SUFFIX = ".planwizard-backup"
MANIFEST = "manifest.json"
FILES = "files"
SEAL = b"sha256:"
SEAL_BYTES = len(SEAL) + 64
BLOCK = 1024 * 1024
ANOTHER = "別の控えを使ってください。"


class BadBackup(Exception):
    """The backup cannot be made, trusted or used; the message, in Japanese, says why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    format_version: int
    product_version: str
    made_at: str  # ISO
    engine: str  # "sqlite" or "postgresql"
    migrations: list[str]  # "accounts.0001_initial"
    rows: dict[str, int]  # by table
    members: dict[str, str]  # name in the tar → sha256


def make(folder: Path, *, at: datetime) -> Path:
    """Write, verify and name a backup of the present state in ``folder``.

    Raises BadBackup; then nothing is left in the folder.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"planwizard-{timezone.localtime(at):%Y%m%d-%H%M%S}{SUFFIX}"
    with scratch(folder) as desk:
        draft = desk / "draft"
        _write(draft, desk, at)
        verify(draft)
        os.replace(draft, target)
    _sync(folder)
    return target


def verify(path: Path) -> Manifest:
    """Open a backup anew and hold it against its manifest: seal, every member, rows of every table."""
    with scratch(settings.DATA_DIR) as desk:
        return unpack(path, desk)


def unpack(path: Path, folder: Path) -> Manifest:
    """Put the members of a backup into an empty folder and check them all. Raises BadBackup."""
    _check_seal(path)
    try:
        with tarfile.open(path, "r:") as tar:
            manifest = _read_manifest(tar)
            for name, sha256 in manifest.members.items():
                _unpack_member(tar, name, sha256, folder)
        counted = ENGINES[manifest.engine].rows_in(folder)
    except (tarfile.TarError, DumpFailed, OSError, ValueError, KeyError, TypeError) as error:
        raise BadBackup(f"控えを読めません（{error}）。{ANOTHER}") from error
    if counted != manifest.rows:
        raise BadBackup(f"控えの中のデータの件数が、記録と合いません。{ANOTHER}")
    return manifest


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A private folder on the same disk, gone afterwards; what is moved out of it arrives by a rename."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as name:
        yield Path(name)


def _write(draft: Path, desk: Path, at: datetime) -> None:
    engine = ENGINES[connection.vendor]
    try:
        rows = engine.dump(desk)
    except (DumpFailed, OSError) as error:
        raise BadBackup(f"データベースを控えられません（{error}）。") from error
    with open(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as file:
        with tarfile.open(fileobj=file, mode="w:", format=tarfile.PAX_FORMAT) as tar:
            members = {engine.name: _add(tar, engine.name, desk / engine.name), **_add_files(tar)}
            applied = sorted(
                f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
            )
            manifest = Manifest(
                format_version=FORMAT_VERSION,
                product_version=__version__,
                made_at=at.isoformat(),
                engine=connection.vendor,
                migrations=applied,
                rows=rows,
                members=members,
            )
            _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
        file.seek(0)
        digest = _digest(file)
        file.write(SEAL + digest.encode())
        file.flush()
        os.fsync(file.fileno())


def _add_files(tar: tarfile.TarFile) -> dict[str, str]:
    added = {}
    for path in sorted(settings.MEDIA_ROOT.rglob("*")):
        name = f"{FILES}/{path.relative_to(settings.MEDIA_ROOT).as_posix()}"
        try:
            if path.is_file():
                added[name] = _add(tar, name, path)
        except FileNotFoundError:
            continue  # an export that expired while we were on our way to it
    return added


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """The sha256 of exactly the bytes that went in."""
    with path.open("rb") as file:
        info = tar.gettarinfo(arcname=name, fileobj=file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        reader = _Hashing(file)
        tar.addfile(info, reader)
    return reader.sha256.hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, io.BytesIO(data))


class _Hashing(io.RawIOBase):
    """A file that remembers the hash of what was read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.sha256.update(data)
        return data


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    data = json.load(_open_member(tar, MANIFEST))
    if data["format_version"] > FORMAT_VERSION:
        raise BadBackup(
            "この控えは新しい版の planwizard のものです。planwizard を新しくしてから戻してください。"
        )
    return Manifest(**data)


def _unpack_member(tar: tarfile.TarFile, name: str, sha256: str, folder: Path) -> None:
    if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
        raise BadBackup(f"控えの中に、外を指す名前があります。{ANOTHER}")
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as file:
        shutil.copyfileobj(_open_member(tar, name), file, BLOCK)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        if _digest(file) != sha256:
            raise BadBackup(f"控えの中の {name} が壊れています。{ANOTHER}")


def _open_member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    file = tar.extractfile(name)
    if file is None:
        raise BadBackup(f"控えの中の {name} はファイルではありません。{ANOTHER}")
    return file


def _check_seal(path: Path) -> None:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size - SEAL_BYTES
            digest = _digest(file, max(size, 0))
            is_whole = file.read() == SEAL + digest.encode()
    except OSError as error:
        raise BadBackup(f"控えのファイル {path} を開けません。名前と場所を確かめてください。") from error
    if not is_whole:
        raise BadBackup(f"控えが壊れているか、途中で切れています。{ANOTHER}")


def _digest(file: IO[bytes], size: int | None = None) -> str:
    """The sha256 of the next ``size`` bytes, or of all that follow."""
    sha256 = hashlib.sha256()
    left = size
    while block := file.read(BLOCK if left is None else min(BLOCK, left)):
        sha256.update(block)
        if left is not None:
            left -= len(block)
    return sha256.hexdigest()


def _sync(folder: Path) -> None:
    """A rename is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
