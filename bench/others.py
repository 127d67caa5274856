"""The ways to a PDF that a user could pick instead: LibreOffice from our Word file, Chromium printing our page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from bench.office import Office
from bench.process import Run, program

CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",  # as root in CI
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
Way = Callable[[Office, str], Run]


def by_libreoffice(office: Office, size: str) -> Run:
    profile = f"-env:UserInstallation=file://{office.folder / 'libreoffice'}"
    folder, word = office.folder / "by-libreoffice", office.folder / f"{size}.docx"
    command = ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word))
    return program(*command, environment=office.environment)


def by_chromium(office: Office, size: str) -> Run:
    chromium = shutil.which("chromium") or "chromium"
    profile, output = office.folder / "chromium", _made(office, "by-chromium", size)
    output.parent.mkdir(exist_ok=True)
    page = (office.folder / f"{size}.html").as_uri()
    options = (*CHROMIUM_OPTIONS, f"--user-data-dir={profile}", f"--print-to-pdf={output}")
    return program(chromium, *options, page, environment=office.environment)


def _made(office: Office, folder: str, size: str) -> Path:
    return office.folder / folder / f"{size}.pdf"


# {(what it is called, what must be installed, its folder): how it is done}
WAYS: dict[tuple[str, str, str], Way] = {
    ("LibreOffice, from our DOCX", "soffice", "by-libreoffice"): by_libreoffice,
    ("Chromium, printing our HTML", "chromium", "by-chromium"): by_chromium,
}


def rows(office: Office, sizes: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Seconds and megabytes of each way that is installed; Word and HTML files of all sizes must lie in the folder."""
    found: list[tuple[str, ...]] = []
    for (words, needed, folder), way in WAYS.items():
        if not shutil.which(needed):
            found.append((words, *("not installed" for _ in sizes)))
            continue
        runs = [way(office, size) for size in sizes]
        files = [_made(office, folder, size).stat().st_size / 2**20 for size in sizes]
        found.append((words, *(f"{run.seconds:.1f} s" for run in runs)))
        found.append(("   its file", *(f"{size:.1f} MB" for size in files)))
    return found
