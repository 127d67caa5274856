"""What a version consists of: adding, ordering, moving, deleting and taking back its parts.

Every act first claims the version's ``structure_no`` by a conditional UPDATE, so two people who rearrange at once
take turns, and a frozen version refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Max

from planwizard.accounts.member import Member
from planwizard.accounts.models import Department, Role
from planwizard.catalog.models import Law
from planwizard.common.keys import is_key, new_key
from planwizard.plans import saving
from planwizard.plans.access import require_right_still
from planwizard.plans.models import TAKEN_BACK_WITHIN, Edit, EditKind, Kind, Part, PlanVersion, State
from planwizard.web.errors import Refused

CHAPTER_SIX = "ch6"  # the five areas move as one chapter under this name
STEP = 100
_COUNTED = re.compile(r"-([0-9]{1,4})\Z")  # a plan.json brings numbers of any form, 「施策①」 too


class Frozen(Refused):
    """The version is frozen: nothing in it changes any more."""

    def __init__(self) -> None:
        super().__init__("この版は確定しているので、変えられません。直すには新しい版を作ってください。")


@contextmanager
def claim(version: PlanVersion, *, by: Member, part: Part | None = None) -> Iterator[None]:
    """A transaction that holds the version's structure, for who may arrange it or write ``part``.

    Raises Frozen, or Refused if the right was withdrawn.
    """
    with transaction.atomic():
        require_right_still(by, part)
        rows = PlanVersion.objects.filter(pk=version.pk, is_frozen=False)
        if not rows.update(structure_no=F("structure_no") + 1):
            raise Frozen
        yield


# Measures


def add_measure(
    version: PlanVersion,
    pillar: str,
    *,
    by: Member,
    at: datetime,
    title: str = "",
    department: Department | None = None,
    values: dict | None = None,
    as_typed: dict | None = None,
) -> Part:
    """A measure at the end of its area, with the next number. Content it begins with is its first edit."""
    with claim(version, by=by):
        part = Part(
            municipality_id=version.municipality_id,
            version=version,
            kind=Kind.MEASURE,
            key=new_key(),
            pillar=pillar,
            measure_no=_next_number(version, pillar),
            position=_next_position(version, pillar),
            title=title,
            department=department,
            values=values or {},
            as_typed=as_typed or {},
            **saving.derive(Kind.MEASURE, title, values or {}, as_typed or {}),
        )
        if values:
            part.edit_no, part.state, part.saved_at, part.saved_by = 1, State.STARTED, at, by.user
        part.save(force_insert=True)
        saving.first_edits([part], kind=EditKind.MANUAL, by=by, at=at)
        return part


def beginning(pillar: str, kind: str, article: str = "") -> dict[str, object]:
    """The answers that a new measure of a pillar begins with: its kind, and the law where only one fits."""
    law = Law.objects.offered().code_of_pillar(pillar, article)
    return {"kind": kind} | ({"act_article": law} if law else {})


def duplicate_measure(part: Part, *, by: Member, at: datetime) -> Part:
    """A copy at the end of the same area. Its rows get keys of their own: they are other KPIs."""
    values, as_typed = with_new_row_keys(part.values, part.as_typed)
    return add_measure(
        part.version,
        part.pillar,
        by=by,
        at=at,
        title=f"{part.title}（写し）",
        department=part.department,
        values=values,
        as_typed=as_typed,
    )


def move_measure(part: Part, *, by_places: int, by: Member) -> None:
    """Move a measure up (negative) or down among those of its area. Its number stays."""
    with claim(part.version, by=by):
        keys = list(_measures(part.version, part.pillar).values_list("key", flat=True))
        if part.key not in keys:  # deleted or put in another area since it was fetched
            return
        at = keys.index(part.key)
        keys.insert(max(0, at + by_places), keys.pop(at))
        _place(part.version, keys, step=1)


def move_to_area(part: Part, pillar: str, *, by: Member) -> None:
    """Put a measure at the end of another area, under that area's next number."""
    with claim(part.version, by=by):
        number, position = _next_number(part.version, pillar), _next_position(part.version, pillar)
        Part.objects.filter(pk=part.pk).update(pillar=pillar, measure_no=number, position=position)


