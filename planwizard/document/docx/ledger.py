"""What is handed out while a Word file is written: numbers, relationships, lists, footnotes."""

from __future__ import annotations

import io
from collections import Counter as Tally
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml import parse_xml

from planwizard.document import walk
from planwizard.document.docx import labels
from planwizard.document.docx.bases import Base
from planwizard.document.docx.xml import NAMESPACES


@dataclass(slots=True)
class Ledger:
    """One per file. Everything counts from one, so the same tree makes the same file."""

    main: Any  # the document's part
    notes: Any  # the footnotes' part
    targets: Mapping[str, walk.Target]
    pages: Mapping[str, str]
    assets: Mapping[str, bytes]
    base: Base
    scale: float = 1.0  # what the widths of tables are multiplied by on the present paper
    headings: labels.Counter = field(default_factory=labels.Counter)
    spelt: set[str] = field(default_factory=set)  # ids of headings whose label Word cannot count
    footnotes: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    _numbers: Tally[str] = field(default_factory=Tally)
    _links: dict[tuple[int, str], str] = field(default_factory=dict)

    def number(self, kind: str) -> int:
        """The next number of a kind: bookmark, drawing, figure."""
        self._numbers[kind] += 1
        return self._numbers[kind]

    def link(self, href: str, owner: Any) -> str:
        """The relationship of a hyperlink in ``owner``, one for each address."""
        key = id(owner), href
        if key not in self._links:
            self._links[key] = owner.relate_to(href, RT.HYPERLINK, is_external=True)
        return self._links[key]

    def counted_list(self, abstract: int, starts: list[int]) -> int:
        """A new instance of a list whose levels start at ``starts``; without one, lists go on counting."""
        num_id = self.base.lists.last + len(self.lists) + 1
        overrides = "".join(
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for at, start in enumerate(starts)
        )
        self.lists.append(
            f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
        )
        return num_id

    def footnote(self, content: str) -> int:
        """Keeps a note's text; returns its id."""
        self.footnotes.append(content)
        return len(self.footnotes)

    def image(self, data: bytes) -> tuple[str, float]:
        """The relationship of a PNG or JPEG, and its height for a width of one."""
        relation, image = self.main.get_or_add_image(io.BytesIO(data))
        return relation, image.px_height / image.px_width

    def drawing(self, svg: bytes) -> str:
        """The relationship of an SVG file."""
        package = self.main.package
        name = package.next_partname("/word/media/figure%d.svg")
        return str(self.main.relate_to(Part(name, "image/svg+xml", svg, package), RT.IMAGE))

    def write_lists(self) -> None:
        wrapped = parse_xml(f"<w:numbering {NAMESPACES}>{''.join(self.lists)}</w:numbering>")
        self.main.numbering_part.element.extend(list(wrapped))
