"""The zip around a Word file: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

BASE = Path(__file__).with_name("base.docx")  # built by base.py

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DATE = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
_ALREADY_SMALL = (".png", ".jpeg", ".jpg")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Zip ``{name: content}``, names sorted after the two that readers look for first."""
    out = io.BytesIO()
    names = [name for name in _FIRST if name in files] + sorted(set(files) - set(_FIRST))
    with zipfile.ZipFile(out, "w") as target:
        for name in names:
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 0
            stored = name.endswith(_ALREADY_SMALL)
            method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(info, files[name], method, None if stored else _LEVEL)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}