def renumber(version: PlanVersion, *, by: Member) -> None:
    """Number all measures anew in their present order. All numbers are emptied first: they must not meet."""
    with claim(version, by=by):
        numbers = renumbered(version)
        for part, _ in numbers:
            part.measure_no = f"?{part.pk.hex[:18]}"
        Part.objects.bulk_update([part for part, _ in numbers], ["measure_no"])
        for part, number in numbers:
            part.measure_no = number
        Part.objects.bulk_update([part for part, _ in numbers], ["measure_no"])


def renumbered(version: PlanVersion) -> list[tuple[Part, str]]:
    """All measures in their present order, each with the number that ``renumber`` would give it."""
    rows = list(
        Part.objects.of(version).kept().measures().in_order().only("pillar", "kind", "measure_no", "title")
    )
    prefixes = {pillar: _prefix(version, pillar) for pillar in {row.pillar for row in rows}}
    counts: dict[str, int] = {}
    found = []
    for row in rows:
        counts[row.pillar] = counts.get(row.pillar, 0) + 1
        found.append((row, f"{prefixes[row.pillar]}{counts[row.pillar]:02}"))
    return found


def delete(part: Part, *, by: Member, at: datetime) -> None:
    """Put a measure or a free chapter away. It can be taken back."""
    with claim(part.version, by=by):
        rows = Part.objects.filter(pk=part.pk, deleted_at=None)
        if rows.update(deleted_at=at, edit_no=F("edit_no") + 1):
            _record(part, EditKind.DELETED, by=by, at=at)


def take_back(part: Part, *, by: Member, at: datetime) -> None:
    """Bring a deleted part back, under a new number if its own was given away meanwhile."""
    with claim(part.version, by=by):
        changes: dict[str, object] = {"deleted_at": None, "edit_no": F("edit_no") + 1}
        others = Part.objects.of(part.version).kept().measures().exclude(pk=part.pk)
        if part.kind == Kind.MEASURE and others.filter(measure_no=part.measure_no).exists():
            changes["measure_no"] = _next_number(part.version, part.pillar)
        if Part.objects.filter(pk=part.pk, deleted_at__gt=at - TAKEN_BACK_WITHIN).update(**changes):
            _record(part, EditKind.RESTORED, by=by, at=at)


# Chapters


def add_free_chapter(version: PlanVersion, title: str, *, by: Member) -> Part:
    """A chapter of the town's own, after the others and before the appendix."""
    with claim(version, by=by):
        part = Part.objects.create(
            municipality_id=version.municipality_id,
            version=version,
            kind=Kind.CHAPTER,
            key=new_key(),
            title=title,
        )
        units = [unit for unit in chapter_units(version) if unit != part.key]
        _place(version, _spread(version, [*units, part.key]), step=STEP)
        return part


def retitle(part: Part, title: str, *, by: Member) -> None:
    with claim(part.version, by=by):
        Part.objects.filter(pk=part.pk).update(title=title)


def order_chapters(version: PlanVersion, units: Sequence[str], *, by: Member) -> None:
    """Put the chapters in this order: part keys, and ``ch6`` for the five areas together. Others follow."""
    with claim(version, by=by):
        _place(version, _spread(version, units), step=STEP)


def chapter_units(version: PlanVersion) -> list[str]:
    """The chapters in their order as ``order_chapters`` takes them."""
    steps = Part.objects.of(version).kept().steps().filter(kind__in=[Kind.CHAPTER, Kind.AREA])
    units = [CHAPTER_SIX if kind == Kind.AREA else key for kind, key in steps.values_list("kind", "key")]
    return list(dict.fromkeys(units))


def assign(part: Part, department: Department | None, *, by: Member) -> None:
    """Give a part to a department."""
    with claim(part.version, by=by):
        Part.objects.filter(pk=part.pk).update(department=department)


# Handing in


def hand_in(part: Part, *, by: Member, at: datetime, seen: int | None = None) -> bool:
    """The writer says: できた. False if that was said before and nothing written since, or the part is shut.

    What the secretariat wrote on after that is for the secretariat to call done again. ``seen``: the number of the
    edit that it is said of; False as well if there was another one since.
    """
    with transaction.atomic():
        require_right_still(by, part)
        rows = Part.objects.filter(pk=part.pk, is_frozen=False, deleted_at=None)
        if by.has(Role.SECRETARIAT):
            rows = rows.exclude(state=State.DONE, handed_in_at__isnull=False)
        else:
            rows = rows.filter(handed_in_at=None)
        if seen is not None:
            rows = rows.filter(edit_no=seen)
        done = rows.update(handed_in_at=at, state=State.DONE, edit_no=F("edit_no") + 1)
        if done:
            _record(part, EditKind.HANDED_IN, by=by, at=at)
        return bool(done)


