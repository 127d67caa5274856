"""WordprocessingML as text: what a paragraph is made of. Text of people is escaped here and nowhere else."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)

_BREAKS = re.compile("([\n\t])")
_BREAK_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
PARAGRAPH = "<w:p><w:pPr>"  # how each paragraph of the main text begins
SPACE = f'{PARAGRAPH}<w:pStyle w:val="PlanSpace"/></w:pPr></w:p>'  # below a table
TAB = "<w:r><w:tab/></w:r>"


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def attribute(text: str) -> str:
    """Escaped for use between double quotes; a newline there would come back as a space."""
    return escape(text, {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def words(text: str) -> str:
    """The content of a run: text with line breaks and tabs."""
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
    return "".join(_BREAK_MARKS.get(piece) or words(piece) for piece in _BREAKS.split(text))


def run(text: str, style: str = "") -> str:
    """One run, in the character style called ``style``."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f"<w:r>{look}{words(text)}</w:r>" if text else ""


def field(code: str, result: str, style: str = "") -> str:
    """A field with its result already filled in, so that nothing has to be updated at opening."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result, style)}<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, number: int, content: str = "") -> str:
    """``content`` under a name; names that begin with _ are hidden in Word."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """``properties`` come after the style, in the order of the schema."""
    return f'{PARAGRAPH}<w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def place(prefix: str, block_id: str) -> str:
    """The name of the bookmark of a block: ``_Ref_ch2_purpose_1``."""
    return f"{prefix}{block_id.replace('-', '_')}"
