"""The addresses of style sheets, scripts and the mark."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SCREEN = "css/screen.css"
_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names carry their content's hash, so an address stands for as long as the process: looked up once.

    A page names some twenty-five files; looking them up took as long as one of its queries.
    """

    # Modules import each other: those addresses carry the hash too.
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "*.mjs",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.url = cache(super().url)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        """The style sheet of the screens is collected as one file: twenty more would cost a slow PC half a second."""
        if SCREEN in paths and not dry_run:
            self.delete(SCREEN)
            self.save(SCREEN, ContentFile(flattened(SCREEN)))
            paths = {**paths, SCREEN: (self, SCREEN)}
        yield from super().post_process(paths, dry_run, **options)


def flattened(name: str) -> str:
    """A style sheet with those that it imports in their places."""
    sheet = Path(finders.find(name))
    return _IMPORT.sub(lambda found: (sheet.parent / found[1]).read_text(), sheet.read_text())
