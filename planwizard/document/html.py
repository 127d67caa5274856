"""Turn a Document into HTML: a fragment for the screen, a whole page for the PDF.

Looks live in ``document.css`` (both) and ``print.css`` (paper); here are only elements and class names. Text
reaches the page through ``format_html`` and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from typing import assert_never

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from planwizard.document import svg, walk
from planwizard.document.nodes import (
    Block,
    BulletList,
    Cell,
    Cover,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    Meta,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Ref,
    Run,
    Section,
    Source,
    Table,
)

Rows = tuple[tuple[Cell, ...], ...]

_ROW, _ROW_KEPT = "<tr>{}</tr>\n", '<tr class="kept">{}</tr>\n'
NONE = format_html("{}", "")
BREAK = format_html("<br>{}", "")
SCROLLED = format_html(' tabindex="{}"', 0)  # on the screen a wide section scrolls, by keyboard as well


def asset(sha256: str) -> str:
    """The address of a picture that only the PDF's fetcher understands."""
    return f"asset:{sha256}"


def render(
    document: Document, *, top: int = 1, asset_url: Callable[[str], str] = asset, with_places: bool = False
) -> SafeString:
    """The article. Chapters are ``h<top>``: 1 in the PDF, 2 inside a page that has its own h1.

    ``with_places``: blocks and rows say in ``data-part`` and ``data-path`` where they are written.
    """
    meta = document.meta
    writer = _Writer(walk.targets(document), meta, top, asset_url, with_places)
    return format_html(
        '<article class="pw-document" lang="ja" data-title="{}" data-status="{}">{}{}{}</article>',
        walk.running_title(meta),
        meta.status_line,
        _cover(document.cover) if document.cover else NONE,
        writer.contents(document) if document.toc_depth else NONE,
        _join(writer.section(section, is_first=at == 0) for at, section in enumerate(document.sections)),
    )


