"""On which page of a PDF a sentence of the plan is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planwizard.document import walk
from planwizard.document.nodes import NOWHERE, Document
from planwizard.document.pdf import Rendered
from planwizard.document.proof.pdf_objects import Pdf
from planwizard.document.proof.pdf_text import NO_MARK, Texts
from planwizard.document.proof.truth import normal
from planwizard.manuscript.evidence_sheet import Quote

_FURTHER = 8  # pages that a long table may go on


def pages_of(quotes: Iterable[Quote], document: Document, rendered: Rendered) -> Mapping[Quote, str]:
    """{quote: page as printed}: where its block begins, or the later page of it on which the sentence stands.

    A sentence that is not printed has no page.
    """
    places = [
        (getattr(block, "source", NOWHERE).part, rendered.anchors[block.id], _words(block))
        for block in walk.blocks(document)
        if block.id in rendered.anchors
    ]
    pages, found = _Pages(rendered), {}
    for quote in quotes:
        words = normal(quote.text)
        start = next((at for part, at, text in places if part == quote.part and words in text), None)
        if start is not None:
            found[quote] = str(pages.of(words, int(start)))
    return found


def _words(block: object) -> str:
    return normal("".join(walk.plain(piece) for piece in walk.inlines(block)))


class _Pages:
    """The words of each page; only those asked for are read."""

    def __init__(self, rendered: Rendered) -> None:
        pdf = Pdf(rendered.data)
        self._texts, self._front = Texts(pdf), rendered.front
        self._refs = [ref for ref, _ in pdf.pages()]
        self._read: dict[int, str] = {}

    def of(self, words: str, start: int) -> int:
        """The page from ``start`` on that has the words, or on which they begin; else ``start``."""
        for page in range(start, start + _FURTHER):
            if words in self._on(page) + self._on(page + 1)[: len(words)]:
                return page
        return start

    def _on(self, page: int) -> str:
        if page not in self._read:
            at = page - 1 + self._front
            marks = self._texts.on(self._refs[at]) if at < len(self._refs) else {}
            self._read[page] = normal("".join(text for mark, text in marks.items() if mark != NO_MARK))
        return self._read[page]
