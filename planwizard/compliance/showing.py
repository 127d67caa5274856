"""What the rules found, as pages show it: with the address and the name of the very field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.edition import edition_of
from planwizard.blueprint.small_start import essential, is_unasked, unasked
from planwizard.blueprint.values import Place as FieldPlace
from planwizard.blueprint.values import stored_places
from planwizard.compliance.judge import Judgement
from planwizard.compliance.models import Confirmation
from planwizard.plans.models import PlanVersion
from planwizard.rules import Ask, Finding, Place, Result, State
from planwizard.rules.elements import COLUMNS, Cell, matrix
from planwizard.rules.sentences import left_out, text_path

STATE_WORDS = {
    State.PASS: "合格",
    State.NEEDS_REVIEW: "要確認",
    State.FAIL: "未",
    State.NOT_APPLICABLE: "対象外",
    State.NOTE: "注意",
}
_CHIPS = {
    State.PASS: "success",
    State.NEEDS_REVIEW: "warning",
    State.FAIL: "error",
    State.NOT_APPLICABLE: "off",
    State.NOTE: "info",
}
_CELLS = {
    State.PASS: "○",
    State.NEEDS_REVIEW: "要",
    State.FAIL: "未",
    State.NOT_APPLICABLE: "－",
    State.NOTE: "注",
}
EVERY_FIELD = "?fields=all"  # shows every field of a form of a plan that starts small
GROUPS = {
    "PU": "目的（2章）",
    "EX": "期待される効果（2章・5章・6章）",
    "ME": "施策の記述の要素（5章・6章）",
    "OP": "運用体制（4章・公表）",
    "L": "法律・手引に基づく検査",
    "T": "この市町村の項目",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding."""

    state: State
    reason: str
    url: str  # where one acts: the field, or the form in which the sentence is chosen
    field_url: str
    where: str  # 2章　計画の目的：自治体保有情報の活用
    facts: tuple[str, ...] = ()
    role: str = ""
    comment: str = ""

    @property
    def words(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def chip(self) -> str:
        return _CHIPS[self.state]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that was asked for; ``row`` is None while nobody has named one."""

    ask: Ask
    row: Confirmation | None
    holds: bool
    url: str
    where: str


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the checklist."""

    result: Result
    url: str
    shown: tuple[Shown, ...]
    evidence: tuple[Evidence, ...] = ()

    @property
    def words(self) -> str:
        return STATE_WORDS[self.result.state]

    @property
    def chip(self) -> str:
        return _CHIPS[self.result.state]

    @property
    def to_mend(self) -> tuple[Shown, ...]:
        return tuple(each for each in self.shown if each.state in (State.FAIL, State.NEEDS_REVIEW))

    @property
    def places_to_mend(self) -> tuple[Shown, ...]:
        """One finding for each field; several may lead to the same."""
        return tuple({each.field_url: each for each in self.to_mend if each.field_url}.values())

    @property
    def notes(self) -> tuple[Shown, ...]:
        return tuple(each for each in self.shown if each.state is State.NOTE)

    @property
    def first(self) -> Shown | None:
        """What the list says of it: the worst finding."""
        return next(iter(self.shown), None)


@dataclass(slots=True)
class Showing:
    """The names and addresses of one judged version. Asks the database nothing."""

    version: PlanVersion
    found: Judgement
    _labels: dict[str, dict[str, FieldPlace]] = field(default_factory=dict)
    _unasked: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def content(self) -> PlanContent:
        return self.found.content

    def groups(self) -> list[tuple[str, list[Item]]]:
        items = [self.item(result) for result in self.found.results]
        named = [
            (title, [item for item in items if item.result.rule.id.partition("-")[0] == prefix])
            for prefix, title in GROUPS.items()
        ]
        return [(title, found) for title, found in named if found]

    def item(self, result: Result) -> Item:
        return Item(
            result,
            item_url(self.version.pk, result.rule.id),
            self._findings(result, result.findings),
            tuple(self._evidence(result)),
        )

    def touching(self, part: PartContent) -> Iterator[Item]:
        """The items that wait for something in one part, or ask there and could not be judged."""
        for result in self.found.results:
            asks_here = any(part.key in ask.parts for ask in result.rule.asks)
            here = tuple(
                each
                for each in result.findings
                if (each.at.part == part.key if each.at else result.error and asks_here)
                and each.state in (State.FAIL, State.NEEDS_REVIEW)
            )
            if here and not result.rule.same_as:
                yield Item(result, item_url(self.version.pk, result.rule.id), self._findings(result, here))

    def matrix(self) -> list[tuple[str, str, list[dict[str, str]]]]:
        """(number and title, address, cells) of each measure."""
        return [
            (
                f"{row.part.measure_no}　{row.part.title or '（施策名は未入力）'}",
                self.url(Place(row.part.key)),
                [self._cell(column, row.cells[column]) for column in COLUMNS],
            )
            for row in matrix(self.content)
        ]

    def left_out(self, at: Place | None) -> str:
        """The label of the field if the 本文 of its chapter lacks its sentences, or ""."""
        part = self.content.part(at.part) if at else None
        return left_out(part, self.version.edition, at.path) if part and at else ""

    def text_at(self, at: Place) -> Place:
        """The 本文 of the same chapter."""
        part = self.content.part(at.part)
        return Place(at.part, text_path(part)) if part else at

    def gap(self, words: str, at: Place) -> Shown:
        return Shown(State.NEEDS_REVIEW, words, self.url(at), self.url(at), self.where(at))

    def url(self, at: Place) -> str:
        part = self.content.part(at.part)
        name = "wizard:measure" if part is not None and part.kind == "measure" else "wizard:step"
        every = EVERY_FIELD if part is not None and self._is_hidden(part, at.path) else ""
        return reverse(name, args=[self.version.pk, at.part]) + every + (f"#id_{at.path}" if at.path else "")

    def where(self, at: Place) -> str:
        part = self.content.part(at.part)
        if part is None:
            return "削除された部分"
        found = self._places(part).get(at.path)
        return f"{self.name(part)}：{found.label}" if found else self.name(part)

    def name(self, part: PartContent) -> str:
        if part.kind == "measure":
            return f"施策{part.measure_no}「{part.title or '施策名は未入力'}」"
        return self.version.municipality.in_its_name(part.title)

    def _findings(self, result: Result, findings: Iterable[Finding]) -> tuple[Shown, ...]:
        here = item_url(self.version.pk, result.rule.id)
        return tuple(self._finding(each, here) for each in findings)

    def _finding(self, each: Finding, item: str) -> Shown:
        at = self.text_at(each.at) if each.at and each.asks and self.left_out(each.at) else each.at
        field, where = (self.url(at), self.where(at)) if at else ("", "")
        url = f"{item}#choose_{each.asks}" if each.asks else field
        facts = () if each.asks else each.facts  # the sentence itself is shown as evidence
        return Shown(each.state, each.reason, url, field, where, facts, each.role, each.comment)

    def _evidence(self, result: Result) -> Iterator[Evidence]:
        for asked in result.asked:
            row = self.found.confirmations.get((result.rule.id, asked.ask.role))
            at = Place(row.part_key, row.path) if row else asked.ask.at
            yield Evidence(
                asked.ask, row, asked.holds, self.url(at) if at else "", self.where(at) if at else ""
            )

    def _cell(self, column: str, cell: Cell) -> dict[str, str]:
        is_open = cell.at is not None and cell.state is not State.PASS
        return {
            "column": COLUMNS[column],
            "sign": _CELLS[cell.state],
            "words": f"{STATE_WORDS[cell.state]}　{cell.reason}",
            "url": self.url(cell.at) if is_open and cell.at else "",
        }

    def _is_hidden(self, part: PartContent, path: str) -> bool:
        """Whether the form of a plan that starts small leaves the field out."""
        if not path or not self.version.is_small_start:
            return False
        if part.key not in self._unasked:
            asked, at = edition_of(self.content), (part.kind, part.key, part.pillar)
            least = essential(asked, *at, self._plan_type, self.content.stage)
            self._unasked[part.key] = unasked(asked.sheet_for(*at), least)
        return is_unasked(path, self._unasked[part.key])

    @property
    def _plan_type(self) -> str:
        basics = self.content.part("basics")
        return str(basics.values.get("plan_type", "")) if basics else ""

    def _places(self, part: PartContent) -> dict[str, FieldPlace]:
        if part.key not in self._labels:
            sheet = edition_of(self.content).sheet_for(part.kind, part.key, part.pillar)
            self._labels[part.key] = stored_places(sheet, part.all_values)
        return self._labels[part.key]


def item_url(version_id: UUID, item_id: str) -> str:
    return reverse("compliance:item", args=[version_id, item_id])


def answerable(items: Iterable[Shown]) -> list[Shown]:
    """The warnings that wait for a written reason."""
    return [each for each in items if each.role and each.state is State.NEEDS_REVIEW]
