"""A plan as plain values: what ``compose``, drafting and the rules take. Needs no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Value = str | int | bool | list[str]
Values = Mapping[str, Value]  # {path: value}, see kinds.py


@dataclass(frozen=True, slots=True)
class Answers:
    """A read-only window on ``{path: value}``, at the top of a part or inside one row.

    ``answers["pdca.frequency"]`` is the stored value or None; ``answers.rows("kpis")`` are windows on the rows.
    """

    values: Values
    prefix: str = ""  # ends with a dot unless empty
    key: str = ""  # the row's key

    def __getitem__(self, path: str) -> Value | None:
        return self.values.get(self.prefix + path)

    def text(self, path: str) -> str:
        """The value as a string, "" when empty."""
        value = self[path]
        return value if isinstance(value, str) else "" if value is None else str(value)

    def year(self, path: str) -> int | None:
        value = self[path]
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def keys(self, path: str) -> list[str]:
        """The list of keys of Choices, a Reference or Rows."""
        value = self[path]
        return value if isinstance(value, list) else [value] if isinstance(value, str) and value else []

    def rows(self, path: str) -> list[Answers]:
        return [self.at(f"{path}.{key}", key) for key in self.keys(path)]

    def at(self, path: str, key: str = "") -> Answers:
        """A window on everything below ``path`` (a group, or one row)."""
        return Answers(self.values, f"{self.prefix}{path}.", key)

    def by_year(self, path: str) -> dict[int, Answers]:
        """{fiscal year: window} of a ByYear field, in order of years, only years with an answer."""
        start = f"{self.prefix}{path}."
        years = {int(rest.split(".", 1)[0]) for rest in self._below(start)}
        return {year: self.at(f"{path}.{year}") for year in sorted(years)}

    @property
    def is_blank(self) -> bool:
        """True if nothing is answered below this window."""
        return next(self._below(self.prefix), None) is None

    def _below(self, start: str) -> Iterator[str]:
        return (path.removeprefix(start) for path in self.values if path.startswith(start))


@dataclass(frozen=True, slots=True)
class AdoptionContent:
    """A national measure taken over, with the catalogue's wording of that moment."""

    edition_code: str
    code: str
    title: str
    title_kind: str  # official | descriptive
    status: str  # current | superseded | unknown
    wording: str
    ministry: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class PartContent:
    key: str  # ch2, ch6-online, or a letter and nine of [a-z0-9]
    kind: str  # basics | chapter | area | measure | appendix
    title: str
    position: int
    values: Values
    as_typed: Mapping[str, str] = field(default_factory=dict)
    pillar: str = ""
    measure_no: str = ""
    department: str = ""  # department key
    adoptions: tuple[AdoptionContent, ...] = ()

    @property
    def answers(self) -> Answers:
        return Answers(self.values)

    @property
    def all_values(self) -> Values:
        """``values`` with the answers of a measure that stand beside them: its columns and what it adopted."""
        if self.kind != "measure":
            return self.values
        beside: dict[str, Value] = {
            "title": self.title,
            "pillar": self.pillar,
            "measure_no": self.measure_no,
            "department": self.department,
            "national_measures": [f"{adopted.edition_code}/{adopted.code}" for adopted in self.adoptions],
        }
        return {**{path: value for path, value in beside.items() if value}, **self.values}


@dataclass(frozen=True, slots=True)
class Asset:
    sha256: str
    media_type: str  # image/png | image/jpeg
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class CatalogueFacts:
    """What rules ask of the catalogue as it is today."""

    newest_national_plan: str = ""  # code of the newest basic plan that officers are offered
    superseded: Mapping[str, str] = field(default_factory=dict)
    # {code of a document, or edition/code of a national measure: printed name of what follows it, "" if unknown}
    in_force_from: Mapping[str, date] = field(default_factory=dict)  # {code of a law: since when}


@dataclass(frozen=True, slots=True)
class PlanContent:
    """One version of a plan, whole."""

    edition: str  # blueprint edition
    identifier: str  # UUID of the version
    stage: str  # outline | draft | final_draft | amendment
    version_label: str
    modified: datetime  # UTC, the last edit of any part
    parts: tuple[PartContent, ...]  # in printing order; measures after their area, in order
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # {department | national_document | national_measure | law: {key: printed name}}
    assets: Mapping[str, Asset] = field(default_factory=dict)
    decided_on: date | None = None
    catalogue: CatalogueFacts = CatalogueFacts()

    def part(self, key: str) -> PartContent | None:
        return next((part for part in self.parts if part.key == key), None)

    @property
    def basics(self) -> Answers:
        part = self.part("basics")
        return part.answers if part else Answers({})

    @property
    def measures(self) -> tuple[PartContent, ...]:
        return tuple(part for part in self.parts if part.kind == "measure")

    def name_of(self, to: str, key: str) -> str:
        """The printed name of what a Reference points to, "" when it is gone."""
        return self.names.get(to, {}).get(key, "")
