"""The three figures drawn from answers: place among plans, organisation, period.

Plain names in, a ``Drawing`` out; None where the answers would make an empty or a single-box figure. Everything
can be read in black and white: borders, words and line styles carry the meaning, fills only help.
"""

from __future__ import annotations

from dataclasses import dataclass

from planwizard.common.fiscal_year import EraDisplay, FiscalYear, period_label
from planwizard.manuscript.drawing import (
    BAND,
    GREY,
    LABEL,
    LEADING,
    LONGEST,
    NAVY,
    PALE,
    WIDTH,
    Box,
    Canvas,
    Drawing,
    shortened,
    wrap,
)

GAP = 40  # px between one row of boxes and the next: room for an arrow and its word
_LEVEL_GAP = 50  # where a level of government begins: room for its line above the word as well
_BELOW_LINE = 36  # px from that line to the boxes below it
SMALL = 12
_MOST_NAMES = 6  # in one box; the tables carry them all
_MOST_YEARS = 16
_MOST_SPANS = 12  # bars; the table of parent plans has them all
_MEMBERS = 400  # characters: a council of the heads of 30 departments

Entry = tuple[str, tuple[str, ...]]  # what a box is, lines about it


@dataclass(frozen=True, slots=True)
class Place:
    """The plans around this one, by their printed names."""

    own: str
    town: str
    prefecture: str = ""
    laws: tuple[str, ...] = ()
    national: str = ""
    prefectural: str = ""
    parents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who carries the plan. Tuples of lines begin with the name, details follow."""

    head: tuple[str, ...] = ()
    officers: tuple[tuple[str, str], ...] = ()  # (CIO, 副市長)
    council: tuple[str, ...] = ()  # name, then chair, members, meetings
    secretariat: str = ""
    groups: tuple[str, ...] = ()
    promoters: tuple[str, ...] = ()
    external: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A bar of the period chart, both years inclusive."""

    name: str
    start: int
    end: int
    is_own: bool = False


# --- place among plans ---------------------------------------------------------------------------------------


def position(place: Place) -> Drawing | None:
    """Law, national plan and prefectural plan above this plan, parent and related plans beside it."""
    if not (place.laws or place.national or place.prefectural or place.parents or place.related):
        return None
    canvas = Canvas()
    above = _draw_above(canvas, place)
    top = above.bottom + _LEVEL_GAP if above.has_any else 24
    _tier(canvas, place.town, top - _BELOW_LINE if above.has_any else 0, is_first=not above.has_any)
    own = Box(220, 200, place.own, is_main=True)
    parents = Box(2, 186, "上位計画", _named(place.parents))
    related = Box(452, 186, "関連計画", _named(place.related))
    shown = [own, *(box for box in (parents, related) if box.lines)]
    height = max(box.needed for box in shown)
    own = own.placed(top, height)
    for box in (each.placed(top, height) for each in shown):
        canvas.box(box)
    if parents.lines:
        canvas.arrow((parents.right, own.middle[1]), (own.x, own.middle[1]))
    if related.lines:
        canvas.arrow((own.right, own.middle[1]), (related.x, own.middle[1]), both=True)
    _draw_arrows_down(canvas, above, own)
    return canvas.drawing(own.bottom + 4, _position_alt(place))


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands over this plan: the lowest box of the state, and the prefecture's."""

    nation: Box | None
    word: str  # how this plan relates to ``nation``
    prefecture: Box | None

    @property
    def has_any(self) -> bool:
        return bool(self.nation or self.prefecture)

    @property
    def bottom(self) -> int:
        return max(box.bottom for box in (self.nation, self.prefecture) if box)


