"""Turn a Document into a Word file: ``docx.render(document, assets=…, pages=…) -> bytes``."""

from planwizard.document.docx.render import render

__all__ = ["render"]
