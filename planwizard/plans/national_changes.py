"""What has changed at the State since a plan took it over: told to the town, decided by it, never done to it.

Four kinds: an adopted national measure reads differently, was superseded or is no longer offered; a newer national
basic plan than the cited one; a cited law or document, and a copied name of a grant, indicator or term, that was
changed in the catalogue after the plan was made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import Q, QuerySet, Subquery

from planwizard.accounts.member import Member
from planwizard.blueprint import values as typed_values
from planwizard.blueprint.kinds import AnyField, Line, Reference
from planwizard.catalog import offers
from planwizard.catalog.adopting import wording_of
from planwizard.catalog.changed import CatalogChange
from planwizard.catalog.columns import words
from planwizard.catalog.models import NationalDocument, NationalMeasure, Status
from planwizard.plans import adoption as adopting
from planwizard.plans import saving, structure
from planwizard.plans.models import Adoption, NationalDecision, Part, PartQuerySet, Plan, PlanVersion

Answer = NationalDecision.Answer
GONE = "（カタログから外れました。もう選べません。）"
_BASIC_PLAN = ("ch3", "national_plan_ref")
# Of each table: the field that a plan copies or cites, and the facts that it prints or relies on.
_CITED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "law": ("laws", ("title", "number", "article", "effective_from", "in_force")),
    "national_document": ("national_documents", ("title", "decided_on", "decision", "issuer", "status")),
}
_COPIED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "funding_source": ("funding_sources", ("name", "start_fy", "end_fy")),
    "standard_indicator": ("standard_indicators", ("name", "unit")),
    "term": ("terms", ("term", "reading", "description")),
}
_PRINTED = dict((*_CITED.values(), *_COPIED.values()))


class Stale(Exception):
    """Nothing was decided: what the person saw is not what stands there now. The message says so in Japanese."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to decide. ``subject`` names it in every version; ``sha256`` is this very change."""

    subject: str
    part: Part
    what: str
    title: str
    old: str
    new: str
    town: str
    closest: str  # the wording of today that the old one is compared with: the successor's if there is one
    answers: tuple[Answer, ...]
    path: str = ""  # of the answer that 取り入れる writes, and what it writes there
    value: Any = None
    adopted: Adoption | None = None
    entry: NationalMeasure | None = None
    successor: NationalMeasure | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.subject}\n{self.old}\n{self.new}".encode()).hexdigest()

    @property
    def key(self) -> str:
        """By which a page names it."""
        return f"{self.part.key}:{self.sha256}"


def open_in(version: PlanVersion) -> list[Change]:
    """What has not been decided in any version of the plan. Five queries, four where nothing changed."""
    return _undecided(version, list(_all(version)))


def adopted_in(part: Part) -> list[tuple[Adoption, str]]:
    """What a measure adopted, each with what became of it and is not decided, "" if nothing.

    What changed less than ten seconds ago may not be told yet. One query, two where something did.
    """
    rows, entries = list(Adoption.objects.filter(part=part).order_by("at")), offers.national_measures()
    for row in rows:
        if row.national_measure_id in entries:
            row.national_measure = entries[row.national_measure_id]
    open_ones = _undecided(part.version, list(_of_adoptions(_that_moved(rows), [part])))
    told = {change.adopted: change.what for change in open_ones}
    return [(row, told.get(row, "")) for row in rows]


def _undecided(version: PlanVersion, found: list[Change]) -> list[Change]:
    if not found:
        return []
    decided = NationalDecision.objects.filter(version__plan=version.plan_id)
    settled = set(decided.values_list("part_key", "subject", "sha256"))
    return [change for change in found if (change.part.key, change.subject, change.sha256) not in settled]


def _all(version: PlanVersion) -> Iterator[Change]:
    moved, changed = _moved(version), _changed_while(version)
    parts = list(_concerned(version, moved, changed))
    yield from _of_adoptions(moved, parts)
    yield from _of_basic_plan(parts)
    yield from _of_entries(changed, parts)


def _concerned(version: PlanVersion, moved: Iterable[Adoption], changed: list[_Changed]) -> PartQuerySet:
    """The parts to look into, in order: all of them only where an entry changed that any may cite. One query."""
    parts = (
        Part.objects.of(version)
        .kept()
        .select_related("version__municipality", "department", "municipality")
        .in_order()
    )
    if changed:
        return parts
    return parts.filter(Q(key=_BASIC_PLAN[0]) | Q(pk__in={row.part_id for row in moved}))