def _draw_above(canvas: Canvas, place: Place) -> _Above:
    law = national = prefecture = None
    y = 4
    if place.laws:
        law = Box(130, 380, "", _named(place.laws, mark=False)).placed(y)
        canvas.box(law)
        y = law.bottom + GAP
    if place.national:
        national = Box(130, 380, "国の計画", (place.national,)).placed(y)
        canvas.box(national)
        y = national.bottom + GAP
    if law or national:
        y += _LEVEL_GAP - GAP
    if law and national:
        _labelled_arrow(canvas, 320, law.bottom, national.y, "基づく")
    if law or national:
        _tier(canvas, "国", 0, is_first=True)
    if place.prefectural:
        _tier(canvas, place.prefecture or "都道府県", max(0, y - _BELOW_LINE), is_first=y == 4)
        prefecture = Box(290, 220, "都道府県の計画", (place.prefectural,)).placed(y if y > 4 else 24)
        canvas.box(prefecture)
    if national and prefecture:
        _labelled_arrow(canvas, 400, national.bottom, prefecture.y, "即す")
    return _Above(national or law, "即す" if national else "基づく", prefecture)


def _draw_arrows_down(canvas: Canvas, above: _Above, own: Box) -> None:
    if above.nation:
        _labelled_arrow(canvas, 250, above.nation.bottom, own.y, above.word, is_left=True)
    if above.prefecture:
        _labelled_arrow(canvas, 400, above.prefecture.bottom, own.y, "勘案する")


def _labelled_arrow(
    canvas: Canvas, x: int, start: int, end: int, word: str, *, is_left: bool = False
) -> None:
    """An arrow down with its word beside the head, below the line of a level."""
    canvas.arrow((x, start), (x, end))
    at, anchor = (x - 8, "end") if is_left else (x + 8, "start")
    canvas.text(at, end - LEADING - 10, word, size=SMALL, anchor=anchor)


def _tier(canvas: Canvas, name: str, y: int, *, is_first: bool) -> None:
    """The name of a level of government at the left, under a dashed line."""
    if not is_first:
        canvas.line((0, y), (WIDTH, y), dashes="3 4", color=GREY)
    for at, line in enumerate(wrap(name, 130, SMALL)[:2]):
        canvas.text(2, y + 1 + at * LEADING, line, size=SMALL, anchor="start", is_strong=True)


