"""Catalogue files as an administrator edits them: sheets with the heads of the product, entries obviously invented."""

from __future__ import annotations

import io
from collections.abc import Iterable

import openpyxl

from planwizard.catalog.catalog_file import SECTIONS
from planwizard.catalog.columns import columns_of, heads_of, title_of

ENTRY = {
    "edition": "TEST-1",
    "code": "TEST-001",
    "title": "試験の窓口",
    "title_kind": "原典の題のまま",
    "area": "手続オンライン化",
    "ministry": "試験省",
    "ministry_basis": "出典に見える",
    "summary": "試験のための要約。",
    "source_edition": "試験の文書",
    "source": "試験の出典",
    "status": "有効",
    "text_seen": "本文の一部を読んだ",
    "verified": "はい",
    "is_on": "はい",
}
EDITION = {"code": "TEST-1", "name": "試験の版", "is_active": "はい"}
DOCUMENT = {"code": "TEST-D1", "title": "試験の文書", "kind": "国の基本計画（官民データ活用推進基本計画に当たるもの）",
            "decided_on": "2026-04-01", "status": "有効", "source": "試験の出典", "verified": "はい", "is_on": "はい"}  # fmt: skip


def rows_of(section: str, entries: Iterable[dict]) -> list[list]:
    """Heads and one row an entry; ``{field: cell}``."""
    model = SECTIONS[section]
    names = [column.name for column in columns_of(model)]
    return [heads_of(model), *([entry.get(name) for name in names] for entry in entries)]


def workbook_of(**sections: Iterable[dict]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for section, entries in sections.items():
        sheet = workbook.create_sheet(title_of(SECTIONS[section]))
        for row in rows_of(section, entries):
            sheet.append(row)
    return workbook


def saved(workbook: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def edition_file(*measures: dict, **sections: Iterable[dict]) -> bytes:
    """An edition TEST-1 whose measures differ from ENTRY by what is given."""
    return saved(
        workbook_of(
            **{"editions": [EDITION], **sections},
            national_measures=[ENTRY | changes for changes in measures],
        )
    )
