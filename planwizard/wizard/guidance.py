"""Guidance on every field of a part, by source: the template's (手引・国), the prefecture's, the town's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from planwizard.accounts.models import Municipality
from planwizard.blueprint.edition import edition
from planwizard.blueprint.kinds import AnyField, FieldSet, Sheet
from planwizard.blueprint.places import declared_paths
from planwizard.blueprint.town_words import kind_of
from planwizard.blueprint.values import is_entered
from planwizard.catalog import offers
from planwizard.manuscript.whereabouts import whereabouts
from planwizard.plans import notes
from planwizard.plans.models import FieldNote, Part
from planwizard.rules.on_fields import Item, items_on

_SHOWN = 120  # characters before a text is folded

Terms = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text of which only the beginning is shown at once."""

    start: str
    rest: str = ""

    @classmethod
    def of(cls, text: str) -> Folded:
        """Cut after the last sentence that is shown whole, if there is one."""
        if len(text) <= _SHOWN:
            return cls(text)
        at = text.rfind("。", 0, _SHOWN) + 1 or _SHOWN
        return cls(text[:at], text[at:].lstrip("\n"))


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is told about one field, the same for everybody of a town."""

    path: str  # declared: kpis.targets.value
    label: str
    help: Folded
    example: Folded
    example_name: str
    source: str
    printed: str  # where it stands in the document
    asked: tuple[Item, ...]
    terms: Terms

    @property
    def origin(self) -> str:
        """Whose word the help is: the state's, or that of examples and proposals, which ``source`` names."""
        return "手引・国" if self.source.startswith(("手引", "法")) else "書き方"

    @property
    def source_words(self) -> str:
        return self.source.replace("種文書", "典型的な要件の案：").replace("： ", "：")

    @property
    def is_inside(self) -> bool:
        """Whether the field stands in rows or in a group, and has no place of its own on the form."""
        return "." in self.path


@dataclass(frozen=True, slots=True)
class Entry:
    """The guidance on a field with the notes of the office: (県 or わが町, text)."""

    field: Guidance
    notes: tuple[tuple[str, Folded], ...]

    @property
    def is_empty(self) -> bool:
        told = self.field
        return not (told.help.start or told.example.start or told.printed or told.asked or self.notes)


def guidance_on(part: Part) -> list[tuple[str, list[Entry]]]:
    """``[(title of a set, its fields)]`` of a part. One query, and at most one more for the glossary."""
    town, written = part.municipality, notes.of_sheet(part.sheet.key)
    return [
        (title, [_entry(part.sheet, each, written, town) for each in fields])
        for title, fields in told_of(part)
    ]


def told_of(part: Part) -> tuple[tuple[str, tuple[Guidance, ...]], ...]:
    """The same without the notes of the office."""
    town, version = part.municipality, part.version
    glossary = tuple(offers.glossary())
    return _told(
        *(version.blueprint_edition, part.kind, part.key, part.pillar),
        *(town.name, town.prefecture_name, glossary),
    )


def field_of(part: Part, path: str) -> Guidance | None:
    """What is told of the field at a declared path, None if the sheet does not ask it."""
    return next((each for _, fields in told_of(part) for each in fields if each.path == path), None)


def _entry(sheet: Sheet, told: Guidance, written: Mapping[str, notes.Notes], town: Municipality) -> Entry:
    found = written.get(f"{sheet.key}.{told.path}", {})
    return Entry(
        told,
        tuple(
            (str(source.label), Folded.of(town.in_its_name(found[source])))
            for source in FieldNote.Source
            if source in found
        ),
    )


@lru_cache(maxsize=64)
def _told(
    code: str, kind: str, key: str, pillar: str, town: str, prefecture: str, glossary: Terms
) -> tuple[tuple[str, tuple[Guidance, ...]], ...]:
    sheet = edition(code, kind_of(town)).sheet_for(kind, key, pillar)
    labels = {path: field.label for path, field in declared_paths(sheet.fields)}
    named = Municipality(name=town, prefecture_name=prefecture)
    sets = (
        (
            group.title,
            tuple(
                _guidance(sheet, group, field, path, _label_in_full(path, labels), named, glossary)
                for path, field in declared_paths(group.fields)
                if is_entered(field) or field.is_fixed
            ),
        )
        for group in sheet.sets
    )
    return tuple((title, fields) for title, fields in sets if fields)


def _guidance(
    sheet: Sheet,
    group: FieldSet,
    field: AnyField,
    path: str,
    label: str,
    town: Municipality,
    glossary: Terms,
) -> Guidance:
    label, words = town.in_its_name(label), town.in_its_name(field.help)
    return Guidance(
        path,
        label,
        Folded.of(words),
        Folded.of(town.in_its_name(field.example)),
        field.example_name,
        field.source,
        whereabouts(sheet, group, field, path),
        items_on(f"{sheet.key}.{path}"),
        _terms(f"{label}\n{words}", glossary),
    )


def _label_in_full(path: str, labels: Mapping[str, str]) -> str:
    """PDCAの方法：頻度・時期: after the labels of what the field stands in."""
    pieces = path.split(".")
    return "：".join(labels[".".join(pieces[:at])] for at in range(1, len(pieces) + 1))


def _terms(words: str, glossary: Terms) -> Terms:
    """The words of the glossary that occur, but for those that are a piece of a longer one."""
    found = [(term, meaning) for term, meaning in glossary if term in words]
    return tuple(
        (term, meaning)
        for term, meaning in found
        if not any(term != other and term in other for other, _ in found)
    )
