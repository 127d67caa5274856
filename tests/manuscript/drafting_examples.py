"""Plans for the tests of drafting, read from the examples of ``docs/drafting.md``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.blueprint.edition import PILLARS
from tests.manuscript.plans import flat

DOC = Path(__file__).parents[2] / "docs" / "drafting.md"
_EXAMPLE = re.compile(
    r"^### (\S+) (\w+)\n\n```toml\n(.*?)```\n\n```text\n(.*?)```$", re.MULTILINE | re.DOTALL
)
_AREAS = {pillar.part_key: pillar.key for pillar in PILLARS}
_COLUMNS = ("key", "pillar", "measure_no", "title", "department")


@dataclass(frozen=True)
class Example:
    part_key: str
    kind: str  # full | sparse | contradictory
    content: PlanContent
    text: str

    def __str__(self) -> str:
        return f"{self.part_key}-{self.kind}"


def examples() -> list[Example]:
    return [
        Example(part_key, kind, plan(tomllib.loads(source)), text.removesuffix("\n"))
        for part_key, kind, source, text in _EXAMPLE.findall(DOC.read_text("utf-8"))
    ]


def plan(answers: Mapping[str, Any]) -> PlanContent:
    """A plan from nested answers: one table for each part, ``names`` and a list of ``measures``."""
    fixed = {key: table for key, table in answers.items() if key not in ("names", "measures")}
    parts = [PartContent(key, _kind(key), "", 0, flat(table)) for key, table in fixed.items()]
    parts += [PartContent(key, "area", "", 0, {}, pillar=pillar) for key, pillar in _AREAS.items()]
    parts += [_measure(table) for table in answers.get("measures", [])]
    return PlanContent(
        edition="municipal-2019-10",
        identifier="00000000-0000-0000-0000-000000000000",
        stage="draft",
        version_label="第1版",
        modified=datetime(2026, 1, 5, tzinfo=UTC),
        parts=tuple(parts),
        names=answers.get("names", {}),
    )


def _kind(key: str) -> str:
    return "chapter" if key.startswith("ch") else key


def _measure(table: Mapping[str, Any]) -> PartContent:
    columns = {name: table.get(name, "") for name in _COLUMNS}
    values = {name: value for name, value in table.items() if name not in _COLUMNS}
    return PartContent(kind="measure", position=0, values=flat(values), **columns)
