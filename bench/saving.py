"""Fifty people write on one plan, each on a sheet of their own: how long after a pause 保存しました stands there."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass
from itertools import count
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from bench import traffic
from bench.measuring import Effort
from bench.office import Office
from bench.process import Failed
from bench.report import p95, seconds, table
from bench.traffic import Server

EDITORS = 50
PAUSE_SECONDS = 5.0  # people type, and stop: an autosave each
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_TOKENS = count(1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of one sheet as its page sends it, with the cookies of the person before it."""

    url: str
    fields: list[tuple[str, str]]
    cookie: str
    edit_no: int


def saving(office: Office, effort: Effort) -> str:
    """On one worker, as the other tables have it, of the largest plan."""
    size = effort.sizes[-1]
    found = office.inside("editing", office.versions[size], str(EDITORS))["sheets"]
    sheets = [Sheet(**each) for each in found]
    with traffic.serving("planwizard.settings", "", office.environment) as server:
        took = save_times(server, sheets, effort.rounds * 2 * effort.seconds_a_page)
    row = (f"{len(sheets)} editors", str(len(took)), seconds(median(took)), seconds(p95(took)))
    head = ("", "saves", "p50", "p95")
    return table(f"Saving by itself: a sheet of {size} each, every {PAUSE_SECONDS:g} s", head, [row])


def save_times(server: Server, sheets: list[Sheet], duration: float) -> list[float]:
    """From the request to the last byte of the answer, in seconds. Raises Failed unless each save is answered 200."""
    return asyncio.run(_all(server, sheets, duration))


async def _all(server: Server, sheets: list[Sheet], duration: float) -> list[float]:
    end = time.perf_counter() + max(duration, 1.5 * PAUSE_SECONDS)
    starts = [PAUSE_SECONDS * place / len(sheets) for place in range(len(sheets))]
    writing = [_write(server.port, sheet, start, end) for sheet, start in zip(sheets, starts, strict=True)]
    return [took for times in await asyncio.gather(*writing) for took in times]


async def _write(port: int, sheet: Sheet, start: float, end: float) -> list[float]:
    await asyncio.sleep(start)
    times, edit_no = [], sheet.edit_no
    while time.perf_counter() < end:
        began = time.perf_counter()
        edit_no = await _save(port, sheet, edit_no)
        times.append(time.perf_counter() - began)
        await asyncio.sleep(max(0.0, PAUSE_SECONDS - times[-1]))
    return times


async def _save(port: int, sheet: Sheet, edit_no: int) -> int:
    """A new text of the sheet. Gives the number that it got. A connection of its own: nobody keeps one so long."""
    facts = {"edit_no": edit_no, "save_id": uuid4(), "save_kind": "auto"}
    text = [
        (name, f"{value}{next(_TOKENS)}" if name == "goal_statement" else value)
        for name, value in sheet.fields
    ]
    body = urlencode([*text, *facts.items()]).encode()
    head = (
        f"POST {sheet.url} HTTP/1.1\r\nHost: localhost\r\nCookie: {sheet.cookie}\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(answer)
    if not answer.startswith(b"HTTP/1.1 200") or length is None:
        raise Failed(f"{sheet.url}: {answer[:40]!r}")
    said = json.loads(await reader.readexactly(int(length[1])))
    writer.close()
    return int(said["edit_no"])