def decide(
    version: PlanVersion,
    key: str,
    *,
    answer: str,
    reason: str,
    edit_no: int,
    retitle: bool,
    by: Member,
    at: datetime,
) -> NationalDecision:
    """Record what was decided and do it, in one transaction, if the change is still the one that was seen."""
    with structure.claim(version, by=by):
        change = next((each for each in open_in(version) if each.key == key), None)
        if change is None:
            raise Stale(
                "この変更は、すでに決まったか、国の文がさらに変わりました。今の内容を確かめてください。"
            )
        if answer not in change.answers:
            raise Stale("この変更には選べない答えです。選び直してください。")
        decision = NationalDecision.objects.create(
            municipality_id=version.municipality_id,
            version=version,
            part_key=change.part.key,
            subject=change.subject,
            answer=answer,
            reason=reason,
            title=change.title,
            old_text=change.old,
            new_text=change.new,
            sha256=change.sha256,
            by=by.user,
            at=at,
        )
        _carry_out(change, answer, edit_no=edit_no, retitle=retitle, by=by, at=at)
        return decision


def _carry_out(change: Change, answer: str, *, edit_no: int, retitle: bool, by: Member, at: datetime) -> None:
    taken = {Answer.TAKE: change.entry, Answer.REPLACE: change.successor}.get(Answer(answer))
    if answer == Answer.TAKE and change.path:
        _write(change.part, {change.path: change.value}, edit_no=edit_no, by=by, at=at)
    if taken is None or change.adopted is None:
        return
    change.adopted.delete()
    adopting.cite(change.part, taken, by=by, at=at)
    if retitle:
        _write(change.part, {"title": taken.title}, edit_no=edit_no, by=by, at=at)


def _write(part: Part, answers: dict[str, Any], *, edit_no: int, by: Member, at: datetime) -> None:
    as_typed = {path: text for path, text in part.as_typed.items() if path not in answers}
    record = saving.Record(part.answers | answers, as_typed)
    outcome = saving.save(part, record, expected=edit_no, save_id=uuid4(), by=by, at=at)
    if outcome.refused:
        raise Stale("ほかの人がこの部分を保存しました。何も変えていません。今の内容を確かめてください。")


# --- adopted national measures -------------------------------------------------------------------------------


def _moved(version: PlanVersion) -> list[Adoption]:
    rows = Adoption.objects.filter(part__version=version, part__deleted_at=None)
    return _that_moved(_with_entries(rows).order_by("part__position", "at", "code"))


def _with_entries(rows: QuerySet[Adoption]) -> QuerySet[Adoption]:
    related = (
        "edition",
        "document",
        "replaced_by__edition",
        "replaced_by__document",
        "replaced_by__replaced_by",
    )
    found = rows.select_related(*(f"national_measure__{name}" for name in related))
    return found.defer("national_measure__search_text")


def _that_moved(rows: Iterable[Adoption]) -> list[Adoption]:
    """Those whose entry reads otherwise now; each entry is worded once however many measures adopted it."""
    wordings: dict[int, str] = {}
    moved = []
    for row in rows:
        entry = row.national_measure
        if entry is None:  # of a plan.json, and not in this catalogue
            continue
        wording = wordings.get(entry.pk) or wordings.setdefault(entry.pk, wording_of(entry))
        if wording != row.wording or _is_gone(entry):
            moved.append(row)
    return moved


def _of_adoptions(moved: Iterable[Adoption], parts: Iterable[Part]) -> Iterator[Change]:
    by_id = {part.pk: part for part in parts}
    for row in moved:
        if part := by_id.get(row.part_id):  # it may have been deleted at this moment
            yield _of_adoption(row, part, row.national_measure)


def _is_gone(entry: NationalMeasure) -> bool:
    return not (entry.is_offered and entry.edition.is_active)


def _of_adoption(adopted: Adoption, part: Part, entry: NationalMeasure) -> Change:
    is_gone = _is_gone(entry)
    successor = entry.replaced_by if entry.replaced_by and not _is_gone(entry.replaced_by) else None
    new, answers = (GONE, ()) if is_gone else (wording_of(entry), (Answer.TAKE,))
    closest = wording_of(successor) if successor else new
    if successor:
        new, answers = f"{new}\n\n後継の施策\n{closest}", (*answers, Answer.REPLACE)
    own = [str(part.answers.get(path, "")) for path in ("title", "goal_statement", "actions")]
    return Change(
        subject=f"national_measure:{adopted.reference}",
        part=part,
        what=_what_became(adopted, entry, is_gone),
        title=adopted.title,
        old=adopted.wording,
        new=new,
        town="\n".join(filter(None, own)),
        closest=closest,
        answers=(*answers, Answer.KEEP, Answer.DISMISS),
        adopted=adopted,
        entry=entry,
        successor=successor,
    )


