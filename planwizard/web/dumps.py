"""The database as one file, and back: SQLite by its backup interface, PostgreSQL by its own programs.

Raw SQL on purpose: a backup takes the rows of all municipalities, whatever the models say.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from django.db import connection, transaction


class DumpFailed(Exception):
    """The database could not be written out or put back; the message is the engine's own, or Japanese."""


class Engine(Protocol):
    """What backup and restore need of a database. ``name`` is the dump's file name."""

    name: str

    def dump(self, folder: Path) -> dict[str, int]:
        """Write the dump into ``folder``; return the rows of each table, counted in the very same moment."""

    def rows_in(self, folder: Path) -> dict[str, int]:
        """Open the dump in ``folder`` and count again."""

    def put_back(self, folder: Path, kept: Path) -> None:
        """Make the dump in ``folder`` the database; what was there goes into the folder ``kept``."""


class Sqlite:
    name = "database.sqlite3"

    def dump(self, folder: Path) -> dict[str, int]:
        with _sqlite(self._path()) as source, _sqlite(folder / self.name) as copy:
            source.execute("BEGIN")
            rows = _count_sqlite(source)  # the first read fixes the moment that the copy shows, too
            source.backup(copy)
            source.execute("ROLLBACK")
        return rows

    def rows_in(self, folder: Path) -> dict[str, int]:
        with _sqlite(folder / self.name) as copy:
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise DumpFailed(verdict)
            return _count_sqlite(copy)

    def put_back(self, folder: Path, kept: Path) -> None:
        path = self._path()
        connection.close()
        if path.exists():
            self._settle(path)
            os.link(path, kept / self.name)  # at no moment is there no database
        os.replace(folder / self.name, path)

    def _path(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    def _settle(self, path: Path) -> None:
        """Take what still lies in a journal into the file: a stale journal would spoil the next database."""
        with _sqlite(path) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            old.execute("BEGIN EXCLUSIVE")
            old.execute("ROLLBACK")


@contextmanager
def _sqlite(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as opened:
            yield opened
    except sqlite3.Error as error:
        raise DumpFailed(str(error)) from error


def _count_sqlite(opened: sqlite3.Connection) -> dict[str, int]:
    names = opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    return {name: _count(opened.execute, name) for (name,) in sorted(names)}


def _count(execute, table: str) -> int:
    quoted = table.replace('"', '""')
    return execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]  # noqa: S608 (a name the database gave)


class Postgresql:
    name = "database.dump"

    def dump(self, folder: Path) -> dict[str, int]:
        """pg_dump looks through the snapshot in which the rows are counted."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(
                "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0"
            )
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            rows = _count_postgresql(cursor)
            _run(
                "pg_dump", "--format=custom", *PLAIN, f"--snapshot={snapshot}", f"--file={folder / self.name}"
            )
        return rows

    def rows_in(self, folder: Path) -> dict[str, int]:
        """Read the dump as the server would, and count the lines between each COPY and its end."""
        command = [_program("pg_restore"), "--data-only", "--file=-", str(folder / self.name)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, env=_environment(), encoding="utf-8"
        ) as reader:
            assert reader.stdout is not None
            rows = _count_copied(reader.stdout)
        if reader.returncode:
            raise DumpFailed(f"pg_restore: {reader.returncode}")
        return rows

    def put_back(self, folder: Path, kept: Path) -> None:
        """In one transaction: either all is exchanged or nothing."""
        self.dump(kept)
        connection.close()
        script = folder / "database.sql"
        _run("pg_restore", *PLAIN, f"--file={script}", str(folder / self.name))
        fresh = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        _run(
            "psql",
            "-X",
            "-q",
            "-1",
            "-v",
            "ON_ERROR_STOP=1",
            "-o",
            os.devnull,
            "-c",
            fresh,
            "-f",
            str(script),
        )


PLAIN = ("--no-owner", "--no-privileges")


def _count_postgresql(cursor) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    names = [name for (name,) in cursor.fetchall()]
    return {name: _count(lambda sql: cursor.execute(sql) or cursor, name) for name in names}


def _count_copied(lines: Iterable[str]) -> dict[str, int]:
    rows: dict[str, int] = {}
    table = None
    for line in lines:
        if table is None and line.startswith("COPY public."):
            table = line.removeprefix("COPY public.").split(" ", 1)[0].strip('"')
            rows[table] = 0
        elif table is not None and line == "\\.\n":
            table = None
        elif table is not None:
            rows[table] += 1
    return rows


def _run(program: str, *arguments: str) -> None:
    result = subprocess.run(
        [_program(program), *arguments], env=_environment(), capture_output=True, check=False
    )
    if result.returncode:
        raise DumpFailed(f"{program}: {result.stderr.decode(errors='replace').strip()}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DumpFailed(f"{name} がありません: sudo apt-get install -y postgresql-client")
    return found


def _environment() -> dict[str, str]:
    """The password goes by the environment: a command line is seen by every process of the machine."""
    wanted = {
        "NAME": "PGDATABASE",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "HOST": "PGHOST",
        "PORT": "PGPORT",
    }
    given = {name: str(connection.settings_dict[key] or "") for key, name in wanted.items()}
    return {**os.environ, **{name: value for name, value in given.items() if value}}


ENGINES: dict[str, Engine] = {"sqlite": Sqlite(), "postgresql": Postgresql()}
