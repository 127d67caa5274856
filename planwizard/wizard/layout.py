"""The boxes of a form laid out: label, mark, help, control, example, error. See docs/screens.md for the markup.

In Python, not in templates: one sheet has several hundred boxes and cells, and an include for each would take four
times as long as everything else on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from django.utils.safestring import SafeString

from planwizard.blueprint.computed import FROM
from planwizard.blueprint.kinds import AnyField, ByYear, Level, Line, Number, Rows, Upload
from planwizard.blueprint.new_rows import OFFERED
from planwizard.plans.examples import MARK
from planwizard.wizard.controls import Blank, Box, BoxSet, Row
from planwizard.wizard.marks import IN_A_ROW, mark
from planwizard.wizard.markup import NOTHING, fill, join

NOTHING_YET = "（まだありません）"
_NEAR = 1  # sections at the top that a first screen shows
_FAR = SafeString(' data-long="far"')
_MOST_OPEN = 5  # cards of one field; of more, each is folded


def sections(sets: Iterable[BoxSet]) -> SafeString:
    """The whole form under its headings; what no first screen shows is marked, see page.mjs."""
    pattern = '<section class="pw-section"{} id="{}"><h2>{}</h2>{}</section>\n'
    return join(
        fill(pattern, _FAR if place > _NEAR else NOTHING, each.id, each.title, _fields(each.boxes))
        for place, each in enumerate(sets, 1)
    )


def suggestions(lists: Mapping[str, Iterable[str]]) -> SafeString:
    """What the browser offers while a line is being typed, by name."""
    option, pattern = '<option value="{}"></option>', '<datalist id="list_{}">{}</datalist>\n'
    return join(fill(pattern, name, join(fill(option, words) for words in lists[name])) for name in lists)


def field(box: Box) -> SafeString:
    """One box, with all that lies in it."""
    return _LAYOUTS[box.layout](box)


def _fields(boxes: Iterable[Box]) -> SafeString:
    return fill('<div class="pw-fields">{}</div>', join(map(field, boxes), "\n"))


# --- pieces --------------------------------------------------------------------------------------------------


def _legend(box: Box, name: str = "pw-fieldset__legend") -> SafeString:
    return fill('<legend class="{}">{} {}</legend>', name, box.field.label, box.mark)


def _help(box: Box) -> SafeString:
    return fill('<p class="pw-field__help">{}</p>', box.help) if box.help else NOTHING


def _named_help(box: Box) -> SafeString:
    """Help that a control or fieldset is described by."""
    pattern = '<p class="pw-field__help" id="{}_helptext">{}</p>'
    return fill(pattern, box.id, box.help) if box.help else NOTHING


def _example(box: Box) -> SafeString:
    pattern = '<p class="pw-field__example">{}：{}</p>'
    return fill(pattern, box.field.example_name, box.example) if box.example else NOTHING


def _error(box: Box) -> SafeString:
    pattern = '<ul class="pw-field__error" id="{}_error"><li>{}</li></ul>'
    return fill(pattern, box.id, box.message) if box.message else NOTHING


def _state(box: Box) -> SafeString:
    return SafeString(' data-state="error"') if box.message else NOTHING


# --- one control, or none ------------------------------------------------------------------------------------


def _control(box: Box) -> SafeString:
    return fill(
        '<div class="pw-field"{}{}>'
        '<div class="pw-field__head"><label class="pw-field__label" for="{}">{}</label>{}</div>{}\n{}\n{}{}</div>',
        SafeString(" data-wide") if box.is_wide else NOTHING,
        _state(box),
        *(box.id, box.field.label, box.mark),
        *(_named_help(box), box.control, _example(box), _error(box)),
    )


def _choices(box: Box) -> SafeString:
    described = fill(' aria-describedby="{}_helptext"', box.id) if box.help else NOTHING
    return fill(
        '<fieldset class="pw-field" data-wide id="{}"{}{}>{}{}'
        '<div class="pw-choices" data-direction="row">{}</div>{}</fieldset>',
        *(box.id, described, _state(box)),
        *(_legend(box, "pw-field__label"), _named_help(box), box.control, _error(box)),
    )


def _value(box: Box) -> SafeString:
    pattern = '<div class="pw-field" id="{}"><p class="pw-field__label">{}</p><p class="pw-field__value"{}>{}</p>{}</div>'
    return fill(pattern, box.id, box.field.label, _worked_out_of(box), box.value or NOTHING_YET, _help(box))


def _worked_out_of(box: Box) -> SafeString:
    """For the script that asks for it anew."""
    if box.field.key not in FROM:
        return NOTHING
    return fill(
        ' role="status" data-computed="{}" data-from="{}"', box.field.key, " ".join(FROM[box.field.key])
    )


# --- several -------------------------------------------------------------------------------------------------


def _group(box: Box) -> SafeString:
    pattern = '<fieldset class="pw-fieldset" data-wide id="{}">{}{}{}{}</fieldset>'
    return fill(pattern, box.id, _legend(box), _help(box), _example(box), _fields(box.boxes))


def _picture(box: Box) -> SafeString:
    return fill(
        '<fieldset class="pw-fieldset" data-wide id="{}">{}{}<input type="hidden" name="{}.asset" value="{}">{}'
        '<p><button class="pw-button" data-kind="secondary" data-size="small" name="go" value="picture:{}">'
        "保存して画像を選ぶ</button></p></fieldset>",
        *(box.id, _legend(box), _help(box), box.path, box.value, _chosen_picture(box), box.path),
    )


_NO_PICTURE = SafeString('<p class="pw-note">画像はまだありません。</p>')
_DRAWN = SafeString(
    '<p class="pw-note">入力から自動で作ったものが印刷されます。「計画全体をプレビュー」か、次のボタンの画面で見られます。</p>'
)


def _chosen_picture(box: Box) -> SafeString:
    if not box.address:
        is_drawn = isinstance(box.field, Upload) and box.field.is_drawn
        return _DRAWN if is_drawn else _NO_PICTURE
    pattern = '<p><img class="pw-picture" src="{}" alt="いま選ばれている画像"></p>{}'
    return fill(pattern, box.address, _fields(box.boxes))


def _years(box: Box) -> SafeString:
    """One small table: the fiscal years in the head, below each what is asked of it."""
    pattern = '<div class="pw-field" data-wide id="{}"><p class="pw-field__label">{} {}</p>{}{}</div>'
    return fill(pattern, box.id, box.field.label, box.mark, _help(box), _table_of_years(box))


def _table_of_years(box: Box) -> SafeString:
    if not box.rows:
        return SafeString('<p class="pw-note">基本情報で計画の期間を入力すると、年度の欄が出ます。</p>')
    return _table(
        box,
        join(fill('<th scope="col">{}</th>', year.key) for year in box.rows),
        fill(
            "<tbody><tr>{}</tr></tbody>", join(fill("<td>{}</td>", _cells_of_year(year)) for year in box.rows)
        ),
        density=_PAINTED if _is_of_words(box) else SafeString(' data-density="dense"'),
    )


_PAINTED = SafeString(' data-density="dense" data-paint')


def _is_of_words(box: Box) -> bool:
    """Words may go on from year to year; numbers do not."""
    return isinstance(box.field, ByYear) and any(isinstance(item, Line) for item in box.field.columns)


def _cells_of_year(year: Row) -> SafeString:
    if len(year.boxes) == 1:
        return join(fill("{}{}", cell.control, _error(cell)) for cell in year.boxes)
    # The label that is read aloud also names the year.
    pattern = '<span class="pw-note" aria-hidden="true">{}</span>{}{}'
    return join(fill(pattern, cell.field.label, cell.control, _error(cell)) for cell in year.boxes)


def _table(box: Box, head: SafeString, body: SafeString, density: SafeString = NOTHING) -> SafeString:
    return fill(
        '<div class="pw-scroll" role="region" tabindex="0" aria-label="{}"><table class="pw-table" data-kind="entry"{}>'
        '<caption class="pw-hidden">{}</caption><thead><tr>{}</tr></thead>{}</table></div>',
        *(box.field.label, density, box.field.label, head, body),
    )


# --- rows ----------------------------------------------------------------------------------------------------


def _table_of_rows(box: Box) -> SafeString:
    columns = box.blank.columns if box.blank else ()
    head = join(
        fill('<th scope="col">{}{}{}</th>', column.label, _unit(column), _needed(column, box.field))
        for column in columns
    )
    acts = SafeString('<th scope="col"><span class="pw-hidden">操作</span></th>')
    body = fill("<tbody data-rows>{}</tbody>", join(map(_table_row, box.rows), "\n"))
    return _rows(box, _table(box, head + acts, body), _table_row)


def _cards(box: Box) -> SafeString:
    card = _folded_card if len(box.rows) > _MOST_OPEN else _card
    cards = fill('<div class="pw-rows__cards" data-rows>{}</div>', join(map(card, box.rows), "\n"))
    return _rows(box, cards, _card)


def _rows(box: Box, shown: SafeString, row: Callable[[Row], SafeString]) -> SafeString:
    """Works without scripts: every button submits. The blank row is what a script copies."""
    name = box.field.row_name if isinstance(box.field, Rows) else ""
    empty = NOTHING if box.rows else SafeString('<p class="pw-note" data-empty>まだ1件もありません。</p>')
    return fill(
        '<fieldset class="pw-fieldset pw-rows" data-wide id="{}" data-module="rows" data-path="{}">{}{}{}{}{}'
        "<template data-blank>{}</template>{}{}</fieldset>",
        *(box.id, box.path, _legend(box), _help(box), _example(box), _error(box), shown),
        *(
            _blank(box.blank, row) if box.blank else NOTHING,
            empty,
            _row_tools(box.path, name, box.removed, box.layout),
        ),
    )


@lru_cache(maxsize=512)
def _row_tools(path: str, name: str, removed: str, form: str) -> SafeString:
    """What is done with the list as a whole. Its sentences are the script's; ``removed`` is a row just taken out."""
    return fill(
        '<div class="pw-cluster" data-tools data-removed="{}" data-moved="{}" data-taken-back="{}" data-taken="{}件を入れました。"'
        ' data-added="" data-waiting="空の{}がまだあります。そこに入れてください。"'
        ' data-painted="{}つの年度に同じ語を入れました。" data-unpainted="年度の欄を元に戻しました。">'
        '<button class="pw-button" data-kind="secondary" data-size="small" name="act" value="add:{}">{}を追加</button>'
        '<button class="pw-button" data-kind="secondary" data-size="small" name="go" value="paste:{}">Excel から貼り付ける</button>{}'
        '<span role="status" data-news>{}</span>'
        '<button class="pw-button" data-kind="text" data-size="small" name="act" value="take_back:{}"{}>取り消す</button>'
        '<span class="pw-rows__keys pw-note">Alt キーと ↑↓ で、いまの行を動かせます。</span></div>',
        *(
            f"{name} {{}} を削除しました。",
            "{}番目に動かしました。",
            f"{name} {{}} を元に戻しました。",
            "{}",
            name,
            "{}",
        ),
        *(
            path,
            name,
            path,
            _WIDE_VIEW if form == "cards" else NOTHING,
            f"{name}を1件削除しました。" if removed else "",
        ),
        *(removed, NOTHING if removed else SafeString(" hidden")),
    )