def _named(names: tuple[str, ...], *, mark: bool = True) -> tuple[str, ...]:
    shown = tuple(f"・{shortened(name)}" if mark else shortened(name) for name in names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else (*shown, f"ほか{len(names) - _MOST_NAMES}件")


def _told(names: tuple[str, ...]) -> str:
    """Names as the figure shows them: clipped, and of many the first ones."""
    return "、".join(_named(names, mark=False))


def _position_alt(place: Place) -> str:
    facts = [
        f"{_told(place.laws)}に基づく。" if place.laws else "",
        f"国の計画「{shortened(place.national)}」に即す。" if place.national else "",
        f"都道府県の計画「{shortened(place.prefectural)}」を勘案する。" if place.prefectural else "",
        f"上位計画は{_told(place.parents)}。" if place.parents else "",
        f"関連計画は{_told(place.related)}。" if place.related else "",
    ]
    return f"「{shortened(place.own)}」とほかの計画との関係を示す図。{''.join(facts)}"


# --- organisation --------------------------------------------------------------------------------------------


def organisation(parts: Organisation) -> Drawing | None:
    """The head at the top, officers, council, secretariat and groups, promoters below; outsiders at the right."""
    rows = _rows_of(parts)
    if sum(len(row) for row in rows) + bool(parts.external) < 2:
        return None
    canvas, y, above, council = Canvas(), 4, None, None
    for row in rows:
        height = max(box.needed for box in row)
        placed = [box.placed(y, height) for box in row]
        for box in placed:
            canvas.box(box)
        if above:
            _branches(canvas, above, placed)
        council = next((box for box in placed if box.is_main), council)
        above, y = placed, y + height + GAP
    bottom = max(y - GAP, _draw_external(canvas, parts.external, council))
    return canvas.drawing(bottom + 4, _organisation_alt(parts))


def _rows_of(parts: Organisation) -> list[list[Box]]:
    width = 440 if parts.external else WIDTH
    head = [("推進責任者", parts.head)] if parts.head else []
    officers: list[Entry] = [(label, (title,)) for label, title in parts.officers]
    workers: list[Entry] = [("事務局", (parts.secretariat,))] if parts.secretariat else []
    if parts.groups:
        workers.append(("作業部会", _named(parts.groups)))
    promoters = [("各課の推進員", parts.promoters)] if parts.promoters else []
    council = (
        [Box((width - 360) // 2, 360, parts.council[0], parts.council[1:], True, _MEMBERS)]
        if parts.council
        else []
    )
    rows = [
        _beside(head, width),
        _beside(officers, width),
        council,
        _beside(workers, width),
        _beside(promoters, width),
    ]
    return [row for row in rows if row]


def _beside(entries: list[Entry], width: int) -> list[Box]:
    """Boxes of equal width side by side, centred."""
    gap, count = 16, max(1, len(entries))
    each = min(240, (width - 4 - gap * (count - 1)) // count)
    left = (width - each * count - gap * (count - 1)) // 2
    return [Box(left + at * (each + gap), each, title, lines) for at, (title, lines) in enumerate(entries)]


def _branches(canvas: Canvas, above: list[Box], below: list[Box]) -> None:
    """From the boxes above down to a bar, from the bar down to the boxes below."""
    bar = above[0].bottom + GAP // 2
    ends = [box.middle[0] for box in (*above, *below)]
    for box in above:
        canvas.line((box.middle[0], box.bottom), (box.middle[0], bar))
    for box in below:
        canvas.line((box.middle[0], bar), (box.middle[0], box.y))
    if min(ends) < max(ends):
        canvas.line((min(ends), bar), (max(ends), bar))


def _draw_external(canvas: Canvas, lines: tuple[str, ...], council: Box | None) -> int:
    if not lines:
        return 0
    box = Box(478, 160, lines[0], ("外部有識者", *lines[1:])).placed(council.y if council else 4)
    canvas.box(box)
    if council:
        y = council.y + min(council.height, box.height) // 2
        canvas.arrow((box.x, y), (council.right, y))
        canvas.text((box.x + council.right) / 2, y - LEADING - 2, "意見", size=SMALL)
    return box.bottom


def _organisation_alt(parts: Organisation) -> str:
    def told(lines: tuple[str, ...], longest: int = LONGEST) -> str:
        return "、".join(shortened(line, longest) for line in lines)

    facts = [
        f"推進責任者は{told(parts.head)}。" if parts.head else "",
        *(f"{label}は{shortened(title)}。" for label, title in parts.officers),
        f"庁内の推進組織は{told(parts.council, _MEMBERS)}。" if parts.council else "",
        f"事務局は{shortened(parts.secretariat)}。" if parts.secretariat else "",
        f"作業部会は{_told(parts.groups)}。" if parts.groups else "",
        f"各課の推進員は{told(parts.promoters)}。" if parts.promoters else "",
        f"外部有識者の会議は{told(parts.external)}。" if parts.external else "",
    ]
    return f"推進体制を示す図。{''.join(facts)}"


# --- period --------------------------------------------------------------------------------------------------

_NAMES = 176  # px for the names at the left
_ROW = 40


def period(spans: tuple[Span, ...], reviews: tuple[int, ...], era: EraDisplay) -> Drawing | None:
    """One bar for each plan over the years; ``reviews`` are the years in which this plan is looked at again."""
    own = next((span for span in spans if span.is_own), None)
    if own is None or not 0 <= own.end - own.start < _MOST_YEARS:
        return None
    more, spans = max(0, len(spans) - _MOST_SPANS), spans[:_MOST_SPANS]
    years = _window(spans, own)
    canvas = Canvas()
    y = _year_heads(canvas, years, era)
    for span in spans:
        y += _bar(canvas, span, years, y, era)
    marks = tuple(year for year in reviews if own.start <= year <= own.end)
    if marks:
        y += _review_row(canvas, marks, years, y)
    canvas.line((0, y), (WIDTH, y), color=GREY)
    return canvas.drawing(y + 4, _period_alt(spans, more, marks, era))


def _window(spans: tuple[Span, ...], own: Span) -> range:
    """The years shown: those of all plans, but at most some before and after this one."""
    room = max(0, _MOST_YEARS - (own.end - own.start + 1)) // 2
    first = max(min(span.start for span in spans), own.start - room)
    last = min(max(span.end for span in spans), own.end + room)
    return range(first, last + 1)


def _column(years: range, year: int) -> float:
    """The left edge of a year's column."""
    return _NAMES + (year - years.start) * (WIDTH - _NAMES) / len(years)


def _year_heads(canvas: Canvas, years: range, era: EraDisplay) -> int:
    canvas.rect(0, 0, WIDTH, 2 * LEADING + 4, fill=PALE)
    for year in years:
        left, right = _column(years, year), _column(years, year + 1)
        short = FiscalYear(year).short(era).removesuffix("年度")
        is_tight = right - left < 34
        first, second = (short[:2], short[2:]) if is_tight else (short, "年度")
        for at, words in enumerate((first, second)):
            canvas.text((left + right) / 2, 2 + at * LEADING, words, size=SMALL)
        canvas.line((left, 0), (left, 2 * LEADING + 4), color=GREY)
    return 2 * LEADING + 4


def _bar(canvas: Canvas, span: Span, years: range, y: int, era: EraDisplay) -> int:
    names = wrap(span.name, _NAMES - 8)
    height = max(_ROW, len(names) * LEADING + 8)
    _row_frame(canvas, names, years, y, height, is_strong=span.is_own)
    start, end = max(span.start, years.start), min(span.end, years.stop - 1)
    if start <= end:
        left, right = _column(years, start) + 2, _column(years, end + 1) - 2
        fill, stroke = (BAND, 2.5) if span.is_own else (LABEL, 1)
        canvas.rect(left, y + height / 2 - 12, right - left, 24, fill=fill, line=NAVY, stroke=stroke)
        label = period_label(FiscalYear(span.start), FiscalYear(span.end), _one_era(era))
        _bar_label(canvas, label, left, right, y + height / 2 - LEADING / 2)
    return height


def _bar_label(canvas: Canvas, label: str, left: float, right: float, top: float) -> None:
    """The period in its bar, or nothing if the bar is too short: the year heads say it as well."""
    if len(wrap(label, right - left, SMALL)) == 1:
        canvas.text((left + right) / 2, top, label, size=SMALL)


def _row_frame(
    canvas: Canvas, names: list[str], years: range, y: int, height: int, *, is_strong: bool = False
) -> None:
    canvas.line((0, y), (WIDTH, y), color=GREY)
    for year in years:
        canvas.line((_column(years, year), y), (_column(years, year), y + height), dashes="2 3", color=GREY)
    top = y + (height - len(names) * LEADING) / 2
    for at, line in enumerate(names):
        canvas.text(4, top + at * LEADING, line, anchor="start", is_strong=is_strong)


def _review_row(canvas: Canvas, marks: tuple[int, ...], years: range, y: int) -> int:
    _row_frame(canvas, ["見直し"], years, y, _ROW)
    for year in marks:
        center = (_column(years, year) + _column(years, year + 1)) / 2
        canvas.text(center, y + (_ROW - LEADING) / 2, "●", size=SMALL)
    return _ROW


def _one_era(era: EraDisplay) -> EraDisplay:
    return "wareki" if era == "both" else era


def _period_alt(spans: tuple[Span, ...], more: int, marks: tuple[int, ...], era: EraDisplay) -> str:
    bars = "、".join(
        f"「{shortened(span.name)}」は{period_label(FiscalYear(span.start), FiscalYear(span.end), era)}"
        for span in spans
    )
    again = "、".join(FiscalYear(year).label(era) for year in marks)
    others = f"ほかの{more}の計画は表に示す。" if more else ""
    return f"計画の期間を示す図。{bars}。{others}" + (f"見直しの年度は{again}。" if again else "")
