"""Hints on wording as the screens show them: the words they are about, the way to the field, the safe fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.values import stored_places
from planwizard.plans.models import Part, PlanVersion
from planwizard.plans.read import texts_of
from planwizard.plans.saving import Record
from planwizard.plans.wording import setting_for
from planwizard.wizard.small_start import to_any_field
from planwizard.wording import checking
from planwizard.wording.hint import RULES, Hint, Passage, Rule, Setting
from planwizard.wording.passages import passages, sheet_of

_AROUND, _NEAR = (
    8,
    3,
)  # characters before and after: shown, and to find the place again in a text that has changed
_SHOWN = 24  # of a long sentence
_AT_ONCE = 3  # beside one field


@dataclass(frozen=True, slots=True)
class Shown:
    hint: Hint
    before: str
    found: str
    after: str

    @property
    def rule(self) -> Rule:
        return RULES[self.hint.rule]

    @property
    def name(self) -> str:
        """What its button sends: the place and the rule, by which the server finds it again."""
        return f"{self.hint.path} {self.hint.start} {self.hint.rule}"

    @property
    def near_before(self) -> str:
        return self.before[-_NEAR:]

    @property
    def near_after(self) -> str:
        return self.after[:_NEAR]

    @property
    def shown(self) -> str:
        return self.found if len(self.found) <= _SHOWN else f"{self.found[:_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class FieldHints:
    path: str
    label: str
    url: str
    hints: tuple[Shown, ...]

    @property
    def first(self) -> tuple[Shown, ...]:
        """Those shown beside the field at once."""
        return self.hints[:_AT_ONCE]

    @property
    def further(self) -> tuple[Shown, ...]:
        return self.hints[_AT_ONCE:]


@dataclass(frozen=True, slots=True)
class PartHints:
    key: str
    name: str
    fields: tuple[FieldHints, ...]

    @property
    def count(self) -> int:
        return sum(len(field.hints) for field in self.fields)

    @property
    def fix_count(self) -> int:
        return sum(each.hint.fix is not None for field in self.fields for each in field.hints)


def hints_on(part: Part) -> PartHints:
    """The hints on one part, field by field in the order of its form. Four queries."""
    content, setting = _read(part.version)
    return _of(part.version, content, _content(content, part), setting)


def hints_in(version: PlanVersion) -> list[PartHints]:
    """The parts of a plan about which there is something to say, in printing order."""
    content, setting = _read(version)
    found = (_of(version, content, part, setting) for part in content.parts)
    return [each for each in found if each.fields]


def fixed(part: Part, name: str) -> tuple[Record, int]:
    """What the part holds after one safe fix, or all of them for ``all``; and how many texts that changes."""
    content, setting = _read(part.version)
    found = list(passages(content, [_content(content, part)]))
    if name == "all":
        after = {each.path: checking.mended(each, setting) for each in found}
    else:
        after = dict(_one_fix(found, setting, name))
    changed = {each.path: after[each.path] for each in found if after.get(each.path, each.text) != each.text}
    return Record(part.answers | changed, part.as_typed), len(changed)


def _one_fix(found: Iterable[Passage], setting: Setting, name: str) -> Iterator[tuple[str, str]]:
    path = name.partition(" ")[0]
    for passage in found:
        if passage.path != path:
            continue
        for hint in checking.hints([passage], setting):
            if hint.fix is not None and f"{hint.path} {hint.start} {hint.rule}" == name:
                yield path, passage.text[: hint.start] + hint.fix + passage.text[hint.end :]


def _read(version: PlanVersion) -> tuple[PlanContent, Setting]:
    content = texts_of(version)
    return content, setting_for(content, on=timezone.localdate())


def _content(content: PlanContent, part: Part) -> PartContent:
    found = content.part(part.key)
    assert found is not None  # fetched a moment ago; what was deleted since has no page
    return found


def _of(version: PlanVersion, content: PlanContent, part: PartContent, setting: Setting) -> PartHints:
    found = list(passages(content, [part]))
    texts = {passage.path: passage.text for passage in found}
    hints = list(checking.hints(found, setting))
    labels = stored_places(sheet_of(content, part), part.all_values) if hints else {}
    fields = tuple(
        FieldHints(
            path,
            version.municipality.in_its_name(labels[path].label),
            _url(version, part, path),
            tuple(_shown(hint, texts[path]) for hint in each),
        )
        for path, each in groupby(hints, key=lambda hint: hint.path)
    )
    name = (
        f"{part.measure_no}　{part.title}"
        if part.measure_no
        else version.municipality.in_its_name(part.title)
    )
    return PartHints(part.key, name, fields)


def _shown(hint: Hint, text: str) -> Shown:
    return Shown(
        hint,
        text[max(0, hint.start - _AROUND) : hint.start],
        text[hint.start : hint.end],
        text[hint.end : hint.end + _AROUND],
    )


def _url(version: PlanVersion, part: PartContent, path: str) -> str:
    name = "wizard:measure" if part.kind == "measure" else "wizard:step"
    return f"{reverse(name, args=[version.pk, part.key])}{to_any_field(version)}#id_{path}"
