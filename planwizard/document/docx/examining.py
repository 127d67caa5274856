"""Examine a town's file in a process of its own: ``python -m planwizard.document.docx.examining``.

In, on stdin: a line of JSON ``{role: style id}`` mapped by hand, then the file. Out, on stdout: a line of JSON with
``{"refused"}`` or ``{"facts", "settings", "report", "base_size"}``, then the base and a specimen written into it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from planwizard.common.limits import limit_process
from planwizard.document.docx import render, specimen
from planwizard.document.docx.adopt import Adopted, adopt
from planwizard.document.docx.guard import BOMB, BROKEN, HouseStyleRefused

MOST_BYTES, MOST_SECONDS = 2**30, 30


def examine(data: bytes, chosen: dict[str, str]) -> tuple[dict[str, Any], bytes, bytes]:
    """(what is said of it, the base, the specimen). Raises HouseStyleRefused."""
    adopted = adopt(data, chosen)
    sample = render(specimen.document(), assets=specimen.assets(), pages=specimen.PAGES, base=adopted.base)
    return _said(adopted), adopted.base.data, sample


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


def main() -> None:
    limit_process(memory_bytes=MOST_BYTES, cpu_seconds=MOST_SECONDS)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    base = sample = b""
    try:
        said, base, sample = examine(data, json.loads(head))
    except HouseStyleRefused as refusal:
        said = {"refused": str(refusal)}
    except MemoryError:
        said = {"refused": BOMB}
    except Exception:  # whatever a file does that no Word writes: it is the file's fault, and said so
        said = {"refused": BROKEN}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + base + sample)


if __name__ == "__main__":
    main()
