"""Run a command against a PostgreSQL cluster of its own, made for it and removed after it.

    python scripts/with_postgres.py COMMAND…

The cluster lives in a temporary folder and listens on a unix socket there, on no port. PostgreSQL refuses to run
as root, so as root it runs as the user ``postgres`` of Debian's package. The command finds it in DATABASE_URL.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")
USER = "planwizard"
# It is thrown away: nothing needs to reach the disk.
OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=200"


def main() -> int:
    with cluster() as folder:
        url = f"postgresql://{USER}@{quote(str(folder), safe='')}/planwizard"
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


@contextmanager
def cluster() -> Iterator[Path]:
    """A running cluster with an empty database ``planwizard``; yields the folder of its socket."""
    programs = newest_programs()
    folder = Path(tempfile.mkdtemp(prefix="pw-pg-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        run(
            programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        run(
            programs / "pg_ctl",
            "-D",
            data,
            "-l",
            folder / "log",
            "-w",
            "-o",
            f"{OPTIONS} -k {folder}",
            "start",
        )
        run(programs / "createdb", "-h", folder, "-U", USER, "planwizard")
        yield folder
    finally:
        if (data / "postmaster.pid").exists():
            run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def newest_programs() -> Path:
    """Debian keeps each release's programs apart; elsewhere they are in PATH."""
    releases = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = releases[-1] if releases else shutil.which("initdb")
    if found is None:
        sys.exit("PostgreSQL がありません: sudo apt-get install -y --no-install-recommends postgresql")
    return Path(found).resolve().parent


def run(*command: object) -> None:
    """As an unprivileged user, whoever we are."""
    words = [str(word) for word in command]
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    result = subprocess.run(
        words, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, **user
    )
    if result.returncode:
        sys.exit(f"{words[0]}: {result.stderr}")


if __name__ == "__main__":
    sys.exit(main())
