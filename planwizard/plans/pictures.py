"""Pictures: read from an upload, re-encoded, kept under the hash of their bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Sum
from PIL import Image, ImageOps, UnidentifiedImageError

from planwizard.accounts.member import Member
from planwizard.blueprint import content
from planwizard.blueprint.content import PartContent
from planwizard.common import files
from planwizard.plans.models import Asset

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 25_000_000
MAX_SIDE_PX = 2400  # 300 dpi over 200 mm: more would only make the document heavy
TOWN_QUOTA = 500 * 2**20
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class PictureRefused(ValueError):
    """Says in Japanese why a picture is not taken and what to do."""


def store(data: bytes, *, by: Member, at: datetime) -> Asset:
    """Keep a PNG or JPEG of the member's town. The same picture twice is one asset. Raises PictureRefused."""
    encoded, kind, (width, height) = reencode(data)
    sha256 = hashlib.sha256(encoded).hexdigest()
    found = Asset.objects.filter(sha256=sha256).first()
    if found:
        return found
    _check_quota(len(encoded))
    path = path_of(by.municipality.pk, sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_suffix(".part")
    partial.write_bytes(encoded)
    partial.replace(path)
    return Asset.objects.create(
        municipality=by.municipality,
        sha256=sha256,
        media_type=kind,
        width_px=width,
        height_px=height,
        size=len(encoded),
        created_at=at,
        created_by=by.user,
    )


def reencode(data: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture drawn anew without its metadata: bytes, media type, size in pixels. Raises PictureRefused."""
    kind = files.media_type(data)
    if not kind:
        raise PictureRefused("画像は PNG か JPEG のファイルを選んでください。")
    if len(data) > MAX_BYTES:
        raise PictureRefused("画像は20MBまでです。小さくしてから選んでください。")
    picture = _opened(data)
    if kind == files.JPEG and files.is_plain_jpeg(data) and max(picture.size) <= MAX_SIDE_PX:
        return data, kind, picture.size  # our own output coming back: drawing it anew would change its bytes
    picture.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
    out = io.BytesIO()
    if kind == files.PNG:
        picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(out, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue(), kind, picture.size


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
    return Path(settings.DATA_DIR) / "files" / str(municipality_id) / "pictures" / sha256


def _opened(data: bytes) -> Image.Image:
    try:
        return _upright(Image.open(io.BytesIO(data)))
    except Image.DecompressionBombError:
        raise PictureRefused("画像が大きすぎます（2,500万画素まで）。縮めてから選んでください。") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise PictureRefused("画像を読めませんでした。別の形で保存し直してから選んでください。") from None


def _upright(picture: Image.Image) -> Image.Image:
    if picture.width * picture.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    picture.load()
    return ImageOps.exif_transpose(picture)


def _check_quota(size: int) -> None:
    used = Asset.objects.aggregate(used=Sum("size"))["used"] or 0
    if used + size > TOWN_QUOTA:
        raise PictureRefused(
            "この市町村で預かる画像が500MBに達しています。使っていない画像について管理者に相談してください。"
        )
