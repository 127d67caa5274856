"""Inlines → runs, hyperlinks, fields and footnotes."""

from __future__ import annotations

from typing import Any, assert_never

from planwizard.document import walk
from planwizard.document.docx.ledger import Ledger
from planwizard.document.docx.xml import attribute, field, paragraph, place, run
from planwizard.document.nodes import Heading, Inline, Link, Note, Ref, Run

_MARKS = {"": "", "strong": "Strong", "changed": "PlanChanged"}


def inlines(pieces: tuple[Inline, ...], ledger: Ledger) -> str:
    """The content of a paragraph of the main text."""
    return "".join(_inline(piece, ledger, ledger.main) for piece in pieces)


def _inline(piece: Inline, ledger: Ledger, owner: Any) -> str:
    match piece:
        case Run(text=text, mark=mark):
            return run(text, _MARKS[mark])
        case Link(text=text, href=href):
            return f'<w:hyperlink r:id="{ledger.link(href, owner)}">{run(text, "Hyperlink")}</w:hyperlink>'
        case Ref():
            return _ref(piece, ledger)
        case Note():
            return _note(piece, ledger)
        case _:
            assert_never(piece)


def _ref(ref: Ref, ledger: Ledger) -> str:
    if ref.show == "page":
        return field(f"PAGEREF {place('_b_', ref.target)} \\h", ledger.pages.get(ref.target, ""))
    target = ledger.targets[ref.target]
    shown = walk.shown(ref, target)
    name = place("_Ref_", ref.target)
    if isinstance(target, Heading):
        if shown == target.text:
            return field(f"REF {name} \\h", shown)
        if ref.target not in ledger.spelt:
            return field(f"REF {name} \\r \\h", shown)
    elif shown == target.number:
        return field(f"REF {name} \\h", shown)
    return inner_link(place("_b_", ref.target), run(shown))


def inner_link(name: str, content: str) -> str:
    """A jump to a bookmark of this file."""
    return f'<w:hyperlink w:anchor="{attribute(name)}" w:history="1">{content}</w:hyperlink>'


def _note(note: Note, ledger: Ledger) -> str:
    content = "".join(_inline(piece, ledger, ledger.notes) for piece in note.inlines)
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{}</w:r>'
    number = ledger.footnote(
        paragraph("FootnoteText", mark.format("<w:footnoteRef/>") + "<w:r><w:tab/></w:r>" + content)
    )
    return mark.format(f'<w:footnoteReference w:id="{number}"/>')
