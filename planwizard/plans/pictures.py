"""Pictures: read from an upload, re-encoded, kept under the hash of their bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db.models import Sum
from PIL import Image

from planwizard.accounts.member import Member
from planwizard.blueprint import content
from planwizard.blueprint.content import PartContent
from planwizard.common.picture import MAX_BYTES, Drawn, PictureRefused
from planwizard.plans.models import Asset
from planwizard.web import confined

TOWN_QUOTA = 500 * 2**20
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def store(data: bytes, *, by: Member, at: datetime) -> Asset:
    """Keep a PNG or JPEG of the member's town. The same picture twice is one asset. Raises PictureRefused."""
    drawn = _redrawn(data)
    sha256 = hashlib.sha256(drawn.data).hexdigest()
    found = Asset.objects.filter(sha256=sha256).first()
    if found:
        return found
    _check_quota(len(drawn.data))
    _put(path_of(by.municipality.pk, sha256), drawn.data)
    facts = {
        "media_type": drawn.media_type,
        "width_px": drawn.width,
        "height_px": drawn.height,
        "size": len(drawn.data),
        "created_at": at,
        "created_by": by.user,
    }
    return Asset.objects.get_or_create(municipality=by.municipality, sha256=sha256, defaults=facts)[0]


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all; two who bring the same picture at once do not write into each other's file.

    On the disk before the row says that it is there: the row will be, and a power cut asks nobody.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(f".{uuid4().hex}.part")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # a name is on the disk only when its folder is
    finally:
        os.close(folder)


def _redrawn(data: bytes) -> Drawn:
    """The picture drawn anew by a child process with limits."""
    if len(data) > MAX_BYTES:
        raise PictureRefused("画像は20MBまでです。小さくしてから選んでください。")
    try:
        head, _, drawn = confined.run("planwizard.common.picture", data).partition(b"\n")
    except confined.Gone:
        raise PictureRefused("画像を読めませんでした。別の形で保存し直してから選んでください。") from None
    facts = json.loads(head)
    if "refused" in facts:
        raise PictureRefused(facts["refused"])
    return Drawn(drawn, **facts)


def kept(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes under which the town keeps a picture. No query without a hash."""
    asked = [sha256 for sha256 in hashes if _SHA256.match(sha256)]
    return set(Asset.objects.filter(sha256__in=asked).values_list("sha256", flat=True)) if asked else set()


def read(municipality_id: object, sha256: str) -> bytes:
    return path_of(municipality_id, sha256).read_bytes()


def cited_in(parts: Iterable[PartContent]) -> set[str]:
    """The hashes of the pictures that a plan's answers hold."""
    return {
        str(value)
        for part in parts
        for path, value in part.values.items()
        if path.endswith(".asset") and isinstance(value, str)
    }


def facts_of(municipality_id: object, sha256: str) -> content.Asset:
    """What the kept file says of itself, without a query. Type and size are empty where the file is lost."""
    try:
        with Image.open(path_of(municipality_id, sha256)) as picture:
            width, height = picture.size
            return content.Asset(sha256, str(picture.get_format_mimetype()), width, height)
    except (OSError, ValueError):
        return content.Asset(sha256, "", 0, 0)


def path_of(municipality_id: object, sha256: str) -> Path:
    return folder_of(municipality_id) / sha256


def folder_of(municipality_id: object) -> Path:
    return Path(settings.DATA_DIR) / "files" / str(municipality_id) / "pictures"


def used() -> int:
    """How many bytes the town's pictures take of its quota. One query."""
    return Asset.objects.aggregate(used=Sum("size"))["used"] or 0


def _check_quota(size: int) -> None:
    if used() + size > TOWN_QUOTA:
        raise PictureRefused(
            "この市町村で預かる画像が500MBに達しています。使っていない画像について管理者に相談してください。"
        )
