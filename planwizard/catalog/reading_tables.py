"""From the sheets of a file to drafts of entries: heads, cells and what is wrong with them, named by sheet and cell."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planwizard.catalog.catalog_file import SECTIONS, Draft, dangling, read_entry
from planwizard.catalog.columns import Column, NoCell, columns_of, section_titled, title_of
from planwizard.common.tables.sheet import Cell, Row, Sheet, cell_name, from_json
from planwizard.web import confined

BROKEN = (
    "ファイルを読めませんでした。中身が大きすぎるか、壊れています。表計算ソフトで開いて保存し直してください。"
)
_MOST_TOLD = 20


class TablesRefused(ValueError):
    """The file as a whole is not taken; ``messages`` say why, in Japanese."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        more = len(messages) - _MOST_TOLD
        self.messages = [*messages[:_MOST_TOLD], *([f"ほかに{more}か所あります。"] if more > 0 else [])]


@dataclass
class Found:
    """One row of a sheet: a draft, or the mistakes ``[cell, what to do]`` for which there is none."""

    section: str
    sheet: str
    columns: list[Column]
    reference: str
    row: int
    draft: Draft | None = None
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def place(self) -> str:
        return f"{self.sheet}の{self.row}行"

    def blame(self, at: int, says: str) -> None:
        """Note a mistake in the cell of a column, counted from 0."""
        head = f"（{self.columns[at].head}）" if 0 <= at < len(self.columns) else ""
        self.mistakes.append((f"{self.sheet}の{cell_name(self.row, at)}{head}", says))


def sheets_of(data: bytes, asked: dict[str, str]) -> list[Sheet]:
    """The sheets of an uploaded file, read in a process of its own. ``asked`` as tables.child says."""
    try:
        said, _, _ = confined.run(
            "planwizard.common.tables.child", json.dumps(asked).encode() + b"\n" + data
        ).partition(b"\n")
    except confined.Gone:
        raise TablesRefused([BROKEN]) from None
    answer = json.loads(said)
    if "refused" in answer:
        raise TablesRefused([answer["refused"]])
    return from_json(answer["sheets"])


def found_in(sheets: Sequence[Sheet]) -> list[Found]:
    """Every row of every sheet. Raises TablesRefused for sheets or heads that are not the catalogue's."""
    filled = [sheet for sheet in sheets if sheet.rows]
    messages = [message for sheet in filled for message in _wrong_heads(sheet)]
    if not filled:
        messages = ["表に何も書かれていません。1行目に見出し、2行目から1件を1行で入れてください。"]
    if messages:
        raise TablesRefused(messages)
    found = [each for sheet in filled for each in _rows(sheet)]
    _refuse_doubles(found)
    _refuse_dangling(found)
    return found


def _wrong_heads(sheet: Sheet) -> Iterator[str]:
    section = section_titled(sheet.name)
    if not section:
        names = "、".join(title_of(model) for model in SECTIONS.values())
        yield f"「{sheet.name}」というシートは読めません。シートの名は {names} のどれかにしてください。"
        return
    heads, wanted = _heads(sheet), [column.head for column in columns_of(SECTIONS[section])]
    row = sheet.rows[0].number
    for at, head in enumerate(heads):
        if head not in wanted:
            yield f"「{sheet.name}」の{cell_name(row, at)}：「{head}」という見出しはありません。書き出した表の見出しに直してください。"
        elif head in heads[:at]:
            yield f"「{sheet.name}」の{cell_name(row, at)}：見出し「{head}」が2つあります。"
    for head in wanted:
        if head not in heads:
            yield f"「{sheet.name}」の{row}行：見出し「{head}」の列がありません。書き出した表の形のまま直してください。"


def _heads(sheet: Sheet) -> list[str]:
    return [str(cell or "").strip() for cell in sheet.rows[0].cells]


def _rows(sheet: Sheet) -> Iterator[Found]:
    section = section_titled(sheet.name)
    known = {column.head: column for column in columns_of(SECTIONS[section])}
    columns = [known[head] for head in _heads(sheet)]
    odd: dict[int, list[tuple[int, str]]] = {}
    for problem in sheet.problems:
        odd.setdefault(problem.row, []).append((problem.column, problem.says))
    for row in sheet.rows[1:]:
        yield _row(sheet.name, section, columns, row, odd.get(row.number, []))


def _row(name: str, section: str, columns: list[Column], row: Row, odd: list[tuple[int, str]]) -> Found:
    entry, wrong = _entry(columns, row)
    reference = "/".join(str(entry[key]) for key in ("edition", "code") if entry.get(key))[:100]
    found = Found(section, name, columns, reference, row.number)
    odd_at = {column for column, _ in odd}
    wrong = [(at, says) for at, says in wrong if at not in odd_at]
    if not wrong and not odd:
        found.draft, mistakes = read_entry(SECTIONS[section], entry, found.place)
        wrong = [(_column_of(found, mistake.name), mistake.says) for mistake in mistakes]
    for at, says in sorted((*odd, *wrong)):
        found.blame(at, says)
    return found


def _column_of(found: Found, field_name: str) -> int:
    return next(at for at, column in enumerate(found.columns) if column.name == field_name)


def _entry(columns: list[Column], row: Row) -> tuple[dict[str, object], list[tuple[int, str]]]:
    entry: dict[str, object] = {}
    wrong = []
    cells: list[Cell] = [*row.cells, *[None] * (len(columns) - len(row.cells))]
    for at, (column, cell) in enumerate(zip(columns, cells, strict=False)):
        try:
            entry[column.name] = column.entry(cell)
        except NoCell as reason:
            wrong.append((at, str(reason)))
    wrong += [(at, "見出しのない列です。") for at in range(len(columns), len(row.cells)) if row.cells[at]]
    return entry, wrong


def _refuse(found: Found, field_name: str, says: str) -> None:
    found.blame(_column_of(found, field_name), says)
    found.draft = None


def _refuse_doubles(found: list[Found]) -> None:
    times = Counter((each.section, each.reference) for each in found if each.reference)
    for each in found:
        if times[each.section, each.reference] > 1:
            others = [
                f"{other.row}行"
                for other in found
                if other is not each and (other.section, other.reference) == (each.section, each.reference)
            ]
            _refuse(
                each, "code", f"同じ番号が{'、'.join(others[:5])}にもあります。一方を直すか消してください。"
            )


def _refuse_dangling(found: list[Found]) -> None:
    """A row that cites what is not there, or what has a mistake of its own, until no further one falls."""
    while True:
        by_place = {each.place: each for each in found if each.draft is not None}
        mistakes = list(dangling([each.draft for each in by_place.values() if each.draft]))
        if not mistakes:
            return
        for draft, mistake in mistakes:
            _refuse(by_place[draft.place], mistake.name, f"{mistake.says}その行の誤りも確かめてください。")
