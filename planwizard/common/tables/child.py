"""Read or write tables in a process of its own: ``python -m planwizard.common.tables.child``.

In, on stdin: a line of JSON and then the file: ``{"read": "xlsx"}``, ``{"read": "csv", "name", "encoding"}``, or
``{"write": [sheet, …]}`` without a file. Out: a line of JSON, ``{"refused"}``, ``{"sheets"}`` or ``{}`` and the file.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from planwizard.common.limits import limit_process
from planwizard.common.tables import csv_file
from planwizard.common.tables.sheet import Sheet, TableRefused, from_json, to_json

MOST_BYTES, MOST_SECONDS = 2**30, 30
BOMB = "中身が大きすぎるため、開けません。ファイルを分けてください。"
BROKEN = "ファイルが壊れていて読めません。表計算ソフトで開いて保存し直してください。"


def _read(asked: dict[str, Any], data: bytes) -> list[Sheet]:
    if asked["read"] == "csv":
        return [csv_file.read(data, name=asked["name"], encoding=asked["encoding"])]
    from planwizard.common.tables import xlsx

    return xlsx.read(data)


def _answer(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    if "write" not in asked:
        return {"sheets": to_json(_read(asked, data))}, b""
    from planwizard.common.tables import xlsx

    return {}, xlsx.write(from_json(asked["write"]))


def main() -> None:
    limit_process(memory_bytes=MOST_BYTES, cpu_seconds=MOST_SECONDS)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    file = b""
    try:
        said, file = _answer(json.loads(head), data)
    except TableRefused as refusal:
        said = {"refused": str(refusal)}
    except MemoryError:
        said = {"refused": BOMB}
    except Exception:  # whatever a file does that no spreadsheet writes: it is the file's fault, and said so
        said = {"refused": BROKEN}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + file)


if __name__ == "__main__":
    main()
