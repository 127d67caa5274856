"""Ten connections to one gunicorn worker, each asking again as soon as it is answered."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from bench.process import ROOT, Failed

CONNECTIONS = 10
PATIENCE_SECONDS = 20
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    cookie: str

    def times(self, url: str, seconds: float) -> list[float]:
        """How long each answer took, in seconds. Raises Failed unless each is a page (200)."""
        return asyncio.run(self._times(url, seconds))

    async def _times(self, url: str, seconds: float) -> list[float]:
        end = time.perf_counter() + seconds
        asking = [self._ask_until(end, url) for _ in range(CONNECTIONS)]
        return [took for times in await asyncio.gather(*asking) for took in times]

    def looked_at(self, url: str, seconds: float, every: float) -> list[float]:
        """How long each answer took of one person who looks ``every`` so many seconds."""
        return asyncio.run(self._ask_until(time.perf_counter() + seconds, url, every))

    async def _ask_until(self, end: float, url: str, pause: float = 0.0) -> list[float]:
        head = f"GET {url} HTTP/1.1\r\nHost: localhost\r\nCookie: {self.cookie}\r\n\r\n".encode()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        times = []
        while time.perf_counter() < end:
            started = time.perf_counter()
            writer.write(head)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(answer)
            if not answer.startswith(b"HTTP/1.1 200") or length is None:
                raise Failed(f"{url}: {answer[:40]!r}")
            await reader.readexactly(int(length[1]))
            times.append(time.perf_counter() - started)
            if pause:
                await asyncio.sleep(pause)
        writer.close()
        return times


@contextmanager
def serving(settings: str, cookie: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """The web server of `make run` with one worker, and ``settings`` behind it."""
    port = free_port()
    command = ["-m", "gunicorn", "planwizard.wsgi", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": settings},
        start_new_session=True,
    )
    try:
        wait_for(port, process)
        yield Server(port, cookie)
    finally:
        end(process, signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the port answers. Raises Failed."""
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while process.poll() is None and time.perf_counter() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise Failed("the server does not answer")


def end(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """End a process that leads a session, and what it has started there."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