_WIDE_VIEW = SafeString(
    '<button class="pw-button" type="button" data-kind="secondary" data-size="small" aria-pressed="false"'
    " data-wide-view hidden>横に並べて見る</button>"
)
_MOST_BLANKS = 512
_blanks: dict[tuple[object, ...], SafeString] = {}


def _blank(blank: Blank, row: Callable[[Row], SafeString]) -> SafeString:
    found = _blanks.get(blank.key)
    if found is None:
        if len(_blanks) >= _MOST_BLANKS:
            _blanks.clear()
        found = _blanks[blank.key] = row(blank.make())
    return found


def _needed(column: AnyField, listed: AnyField) -> SafeString:
    """The mark of a column whose every cell is ◎; other marks would fill the head of a table."""
    if column.level is not Level.REQUIRED:
        return NOTHING
    is_asked = listed.level is Level.REQUIRED and not listed.waived_by
    return fill("<br>{}", mark(column) if is_asked else IN_A_ROW)


def _unit(item: AnyField) -> str:
    return f"（{item.unit}）" if isinstance(item, Number) and item.unit else ""


def _table_row(row: Row) -> SafeString:
    first = _hidden_key(row)
    cells = join(
        fill("<td>{}{}{}</td>", NOTHING if at else first, cell.control, _error(cell))
        for at, cell in enumerate(row.boxes)
    )
    pattern = '<tr id="id_{}" data-row tabindex="-1">{}<td class="pw-table__actions">{}</td></tr>'
    return fill(pattern, row.path, cells, _row_buttons(row))


