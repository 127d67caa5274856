"""Plans beyond measure become right documents, within the limits of the child that makes them."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys

import docx as word
import page
import pypdfium2
import pytest

from planwizard.document import docx, html, pdf
from planwizard.document.check import check
from planwizard.exports import child, making, render
from planwizard.exports.order import Order
from planwizard.manuscript.compose import compose
from tests.document import reading
from tests.exports import stress

SMALL = 0.02
IN_ANY_ORDER = {"strange_words"}  # words from right to left come out reversed
FOREIGN = "この端末のフォントに無い文字があり、PDFでは〓になります"  # of scripts whose fonts an office need not have
PRIVATE = "外字があり、ほかの端末では読めません"


@pytest.mark.parametrize("name", stress.PLANS)
def test_a_plan_beyond_measure_is_sound(name):
    document = compose(stress.PLANS[name](SMALL))
    assert check(document) == []
    truth = reading.normal(reading.truth(document))
    assert reading.normal(reading.of_html(html.page(document))) == truth
    data = docx.render(document, assets={}, pages={})
    assert reading.normal(reading.Word(data).text()).endswith(truth)


@pytest.mark.parametrize("name", ["jumping_headings", "nothing"])
def test_a_plan_beyond_measure_is_laid_out(name):
    document = compose(stress.PLANS[name](SMALL))
    rendered = pdf.render(document, assets={})
    assert rendered.warnings == ()
    assert reading.missing_from(reading.of_pdf(rendered.data), document) == []


def test_the_sizes_are_those_that_were_promised():
    texts = [
        value
        for part in stress.much_prose().parts
        for path, value in part.values.items()
        if path.endswith("_text")
    ]
    assert sum(map(len, texts)) >= 500_000
    longest = max(
        compose(stress.long_table()).sections[0].blocks, key=lambda block: len(getattr(block, "rows", ()))
    )
    assert len(longest.rows) == 2000
    assert len(stress.long_cell().part("m000000001").values["actions"]) == 10_000


def made(name, format_, folder):
    result = child.make(Order(format_, stress.PLANS[name](), str(folder)), folder, lambda *now: True)
    return result, (folder / render.FILE).read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("name", stress.PLANS)
def test_its_pdf_is_right_and_made_within_the_limits(name, tmp_path):
    result, data = made(name, "pdf", tmp_path)
    assert [each for each in result.warnings if FOREIGN not in each and PRIVATE not in each] == []
    for profile in ("3a", "ua1"):
        assert [each.message for each in page.validate_pdf_bytes(data, profile=profile).failures] == []
    if shutil.which("qpdf"):
        assert (
            subprocess.run(["qpdf", "--check", tmp_path / render.FILE], capture_output=True).returncode == 0
        )
    if name not in IN_ANY_ORDER:
        assert reading.missing_from(reading.of_pdf(data), compose(stress.PLANS[name]())) == []


@pytest.mark.long
@pytest.mark.parametrize("name", stress.PLANS)
def test_its_word_file_is_right_and_made_within_the_limits(name, tmp_path):
    result, data = made(name, "docx", tmp_path)
    assert [each for each in result.warnings if PRIVATE not in each] == []
    assert word.Document(io.BytesIO(data)).element.body is not None
    truth = reading.normal(reading.truth(compose(stress.PLANS[name]())))
    assert reading.normal(reading.Word(data).text()).endswith(truth)


@pytest.mark.long
def test_sixty_photographs_are_printed():
    document, assets = stress.pictures(60)
    rendered = pdf.render(document, assets=assets)
    assert rendered.warnings == ()
    with pypdfium2.PdfDocument(rendered.data) as file:
        drawn = [each for sheet in file for each in sheet.get_objects() if each.type == 3]  # an image
    assert len(drawn) == 60
    opened = word.Document(io.BytesIO(docx.render(document, assets=assets, pages=rendered.anchors)))
    assert len(opened.inline_shapes) == 60


@pytest.mark.long
def test_a_plan_too_large_for_the_memory_says_so(tmp_path):
    order = Order("pdf", stress.long_table(), str(tmp_path))
    (tmp_path / render.ORDER).write_text(order.dumps(), encoding="utf-8")
    program = (  # the child with a tenth of its memory
        "import sys; from pathlib import Path; from planwizard.exports import render;"
        f"render.MOST_BYTES = {2**28}; sys.exit(render.main(Path(sys.argv[1])))"
    )
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdin=subprocess.PIPE) as process:
        status = process.wait(timeout=60)
    with pytest.raises(child.Failed, match=making.TOO_LARGE):
        child.result_of(tmp_path, status)
