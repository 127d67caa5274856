"""Files that are refused, each with a reason that an officer can act on; none harms the one who looks."""

from __future__ import annotations

import contextlib
import io
import json
import stat
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from planwizard.common import zips
from planwizard.document.docx import guard, running
from planwizard.document.docx.adopt import adopt
from planwizard.document.docx.guard import HouseStyleRefused
from tests.document import house_files as files

ROOT = Path(__file__).resolve().parents[2]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
DTD = '<!DOCTYPE w:styles [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def twice() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return files.written(("word/styles.xml", b"<x/>"))


def other(name: str) -> bytes:
    return files.zipped({name: "<x/>"})


def field(code: str) -> bytes:
    return files.changed(
        "word/footer1.xml", "<w:instrText>PAGE</w:instrText>", f"<w:instrText>{code}</w:instrText>"
    )


def cut_field() -> bytes:
    halves = "<w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT x</w:instrText>"
    return files.changed("word/footer1.xml", "<w:instrText>PAGE</w:instrText>", halves)


REFUSED = {
    "nothing": (b"", guard.NOT_WORD),
    "words": ("計画".encode(), guard.NOT_WORD),
    "rtf": (b"{\\rtf1 }", guard.NOT_WORD),
    "pdf": (b"%PDF-1.7", guard.NOT_WORD),
    "old doc": (OLE + b"\0" * 512 + "WordDocument".encode("utf-16-le"), guard.OLD_DOC),
    "password": (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), guard.LOCKED),
    "cut off": (files.japanese()[:900], guard.BROKEN),
    "too heavy": (b"PK" + b"\0" * guard.MAX_BYTES, guard.TOO_LARGE),
    "xlsx": (files.zipped({"[Content_Types].xml": files.types(), "xl/workbook.xml": "<x/>"}), guard.OTHER["xl/"]),
    "odt": (other("content.xml"), guard.OTHER["content.xml"]),
    "zip": (other("readme.txt"), guard.NOT_WORD),
    "macro type": (files.changed("[Content_Types].xml", files.TEMPLATE, MACRO_TYPE), guard.MACROS),
    "macro part": (files.with_part("word/vbaProject.bin", b"\xcc\x61"), guard.MACROS),
    "macro relation": (
        files.zipped({
            **files.japanese_parts(),
            "word/_rels/document.xml.rels": files.relations(
                ("rId1", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "x.bin")
            ),
        }),
        guard.MACROS,
    ),
    "dtd": (files.changed("word/styles.xml", files.XML, files.XML + DTD), guard.DTD),
    "outer dtd": (
        files.changed("word/header1.xml", files.XML, files.XML + '<!DOCTYPE x SYSTEM "http://example.com/x.dtd">'),
        guard.DTD,
    ),
    "dtd in another code": (
        files.with_part("word/more.xml", f'<?xml version="1.0" encoding="UTF-16"?>{DTD}<x/>'.encode("utf-16")),
        guard.DTD,
    ),
    "no xml": (files.with_part("word/styles.xml", "<w:styles"), guard.BROKEN),
    "attached template": (files.with_relation("attachedTemplate", "file:///C:/x.dotm"), guard.ATTACHED),
    "linked picture": (files.with_relation("image", "https://example.com/x.png"), guard.EXTERNAL),
    "linked picture in the header": (
        files.with_relation("image", "https://example.com/x.png", part="header1"),
        guard.EXTERNAL,
    ),
    "frame": (files.with_relation("frame", "https://example.com/"), guard.EXTERNAL),
    "ole": (files.with_relation("oleObject", "embeddings/oleObject1.bin", mode=""), guard.EMBEDDED),
    "linked ole": (files.with_relation("oleObject", "file:///C:/x.xlsx"), guard.EMBEDDED),
    "ole part": (files.with_part("word/embeddings/oleObject1.bin", OLE), guard.EMBEDDED),
    "activex": (files.with_part("word/activeX/activeX1.xml", "<x/>"), guard.EMBEDDED),
    "strict": (
        files.changed("_rels/.rels", "http://schemas.openxmlformats.org/officeDocument/2006/relationships", STRICT),
        guard.STRICT_FORM,
    ),
    "strict markup": (
        files.changed(
            "word/document.xml",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        guard.STRICT_FORM,
    ),
    "a name twice": (twice(), guard.DUPLICATE),
    "a name in capitals": (files.with_part("word/STYLES.xml", "<x/>"), guard.DUPLICATE),
    "parent": (files.with_part("../evil.xml", "<x/>"), guard.UNSAFE),
    "absolute": (files.with_part("/etc/evil.xml", "<x/>"), guard.UNSAFE),
    "drive": (files.with_part("C:/evil.xml", "<x/>"), guard.UNSAFE),
    "link": (files.written((link("word/link.xml"), b"/etc/passwd")), guard.UNSAFE),
    "bomb": (files.with_part("word/zeros.bin", b"\0" * (150 * 2**20)), guard.BOMB),
    "many": (files.zipped({f"word/{at}.bin": "" for at in range(2_001)}), guard.BOMB),
    "dde": (field("DDEAUTO c:\\\\x.exe"), running.FIELD),
    "included picture": (field(" INCLUDEPICTURE x"), running.FIELD),
    "field in two runs": (cut_field(), running.FIELD),
    "link of the header": (
        files.zipped({
            **files.japanese_parts(),
            "word/header1.xml": str(files.japanese_parts()["word/header1.xml"]).replace(
                "<w:r><w:t>", '<w:hyperlink r:id="rId5"/><w:r><w:t>', 1
            ),
            "word/_rels/header1.xml.rels": files.relations(
                ("rId1", f"{files.OFFICE}/image", "media/image1.png"),
                ("rId5", f"{files.OFFICE}/hyperlink", "file://server/x"),
                external=files.EXTERNAL,
            ),
        }),
        running.ADDRESS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_its_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(HouseStyleRefused) as refusal:
        adopt(data)
    assert str(refusal.value) == reason


def test_every_reason_says_what_to_do() -> None:
    for _, reason in REFUSED.values():
        assert reason.endswith("ください。")


def test_a_hyperlink_in_the_text_is_no_reason() -> None:
    assert adopt(files.with_relation("hyperlink", "https://example.com/")).uses


@pytest.mark.parametrize("at", range(0, 4000, 97))
def test_a_file_with_a_wrong_byte_is_taken_or_refused(at: int) -> None:
    data = bytearray(files.japanese())
    data[at % len(data)] ^= 0x55
    with contextlib.suppress(HouseStyleRefused):
        adopt(bytes(data))


def test_a_lying_size_is_found_out() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.bin", b"\0" * 2**22)
    data = out.getvalue().replace((2**22).to_bytes(4, "little"), (2**10).to_bytes(4, "little"))
    with pytest.raises(zips.BadZip):
        zips.unzip(data)


def examined(data: bytes) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "planwizard.document.docx.examining"],
        cwd=ROOT,
        input=b'{"chosen": {}}\n' + data,
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout.partition(b"\n")[0])


def test_the_child_says_what_it_found() -> None:
    said = examined(files.japanese())
    assert set(said) == {"facts", "settings", "report", "base_size"}


@pytest.mark.parametrize("name", ["old doc", "bomb", "dtd", "cut off"])
def test_the_child_says_why_it_refuses(name: str) -> None:
    data, reason = REFUSED[name]
    assert examined(data) == {"refused": reason}