def _card(row: Row) -> SafeString:
    return _framed(row, _fields(row.boxes))


def _folded_card(row: Row) -> SafeString:
    """Under its first answer, so that a long list can be looked over; open where there is something to do."""
    title = next((cell.value for cell in row.boxes if cell.layout == "control" and cell.value), "")
    if not title or _has_message(row.boxes):
        return _card(row)
    pattern = (
        '<details class="pw-details"><summary class="pw-details__summary">{}</summary>'
        '<div class="pw-details__body">{}</div></details>'
    )
    return _framed(row, fill(pattern, title, _fields(row.boxes)))


def _has_message(boxes: Iterable[Box]) -> bool:
    return any(
        box.message or _has_message(box.boxes) or any(_has_message(row.boxes) for row in box.rows)
        for box in boxes
    )


def _framed(row: Row, fields: SafeString) -> SafeString:
    return fill(
        '<fieldset class="pw-rows__card" id="id_{}" data-row tabindex="-1">'
        '<legend class="pw-rows__name">{} <span data-number>{}</span></legend>{}{}{}<p class="pw-cluster">{}</p></fieldset>',
        *(row.path, row.name, row.number or "", _hidden_key(row)),
        *(_EXAMPLE if _is_example(row) else NOTHING, fields, _row_buttons(row)),
    )


