"""Reads the outputs back, with the product's own readers, and a PDF by another one."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from planwizard.document.nodes import Cover, Document
from planwizard.document.proof.order import found_in_order
from planwizard.document.proof.page import text as of_html
from planwizard.document.proof.pdf_objects import Pdf
from planwizard.document.proof.pdf_text import said
from planwizard.document.proof.truth import cover_lines, normal, notes, truth
from planwizard.document.proof.word_file import R, W, Word

__all__ = ["R", "W", "Word", "normal", "notes", "of_html", "truth"]


def of_pdf(data: bytes) -> str:
    """All words in the order of the tags, without running headers and footers; the notes are last."""
    found = said(Pdf(data))
    return "".join([found.cover, *found.contents, found.body, found.notes])


def of_pdf_by_poppler(data: bytes, folder: Path) -> str:
    """The same by another reader; it takes a minute for ten pages."""
    file = folder / "read.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, check=True)
    return "\n".join(re.findall(r'^ *"(.*)"$', done.stdout.decode(), re.MULTILINE))


def missing_from(said: str, document: Document) -> list[str]:
    """The blocks of a tree that a PDF does not say in their turn."""
    words = normal(said)
    found = found_in_order(words, words, document, {})
    return [str(problem) for problem, _ in found if problem]


def cover_words(cover: Cover | None) -> str:
    return "\n".join(line.words for line in cover_lines(cover))
