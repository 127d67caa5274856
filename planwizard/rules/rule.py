"""What a rule is, and what it finds.

A rule is a function ``(content, on) -> findings`` with its id, the source's wording and what a person has to
confirm. No finding means that everything the program can see is there. A rule with an ``Ask`` never passes before
an author has named the sentence: a word alone never fulfils anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Flag, StrEnum, auto

from planwizard.blueprint.content import PlanContent


class Kind(Flag):
    AUTO = auto()  # the answers alone decide
    ASSIST = auto()  # the answers hint, an author decides
    CONFIRM = auto()  # an author names the sentence

    def __str__(self) -> str:
        return "+".join(kind.name or "" for kind in Kind if kind in self)


AUTO, ASSIST, CONFIRM = Kind.AUTO, Kind.ASSIST, Kind.CONFIRM


class State(StrEnum):
    """Of a finding, and without NOTE of a whole item. In order: the worst one found is the item's."""

    FAIL = "fail"
    NEEDS_REVIEW = "needs_review"
    NOT_APPLICABLE = "not_applicable"
    NOTE = "note"  # told, changes nothing
    PASS = "pass"  # noqa: S105 (no password)


ORDER = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where to mend: a part, and the path of the field in it."""

    part: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    state: State
    reason: str  # Japanese, a sentence that says what to do or what was seen
    at: Place | None = None
    facts: tuple[str, ...] = ()
    role: str = ""  # of a NEEDS_REVIEW that an author may answer with a written reason
    comment: str = ""  # that reason
    asks: str = ""  # role of the sentence that it is about


@dataclass(frozen=True, slots=True)
class Ask:
    """A sentence that an author has to name."""

    role: str
    label: str  # 住民の利便性を述べた文
    parts: tuple[str, ...]  # where it may stand; empty: anywhere in the plan
    path: str  # the field of the first part in which it usually stands
    effect: str = ""  # also in the measures that this expected effect names

    @property
    def at(self) -> Place | None:
        return Place(self.parts[0], self.path) if self.parts else None


Check = Callable[[PlanContent, date], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    title: str  # the source's wording
    kind: Kind
    source: str
    edition: str
    why: str  # one sentence
    check: Check
    asks: tuple[Ask, ...] = ()
    is_required: bool = True
    same_as: tuple[str, ...] = ()  # ids of the items whose warnings these are: answered there

    @property
    def source_words(self) -> str:
        """The source as an officer knows it."""
        return "チェックリスト（典型的な要件の案）" if self.source == SEED else self.source


SEED, SEED_EDITION = "種チェックリスト", "第1版"


def rule(
    id: str,
    title: str,
    *,
    kind: Kind,
    why: str,
    asks: tuple[Ask, ...] = (),
    is_required: bool = True,
    source: str = SEED,
    edition: str = SEED_EDITION,
    same_as: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function."""
    return lambda check: Rule(id, title, kind, source, edition, why, check, asks, is_required, same_as)


def nothing(content: PlanContent, on: date) -> Iterator[Finding]:
    """The check of an item of which a program can see nothing."""
    return iter(())


def fail(reason: str, at: Place | None = None, facts: Iterable[str] = ()) -> Finding:
    return Finding(State.FAIL, reason, at, tuple(facts))


def needs_review(reason: str, at: Place | None = None, *, role: str, facts: Iterable[str] = ()) -> Finding:
    """A warning that an author may answer with a reason."""
    return Finding(State.NEEDS_REVIEW, reason, at, tuple(facts), role)


def note(reason: str, at: Place | None = None, facts: Iterable[str] = ()) -> Finding:
    return Finding(State.NOTE, reason, at, tuple(facts))


def not_applicable(reason: str, at: Place | None = None) -> Finding:
    return Finding(State.NOT_APPLICABLE, reason, at)


def seen(reason: str, at: Place | None = None, facts: Iterable[str] = ()) -> Finding:
    """What speaks for the item."""
    return Finding(State.PASS, reason, at, tuple(facts))