_EXAMPLE = SafeString(
    '<p class="pw-note" data-example>この行は例です。どこか1つを直すと（例）が消え、'
    "年度や段階など、この行のほかの欄もそのまま計画の内容になります。</p>"
)


def _is_example(row: Row) -> bool:
    return any(cell.value.startswith(MARK) for cell in row.boxes)


def _hidden_key(row: Row) -> SafeString:
    """Tells which rows there are, and in which order."""
    pattern = '<input type="hidden" name="{}" value="{}">'
    offered = fill(pattern, OFFERED, row.path) if row.is_offered else NOTHING
    return fill(pattern, row.rows_path, row.key) + offered


_ROW_ACTS: Sequence[tuple[str, str, str]] = (
    ("up", "上へ", ' aria-keyshortcuts="Alt+ArrowUp"'),
    ("down", "下へ", ' aria-keyshortcuts="Alt+ArrowDown"'),
    ("remove", "削除", ""),
)
_ROW_BUTTONS = "\n".join(
    f'<button class="pw-button" data-kind="text" data-size="small" name="act" value="{act}:{{}}"{keys}>{words}'
    '<span class="pw-hidden">（{} <span data-number>{}</span>）</span></button>'
    for act, words, keys in _ROW_ACTS
)


def _row_buttons(row: Row) -> SafeString:
    return fill(_ROW_BUTTONS, *(row.path, row.name, row.number or "") * len(_ROW_ACTS))


_LAYOUTS: dict[str, Callable[[Box], SafeString]] = {
    "control": _control,
    "choices": _choices,
    "value": _value,
    "group": _group,
    "picture": _picture,
    "years": _years,
    "table": _table_of_rows,
    "cards": _cards,
}
