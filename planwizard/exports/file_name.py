"""The name under which a file is handed out: 潮見野市_計画名_第1版_素案.docx."""

from __future__ import annotations

import re

from planwizard.common.text import one_line
from planwizard.exports.models import ExportJob
from planwizard.exports.told import told

# What Windows, macOS or a web browser would not take in a name.
_UNFIT = re.compile(r'[\\/:*?"<>|%;\s　]+')
_LONGEST_TITLE = 40  # with the other pieces, under the 255 bytes of a name


def file_name(job: ExportJob) -> str:
    version = job.version
    pieces = [
        job.municipality.name,
        version.title[:_LONGEST_TITLE] or "計画",
        version.version_label[:20],
        version.get_stage_display(),
        *told(job.chosen),
    ]
    fit = (_UNFIT.sub("", one_line(piece)).strip(".") for piece in pieces)
    return "_".join(piece for piece in fit if piece)[:75] + f".{job.format}"
