"""Bring the data folder up to date: tables, static files, catalogue, demo towns. Skips what has not changed.

Each step leaves a stamp: the hash of everything it depends on. A second start finds four equal stamps and runs
nothing.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("PLANWIZARD_DATA", ROOT / "data")).resolve()
STAMPS = DATA / "stamps"
DATABASE = "planwizard.sqlite3"
CATALOG = "fixtures/catalog/2026-11-a.json"


@dataclass(frozen=True)
class Step:
    name: str
    says: str
    command: tuple[str, ...]
    inputs: tuple[str, ...]  # glob patterns below the root
    leaves: str = DATABASE  # what it makes in the data folder; if that is gone, the step runs again


STEPS = (
    Step(
        "tables",
        "データベースを用意しています",
        ("migrate", "--verbosity", "0"),
        ("planwizard/*/migrations/*.py", "requirements.lock"),
    ),
    Step(
        "static",
        "画面の部品を用意しています",
        ("collectstatic", "--noinput", "--clear", "--verbosity", "0"),
        ("static/**/*", "planwizard/*/static/**/*", "requirements.lock"),
        leaves="static/staticfiles.json",
    ),
    Step(
        "catalog",
        "国の施策の一覧を読み込んでいます",
        ("load_catalog", CATALOG),
        ("fixtures/catalog/*", "planwizard/catalog/**/*.py"),
    ),
    Step(
        "demo",
        "見本の計画を読み込んでいます",
        ("load_demo",),
        ("fixtures/**/*", "planwizard/plans/exchange.py", "planwizard/wizard/demo.py"),
        leaves="demo_accounts.json",
    ),
)


def stamp_of(step: Step) -> str:
    """The hash of what the step depends on, empty if it must run every time."""
    digest = hashlib.sha256()
    for path in _files(step.inputs):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    if not (DATA / step.leaves).exists():
        return ""
    if step.command[0] != "collectstatic":
        database = DATA / DATABASE
        if "DATABASE_URL" in os.environ or not database.exists():
            return ""
        # Another file by that name (restored, or begun anew) has another number.
        digest.update(str(database.stat().st_ino).encode())
    return digest.hexdigest()


def _files(patterns: Iterable[str]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(path for path in ROOT.glob(pattern) if path.is_file() and path.suffix != ".pyc")


def prepare(step: Step) -> None:
    kept = STAMPS / step.name
    stamp = stamp_of(step)
    if stamp and kept.exists() and kept.read_text() == stamp:
        return
    print(f"{step.says}…", flush=True)
    status = subprocess.run([sys.executable, "manage.py", *step.command], cwd=ROOT, check=False).returncode
    if status:
        sys.exit(f"「{step.says}」のところで止まりました。上の知らせを確かめてください。")
    kept.write_text(stamp_of(step))


def main() -> None:
    STAMPS.mkdir(mode=0o700, parents=True, exist_ok=True)
    DATA.chmod(0o700)
    for step in STEPS:
        prepare(step)


if __name__ == "__main__":
    main()
