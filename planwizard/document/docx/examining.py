"""Examine a town's file in a process of its own: ``python -m planwizard.document.docx.examining``.

In, on stdin: a line of JSON, ``{"chosen": {role: style id}}`` mapped by hand and then the file, or ``{"settings"}`` of
paper without a file. Out, on stdout: a line of JSON, ``{"refused"}`` or ``{"facts", "settings", "report", "base_size"}``,
then the base, which is empty without a file, and a specimen written into it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from planwizard.common.limits import limit_process
from planwizard.document.docx import bases, render, specimen
from planwizard.document.docx.adopt import Adopted, adopt
from planwizard.document.docx.bases import Base
from planwizard.document.docx.guard import BOMB, BROKEN, HouseStyleRefused
from planwizard.document.paper import PaperSettings

MOST_BYTES, MOST_SECONDS = 2**30, 30
NO_REPORT: dict[str, Any] = {"uses": [], "findings": [], "choices": {}}


def examine(data: bytes, chosen: dict[str, str]) -> tuple[dict[str, Any], bytes, bytes]:
    """(what is said of it, the base, the specimen). Raises HouseStyleRefused."""
    adopted = adopt(data, chosen)
    return _said(adopted), adopted.base.data, _specimen(adopted.base)


def set_on(settings: PaperSettings) -> tuple[dict[str, Any], bytes, bytes]:
    """The same for paper without a file."""
    said = {"facts": None, "settings": settings.to_json(), "report": NO_REPORT, "base_size": 0}
    return said, b"", _specimen(bases.on_paper(settings))


def _specimen(base: Base) -> bytes:
    return render(specimen.document(), assets=specimen.assets(), pages=specimen.PAGES, base=base)


def _said(adopted: Adopted) -> dict[str, Any]:
    report = {
        "uses": [asdict(each) for each in adopted.uses],
        "findings": [asdict(each) for each in adopted.findings],
        "choices": adopted.choices,
    }
    return {
        "facts": adopted.base.facts(),
        "settings": adopted.settings.to_json(),
        "report": report,
        "base_size": len(adopted.base.data),
    }


def _answer(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    if "settings" in asked:
        return set_on(PaperSettings.from_json(asked["settings"]))
    return examine(data, asked["chosen"])


def main() -> None:
    limit_process(memory_bytes=MOST_BYTES, cpu_seconds=MOST_SECONDS)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    base = sample = b""
    try:
        said, base, sample = _answer(json.loads(head), data)
    except HouseStyleRefused as refusal:
        said = {"refused": str(refusal)}
    except MemoryError:
        said = {"refused": BOMB}
    except Exception:  # whatever a file does that no Word writes: it is the file's fault, and said so
        said = {"refused": BROKEN}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + base + sample)


if __name__ == "__main__":
    main()
