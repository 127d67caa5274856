"""Whether an HTML page says what its tree says, exactly."""

from __future__ import annotations

from lxml import html

from planwizard.document.nodes import Document
from planwizard.document.proof.problem import Problem
from planwizard.document.proof.truth import all_lines, differences, normal

# What a reader sees apart from the next: without a line's end, a mark could join the letter of another cell.
_APART = ("p", "li", "td", "th", "caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "br")


def problems(page: str, document: Document) -> tuple[Problem, ...]:
    """What is wrong with ``page``, which was made of ``document``."""
    if not page.endswith("</html>\n"):
        return (Problem("the page is not whole"),)
    return tuple(differences(normal(text(page)), list(all_lines(document))))


def text(page: str) -> str:
    """The text of the sections, without drawings and notes."""
    root = html.fromstring(page)
    for element in root.xpath("//nav | //header | //*[local-name()='svg'] | //*[@class='footnote']"):
        element.drop_tree()
    for element in root.iter(*_APART):
        element.tail = f"\n{element.tail or ''}"
    return "\n".join(section.text_content() for section in root.xpath("//section"))
