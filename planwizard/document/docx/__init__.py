"""Turn a Document into a Word file: ``docx.render(document, assets=…, pages=…, base=…) -> bytes``."""

from planwizard.document.docx.render import render

__all__ = ["render"]