def page(
    document: Document, *, stylesheets: Sequence[str] = (), asset_url: Callable[[str], str] = asset
) -> SafeString:
    """A whole HTML page, as the PDF is made from. ``stylesheets`` are the addresses to link."""
    meta = document.meta
    modified = meta.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html(
        '<!doctype html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<title>{}</title>\n'
        '<meta name="author" content="{}">\n<meta name="dcterms.created" content="{}">\n'
        '<meta name="dcterms.modified" content="{}">\n{}</head>\n<body>\n{}\n</body>\n</html>\n',
        meta.title,
        meta.issuer,
        modified,
        modified,
        _join(format_html('<link rel="stylesheet" href="{}">\n', href) for href in stylesheets),
        render(document, asset_url=asset_url),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """One walk: what references show, the level of a chapter, where pictures are."""

    targets: dict[str, walk.Target]
    meta: Meta
    top: int
    asset_url: Callable[[str], str]
    with_places: bool = False

    def contents(self, document: Document) -> SafeString:
        entries = format_html_join(
            "\n",
            '<li class="entry-{0}" data-page-of="#{1}"><a href="#{1}">{2}</a></li>',
            # plain text: a PDF reader wants nothing but words inside a link
            ((each.level, each.id, walk.entry(each)) for each in walk.contents(document)),
        )
        return format_html(
            '<nav class="contents">\n<h{0}>目次</h{0}>\n<ul>\n{1}\n</ul>\n</nav>\n', self.top, entries
        )

    def section(self, section: Section, *, is_first: bool) -> SafeString:
        first = " first" if is_first else ""
        return format_html(
            '<section id="{}" class="{}{}"{}>\n{}</section>\n',
            section.id,
            section.paper,
            first,
            SCROLLED if self.top > 1 else NONE,
            _join(self.block(block, is_kept) for block, is_kept in walk.with_next(section.blocks)),
        )

    def block(self, block: Block, is_kept: bool = False) -> SafeString:
        """One block; ``is_kept`` on the page on which the next begins."""
        kept = " kept" if is_kept else ""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph(id=id_, role=role, inlines=inlines):
                return format_html(
                    '<p id="{}" class="{}{}"{}>{}</p>\n',
                    *(id_, role, kept, self._place(block.source), self._inlines(inlines)),
                )
            case BulletList():
                return self._list(block, kept)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Picture():
                return self._picture(block)
            case PageBreak(id=id_):
                return format_html('<div id="{}" class="page-break"></div>\n', id_)
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> SafeString:
        return format_html(
            '<h{0} id="{1}" class="level-{2}{3}"{4}{5}>{6}</h{0}>\n',
            min(6, self.top + heading.level - 1),
            heading.id,
            heading.level,
            "" if heading.number else " unnumbered",
            self._running(heading) if heading.level == 1 else NONE,
            self._place(heading.source),
            _numbered(heading.number, heading.text),
        )

    def _running(self, chapter: Heading) -> SafeString:
        return format_html(' data-running="{}"', walk.running_chapter(chapter, self.meta))

    def _list(self, block: BulletList, kept: str) -> SafeString:
        items = _join(format_html("<li>{}</li>\n", self._inlines(item)) for item in block.items)
        name = "ul" if block.marker == "dot" else "ol"
        return format_html(
            '<{0} id="{1}" class="{2}{3}"{4}>\n{5}</{0}>\n',
            *(name, block.id, block.marker, kept, self._place(block.source), items),
        )

    def _table(self, table: Table) -> SafeString:
        head, body = table.rows[: table.head_rows], table.rows[table.head_rows :]
        keep = " keep" if table.keep else ""
        kept = walk.kept_rows(table)
        rows = iter(_ROW_KEPT if at in kept else _ROW for at in range(len(table.rows)))
        return format_html(
            '<table id="{}" class="{}{} pw-w{}"{}>\n{}<colgroup>{}</colgroup>\n{}{}</table>\n',
            table.id,
            table.kind,
            keep,
            sum(table.widths),
            self._place(table.source),
            _caption("caption", table.number, table.caption),
            format_html_join("", '<col class="pw-w{}">', ((width,) for width in table.widths)),
            self._rows("thead", head, rows) if head else NONE,
            self._bodies(body, rows),
        )

    def _bodies(self, rows: Rows, elements: Iterator[str]) -> SafeString:
        """One ``tbody`` for each label with its rows, which stay together on paper; one for rows between."""
        bands = chain.from_iterable(map(walk.short_bands, walk.bands(rows)))
        grouped = groupby(bands, key=lambda band: 1 < len(band) <= walk.SHORT_BAND)
        return _join(self._body(list(bands), together, elements) for together, bands in grouped)

    def _body(self, bands: list[Rows], together: bool, elements: Iterator[str]) -> SafeString:
        if together:
            return _join(self._rows("tbody", band, elements, "together") for band in bands)
        return self._rows("tbody", tuple(chain.from_iterable(bands)), elements)

    def _rows(self, part: str, rows: Rows, elements: Iterator[str], kind: str = "") -> SafeString:
        """``elements`` go on over all parts of a table: each takes those of its rows."""
        lines = (format_html(next(elements), _join(map(self._cell, row))) for row in rows)
        attribute = format_html(' class="{}"', kind) if kind else NONE
        return format_html("<{0}{1}>\n{2}</{0}>\n", part, attribute, _join(lines))

    def _cell(self, cell: Cell) -> SafeString:
        return format_html(
            "<{0}{1}{2}>{3}</{0}>",
            "th" if cell.header else "td",
            _cell_attributes(cell.header, cell.fill, cell.align, cell.colspan, cell.rowspan),
            self._path(cell.path),
            self._inlines(cell.inlines),
        )

    def _figure(self, figure: Figure) -> SafeString:
        drawing = svg.Drawing.read(figure.svg).sized(figure.width_mm, figure.alt)
        return format_html(
            '<figure id="{}"{}>{}{}</figure>\n',
            figure.id,
            self._place(figure.source),
            svg.Inline(drawing),
            _caption("figcaption", figure.number, figure.caption),
        )

    def _picture(self, picture: Picture) -> SafeString:
        return format_html(
            '<figure id="{}"{}><img class="pw-w{}" src="{}" alt="{}">{}</figure>\n',
            picture.id,
            self._place(picture.source),
            picture.width_mm,
            self.asset_url(picture.asset),
            picture.alt,
            _caption("figcaption", picture.number, picture.caption),
        )

    def _place(self, source: Source) -> SafeString:
        """Where a block is written, if that is asked for."""
        if not (self.with_places and source.part):
            return NONE
        part = format_html(' data-part="{}"', source.part)
        return part + self._path(".".join(filter(None, (source.field, source.row))))

    def _path(self, path: str) -> SafeString:
        return format_html(' data-path="{}"', path) if path and self.with_places else NONE

    def _inlines(self, inlines: tuple[Inline, ...]) -> SafeString:
        if len(inlines) == 1:
            return self._inline(inlines[0])
        return _join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> SafeString:
        match inline:
            case Run():
                return _run(inline)
            case Link(text=text, href=href):
                return format_html('<a href="{}">{}</a>', href, text)
            case Ref():
                return self._ref(inline)
            case Note(inlines=inlines):
                return format_html('<span class="footnote">{}</span>', self._inlines(inlines))
            case _:
                assert_never(inline)

    def _ref(self, ref: Ref) -> SafeString:
        if ref.show == "page":  # the number is written by print.css; on the screen there are no pages
            return format_html('<a class="page" href="#{}"></a>', ref.target)
        return format_html('<a href="#{}">{}</a>', ref.target, walk.shown(ref, self.targets[ref.target]))


def _cover(cover: Cover) -> SafeString:
    return format_html(
        '<header class="cover">\n<p class="title">{}</p>\n<p class="subtitle">{}</p>\n'
        '<p class="date">{}</p>\n<p class="issuer">{}</p>\n</header>\n',
        _lines(cover.title),
        cover.subtitle,
        cover.date,
        cover.issuer,
    )


def _numbered(number: str, text: str) -> SafeString:
    if not number:
        return format_html("{}", text)
    return format_html('<span class="no">{}</span> {}', number, text)


def _caption(element: str, number: str, caption: str) -> SafeString:
    if not caption:
        return NONE
    return format_html("<{0}>{1}\u3000{2}</{0}>\n", element, number, caption)


@lru_cache(maxsize=256)
def _cell_attributes(header: str, fill: str, align: str, colspan: int, rowspan: int) -> SafeString:
    values = (
        ("scope", header),
        ("class", f"{fill} {align}".strip()),
        ("colspan", colspan if colspan > 1 else ""),
        ("rowspan", rowspan if rowspan > 1 else ""),
    )
    return format_html_join("", ' {}="{}"', ((name, value) for name, value in values if value))


def _run(run: Run) -> SafeString:
    text = _lines(run.text)
    match run.mark:
        case "strong":
            return format_html("<strong>{}</strong>", text)
        case "changed":
            return format_html('<span class="changed">{}</span>', text)
        case _:
            return text


def _lines(text: str) -> SafeString:
    """Escaped, with a line break for each LF."""
    if "\n" not in text:
        return escape(text)
    return format_html_join(BREAK, "{}", ((line,) for line in text.split("\n")))


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
