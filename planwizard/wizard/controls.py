"""Fields of the blueprint as boxes on a form: label, mark, help, control, error.

A box says what stands where and holds its control (input, select, …); ``layout.py`` lays it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import assert_never
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Level,
    Line,
    Number,
    Option,
    Prose,
    Reference,
    Rows,
    Sheet,
    Text,
    Upload,
    Year,
    YesNo,
)
from planwizard.blueprint.new_rows import beginning
from planwizard.blueprint.said_back import said_back
from planwizard.blueprint.values import is_entered
from planwizard.common.fiscal_year import FiscalYear
from planwizard.common.keys import new_key
from planwizard.wizard.marks import hangs_on, mark, mark_in_case
from planwizard.wizard.markup import NOTHING, fill, safe
from planwizard.wizard.surroundings import Surroundings

ROW = "__row__"  # stands for the key in the row that a script copies
_NOTHING: Sequence[str] = ("",)
_FEW = 6  # up to so many options are shown at once, more in a select
_MANY = 12  # more boxes to tick than this are folded away, but for the ticked ones
_VERY_MANY = 40  # and more than this come when somebody asks for them: a chapter has six such lists
_TABLE_COLUMNS = 4  # as many as can be read beside each other on an office's screen of 1280 pixels
_SHORT = 100  # characters; a longer line takes the whole width


@dataclass(frozen=True, slots=True)
class Paper:
    """What the boxes of one form are drawn on."""

    data: Mapping[str, Sequence[str]]  # form strings by path
    messages: Mapping[str, str]  # what could not be read, by path
    around: Surroundings
    years: Sequence[int]
    shown: Mapping[str, str]  # words for what an act sets or a computation gives, by path
    version_id: UUID | None = None  # whose pictures are shown
    removed: str = ""  # path of a row that was just taken out
    asked_for: str = ""  # path of a long list that is to be chosen from

    def strings(self, path: str) -> Sequence[str]:
        return self.data.get(path) or _NOTHING

    def string(self, path: str) -> str:
        return self.strings(path)[-1]


@dataclass(frozen=True, slots=True)
class Box:
    """One field on the form. ``layout`` says how it is laid out."""

    field: AnyField
    path: str
    layout: str  # control | choices | value | group | table | cards | years | picture
    help: str
    example: str
    mark: SafeString = NOTHING
    message: str = ""
    control: SafeString = NOTHING
    value: str = ""
    address: str = ""  # of the picture
    name: str = ""  # of a cell, whose label is the head of its column
    boxes: tuple[Box, ...] = ()
    rows: tuple[Row, ...] = ()
    blank: Blank | None = None  # the row that a script copies
    removed: str = ""  # path of the row that was taken out of it last

    @property
    def id(self) -> str:
        return f"id_{self.path}"

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width of the form; short fields stand side by side."""
        if self.layout not in ("control", "value"):
            return True
        return (
            isinstance(self.field, Text | Prose)
            or isinstance(self.field, Line)
            and self.field.max_chars > _SHORT
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a Rows field: its cells as a table shows them, or its boxes as a card does."""

    key: str
    path: str
    number: int
    boxes: tuple[Box, ...]
    name: str = ""  # what one row is called
    is_offered: bool = False  # nobody has written in it yet: see blueprint.new_rows

    @property
    def rows_path(self) -> str:
        return self.path.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Blank:
    """The row that a script copies: a fifth of the boxes of a sheet, the same ones on every page of a plan.

    ``key`` tells one blank row's markup from any other's; ``make`` draws it.
    """

    columns: tuple[AnyField, ...]  # those that a row shows
    key: tuple[object, ...]
    make: Callable[[], Row]


def boxes(
    fields: Iterable[AnyField], paper: Paper, prefix: str = "", *, is_compact: bool = False
) -> tuple[Box, ...]:
    """The boxes of what is entered here, and of what acts or computations have something to say about."""
    shown = (item for item in fields if _is_shown(item, f"{prefix}{item.key}", paper))
    return tuple(box(item, f"{prefix}{item.key}", paper, is_compact=is_compact) for item in shown)


def _is_shown(item: AnyField, path: str, paper: Paper) -> bool:
    if item.is_fixed and isinstance(item, Reference):  # shown where the act is: wizard/adoptions.html
        return False
    return is_entered(item) or item.is_fixed or bool(paper.shown.get(path))


def box(item: AnyField, path: str, paper: Paper, name: str = "", *, is_compact: bool = False) -> Box:
    """The box of one field.

    ``name`` labels a control that has no visible label of its own (a cell). Compact: in a cell or a card, where
    one of several options is chosen in a select.
    """
    is_compact = is_compact or bool(name)
    facts = _facts(item, path, paper)
    if item.is_fixed:
        return Box(layout="value", value=paper.shown.get(path, ""), **facts)
    match item:
        case Computed():
            return Box(layout="value", value=paper.shown.get(path, ""), **facts)
        case Group(fields=fields):
            return Box(layout="group", boxes=boxes(fields, paper, f"{path}."), **facts)
        case Rows():
            return _rows_box(item, path, paper, facts)
        case ByYear():
            years = tuple(_year_row(item, path, year, paper) for year in paper.years)
            return Box(layout="years", rows=years, **facts)
        case Upload():
            return _picture_box(path, paper, facts)
        case Choice() | Choices() | YesNo() | Reference():
            layout = "choices" if _is_open(item, is_compact=is_compact) else "control"
            return Box(
                layout=layout,
                control=_control(item, path, paper, name, is_compact=is_compact),
                name=name,
                **facts,
            )
        case Line() | Text() | Prose() | Number() | Day() | Year():
            return Box(
                layout="control",
                control=_control(item, path, paper, name, is_compact=is_compact),
                value=paper.string(path),
                name=name,
                **facts,
            )
        case _:
            assert_never(item)


def _facts(item: AnyField, path: str, paper: Paper) -> dict:
    return {
        "field": item,
        "path": path,
        "help": paper.around.in_town(item.help),
        "example": paper.around.in_town(item.example),
        "mark": _mark(item, path, paper),
        "message": paper.messages.get(path, ""),
    }


def _mark(item: AnyField, path: str, paper: Paper) -> SafeString:
    beside = hangs_on(item)
    if not beside:
        return mark(item)
    at = path.removesuffix(item.key) + beside
    return mark_in_case(item, at, paper.string(at))


# Controls


def _control(item: AnyField, path: str, paper: Paper, name: str, *, is_compact: bool) -> SafeString:
    facts = _attributes(item, path, paper, name)
    match item:
        case Line(format=form, suggest=suggest):
            return _input(
                facts, path, paper, width=_line_width(item), mode=_MODES.get(form, ""), suggest=suggest
            )
        case Number():
            typed = _input(facts, path, paper, width="number", mode="decimal", is_said=True)
            return _measured(typed, item.unit) + _said(item, path, paper)
        case Day():
            return _input(facts, path, paper, width="medium", is_said=True) + _said(item, path, paper)
        case Year():
            if item.follows:
                facts += SafeString(f' data-follows="{item.follows}"')
            return _input(facts, path, paper, width="short", is_said=True) + _said(item, path, paper)
        case Text() | Prose():
            return _textarea(item, facts, path, paper, is_compact=is_compact)
        case Choice(options=options):
            if not _is_open(item, is_compact=is_compact):
                return _select_of(options, facts, path, paper)
            return _radios([(option.key, option.label) for option in options], path, paper)
        case Choices(options=options):
            return _checkboxes([(option.key, option.label) for option in options], path, paper)
        case YesNo(yes=yes, no=no):
            pairs = [("yes", yes), ("no", no)]
            return _select(pairs, facts, path, paper) if is_compact else _radios(pairs, path, paper)
        case Reference(many=many):
            pairs = _pointed(item.choices_key, path, paper)
            nothing = NOTHING if pairs else _nothing_yet(item.to, paper)
            if many:
                return nothing or _checkboxes(pairs, path, paper)
            # In a cell there is no room for it; the list is empty all the same.
            return _select(pairs, facts, path, paper) + (NOTHING if name else nothing)
        case Upload() | Rows() | Group() | ByYear() | Computed():
            raise TypeError(f"{path} has no single control")
        case _:
            assert_never(item)


def _attributes(item: AnyField, path: str, paper: Paper, name: str) -> SafeString:
    """id, name, and what ties the control to its label, help and error."""
    label = f' aria-label="{safe(name)}"' if name else ""
    told = [f"id_{path}_helptext"] if item.help and not name else []
    wrong = ""
    if path in paper.messages:
        told.append(f"id_{path}_error")
        wrong = ' aria-invalid="true"'
    here, described = safe(path), f' aria-describedby="{safe(" ".join(told))}"' if told else ""
    return SafeString(f'id="id_{here}" name="{here}"{label}{wrong}{described}')


_MODES = {"url": "url", "email": "email", "tel": "tel", "municipality_code": "numeric"}


def _line_width(item: Line) -> str:
    return "short" if item.max_chars <= 20 else "medium" if item.max_chars <= 60 else "long"


def _input(
    facts: SafeString,
    path: str,
    paper: Paper,
    *,
    width: str = "",
    mode: str = "",
    suggest: str = "",
    is_said: bool = False,
) -> SafeString:
    inputmode = f' inputmode="{mode}"' if mode else ""
    choices = f' list="list_{suggest}"' if suggest in paper.around.suggestions else ""
    said = " data-said" if is_said else ""
    return SafeString(
        f'<input class="pw-input" data-width="{width}" {facts}{inputmode}{choices}{said} autocomplete="off" '
        f'value="{safe(paper.string(path))}">'
    )


def _said(item: AnyField, path: str, paper: Paper) -> SafeString:
    typed = paper.string(path)
    return _output(said_back(item, typed)) if typed else NOTHING


@lru_cache(maxsize=4096)
def _output(words: str) -> SafeString:
    return SafeString(f'<span class="pw-said">{safe(words)}</span>') if words else NOTHING


def _measured(control: SafeString, unit: str) -> SafeString:
    if not unit:
        return control
    return fill('<span class="pw-measured">{}<span class="pw-measured__unit">{}</span></span>', control, unit)


def _textarea(
    item: Text | Prose, facts: SafeString, path: str, paper: Paper, *, is_compact: bool
) -> SafeString:
    rows = 2 if is_compact else 3 if item.max_chars <= 400 else 6 if item.max_chars <= 1000 else 16
    size = SafeString(' data-size="long"') if rows == 16 else ""
    # A line break right after the tag is dropped by browsers, so one is written for it to drop.
    return fill(
        '<textarea class="pw-textarea"{} rows="{}" data-max="{}" {}>\n{}</textarea>',
        size,
        rows,
        item.max_chars,
        facts,
        paper.string(path),
    )


def _pointed(to: str, path: str, paper: Paper) -> list[tuple[str, str]]:
    """What may be pointed to, and what is pointed to although it is gone."""
    pairs = paper.around.choices.get(to, [])
    known = {key for key, _ in pairs}
    gone = [(key, "（今は無い項目）") for key in paper.strings(path) if key and key not in known]
    return [*pairs, *gone]


def _is_open(item: Choice | Choices | YesNo | Reference, *, is_compact: bool) -> bool:
    """Whether all options are shown at once. Where one is chosen: up to a few, and not in a cell."""
    match item:
        case Choices():
            return True
        case Reference(many=many):
            return many
        case YesNo():
            return not is_compact
        case Choice(options=options):
            return len(options) <= _FEW and not is_compact


def _select(pairs: Sequence[tuple[str, str]], facts: SafeString, path: str, paper: Paper) -> SafeString:
    chosen = paper.string(path)
    extra = [] if not chosen or any(key == chosen for key, _ in pairs) else [(chosen, chosen)]
    offered = (("", "選んでください"), *pairs, *extra)
    options = "".join(
        _option(key, words, " selected") if key == chosen else _option(key, words) for key, words in offered
    )
    return fill('<select class="pw-select" {}>{}</select>', facts, SafeString(options))


_selects: dict[tuple[int, str], tuple[Sequence[Option], SafeString]] = {}


def _select_of(options: Sequence[Option], facts: SafeString, path: str, paper: Paper) -> SafeString:
    """The same for options of the blueprint, of which a sheet has a hundred: drawn once for each that is chosen."""
    chosen = paper.string(path)
    place = (id(options), chosen)
    found = _selects.get(place)
    if found is None or found[0] is not options:
        pairs = [(option.key, option.label) for option in options]
        if chosen and chosen not in dict(pairs):  # what somebody typed is not kept
            return _select(pairs, facts, path, paper)
        found = _selects[place] = options, _select(pairs, SafeString("{}"), path, paper)
    return fill(found[1], facts)


# A chapter that points to 200 measures five times has a thousand of these, the same on every page.
@lru_cache(maxsize=8192)
def _option(key: str, words: str, selected: str = "") -> str:
    return f'<option value="{safe(key)}"{selected}>{safe(words)}</option>'


@lru_cache(maxsize=8192)
def _rest_of_choice(key: str, words: str, checked: str = "") -> str:
    """A box to tick, or a round one, from its value on."""
    return f'{safe(key)}"{checked}><span>{safe(words)}</span></label>'


def _checkboxes(pairs: Sequence[tuple[str, str]], path: str, paper: Paper) -> SafeString:
    chosen = set(paper.strings(path))
    if len(pairs) <= _MANY:
        return _choices("checkbox", pairs, path, chosen)
    ticked = [pair for pair in pairs if pair[0] in chosen]
    others = [pair for pair in pairs if pair[0] not in chosen]
    words = f"{'ほか' if ticked else '一覧'}から選ぶ（{len(others)}件）"
    return _choices("checkbox", ticked, path, chosen) + _others(others, path, paper, words)


def _others(pairs: Sequence[tuple[str, str]], path: str, paper: Paper, words: str) -> SafeString:
    is_asked_for = path == paper.asked_for
    if len(pairs) > _VERY_MANY and not is_asked_for:
        return fill(
            '<p><button class="pw-button" data-kind="secondary" data-size="small" name="go" value="choose:{}">{}</button></p>',
            *(path, words),
        )
    return fill(
        '<details class="pw-details"{}><summary class="pw-details__summary">{}</summary>'
        '<div class="pw-details__body pw-choices" data-direction="columns">{}</div></details>',
        *(SafeString(" open") if is_asked_for else NOTHING, words),
        _choices("checkbox", pairs, path, set()),
    )


# Where that comes from which a list offers: what is to be done first, and the step where, measures having a list.
_BEFORE = {
    "measure": ("6章で施策を作ってから選びます。", "施策の一覧へ", ""),
    "issue": ("1章で課題を書いてから選びます。", "1章の課題へ", "ch1#id_issues"),
    "evidence": ("1章で現状や調査の結果を書いてから選びます。", "1章の現状へ", "ch1#id_digital_indicators"),
    "own_pillar": ("基本情報で柱を書いてから選びます。", "基本情報の柱へ", "basics#id_own_pillars"),
    "department": ("課が登録されてから選びます。事務局か管理者に登録を頼んでください。", "", ""),
}
_CATALOGUE = "国の資料がまだ入っていません。全体管理者が入れると選べます。"


def _nothing_yet(to: str, paper: Paper) -> SafeString:
    """What stands in the place of a list that is empty."""
    words, link, where = _BEFORE.get(to, (_CATALOGUE, "", ""))
    if not link or paper.version_id is None:
        return fill('<p class="pw-note">{}</p>', words)
    step, _, field = where.partition("#")
    name, of = ("wizard:step", [paper.version_id, step]) if step else ("wizard:measures", [paper.version_id])
    address = reverse(name, args=of) + (f"#{field}" if field else "")
    return fill('<p class="pw-note">{}<a href="{}">{}</a></p>', words, address, link)


def _radios(pairs: Sequence[tuple[str, str]], path: str, paper: Paper) -> SafeString:
    chosen = paper.string(path)
    return _choices("radio", [*pairs, ("", "未選択")], path, {chosen})


def _choices(kind: str, pairs: Sequence[tuple[str, str]], path: str, chosen: set[str]) -> SafeString:
    start = f'<label class="pw-choice"><input type="{kind}" name="{safe(path)}" value="'
    rests = (
        _rest_of_choice(key, words, " checked") if key in chosen else _rest_of_choice(key, words)
        for key, words in pairs
    )
    return SafeString("".join(f"{start}{rest}" for rest in rests))


# Rows, years and pictures


def _rows_box(item: Rows, path: str, paper: Paper, facts: dict) -> Box:
    keys = [key for key in paper.data.get(path, ()) if key]
    if not keys and item.level is Level.REQUIRED:
        keys = [new_key()]
    return Box(
        layout="table" if _fits_table(item) else "cards",
        rows=tuple(_standing_row(item, path, key, n, paper) for n, key in enumerate(keys, 1)),
        blank=Blank(
            tuple(
                column for column in item.columns if _is_shown(column, f"{path}.{ROW}.{column.key}", paper)
            ),
            _blank_key(item, path, paper),
            lambda: _new_row(item, path, ROW, 0, paper),
        ),
        removed=paper.removed if paper.removed.rpartition(".")[0] == path else "",
        **facts,
    )


def _standing_row(item: Rows, path: str, key: str, number: int, paper: Paper) -> Row:
    start = f"{path}.{key}."
    is_written = f"{start}{item.columns[0].key}" in paper.data or any(
        at.startswith(start) for at in paper.data
    )
    return (_row if is_written else _new_row)(item, path, key, number, paper)


def _new_row(item: Rows, path: str, key: str, number: int, paper: Paper) -> Row:
    """A row with what every new one begins with."""
    begun = beginning(item, paper.around.period)
    strings = {f"{path}.{key}.{column}": [_year_label(year, paper)] for column, year in begun.items()}
    return replace(_row(item, path, key, number, replace(paper, data=strings)), is_offered=True)


def _year_label(year: int, paper: Paper) -> str:
    return FiscalYear(year).label("seireki" if paper.around.era == "seireki" else "wareki")


def _blank_key(item: Rows, path: str, paper: Paper) -> tuple[object, ...]:
    """All that a row without answers is drawn from."""
    around = paper.around
    chosen = (tuple(around.choices.get(to, ())) for to in _pointed_to(item.columns))
    known = (id(item), path, paper.version_id, around.town, around.prefecture, around.era)
    begun = beginning(item, around.period).items()
    return (*known, *paper.years, *begun, *chosen, *around.suggestions)


def _pointed_to(columns: Iterable[AnyField]) -> Iterator[str]:
    for column in columns:
        if isinstance(column, Reference):
            yield column.choices_key
        elif isinstance(column, ByYear | Rows):
            yield from _pointed_to(column.columns)
        elif isinstance(column, Group):
            yield from _pointed_to(column.fields)


def _fits_table(item: Rows) -> bool:
    """Whether a row can stand in one line: few columns, each with a single small control, one for longer text."""
    texts = sum(isinstance(column, Text) for column in item.columns)
    return len(item.columns) <= _TABLE_COLUMNS and texts <= 1 and all(map(_fits_cell, item.columns))


def _fits_cell(column: AnyField) -> bool:
    if isinstance(column, Reference):
        return not column.many
    return isinstance(column, Line | Number | Day | Year | Choice | YesNo | Text)


def _row(item: Rows, path: str, key: str, number: int, paper: Paper) -> Row:
    start = f"{path}.{key}"
    if not _fits_table(item):
        return Row(
            key, start, number, boxes(item.columns, paper, f"{start}.", is_compact=True), item.row_name
        )
    cells = tuple(
        box(column, f"{start}.{column.key}", paper, f"{item.row_name} {number or ''}の{column.label}")
        for column in item.columns
    )
    return Row(key, start, number, cells, item.row_name)


def _year_row(item: ByYear, path: str, year: int, paper: Paper) -> Row:
    label = FiscalYear(year).short(paper.around.era)
    cells = tuple(
        box(column, f"{path}.{year}.{column.key}", paper, f"{label}の{column.label}")
        for column in item.columns
    )
    return Row(label, f"{path}.{year}", year, cells)


_PICTURE_FIELDS = (
    Line(
        "alt",
        "画像の説明（代替テキスト）",
        max_chars=200,
        help="画像を見られない人に伝わるように、何が写っているかを書きます。",
    ),
    Line("caption", "図の題", max_chars=100),
    Number("width_mm", "印刷する幅", unit="mm"),
)


def _picture_box(path: str, paper: Paper, facts: dict) -> Box:
    asset = paper.string(f"{path}.asset")
    is_known = asset and f"{path}.asset" not in paper.messages  # else it is no picture's address
    return Box(
        layout="picture",
        value=asset,
        address=reverse("wizard:asset", args=[paper.version_id, asset]) if is_known else "",
        boxes=_picture(path, paper),
        **facts,
    )


def _picture(path: str, paper: Paper) -> tuple[Box, ...]:
    return boxes(_PICTURE_FIELDS, paper, f"{path}.")


@dataclass(frozen=True, slots=True)
class BoxSet:
    number: int
    title: str
    boxes: tuple[Box, ...]

    @property
    def id(self) -> str:
        return f"set_{self.number}"


def box_sets(sheet: Sheet, paper: Paper) -> list[BoxSet]:
    """The boxes of a sheet under its headings, but for headings below which nothing stands."""
    found = (
        BoxSet(number, group.title, boxes(group.fields, paper)) for number, group in enumerate(sheet.sets, 1)
    )
    return [each for each in found if each.boxes]
