"""確認: what is still missing, unreadable or contradictory in a version, each with the link to its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.contradictions import contradictions
from planwizard.blueprint.edition import Edition, edition_of
from planwizard.blueprint.kinds import Level
from planwizard.blueprint.values import missing_in, stored_places
from planwizard.compliance import going_through
from planwizard.plans.models import PlanVersion
from planwizard.plans.read import content_of
from planwizard.wizard.small_start import to_any_field


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend: the sentence and the address of the very field."""

    message: str
    url: str


@dataclass(frozen=True, slots=True)
class PartRemarks:
    """What one part still needs."""

    key: str
    name: str
    url: str
    unread: tuple[Remark, ...]
    contradictory: tuple[Remark, ...]
    required: tuple[Remark, ...]  # ◎
    recommended: tuple[Remark, ...]  # ○

    @property
    def is_clear(self) -> bool:
        return not (self.unread or self.contradictory or self.required)


@dataclass(frozen=True, slots=True)
class Confirmation:
    parts: tuple[PartRemarks, ...]

    @property
    def required_count(self) -> int:
        return sum(len(part.required) for part in self.parts)

    @property
    def unread_count(self) -> int:
        return sum(len(part.unread) for part in self.parts)

    @property
    def contradictory_count(self) -> int:
        return sum(len(part.contradictory) for part in self.parts)


def confirmation(version: PlanVersion) -> Confirmation:
    """Read the whole version once and gather what is open in each part, in printing order."""
    content = content_of(version)
    missing = missing_in(content)
    against: dict[str, list[Remark]] = {}
    for found in contradictions(content):
        against.setdefault(found.part, []).append(
            Remark(found.message, _url(version, content, found.part, found.path))
        )
    return Confirmation(
        tuple(
            _remarks(version, content, part, missing[part.key], against.get(part.key, []))
            for part in content.parts
        )
    )


def _remarks(
    version: PlanVersion, content: PlanContent, part: PartContent, missing: list, against: list[Remark]
) -> PartRemarks:
    asked = {
        level: tuple(
            Remark(
                item.message, _url(version, content, part.key, item.path, is_hidden=level != Level.REQUIRED)
            )
            for item in missing
            if item.level is level
        )
        for level in (Level.REQUIRED, Level.RECOMMENDED)
    }
    return PartRemarks(
        key=part.key,
        name=f"{part.measure_no}　{part.title}"
        if part.measure_no
        else version.municipality.in_its_name(part.title),
        url=_url(version, content, part.key, ""),
        unread=tuple(_unread(version, content, part)),
        contradictory=tuple(against),
        required=asked[Level.REQUIRED],
        recommended=asked[Level.RECOMMENDED],
    )


def _unread(version: PlanVersion, content: PlanContent, part: PartContent) -> Iterator[Remark]:
    paths = unread_paths(edition_of(content), part)
    if not paths:
        return
    sheet = edition_of(content).sheet_for(part.kind, part.key, part.pillar)
    places = stored_places(sheet, {**part.values, **part.as_typed})
    for path in paths:
        label = places[path].label if path in places else path
        yield Remark(
            f"{label}の「{part.as_typed[path][:20]}」は読み取れませんでした。直すまで文書には出ません。",
            _url(version, content, part.key, path, is_hidden=True),
        )


def unread_paths(edition: Edition, part: PartContent) -> list[str]:
    """Where what was typed could not be read, but for what only the area asks that a measure was moved from."""
    if not part.as_typed:
        return []
    asked = {item.key for item in edition.sheet_for(part.kind, part.key, part.pillar).fields}
    return [path for path in part.as_typed if path.partition(".")[0] in asked]


def _url(version: PlanVersion, content: PlanContent, key: str, path: str, *, is_hidden: bool = False) -> str:
    """``is_hidden``: a form that asks the least may not show the field."""
    part = content.part(key)
    name = "wizard:measure" if part is not None and part.kind == "measure" else "wizard:step"
    every = to_any_field(version) if is_hidden else ""
    return going_through.from_fields(
        reverse(name, args=[version.pk, key]) + every + (f"#id_{path}" if path else "")
    )
