"""A picture drawn anew: what comes in from an upload is never kept as it came.

Run as ``python -m planwizard.common.picture`` it reads a picture from stdin and writes to stdout a line of JSON
(``{"media_type", "width", "height"}`` or ``{"refused"}``) and then the bytes.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from planwizard.common import files
from planwizard.common.limits import limit_process

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 25_000_000
MAX_SIDE_PX = 2400  # 300 dpi over 200 mm: more would only make the document heavy
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class PictureRefused(ValueError):
    """Says in Japanese why a picture is not taken and what to do."""


@dataclass(frozen=True, slots=True)
class Drawn:
    data: bytes
    media_type: str  # image/png | image/jpeg
    width: int  # pixels
    height: int


def redraw(data: bytes) -> Drawn:
    """The picture without its metadata, at most MAX_SIDE_PX on a side. Raises PictureRefused."""
    kind = files.media_type(data)
    if not kind:
        raise PictureRefused("画像は PNG か JPEG のファイルを選んでください。")
    if len(data) > MAX_BYTES:
        raise PictureRefused("画像は20MBまでです。小さくしてから選んでください。")
    picture = _opened(data)
    if kind == files.JPEG and files.is_plain_jpeg(data) and max(picture.size) <= MAX_SIDE_PX:
        # Our own output coming back in a plan.json: drawing it anew would change its bytes.
        return Drawn(data, kind, *picture.size)
    picture.thumbnail((MAX_SIDE_PX, MAX_SIDE_PX))
    return Drawn(_encoded(picture, kind), kind, *picture.size)


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.load()
        return ImageOps.exif_transpose(picture)
    except Image.DecompressionBombError:
        raise PictureRefused("画像が大きすぎます（2,500万画素まで）。縮めてから選んでください。") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError):
        raise PictureRefused("画像を読めませんでした。別の形で保存し直してから選んでください。") from None


def _encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == files.PNG:
        picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(out, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def main() -> None:
    limit_process(memory_bytes=2**30, cpu_seconds=30)
    try:
        drawn = redraw(sys.stdin.buffer.read())
    except PictureRefused as refusal:
        sys.stdout.buffer.write(json.dumps({"refused": str(refusal)}).encode() + b"\n")
        return
    facts = {"media_type": drawn.media_type, "width": drawn.width, "height": drawn.height}
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + drawn.data)


if __name__ == "__main__":
    main()