def _what_became(adopted: Adoption, entry: NationalMeasure, is_gone: bool) -> str:
    if entry.status == Status.SUPERSEDED and adopted.status != Status.SUPERSEDED:
        return "国の施策が、後の版に置き換わったか、終わりました"
    return "国の施策が、カタログから外れました" if is_gone else "国の施策の文が変わりました"


# --- a newer basic plan --------------------------------------------------------------------------------------


def _of_basic_plan(parts: Iterable[Part]) -> Iterator[Change]:
    key, path = _BASIC_PLAN
    part = next((part for part in parts if part.key == key), None)
    cited = part.values.get(path) if part else None
    if not cited:
        return
    plans = list(NationalDocument.objects.basic_plans().newest_first().exclude(decided_on=None))
    newest = next((plan for plan in plans if plan.is_offered), None)
    own = next((plan for plan in plans if plan.code == cited), None)
    if newest is None or own is None or newest.decided_on <= own.decided_on:
        return
    yield Change(
        subject=f"newer:{cited}",
        part=part,
        what="計画が即している国の計画より新しい版があります",
        title=own.printed_name,
        old=own.printed_name,
        new=newest.printed_name,
        town=str(part.values.get("ch3_text", "")),
        closest=newest.printed_name,
        answers=(Answer.TAKE, Answer.KEEP, Answer.DISMISS),
        path=path,
        value=newest.code,
    )


# --- cited and copied entries that were changed in the catalogue ---------------------------------------------


@dataclass(frozen=True, slots=True)
class _Changed:
    """What became of one entry since the plan began."""

    first: CatalogChange
    last: CatalogChange

    @property
    def section(self) -> str:
        return self.first.section

    @property
    def reference(self) -> str:
        return self.first.reference

    @property
    def before(self) -> Mapping[str, object]:
        return self.first.before

    @property
    def after(self) -> Mapping[str, object] | None:
        """None: no longer offered."""
        return self.last.after

    def said(self, facts: Mapping[str, object] | None) -> str:
        if facts is None:
            return GONE
        found = words(self.first.model, facts, _PRINTED[self.section])
        return "\n".join(f"{head}：{text}" for head, text in found if text)

    @property
    def name(self) -> str:
        return str(self.before[_PRINTED[self.section][0]])


def _of_entries(changed: list[_Changed], parts: Iterable[Part]) -> Iterator[Change]:
    if not changed:
        return
    cited = {(each.section, each.reference): each for each in changed}
    copied = {(each.section, each.name): each for each in changed}
    wanted = {name for _, name in (*cited, *copied)}
    for part in parts:
        if wanted.isdisjoint(_flat(part.values.values())):
            continue
        for path, field, value in typed_values.walk(part.sheet.fields, part.values):
            for each in _meant(field, value, cited, copied):
                yield _of_entry(each, part, path, field)


def _changed_while(version: PlanVersion) -> list[_Changed]:
    """Since the plan began, not the version: what was not decided in an earlier version still waits in this one."""
    begun = Plan.objects.filter(pk=version.plan_id).values("created_at")
    found: dict[tuple[str, str], _Changed] = {}
    for change in CatalogChange.objects.filter(at__gt=Subquery(begun), section__in=_PRINTED):
        at = change.section, change.reference
        found[at] = _Changed(found[at].first if at in found else change, change)
    return [each for each in found.values() if each.said(each.before) != each.said(each.after)]


def _meant(field: AnyField, value: object, cited: dict, copied: dict) -> Iterator[_Changed]:
    if isinstance(field, Reference) and field.to in _CITED:
        section = _CITED[field.to][0]
        found = (cited.get((section, code)) for code in (value if isinstance(value, list) else [value]))
        yield from filter(None, found)
    elif isinstance(field, Line) and field.suggest in _COPIED:
        each = copied.get((_COPIED[field.suggest][0], str(value)))
        if each:
            yield each


def _of_entry(each: _Changed, part: Part, path: str, field: AnyField) -> Change:
    name = str(each.after[_PRINTED[each.section][0]]) if each.after else ""
    may_take = isinstance(field, Line) and name not in ("", each.name)
    return Change(
        subject=f"{each.section}:{each.reference}:{path}",
        part=part,
        what=f"計画にある{each.first.table}が変わりました（{field.label}）",
        title=each.name,
        old=each.said(each.before),
        new=each.said(each.after),
        town=each.name if isinstance(field, Line) else "",
        closest=each.said(each.after),
        answers=(*((Answer.TAKE,) if may_take else ()), Answer.KEEP, Answer.DISMISS),
        path=path if may_take else "",
        value=name if may_take else None,
    )


def _flat(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        yield from (str(each) for each in value) if isinstance(value, list) else (str(value),)
