"""A plan in which every declared field is answered, each with words found nowhere else where its kind allows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import assert_never

from planwizard.blueprint import computed
from planwizard.blueprint.content import Answers, Asset, PartContent, PlanContent, Value
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Line,
    Number,
    Prints,
    Prose,
    Reference,
    Rows,
    Sheet,
    Text,
    Upload,
    Year,
    YesNo,
)
from planwizard.blueprint.references import names_of
from planwizard.blueprint.say import say
from planwizard.common.numbers import show_number
from tests.manuscript import plans

SHA = "a" * 64
PERIOD = {"period_start_fy": 2026, "period_end_fy": 2030}
KEPT = {"era_display": "wareki", "municipality_name": "潮見野市", **PERIOD}
_INSIDE = {
    "issue": "i000000001",
    "evidence": "e000000001",
    "own_pillar": "o000000001",
    "measure": "m000000001",
}
_ROW_KEYS = {"issues": "i000000001", "digital_indicators": "e000000001", "own_pillars": "o000000001"}


@dataclass
class Filled:
    """The answers of one sheet, and for each leaf path the field and how it prints."""

    sheet: Sheet
    count: Iterator[int]
    names: dict[str, dict[str, str]]
    values: dict[str, Value] = field(default_factory=dict)
    leaves: list[tuple[str, AnyField, Prints]] = field(default_factory=list)

    def fill(self, fields: Sequence[AnyField], prefix: str = "", prints: Prints | None = None) -> None:
        for each in fields:
            own = prints if prints in (Prints.NEVER, Prints.BODY, Prints.FRAME) else each.prints
            if each.prints is Prints.NEVER:
                own = Prints.NEVER
            self._fill(each, f"{prefix}{each.key}", own)

    def _fill(self, each: AnyField, path: str, prints: Prints) -> None:
        match each:
            case Group(fields=fields):
                self.fill(fields, f"{path}.", prints)
            case Rows(columns=columns):
                key = _ROW_KEYS.get(each.key, f"r{next(self.count):09d}")
                self.values[path] = [key]
                self.fill(columns, f"{path}.{key}.", prints)
            case ByYear(columns=columns):
                for year in (2026, 2030):
                    self.fill(columns, f"{path}.{year}.", prints)
            case Upload():
                self.values |= {
                    f"{path}.asset": SHA,
                    f"{path}.alt": self._word("絵"),
                    f"{path}.width_mm": 100,
                }
                self.values[f"{path}.caption"] = self._word("図題")
                self.leaves.append((path, each, prints))
            case Computed():
                self.leaves.append((path, each, prints))
            case _:
                self.values[path] = KEPT.get(each.key, self._value(each))
                self.leaves.append((path, each, prints))

    def _value(self, each: AnyField) -> Value:
        match each:
            case Line(format="url"):
                return f"https://www.example.lg.jp/{next(self.count):05d}"
            case Line(format="email"):
                return f"madoguchi{next(self.count):05d}@example.lg.jp"
            case Line(format="tel"):
                return f"0900-{next(self.count):05d}"
            case Line() | Text() | Prose():
                return self._word(each.label.replace("○○市", "市")[:6])
            case Number():
                return str(20000 + next(self.count))
            case Day():
                return (date(2000, 1, 1) + timedelta(days=next(self.count))).isoformat()
            case Year():
                return 2030 if each.key.startswith(("end", "target")) else 2026
            case Choice(options=options):
                return options[0].key
            case Choices(options=options):
                return [option.key for option in options]
            case YesNo():
                return True
            case Reference():
                return self._reference(each)
            case Upload() | Computed() | Group() | Rows() | ByYear():
                raise AssertionError(each.key)
            case _:
                assert_never(each)

    def _reference(self, each: Reference) -> Value:
        key = _INSIDE.get(each.to, f"x{next(self.count):09d}")
        if each.to not in _INSIDE:
            self.names.setdefault(each.to, {})[key] = self._word("名")
        return [key] if each.many else key

    def _word(self, start: str) -> str:
        return f"{start}{next(self.count):05d}号"

    def said(self, path: str, each: AnyField, names: dict[str, dict[str, str]]) -> list[str]:
        """What a reader must find of one leaf."""
        if isinstance(each, Upload):
            return [str(self.values[f"{path}.alt"]), str(self.values[f"{path}.caption"])]
        if isinstance(each, Computed):
            return [computed.said(each.key, Answers(self.values))]
        if isinstance(each, Number):  # the unit may stand in the head of the column
            return [show_number(str(self.values[path]))]
        return [say(each, self.values[path], era="wareki", names=names)]


def whole(*, with_texts: bool) -> tuple[PlanContent, list[tuple[str, Filled]]]:
    """A plan with one measure for each pillar and a free chapter, and what was filled in for each part.

    Without texts the fields that hold a chapter's own text are left empty.
    """
    count, names = itertools.count(1), {to: dict(each) for to, each in plans.NAMES.items()}
    parts, filled = [], []
    for key, kind, sheet, pillar in _parts():
        each = Filled(sheet, count, names)
        each.fill(sheet.fields)
        if not with_texts:
            each.values.pop(f"{key}_text", None)
        filled.append((key, each))
        parts.append(_part(key, kind, sheet, pillar, each))
    content = plans.plan()
    asset = Asset(SHA, "image/png", 400, 300)
    content = type(content)(content.edition, content.identifier, "draft", "第3版", content.modified, tuple(parts), names, {SHA: asset})  # fmt: skip
    return content, filled


def all_names(content: PlanContent) -> dict[str, dict[str, str]]:
    return {to: dict(each) for to, each in names_of(content).items()}


def _parts() -> Iterator[tuple[str, str, Sheet, str]]:
    measure = itertools.count(1)
    for sheet in plans.EDITION.sheets:
        pillar = next((each.key for each in plans.EDITION.pillars if each.part_key == sheet.key), "")
        if sheet.key == "ch7":
            yield "f000000001", "chapter", plans.EDITION.free_chapter, ""
        yield sheet.key, sheet.kind, sheet, pillar
        if pillar:
            yield f"m{next(measure):09d}", "measure", plans.EDITION.measure(pillar), pillar


def _part(key: str, kind: str, sheet: Sheet, pillar: str, each: Filled) -> PartContent:
    if kind != "measure":
        return PartContent(key, kind, sheet.title, 0, each.values, pillar=pillar)
    each.values["pillar"] = pillar
    title, number = str(each.values["title"]), str(each.values["measure_no"])
    department = str(each.values["department"])
    return PartContent(key, kind, title, 0, each.values, {}, pillar, number, department)
