"""What ``collectstatic`` makes of the style sheets, and the mark that is drawn in the page."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.template.loader import render_to_string

from planwizard.web.static_files import SCREEN, StaticFiles

CSS = Path("static/css")
APART = {"screen.css", "document.css", "print.css"}  # the sheet itself, and those of the documents


def collected(folder: Path) -> str:
    storage = StaticFiles(location=folder, base_url="/static/")
    with (CSS / "screen.css").open("rb") as sheet:
        storage.save(SCREEN, sheet)
    list(storage.post_process({SCREEN: (FileSystemStorage("static"), SCREEN)}))
    return (folder / storage.stored_name(SCREEN)).read_text()


def test_the_screens_name_every_style_sheet_but_those_of_the_documents():
    named = re.findall(r'@import "(.+)";', (CSS / "screen.css").read_text())
    there = {str(path.relative_to(CSS)) for path in CSS.rglob("*.css")} - APART
    assert sorted(named) == sorted(there)


def test_they_are_collected_as_one_file(tmp_path):
    sheet = collected(tmp_path)
    assert "@import" not in sheet
    assert all(path.read_text() in sheet for path in CSS.rglob("*.css") if path.name not in APART)


def test_the_mark_is_drawn_in_the_page():
    head = render_to_string("components/header.html")
    assert Path("static/img/mark.svg").read_text() in head
    assert "<img" not in head
