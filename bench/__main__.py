"""``python -m bench``: what the product takes, side by side with floors measured in the same run."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import tempfile
import time
from datetime import datetime
from pathlib import Path

from bench import measuring, saving
from bench.office import open_office

TABLES = {
    "writing": measuring.writing,
    "previews": measuring.previews,
    "queries": measuring.queries,
    "pages": measuring.pages,
    "screen": measuring.on_screen,
    "beside": measuring.beside,
    "saving": saving.saving,
    "layout": measuring.layout,
    "exports": measuring.exports,
    "starting": measuring.starting,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a smoke run: the smallest plan, once, no figures to quote"
    )
    parser.add_argument("--only", choices=TABLES, action="append", help="this table only (may be repeated)")
    chosen = parser.parse_args()
    effort = measuring.QUICK if chosen.quick else measuring.Effort()
    print(_machine(), flush=True)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="planwizard-bench-") as folder:
        office = open_office(Path(folder), effort.sizes)
        for name in chosen.only or TABLES:
            if effort.has_time_for(name) or (name == "screen" and chosen.only):
                print(TABLES[name](office, effort), flush=True)
    print(f"\n{time.perf_counter() - began:.0f} s")


def _machine() -> str:
    cores, load = os.cpu_count(), os.getloadavg()[0]
    facts = (
        f"{cores} cores, load {load:.1f}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    return (
        f"{datetime.now().astimezone().date().isoformat()}  {platform.system()} {platform.machine()}, {facts}"
    )


if __name__ == "__main__":
    main()