def hand_in_each(parts: Iterable[tuple[Part, int]], *, by: Member, at: datetime) -> list[Part]:
    """Say it of several parts at once, each with the edit that was seen. Gives those of which it holds now.

    All or none if the right to one of them is missing.
    """
    with transaction.atomic():
        return [part for part, seen in parts if hand_in(part, by=by, at=at, seen=seen)]


def take_in_hand_again(part: Part, *, by: Member) -> bool:
    """Take a handed-in part back to write on, before the version is frozen."""
    with transaction.atomic():
        require_right_still(by, part)
        rows = Part.objects.filter(pk=part.pk, is_frozen=False).exclude(handed_in_at=None)
        return bool(rows.update(handed_in_at=None, state=State.STARTED))


def _measures(version: PlanVersion, pillar: str) -> models.QuerySet[Part]:
    return Part.objects.of(version).kept().measures().of_pillar(pillar).in_order()


def _next_position(version: PlanVersion, pillar: str) -> int:
    last = Part.objects.of(version).measures().of_pillar(pillar).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _next_number(version: PlanVersion, pillar: str) -> str:
    """One above the highest number ever used in the area, deleted measures too: a number is not given twice."""
    rows = list(Part.objects.of(version).measures().values_list("pillar", "measure_no"))
    used = [found for area, number in rows if area == pillar and (found := _COUNTED.search(number))]
    prefix, n = _prefix(version, pillar), max((int(found[1]) for found in used), default=0) + 1
    while (number := f"{prefix}{n:02}") in {number for _, number in rows}:
        n += 1
    return number


def _prefix(version: PlanVersion, pillar: str) -> str:
    """6-①- of 6-①-03: the printed number of the chapter, the area's circled number."""
    chapter = chapter_units(version).index(CHAPTER_SIX) + 1
    return f"{chapter}-{version.edition.pillar(pillar).mark}-"


def _spread(version: PlanVersion, units: Sequence[str]) -> list[str]:
    """Part keys for units, the areas in the place of ch6; the basics first, what is not named last."""
    steps = list(Part.objects.of(version).kept().steps().values_list("kind", "key"))
    areas = [key for kind, key in steps if kind == Kind.AREA]
    known = {key for _, key in steps}
    wanted = ["basics", *(key for unit in units for key in (areas if unit == CHAPTER_SIX else [unit]))]
    rest = [key for kind, key in sorted(steps, key=lambda step: step[0] == Kind.APPENDIX)]
    chosen = [key for key in wanted if key in known and key != "appendix"]
    return list(dict.fromkeys([*chosen, *rest]))


def _place(version: PlanVersion, keys: Sequence[str], *, step: int) -> None:
    place = {key: index * step for index, key in enumerate(keys)}
    rows = list(Part.objects.of(version).filter(key__in=keys).only("pk", "key", "position"))
    for row in rows:
        row.position = place[row.key]
    Part.objects.bulk_update(rows, ["position"])


def _record(part: Part, kind: str, *, by: Member, at: datetime) -> Edit:
    """The edit of an act, from the part as it stands in this transaction."""
    fresh = Part.objects.select_related("department", "municipality").get(pk=part.pk)
    return saving.record_act(fresh, kind=kind, by=by, at=at)


def with_new_row_keys(values: dict, as_typed: dict) -> tuple[dict, dict]:
    """The same content with a new key for every row, in paths and in lists of rows alike."""
    keys = {piece for path in (*values, *as_typed) for piece in path.split(".")[1:] if is_key(piece)}
    new = {key: new_key() for key in keys}

    def renamed(path: str) -> str:
        return ".".join(new.get(piece, piece) for piece in path.split("."))

    def moved(path: str, value: object) -> object:
        is_rows = isinstance(value, list) and any(
            f"{path}.{key}." in other for key in value for other in values
        )
        return [new.get(key, key) for key in value] if is_rows else value

    return {renamed(path): moved(path, value) for path, value in values.items()}, {
        renamed(path): text for path, text in as_typed.items()
    }
