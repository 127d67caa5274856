"""The town's dictionary as a table: a sheet of it read into words, words written as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planwizard.common.tables import csv_file
from planwizard.common.tables.sheet import Cell, Sheet, cell_name
from planwizard.common.text import one_line
from planwizard.wording.dictionary import LONGEST, LONGEST_NOTE, MOST_WORDS, troubles
from planwizard.wording.hint import TownWord

HEADS = ("避ける書き方", "わが町の書き方", "備考")
_MOST_TOLD = 20
_LONGEST = (LONGEST, LONGEST, LONGEST_NOTE)


class DictionaryRefused(ValueError):
    """``messages`` say in Japanese which row and column is wrong and what to do."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        more = len(messages) - _MOST_TOLD
        self.messages = [*messages[:_MOST_TOLD], *([f"ほかに{more}か所あります。"] if more > 0 else [])]


def words_in(sheet: Sheet) -> list[TownWord]:
    """Every word, or DictionaryRefused: nothing is taken from a file in which anything is wrong."""
    if not sheet.rows or tuple(_texts(sheet.rows[0].cells)) != HEADS:
        heads = "」「".join(HEADS)
        raise DictionaryRefused(f"1行目の見出しを「{heads}」にしてください。書き出した表の形のまま直せます。")
    rows = sheet.rows[1:]
    if not rows:
        raise DictionaryRefused("2行目から、1語を1行で入れてください。")
    if len(rows) > MOST_WORDS:
        raise DictionaryRefused(f"{MOST_WORDS:,}語より多いので読めません（{len(rows):,}語あります）。")
    found = [_word(row.cells) for row in rows]
    wrong = [says for row in rows for says in _wrong(row.number, row.cells)]
    wrong += [f"{rows[place].number}行：{says}" for place, says in troubles(found)]
    if wrong:
        raise DictionaryRefused(*wrong)
    return found


def write(words: Iterable[TownWord]) -> bytes:
    """CSV as spreadsheets read it."""
    return csv_file.write([HEADS, *((word.wrong, word.right, word.note) for word in words)])


def _wrong(line: int, cells: Sequence[Cell]) -> Iterator[str]:
    texts = _texts(cells)
    for column, (text, most) in enumerate(zip(texts, _LONGEST, strict=False)):
        if len(text) > most:
            place = f"{cell_name(line, column)}（{HEADS[column]}）"
            yield f"{place}：{most}文字までにしてください（いまは{len(text)}文字）。"
    for column, text in enumerate(texts[len(HEADS) :], len(HEADS)):
        if text:
            yield f"{cell_name(line, column)}：見出しのない列です。消してください。"


def _word(cells: Sequence[Cell]) -> TownWord:
    return TownWord(*[*_texts(cells), "", "", ""][: len(HEADS)])


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [one_line("" if cell is None else str(cell)) for cell in cells]
