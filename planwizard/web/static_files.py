"""The addresses of style sheets, scripts and the mark."""

from __future__ import annotations

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


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
