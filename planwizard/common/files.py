"""What a file is, told from its content and never from its name; and why one cannot be opened."""

import errno

_REASONS = {
    errno.ENOENT: "ありません",
    errno.EISDIR: "フォルダです",
    errno.ENOTDIR: "途中がフォルダではありません",
    errno.EACCES: "開く権限がありません",
    errno.EPERM: "開く権限がありません",
    errno.EROFS: "書き込めない場所です",
    errno.ENOSPC: "ディスクがいっぱいです",
    errno.ENAMETOOLONG: "名前が長すぎます",
}


def reason(error: OSError) -> str:
    """Why the machine could not open or write a file, in Japanese; the machine's number where it says more."""
    return _REASONS.get(error.errno or 0, f"エラー {error.errno}")


PNG = "image/png"
JPEG = "image/jpeg"
_MAGIC = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


def media_type(data: bytes) -> str:
    """``image/png``, ``image/jpeg`` or "" for everything else."""
    return next((name for magic, name in _MAGIC if data.startswith(magic)), "")


# Quantisation and Huffman tables, frame, scan and restart headers: all a picture needs to be drawn.
_DRAWING = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD})
_JFIF = b"JFIF\x00"


def is_plain_jpeg(data: bytes) -> bool:
    """Whether a JPEG holds nothing but the picture: no metadata, no comment, nothing behind its end."""
    at = 2
    while data[at : at + 1] == b"\xff":
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        is_jfif = marker == 0xE0 and data[at + 4 : at + 9] == _JFIF and size == 16
        if marker not in _DRAWING and not is_jfif:
            return False
        at += 2 + size
        if marker == 0xDA:
            return data.find(b"\xff\xd9", at) == len(data) - 2
    return False
