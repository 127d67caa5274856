"""The catalogue as tables, in the form in which they are brought in again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from planwizard.catalog.catalog_file import SECTIONS, references_in
from planwizard.catalog.columns import cells_of, heads_of, title_of
from planwizard.catalog.entries import Loaded
from planwizard.catalog.reading_tables import BROKEN, TablesRefused
from planwizard.common.tables import csv_file
from planwizard.common.tables.sheet import Row, Sheet
from planwizard.web import confined


def sheet_of(model: type[Loaded], edition: str = "") -> Sheet:
    """All entries of a table, of national measures those of one edition if it is named. One query."""
    rows = [
        cells_of(row)
        for reference, row in sorted(references_in(model).items())
        if not edition or not reference.count("/") or reference.startswith(f"{edition}/")
    ]
    return Sheet(
        title_of(model), [Row(number, cells) for number, cells in enumerate([heads_of(model), *rows], 1)]
    )


def as_csv(section: str, edition: str = "") -> bytes:
    return csv_file.write(row.cells for row in sheet_of(SECTIONS[section], edition).rows)


def as_xlsx(sections: Sequence[str], edition: str = "") -> bytes:
    """One sheet a table, written in a process of its own. Raises TablesRefused for a text too long for a cell."""
    sheets = [sheet_of(SECTIONS[section], edition) for section in sections]
    asked = {"write": [_plain(sheet) for sheet in sheets]}
    try:
        said, _, file = confined.run(
            "planwizard.common.tables.child", json.dumps(asked).encode() + b"\n"
        ).partition(b"\n")
    except confined.Gone:
        raise TablesRefused([BROKEN]) from None
    if "refused" in (answer := json.loads(said)):
        raise TablesRefused([answer["refused"]])
    return file


def _plain(sheet: Sheet) -> dict[str, object]:
    rows = [{"number": row.number, "cells": row.cells} for row in sheet.rows]
    return {"name": sheet.name, "rows": rows, "problems": []}
