"""Full-text search within a version: which parts hold the words, and in which fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from planwizard.accounts.member import Member
from planwizard.accounts.models import Role
from planwizard.blueprint.content import Value
from planwizard.blueprint.kinds import AnyField, Choice
from planwizard.blueprint.values import stored_places, walk
from planwizard.common.text import one_line, search_form
from planwizard.plans.models import Kind, Part, PartQuerySet, PlanVersion, State
from planwizard.wizard.said import UNREAD
from planwizard.wizard.small_start import to_any_field

MAX_CHARS = 200  # of what is searched for
_AROUND = 28  # characters before and after what was found
_MOST_HITS = 3  # fields of one part that are shown


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. Without words, the parts that the filters leave."""

    words: tuple[str, ...]
    is_mine: bool = False
    is_unfinished: bool = False
    is_without_kpi: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.is_mine or self.is_unfinished or self.is_without_kpi)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words in one field: its label, and the text around them."""

    label: str
    url: str
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    part: Part
    state: State
    url: str
    hits: tuple[Hit, ...]
    more: int  # fields beyond those shown


def words_of(typed: str) -> tuple[str, ...]:
    """What is typed as words, each of which must be there; at most ``MAX_CHARS`` characters of it."""
    return tuple(one_line(typed)[:MAX_CHARS].split())


def parts_for(
    version: PlanVersion, search: Search, member: Member, states: Mapping[str, State]
) -> PartQuerySet:
    """Steps in their order, then measures by number. ``states``: what each part is shown as, by its key."""
    parts = Part.objects.of(version).kept().order_by("measure_no", "position", "id")
    for word in search.words:
        parts = parts.filter(Q(search_text__contains=search_form(word)) | Q(measure_no__contains=word))
    if search.is_mine:
        parts = parts.filter(_of(member))
    if search.is_unfinished:
        parts = parts.exclude(key__in=[key for key, state in states.items() if state == State.DONE])
    if search.is_without_kpi:
        parts = parts.measures().filter(kpi_count=0)
    return parts.select_related("department", "municipality").defer("search_text")


def _of(member: Member) -> Q:
    """What the member's departments write; what no department writes is the secretariat's, measures aside."""
    own = Q(department__in=member.departments)
    return own | (Q(department=None) & ~Q(kind=Kind.MEASURE)) if member.has(Role.SECRETARIAT) else own


def found_in(part: Part, search: Search, state: State) -> Found:
    url = reverse(
        "wizard:measure" if part.kind == Kind.MEASURE else "wizard:step", args=[part.version_id, part.key]
    )
    forms = [search_form(word) for word in search.words]
    hits = list(_hits(part, url, forms)) if forms else []
    return Found(part, state, url, tuple(hits[:_MOST_HITS]), max(0, len(hits) - _MOST_HITS))


def _hits(part: Part, url: str, forms: Sequence[str]) -> Iterator[Hit]:
    sheet = part.sheet
    texts = {path: _text(field, value) for path, field, value in walk(sheet.fields, part.answers)}
    found = [
        (path, text, word)
        for path, text in (texts | part.as_typed).items()
        if text and (word := _first_in(search_form(text), forms))
    ]
    places = stored_places(sheet, part.answers | part.as_typed) if found else {}
    for path, text, word in found:
        if path in places:  # else of the area that a measure was moved from
            label = f"{places[path].label}{UNREAD if path in part.as_typed else ''}"
            yield Hit(label, f"{url}{to_any_field(part.version)}#id_{path}", *_excerpt(text, word))


def _text(field: AnyField, value: Value) -> str:
    if isinstance(field, Choice):
        return next((option.label for option in field.options if option.key == value), "")
    return value if isinstance(value, str) else ""


def _first_in(form: str, words: Sequence[str]) -> str:
    return next((word for word in words if word in form), "")


def _excerpt(text: str, word: str) -> tuple[str, str, str]:
    """What stands before the word, the word as it is written there, and what follows."""
    start, end = _place(text, word)
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    more = "…" if start > _AROUND else "", "…" if len(text) > end + _AROUND else ""
    return one_line(more[0] + before), one_line(text[start:end]), one_line(after + more[1])


def _place(text: str, word: str) -> tuple[int, int]:
    """Where in ``text`` the word of the search form lies; (0, 0) where letters only meet by being joined."""
    form = search_form(text)
    if len(form) == len(text):
        at = form.find(word)
        return at, at + len(word)
    letters = [search_form(letter) for letter in text]  # ㈱ is three letters in the search form
    at = "".join(letters).find(word)
    owners = [n for n, letter in enumerate(letters) for _ in letter]
    return (owners[at], owners[at + len(word) - 1] + 1) if at >= 0 else (0, 0)
