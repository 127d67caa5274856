"""What a child process is given: one file with everything the document is made from.

With it the child needs no database, no settings and no network.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from planwizard.blueprint.content import AdoptionContent, Asset, PartContent, PlanContent
from planwizard.document.paper import USUAL, PaperSettings
from planwizard.manuscript.evidence_sheet import EvidenceSheet
from planwizard.manuscript.options import Options

PACKAGE = Path(__file__).resolve().parents[1]
STYLES = PACKAGE.parent / "static" / "css"


@dataclass(frozen=True, slots=True)
class House:
    """How the town's files look: its paper and, for Word, its own file."""

    settings: PaperSettings = USUAL
    folder: str = ""  # of the town's house styles
    sha256: str = ""  # the file in it; empty: ours, on that paper
    facts: Mapping[str, Any] | None = field(default=None)  # Base.facts

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> House:
        """The inverse of ``asdict``."""
        return cls(**{**data, "settings": PaperSettings.from_json(data["settings"])})


PLAIN = House()


@dataclass(frozen=True, slots=True)
class Order:
    """One file to make. ``pages`` are the page numbers of an earlier layout of the same plan, if there was one;
    ``export`` is the name under which the tree is kept, which a Word file then carries.
    """

    format: str  # docx | pdf | html | json
    content: PlanContent
    pictures: str  # the folder of the town's pictures, each named by its hash
    options: Options = Options()
    pages: Mapping[str, str] | None = field(default=None)
    house: House = PLAIN
    export: str = ""
    evidence: EvidenceSheet | None = None  # what is printed instead of the plan

    def dumps(self) -> str:
        facts = {**asdict(self), "content": _printed(self.content), "options": self.options.to_json()}
        return json.dumps(facts, ensure_ascii=False, default=_plain)

    @classmethod
    def loads(cls, text: str) -> Order:
        """The inverse of ``dumps``."""
        data = json.loads(text)
        options = Options.from_json(data["options"])
        house = House.of(data["house"])
        evidence = EvidenceSheet.of(data["evidence"]) if data["evidence"] else None
        read = {
            "content": _content(data["content"]),
            "options": options,
            "house": house,
            "evidence": evidence,
        }
        return cls(**{**data, **read})


def content_hash(
    content: PlanContent, options: Options, house: House = PLAIN, evidence: EvidenceSheet | None = None
) -> str:
    """The same for the same document: the plan, the options, the house style, the evidence sheet if that is what is
    printed, and the code that lays it out."""
    look = [house.settings.to_json(), house.sha256, house.facts]
    text = json.dumps(
        [_printed(content), options.to_json(), look, *([asdict(evidence)] if evidence else [])],
        ensure_ascii=False,
        sort_keys=True,
        default=_plain,
    )
    return hashlib.sha256(f"{_makers()}{text}".encode()).hexdigest()


def _printed(content: PlanContent) -> dict[str, Any]:
    """What pages are made from. What the catalogue says today is for the rules alone."""
    return {key: value for key, value in asdict(content).items() if key != "catalogue"}


def _plain(value: object) -> str:
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    raise TypeError(type(value))


def _content(data: dict[str, Any]) -> PlanContent:
    decided = data["decided_on"]
    return PlanContent(
        **{
            **data,
            "modified": datetime.fromisoformat(data["modified"]),
            "decided_on": date.fromisoformat(decided) if decided else None,
            "parts": tuple(_part(part) for part in data["parts"]),
            "assets": {sha256: Asset(**asset) for sha256, asset in data["assets"].items()},
        }
    )


def _part(data: dict[str, Any]) -> PartContent:
    adoptions = tuple(AdoptionContent(**adoption) for adoption in data["adoptions"])
    return PartContent(**{**data, "adoptions": adoptions})


@cache
def _makers() -> str:
    """The hash of everything that turns a plan into pages: after an upgrade no kept file is served again."""
    code = (
        path
        for package in ("common", "blueprint", "document", "manuscript", "exports")
        for path in (PACKAGE / package).rglob("*")
        if path.suffix in (".py", ".docx")
    )
    digest = hashlib.sha256()
    for path in sorted([*code, STYLES / "document.css", STYLES / "print.css"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
