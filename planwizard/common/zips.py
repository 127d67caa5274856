"""Unpack a zip from outside without being harmed by it: limits before the first byte is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable

MAX_ENTRIES = 2_000
MAX_ENTRY = 100 * 2**20  # bytes
MAX_TOGETHER = 200 * 2**20
MAX_RATIO = 100
_SMALL = 2**20  # blank XML of this size compresses beyond the ratio and harms nobody
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


class BadZip(Exception):
    """``reason``: not_a_zip | too_large | unsafe_name | duplicate | encrypted | broken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def unzip(data: bytes) -> dict[str, bytes]:
    """``{name: content}``. Names differ by more than case; none leads outside. Raises BadZip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            entries = [entry for entry in source.infolist() if not entry.is_dir()]
            _check(entries, len(data))
            return {entry.filename: source.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise BadZip("broken" if data.startswith(b"PK") else "not_a_zip") from None


def _check(entries: list[zipfile.ZipInfo], size: int) -> None:
    together = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or together > MAX_TOGETHER or _is_bomb(together, size):
        raise BadZip("too_large")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise BadZip("encrypted")
        if entry.compress_type not in _METHODS:
            raise BadZip("broken")
        if entry.file_size > MAX_ENTRY or _is_bomb(entry.file_size, entry.compress_size):
            raise BadZip("too_large")
        if _leads_outside(entry):
            raise BadZip("unsafe_name")
    if not _all_differ(entry.filename for entry in entries):
        raise BadZip("duplicate")


def _is_bomb(size: int, packed: int) -> bool:
    return size > _SMALL and size > MAX_RATIO * packed


def _leads_outside(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _all_differ(names: Iterable[str]) -> bool:
    folded = [name.casefold() for name in names]
    return len(folded) == len(set(folded))
