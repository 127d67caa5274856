"""The only writer of what officers type: one conditional UPDATE of the part, one Edit, or a conflict.

Every save of a person who may write succeeds; only identity, rights, frozen state and a stale edit number refuse.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Case, QuerySet, Value, When

from planwizard.accounts.member import Member, standing
from planwizard.accounts.models import Department, Role
from planwizard.blueprint.content import Answers
from planwizard.blueprint.plan_file import BESIDE_VALUES
from planwizard.common.text import search_form
from planwizard.plans import examples
from planwizard.plans.models import Edit, EditKind, Kind, Part, PlanVersion, State

_TYPED = (EditKind.MANUAL, EditKind.AUTO)
Answer = Literal["saved", "repeated", "conflict", "frozen", "handed_in", "gone", "not_yours", "reused"]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one save holds: ``{path: value}`` and, under the same paths, what could not be read."""

    values: Mapping[str, object]
    as_typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a save. ``standing`` is the edit that holds the part now, ``set_aside`` the sender's text."""

    answer: Answer
    edit_no: int
    saved_at: datetime | None = None
    standing: Edit | None = None
    set_aside: Edit | None = None

    @property
    def refused(self) -> bool:
        return self.answer not in ("saved", "repeated")


def save(
    part: Part,
    typed: Record,
    *,
    expected: int,
    save_id: UUID,
    by: Member,
    at: datetime,
    kind: str = EditKind.MANUAL,
) -> Outcome:
    """Write ``typed`` as the part's next edit if the part still stands at edit ``expected``.

    The same ``save_id`` again gives the first answer again. A stale number keeps the sender's text as a 退避
    edit and answers conflict. Rights are read again inside the transaction.
    """
    with transaction.atomic():
        member = standing(by)
        if member is None:
            return Outcome("gone", expected)
        record = _record(part, typed, member)
        if kind in _TYPED:
            record = _touched(part, record, expected)
        if earlier := _edit_of(part, member, save_id):
            return _again(part, earlier, record, member)
        if _is_unchanged(part, record, expected):
            return Outcome("saved", expected, part.saved_at)
        if _update(part, record, expected, member, at):
            edit = _add_edit(part, record, kind=kind, edit_no=expected + 1, save_id=save_id, by=member, at=at)
            return Outcome("saved", edit.edit_no, at, standing=edit)
        if earlier := _edit_of(part, member, save_id):  # a parallel retry may have won
            return _again(part, earlier, record, member)
        return _refuse(part, record, save_id=save_id, by=member, at=at)


def restore(part: Part, edit: Edit, *, expected: int, save_id: UUID, by: Member, at: datetime) -> Outcome:
    """Save an earlier edit's content again, as an edit of its own: nothing is deleted."""
    record = Record(edit.values, edit.as_typed)
    return save(part, record, expected=expected, save_id=save_id, by=by, at=at, kind=EditKind.RESTORED)


def restored(part: Part, edit: Edit, *, by: Member) -> Record:
    """What the part would hold after ``restore``: acts of structure, such as a new number, are not undone."""
    return _record(part, Record(edit.values, edit.as_typed), by)


def shown(part: Part, edit_no: int) -> Record:
    """The text that the sender's page was opened with; empty if that edit is not known."""
    found = Edit.objects.filter(part=part, edit_no=edit_no).exclude(kind=EditKind.SET_ASIDE).first()
    return Record(found.values, found.as_typed) if found else Record({}, {})


def first_edits(parts: Iterable[Part], *, kind: str, by: Member, at: datetime) -> None:
    """What parts began with. One query.

    Content that somebody wrote before (imported, adopted, copied) is edit 1 of that ``kind``; what the template
    puts into a blank part is edit 0, so that a conflict with the very first save knows what both sides began with.
    """
    Edit.objects.bulk_create(
        _edit(
            part,
            _content(part),
            kind=kind if part.edit_no else EditKind.BEGUN,
            edit_no=part.edit_no,
            by=by,
            at=at,
        )
        for part in parts
        if part.edit_no or part.answers
    )


def record_act(part: Part, *, kind: str, by: Member, at: datetime) -> Edit:
    """The edit of an act that leaves the text alone (handed in, deleted, taken back) and raised ``edit_no``."""
    return _add_edit(part, _content(part), kind=kind, edit_no=part.edit_no, by=by, at=at)


