"""Going through the checklist: the places where a required item waits for somebody, one after the other.

First what is to be written, then what lacks its backing, for which a written reason does as well, and last the
sentences to choose, which lapse when a text is changed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from planwizard.catalog import offers
from planwizard.compliance.judge import grounds_of, judge
from planwizard.compliance.showing import Showing, item_url
from planwizard.plans.models import PlanVersion
from planwizard.rules import Finding, Place, Result, State, Tally
from planwizard.rules.running import CHECKLIST

CHECK = "check"  # in the address of a page that was opened on this way: the mark of its place
FIELDS = "fields"  # the mark of a page that 確認 opened, which lists the fields themselves
_MOST = 16  # some five megabytes each, if a plan has 200 measures
_known: deque[tuple[tuple[object, ...], Way]] = deque(maxlen=_MOST)


class Hand(StrEnum):
    """What is to be done at a place, in the order in which one goes."""

    WRITE = "write"
    BACK = "back"
    CHOOSE = "choose"


_ORDER = list(Hand)


@dataclass(frozen=True, slots=True)
class Stop:
    """One place: a field, or the form in which a sentence is chosen."""

    hand: Hand
    item_id: str
    place: str  # the part and the field, or the role of the sentence
    address: str
    reason: str  # what is to be done there

    @property
    def mark(self) -> str:
        return f"{self.hand}:{self.item_id}:{self.place}"

    @property
    def url(self) -> str:
        return with_query(self.address, urlencode({CHECK: self.mark}))


@dataclass(frozen=True, slots=True)
class Left:
    """How many items wait; ``others`` of them are none of the tally."""

    items: int
    others: int
    tally: Tally

    @property
    def has_passed(self) -> bool:
        return not self.items and self.tally.passed == self.tally.total

    @property
    def words(self) -> str:
        """公表前のチェック 18項目のうち3項目が合格、あと15項目（ほかに法律・手引などの検査 あと2項目）"""
        total, passed = self.tally.total, self.tally.passed
        rest = f"{passed}項目が合格、あと{total - passed}項目" if passed < total else "すべて合格"
        more = f"（ほかに法律・手引などの検査 あと{self.others}項目）" if self.others else ""
        return f"公表前のチェック {total}項目{'のうち' if passed < total else 'は'}{rest}{more}"


@dataclass(frozen=True, slots=True)
class Way:
    """What waits in a judged version, in the order in which one goes."""

    showing: Showing
    stops: list[Stop]

    @property
    def left(self) -> Left:
        items = {stop.item_id for stop in self.stops}
        others = items - {rule.id for rule in CHECKLIST}
        return Left(len(items), len(others), self.showing.found.tally)


@dataclass(frozen=True, slots=True)
class Opened:
    """The stop for which a page was opened, as its mark says."""

    mark: str
    hand: Hand
    item_id: str
    place: str

    @property
    def is_of_fields(self) -> bool:
        return self.mark == FIELDS

    @property
    def query(self) -> str:
        return urlencode({CHECK: self.mark})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form was opened for."""

    opened: Opened
    item_url: str
    reason: str  # "" when the item waits there no more
    items_left: int  # that wait, this one among them
    left_out: LeftOut | None = None

    @property
    def next_words(self) -> str:
        if self.opened.is_of_fields:
            return "保存して確認へ戻る"
        return "保存して文を選ぶ画面へ" if self.opened.hand is Hand.CHOOSE else "保存して次の項目へ"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field whose sentences are not in the 本文 of its chapter, which prints in its place."""

    label: str
    draft_url: str  # where the draft is put into the 本文; leads back to the stop
    text_url: str


def way_of(showing: Showing) -> Way:
    """Each place once for one hand."""
    found: dict[tuple[Hand, str, str], Stop] = {}
    for result in showing.found.results:
        if result.rule.is_required and not result.rule.same_as:
            for stop in _stops(showing, result):
                found.setdefault((stop.hand, stop.address, stop.place), stop)
    return Way(showing, sorted(found.values(), key=lambda stop: _ORDER.index(stop.hand)))


def way_through(version: PlanVersion, *, on: date) -> Way:
    """Worked out once for each edit and remembered by this process. One query, after an edit three; and one of the
    catalogue, which is looked at every ten seconds.
    """
    grounds = grounds_of(version)
    mark = (version.pk, on, grounds, offers.recent_names_and_facts())
    for known, way in tuple(_known):
        if known == mark:
            return way
    way = way_of(Showing(version, judge(version, on=on, grounds=grounds)))
    _known.appendleft((mark, way))
    return way


def forget() -> None:
    """Judge anew at the next question."""
    _known.clear()


def following(way: Way, mark: str) -> Stop | None:
    """The stop after the one of that mark; where that one waits no more, the first of its item or after it.

    After a field that was written beside a 本文 which lacks it, that 本文.
    """
    stops, showing = way.stops, way.showing
    before = opened_at(mark) if mark != FIELDS else None
    at = next((number for number, stop in enumerate(stops, 1) if stop.mark == mark), None)
    if before and at is None and (text := _text_after(showing, before)):
        return text
    if at is not None or before is None:
        return next(iter(stops[at or 0 :]), None)
    ids = [result.rule.id for result in showing.found.results]

    def order(stop: Stop | Opened) -> tuple[int, int]:
        return _ORDER.index(stop.hand), ids.index(stop.item_id) if stop.item_id in ids else 0

    return next((stop for stop in stops if order(stop) >= order(before)), None)


def opened(request: HttpRequest) -> Opened | None:
    return opened_at(request.GET.get(CHECK, ""))


def asked(request: HttpRequest, version: PlanVersion, *, on: date) -> Asked | None:
    """What the form was opened for, None for one opened otherwise. As many queries as ``way_through``."""
    here = opened(request)
    if here is None:
        return None
    if here.is_of_fields:
        return Asked(here, next_url(version, here), "", 0)
    way = way_through(version, on=on)
    reason = next((stop.reason for stop in way.stops if stop.mark == here.mark), "")
    left_out = _left_out_at(way.showing, here)
    return Asked(here, _item_url(version, here), reason, way.left.items, left_out)


def left_out(showing: Showing, at: Place | None, check: Opened | None) -> LeftOut | None:
    """``check``: the stop to which the draft page leads back."""
    label = showing.left_out(at)
    if not label or at is None:
        return None
    draft, query = reverse("wizard:draft", args=[showing.version.pk, at.part]), check.query if check else ""
    text = showing.url(showing.text_at(at))
    return LeftOut(label, draft + (f"?{query}" if query else ""), with_query(text, query))


def from_fields(url: str) -> str:
    """The address of a field as 確認 gives it: its page leads back there."""
    return with_query(url, urlencode({CHECK: FIELDS}))


def with_query(url: str, query: str) -> str:
    """The address with this in it, before the place on the page."""
    page, _, place = url.partition("#")
    return page + (f"{'&' if '?' in page else '?'}{query}" if query else "") + (f"#{place}" if place else "")


def _left_out_at(showing: Showing, here: Opened) -> LeftOut | None:
    """Of the field of the stop, or of those in which the sentences of its item usually stand."""
    result = showing.found.of(here.item_id)
    part, _, path = here.place.partition(".")
    asked = [each.ask.at for each in result.asked if not each.holds] if result else []
    places = [Place(part, path), *asked]
    return next(filter(None, (left_out(showing, at, here) for at in places)), None)


def _text_after(showing: Showing, before: Opened) -> Stop | None:
    part, _, path = before.place.partition(".")
    at = Place(part, path)
    if before.hand is not Hand.WRITE or not showing.left_out(at):
        return None
    text = showing.text_at(at)
    return Stop(Hand.WRITE, before.item_id, f"{text.part}.{text.path}", showing.url(text), "")


def opened_at(mark: str) -> Opened | None:
    if mark == FIELDS:
        return Opened(mark, Hand.WRITE, "", "")
    hand, _, rest = mark.partition(":")
    item_id, _, place = rest.partition(":")
    return Opened(mark, Hand(hand), item_id, place) if hand in _ORDER and place else None


def _item_url(version: PlanVersion, opened: Opened) -> str:
    return f"{item_url(version.pk, opened.item_id)}?{opened.query}"


def url_after_form(version: PlanVersion, opened: Opened | None) -> str:
    """From a form one goes on to the next stop; if a sentence is to be chosen still, back to choosing it."""
    is_choosing = opened is not None and opened.hand is Hand.CHOOSE
    return _item_url(version, opened) if opened and is_choosing else next_url(version, opened)


def next_url(version: PlanVersion, after: Opened | None = None) -> str:
    """Leads to the stop after that one, or to the first; from a field of 確認 back to it."""
    if after and after.is_of_fields:
        return reverse("wizard:step", args=[version.pk, "done"])
    query = f"?{after.query}" if after else ""
    return reverse("compliance:next_stop", args=[version.pk]) + query


def _stops(showing: Showing, result: Result) -> Iterator[Stop]:
    for each in result.findings:
        if each.state not in (State.FAIL, State.NEEDS_REVIEW):
            continue
        if each.asks:
            address = item_url(showing.version.pk, result.rule.id)
            yield Stop(Hand.CHOOSE, result.rule.id, each.asks, address, each.reason)
        elif each.at:
            place = f"{each.at.part}.{each.at.path}"
            yield Stop(_hand(each), result.rule.id, place, showing.url(each.at), each.reason)


def _hand(each: Finding) -> Hand:
    return Hand.BACK if each.role else Hand.WRITE
