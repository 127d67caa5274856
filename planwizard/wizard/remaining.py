"""What remains to be done in each part. Worked out once for each edit of a part and remembered by this process.

Of a plan of 200 measures it takes 150 ms to read and check everything, and one edit changes one part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from planwizard.blueprint.contradictions import contradictions
from planwizard.blueprint.kinds import Level
from planwizard.blueprint.values import missing_in
from planwizard.plans.models import Adoption, Kind, Part, PartQuerySet, PlanVersion, State
from planwizard.plans.read import some_of
from planwizard.wizard.confirmation import unread_paths

FILLED = "必須の欄はそろっています"  # of a part that was begun and is not called done
_MOST = 20_000  # parts; then everything is worked out anew
_LOOKED_AT = (Kind.BASICS, Kind.APPENDIX)  # what the conditions and checks of other parts look at
_COLUMNS = (
    "pk", "key", "kind", "title", "pillar", "state", "department_id", "edit_no", "saved_at", "adopted",
)  # fmt: skip
_known: dict[tuple[object, ...], Remaining] = {}
_done_sheets: dict[UUID, tuple[int, int]] = {}  # of a version: the hash of what was counted, and the number


@dataclass(frozen=True, slots=True)
class Remaining:
    """Of one part, counted as 確認 counts. ``path`` is where to begin."""

    required: int = 0  # unanswered ◎
    unread: int = 0
    contradictory: int = 0
    first: str = ""  # label of the first unanswered ◎
    path: str = ""

    @property
    def is_clear(self) -> bool:
        return not (self.required or self.unread or self.contradictory)

    @property
    def words(self) -> str:
        """One line; "" when nothing remains."""
        more = "など" if self.required > 1 else ""
        said = (
            (self.unread, f"読み取れない入力 {self.unread}件"),
            (self.contradictory, f"合わない入力 {self.contradictory}件"),
            (self.required, f"必須 あと{self.required}項目（{self.first}{more}）"),
        )
        return "、".join(words for count, words in said if count)


def state_of(state: str, remains: Remaining) -> State:
    """What a part is shown as, wherever it is: what was called done and misses something is to be mended."""
    is_done = state == State.DONE
    return State.TO_FIX if is_done and not remains.is_clear else State(state)


def states_in(version: PlanVersion, rows: Sequence[Any], around: Sequence[Any]) -> dict[str, State]:
    """What each of these parts is shown as; ``around``: the rows of the steps. One query after an edit of one."""
    done = [row.key for row in rows if row.state == State.DONE]
    return _states(rows, remaining_in(version, [*around, *rows], done))


def states_and_filled(
    version: PlanVersion, rows: Sequence[Any], around: Sequence[Any]
) -> tuple[dict[str, State], set[str]]:
    """The same, and which of those shown as 書きかけ miss nothing."""
    begun = [row.key for row in rows if row.state in (State.STARTED, State.DONE)]
    found = remaining_in(version, [*around, *rows], begun)
    filled = {row.key for row in rows if row.state == State.STARTED and found[row.key].is_clear}
    return _states(rows, found), filled


def _states(rows: Iterable[Any], found: Mapping[str, Remaining]) -> dict[str, State]:
    return {row.key: state_of(row.state, found.get(row.key, Remaining())) for row in rows}


def is_filled(part: Part) -> bool:
    """Whether it misses nothing as it now stands. Two queries."""
    kept = Part.objects.of(part.version).kept()
    rows = _rows(kept.filter(Q(pk=part.pk) | Q(kind__in=_LOOKED_AT)))
    return remaining_in(part.version, rows, [part.key])[part.key].is_clear


def states_of(version: PlanVersion) -> dict[str, State]:
    """What each part is shown as, by its key. Three queries at the most."""
    return states_in(version, _rows(Part.objects.of(version).kept()), ())


def walk_states(
    version: PlanVersion, steps: Sequence[Any], sheets: Iterable[Any]
) -> tuple[dict[str, State], int]:
    """What each step is shown as, and how many of all measure sheets are shown as できた.

    The sheets are counted again after an edit of one that was called it, and after any act: acts raise
    ``structure_no``. Three queries at the most then.
    """
    called = [(row.key, row.edit_no) for row in sheets if row.state == State.DONE]
    mark = hash((version.structure_no, _looked_at(version, steps), *called))
    is_known = not called or _done_sheets.get(version.pk, (None, 0))[0] == mark
    rows = [] if is_known else _rows(Part.objects.of(version).kept().measures().filter(state=State.DONE))
    states = states_in(version, [*steps, *rows], ())
    if not is_known:
        _done_sheets[version.pk] = mark, sum(states[row.key] == State.DONE for row in rows)
    return states, _done_sheets[version.pk][1] if called else 0


def _rows(parts: PartQuerySet) -> list[Any]:
    return list(parts.annotate(adopted=adopted()).values_list(*_COLUMNS, named=True))


def remaining_in(
    version: PlanVersion, rows: Iterable[Any], keys: Collection[str] | None = None
) -> dict[str, Remaining]:
    """``{part key: what remains}`` of undeleted parts of a version, of all or of these. At most one query.

    ``rows`` are they and what other parts look at, with the columns of ``_fingerprint``; of measures also ``adopted``:
    whether the part has adoptions.
    """
    rows = list(rows)
    around = _looked_at(version, rows)
    rows = [row for row in rows if keys is None or row.key in keys]
    prints = {row.key: (around, *_fingerprint(row)) for row in rows}
    new = [row for row in rows if prints[row.key] not in _known]
    if new:
        if len(_known) + len(new) > _MOST:
            _known.clear()
        found = _worked_out(version, new)
        _known.update((prints[row.key], found[row.key]) for row in new if row.key in found)
    return {key: _known.get(mark, Remaining()) for key, mark in prints.items()}


def forget() -> None:
    """Work everything out anew at the next question."""
    _known.clear()
    _done_sheets.clear()


def _looked_at(version: PlanVersion, rows: Iterable[Any]) -> str:
    """What the parts share of what remains depends on; one text hashes faster than many values."""
    return repr((version.pk, version.stage, *(_fingerprint(row) for row in rows if row.kind in _LOOKED_AT)))


def adopted() -> Exists:
    """Of a part, whether it has adoptions."""
    return Exists(Adoption.objects.filter(part=OuterRef("pk")))


def _fingerprint(row: Any) -> tuple[object, ...]:
    """All of a part that what remains depends on: its edit, and the columns that acts change without one."""
    adopted = row.kind == Kind.MEASURE and row.adopted
    return (row.key, row.edit_no, row.saved_at, row.pillar, row.title, row.department_id, adopted)


def _worked_out(version: PlanVersion, rows: list[Any]) -> dict[str, Remaining]:
    content = some_of(version, kinds=_LOOKED_AT, keys=[row.key for row in rows])
    missing, against = missing_in(content), contradictions(content)
    found = {}
    for part in content.parts:
        required = [item for item in missing[part.key] if item.level is Level.REQUIRED]
        unread = unread_paths(version.edition, part)
        opposed = [item.path for item in against if item.part == part.key]
        found[part.key] = Remaining(
            required=len(required),
            unread=len(unread),
            contradictory=len(opposed),
            first=required[0].label if required else "",
            path=next(iter([*unread, *opposed, *(item.path for item in required)]), ""),
        )
    return found