def derive(
    kind: str, title: str, values: Mapping[str, object], as_typed: Mapping[str, str]
) -> dict[str, object]:
    """The columns that are worked out from what a part holds, for the same UPDATE."""
    answers = Answers(values)
    words = [title, *(value for value in values.values() if isinstance(value, str)), *as_typed.values()]
    kpis = [row for row in answers.rows("kpis") if not row.is_blank] if kind == Kind.MEASURE else []
    return {"kpi_count": len(kpis), "search_text": search_form("\n".join(words))}


def derive_version(values: Mapping[str, object]) -> dict[str, object]:
    """The version's columns that are worked out from its basics."""
    answers = Answers(values)
    return {
        "title": answers.text("plan_title")[:200],
        "period_start_fy": answers.year("period_start_fy"),
        "period_end_fy": answers.year("period_end_fy"),
    }


def _record(part: Part, typed: Record, by: Member) -> Record:
    """What was typed, with the columns that a save of this person does not change as they stand."""
    fixed = _fixed_columns(part, by)
    standing = {path: value for path, value in part.columns.items() if path in fixed}
    return Record(
        {path: value for path, value in typed.values.items() if path not in fixed} | standing, typed.as_typed
    )


def _touched(part: Part, record: Record, expected: int) -> Record:
    """Examples that the sender changed since the edit that was shown lose their mark: a retry finds the same."""
    if not any(examples.marked(record.values)):
        return record
    before = _content(part) if part.edit_no == expected else shown(part, expected)
    settled = examples.without_touched(
        {**record.values, **record.as_typed}, {**before.values, **before.as_typed}
    )
    return replace(record, values={path: settled[path] for path in record.values})


def _fixed_columns(part: Part, by: Member) -> frozenset[str]:
    """Pillar and number are changed by acts, the department by the secretariat alone, the town by nobody here."""
    fields = set(BESIDE_VALUES.get(part.kind, ()))
    if part.kind == Kind.MEASURE:
        fields -= {"title", "department"} if by.has(Role.SECRETARIAT) else {"title"}
    return frozenset(fields)


def _is_unchanged(part: Part, record: Record, expected: int) -> bool:
    if part.edit_no != expected or part.answers != record.values or part.as_typed != record.as_typed:
        return False
    return _open(part).filter(edit_no=expected).exists()


def _open(part: Part) -> QuerySet[Part]:
    return Part.objects.filter(pk=part.pk, is_frozen=False, deleted_at=None)


def _update(part: Part, record: Record, expected: int, by: Member, at: datetime) -> bool:
    rows = _open(part).filter(edit_no=expected)
    if not by.has(Role.SECRETARIAT):
        rows = rows.filter(department__in=by.departments, handed_in_at=None)
    columns, values = _split(part, record, by)
    if (
        part.kind == Kind.BASICS
    ):  # its version is written too: locked before the part, as acts of structure do
        PlanVersion.objects.select_for_update(no_key=True).get(pk=part.version_id)
    written = rows.update(
        values=values,
        as_typed=dict(record.as_typed),
        edit_no=expected + 1,
        saved_at=at,
        saved_by=by.user,
        state=Case(
            When(state__in=[State.DONE, State.TO_FIX], then=Value(State.TO_FIX)), default=Value(State.STARTED)
        ),
        **columns,
        **derive(part.kind, columns.get("title", part.title), values, record.as_typed),
    )
    if written and part.kind == Kind.BASICS:
        PlanVersion.objects.filter(pk=part.version_id).update(**derive_version(values))
    return bool(written)


def _split(part: Part, record: Record, by: Member) -> tuple[dict[str, Any], dict[str, object]]:
    """The columns to write and the ``values`` of a record."""
    fields = BESIDE_VALUES.get(part.kind, ())
    values = {path: value for path, value in record.values.items() if path not in fields}
    columns: dict[str, Any] = {}
    if part.kind == Kind.MEASURE:
        columns["title"] = str(record.values.get("title", ""))
        if "department" not in _fixed_columns(part, by):
            columns["department"] = _department(part, record.values.get("department"))
    return columns, values


def _department(part: Part, key: object) -> Department | None:
    """The department a measure is given to; a key of no department here changes nothing."""
    if not key or (part.department is not None and part.department.key == key):
        return part.department if key else None
    return Department.objects.filter(key=key).first() or part.department


