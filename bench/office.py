"""An office to measure: a data folder of its own with the catalogue, the demo towns and the plans S, M and L."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import plans
from bench.process import python

TOWN, OFFICER = "992011", "shiomino-jimukyoku"  # 潮見野市 and its 事務局, as load_demo makes them


@dataclass(frozen=True, slots=True)
class Office:
    folder: Path
    versions: dict[str, str]  # {size: id}

    @property
    def environment(self) -> dict[str, str]:
        """As `make run` has it: nothing of the developer's own settings gets in."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PLANWIZARD_", "DATABASE_URL", "DJANGO_"))
        }
        return kept | {
            "PLANWIZARD_DATA": str(self.folder),
            "PLANWIZARD_INSECURE_LOCALHOST": "1",
            "XDG_CACHE_HOME": str(self.folder / "cache"),
        }

    def inside(self, what: str, *arguments: str) -> dict:
        """Have a fresh process measure something: see inside.py."""
        return python("-m", "bench.inside", what, *arguments, environment=self.environment).said


def open_office(folder: Path, sizes: Iterable[str]) -> Office:
    """Prepare the folder as a first start does, and bring the plans in as plan.json files."""
    office = Office(folder, {})
    python("scripts/prepare.py", environment=office.environment)
    for size in sizes:
        file = folder / f"{size}.json"
        file.write_bytes(plans.data(plans.SIZES[size]))
        command = ("manage.py", "import_plan", str(file), "--municipality", TOWN, "--user", OFFICER)
        office.versions[size] = python(*command, environment=office.environment).output.split()[-1]
    return office
