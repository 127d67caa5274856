"""The cells of a block that was copied from a spreadsheet."""

from __future__ import annotations

import re

from planwizard.common.text import clean

# A cell with a tab, a line break or a quotation mark comes in quotation marks, those within doubled. What only
# begins with a mark is text as it stands. Possessive, so that no text takes long.
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*+)')


def cells(text: str) -> list[list[str]]:
    """Its rows, each a list of cells without white space around them; rows in which nothing stands are left out."""
    rows: list[list[str]] = [[]]
    text, at = clean(text), 0
    while True:
        found = _CELL.match(text, at)
        assert found is not None  # the second way takes anything
        quoted, plain = found.groups()
        rows[-1].append((plain if quoted is None else quoted.replace('""', '"')).strip())
        at = found.end()
        if at == len(text):
            return [row for row in rows if any(row)]
        if text[at] == "\n":
            rows.append([])
        at += 1