def _edit_of(part: Part, by: Member, save_id: UUID) -> Edit | None:
    return Edit.objects.filter(part=part, author=by.user, save_id=save_id).first()


def _again(part: Part, earlier: Edit, record: Record, by: Member) -> Outcome:
    if earlier.values != record.values or earlier.as_typed != record.as_typed:
        return Outcome("reused", earlier.edit_no)
    if earlier.kind == EditKind.SET_ASIDE:
        answer, edit_no = _why_not(part, by)
        return Outcome(answer, edit_no or earlier.edit_no, standing=_standing(part), set_aside=earlier)
    return Outcome("repeated", earlier.edit_no, earlier.at, standing=earlier)


def _refuse(part: Part, record: Record, *, save_id: UUID, by: Member, at: datetime) -> Outcome:
    """Say why no row was written, and keep the text that was sent."""
    answer, edit_no = _why_not(part, by)
    if edit_no is None:
        return Outcome(answer, part.edit_no)
    aside = _set_aside(part, record, edit_no=edit_no, save_id=save_id, by=by, at=at)
    return Outcome(answer, edit_no, standing=_standing(part), set_aside=aside)


def _why_not(part: Part, by: Member) -> tuple[Answer, int | None]:
    """What keeps a save out, and the number that the part stands at; None if there is no such part."""
    facts = ("edit_no", "is_frozen", "deleted_at", "handed_in_at", "department_id")
    now = Part.objects.filter(pk=part.pk).values(*facts).first()
    if now is None:
        return "gone", None
    is_theirs = by.has(Role.SECRETARIAT) or now["department_id"] in by.departments
    answer: Answer = "conflict"
    if now["deleted_at"] is not None:
        answer = "gone"
    elif not is_theirs:
        answer = "not_yours"
    elif now["is_frozen"]:
        answer = "frozen"
    elif now["handed_in_at"] is not None and not by.has(Role.SECRETARIAT):
        answer = "handed_in"
    return answer, now["edit_no"]


def _set_aside(part: Part, record: Record, *, edit_no: int, save_id: UUID, by: Member, at: datetime) -> Edit:
    try:
        with transaction.atomic():
            return _add_edit(
                part, record, kind=EditKind.SET_ASIDE, edit_no=edit_no, save_id=save_id, by=by, at=at
            )
    except IntegrityError:  # the same save, sent twice at once
        return Edit.objects.get(part=part, author=by.user, save_id=save_id)


def _standing(part: Part) -> Edit | None:
    """The edit that holds the part now, with its author."""
    kept = Edit.objects.filter(part=part).exclude(kind=EditKind.SET_ASIDE)
    return kept.select_related("author").order_by("-edit_no").first()


def _content(part: Part) -> Record:
    return Record(part.answers, part.as_typed)


def _add_edit(part: Part, record: Record, *, edit_no: int, kind: str, **facts: Any) -> Edit:
    """Insert an edit, chained to the one before it; a 退避 one to the edit it lost to."""
    before = edit_no if kind == EditKind.SET_ASIDE else edit_no - 1
    kept = Edit.objects.filter(part=part, edit_no=before).exclude(kind=EditKind.SET_ASIDE)
    previous = kept.values_list("sha256", flat=True).first() or ""
    edit = _edit(part, record, edit_no=edit_no, kind=kind, previous=previous, **facts)
    edit.save(force_insert=True)
    return edit


def _edit(
    part: Part,
    record: Record,
    *,
    edit_no: int,
    kind: str,
    by: Member,
    at: datetime,
    save_id: UUID | None = None,
    previous: str = "",
) -> Edit:
    return Edit(
        municipality_id=part.municipality_id,
        part=part,
        edit_no=edit_no,
        kind=kind,
        values=dict(record.values),
        as_typed=dict(record.as_typed),
        author=by.user,
        at=at,
        save_id=save_id or uuid4(),
        sha256=content_hash(record, edit_no, previous),
        previous_sha256=previous,
    )


def content_hash(record: Record, edit_no: int, previous: str) -> str:
    body = json.dumps(
        [dict(record.values), dict(record.as_typed), edit_no, previous], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(body.encode()).hexdigest()
