"""Whether the lines of a tree are found in their order in what a PDF says.

Between them stand marks of lists, heads repeated on the next page and the like. A line is a paragraph, an item, a
caption or the whole row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planwizard.document import walk
from planwizard.document.nodes import Block, Document, Table
from planwizard.document.proof.problem import Problem
from planwizard.document.proof.truth import Line, all_notes, label_of, lines, normal, said

_NUMBER = "\0"  # stands for that of a page or a note; no text holds one


def _sure() -> str:
    """The characters of JIS X 0208 and its usual extensions, for a set of a pattern."""
    known = (bytes([high, low]) for high in range(0x81, 0xFD) for low in range(0x40, 0xFD))
    letters = "".join(each.decode("cp932", "ignore") for each in known)
    return "".join(map(re.escape, sorted({_NUMBER, *map(chr, range(0x21, 0x7F)), *normal(letters)})))


_WINDOW = 20_000  # characters, more than any page: what is farther away is another place
_NO_PLACE = (0, "")
Span = tuple[int, int]  # begin and end
# Words from right to left come out reversed; which glyph of a letter with marks, a soft hyphen, or a letter of a script
# that composes glyphs bears which characters, is for the font to say.
_TURNED = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_COMPOSED = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0489\u0900-\u109f\u1100-\u11ff\u1700-\u1cff\u1ab0-\u1aff\u1dc0-\u1dff\u200d"
    "\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ua800-\uabff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f000-\U0001faff"
    "\U000e0100-\U000e01ef]"
)
_UNSURE = re.compile(f"[^{_sure()}]+")
_MOST_FOR_ONE = 8  # characters
_LONG, _SURELY = 200, 12  # of so many characters, so many at each end are enough to know them by
_LETTER, _PITCH, _PADDING = 3.4, 4.6, 3  # of a table's text, in mm
_TALL = 100  # mm; less than a page, whose margins and lines a town may have chosen


@dataclass(frozen=True, slots=True)
class _Line:
    pieces: tuple[str, ...]  # of a row its cells, else one
    label: str = ""

    @property
    def words(self) -> str:
        return "".join(self.pieces)


def found_in_order(
    body: str, notes: str, document: Document, replaced: Mapping[int, str]
) -> Iterator[tuple[Problem | None, tuple[int, str]]]:
    """For each block either what is missing of it, or where it ends. ``replaced`` are characters set as others."""
    targets = walk.targets(document)
    reading = _Reading(body)
    for block in walk.blocks(document):
        missing = _missing(reading, block, list(_lines(block, targets, replaced)))
        if missing:
            yield (
                Problem("words of the tree are missing, or not in their order", block.id, missing.label),
                _NO_PLACE,
            )
        else:
            yield None, (reading.at, block.id)
    reading = _Reading(notes)
    for note in all_notes(document):
        if not reading.goes_on_with(_line([note.words], replaced)):
            yield Problem("a footnote is missing, or not in its order", note.block), _NO_PLACE


def _missing(reading: _Reading, block: Block, lines: list[_Line]) -> _Line | None:
    """The first line that does not come in its turn. Rows that go on on the next page come in pieces, and heads that
    find no room beside them come later: there it is enough that all cells are said.
    """
    before = replace(reading)
    missing = [line for line in lines if not reading.goes_on_with(line)]
    if not missing or not isinstance(block, Table) or not any(map(_is_tall, _cells(block))):
        return missing[0] if missing else None
    reading.at, reading.slack = before.at, before.slack
    reading.pass_over(sum(len(line.words) for line in lines))
    cells = ((line, normal(cell)) for line in lines for cell in line.pieces if not _is_odd(cell))
    return next((line for line, cell in cells if not reading.holds(cell)), None)


def _cells(table: Table) -> Iterator[tuple[int, str]]:
    """(columns that a cell has at least in mm, words)."""
    for row in table.rows:
        for cell in row:
            yield sum(sorted(table.widths)[: cell.colspan]), walk.plain(cell.inlines)


def _is_tall(cell: tuple[int, str]) -> bool:
    """Whether a cell is so high that its row may not fit on one page."""
    width, words = cell
    letters = max(1, int((width - _PADDING) / _LETTER))
    return sum(1 + len(line) // letters for line in words.split("\n")) * _PITCH > _TALL


def _is_odd(words: str) -> bool:
    """Whether a file may say it otherwise and be right."""
    return bool(_TURNED.search(words) or _COMPOSED.search(words))


def all_in_order(read: str, lines: Iterable[Line], replaced: Mapping[int, str]) -> bool:
    reading = _Reading(read)
    return all(reading.goes_on_with(_line([line.words], replaced)) for line in lines)


def contents_in_order(
    contents: str, entries: Iterable[tuple[str, str]], replaced: Mapping[int, str]
) -> Iterator[Problem]:
    """``entries`` are (block, entry with its page); nothing stands between them."""
    reading = _Reading(contents)
    for block, words in entries:
        before, was_lost = reading.at, reading.is_lost
        if not reading.goes_on_with(_line([words], replaced)):
            yield Problem("the contents do not have the heading with its page", block)
        elif reading.begin != before and not was_lost and not reading.is_lost:
            yield Problem("the contents have more than the headings with their pages", block)


def _lines(block: Block, targets: Mapping[str, walk.Target], replaced: Mapping[int, str]) -> Iterator[_Line]:
    if not isinstance(block, Table):
        for words in lines(block, targets, _NUMBER):
            yield _line([words], replaced)
        return
    yield _line([f"{block.number} {block.caption}"], replaced)
    for row in block.rows:
        yield _line([said(cell.inlines, targets, _NUMBER) for cell in row], replaced, label_of(row))


def _line(words: list[str], replaced: Mapping[int, str], label: str = "") -> _Line:
    return _Line(tuple(each.translate(replaced) if replaced else each for each in words), label)


@dataclass(slots=True)
class _Reading:
    """``at`` is how far what is said has been read, ``begin`` where the last line began. ``is_lost`` after a line that
    cannot be found in the file though it is there.
    """

    said: str
    at: int = 0
    begin: int = 0
    is_lost: bool = False
    slack: int = 0  # how much has been passed over since

    def goes_on_with(self, line: _Line) -> bool:
        """Whether the line comes next; then it has been read."""
        words = "".join(map(normal, line.pieces))
        found = None if _TURNED.search(words) else self._place(words, self.at)
        if not found and _is_odd(line.words):
            self.pass_over(len(words))
            return True
        found = found or self._unsure_place(words)
        if not found:
            return False
        (self.begin, self.at), self.is_lost, self.slack = found, False, 0
        return True

    def pass_over(self, length: int) -> None:
        self.is_lost = True
        self.slack += length

    def holds(self, words: str) -> bool:
        """Whether the words stand somewhere in what comes next."""
        ends = (words,) if len(words) < _LONG else (words[:_SURELY], words[-_SURELY:])
        return all(self._place(end, self.at) or self._unsure_place(end) for end in ends)

    def _place(self, words: str, at: int) -> Span | None:
        end = at + _WINDOW + self.slack + len(words)
        if _NUMBER in words:
            # Lazily: of two notes one after the other, the first must leave the second its number.
            pattern = r"\d+?".join(map(re.escape, words.split(_NUMBER)))
            found = re.compile(pattern).search(self.said, at, end)
            return found.span() if found else None
        begin = self.said.find(words, at, end)
        return None if begin < 0 else (begin, begin + len(words))

    def _unsure_place(self, words: str) -> Span | None:
        """Whatever stands for unsure letters: some fonts have one glyph for two of them, and of a glyph a file says one
        only. The letters of Japanese offices have glyphs of their own.
        """
        first, *others = _UNSURE.split(words)
        if not others or len("".join((first, *others))) * 2 < len(words):
            return None
        # atomic: each piece is taken where it comes first, so that no text makes this take long
        cut = "".join(f"(?>.{{0,{_MOST_FOR_ONE}}}?{re.escape(run)})" for run in others if run)
        pattern = re.compile(re.escape(first) + cut)
        found = pattern.search(
            self.said, self.at, self.at + _WINDOW + self.slack + _MOST_FOR_ONE * len(words)
        )
        return found.span() if found else None
