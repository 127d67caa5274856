"""How long `make run` takes to a page, in a data folder that an earlier start has prepared (P9)."""

from __future__ import annotations

import http.client
import signal
import subprocess
import time
from collections.abc import Mapping

from bench.process import ROOT
from bench.traffic import end, free_port, wait_for


def seconds_to_a_page(environment: Mapping[str, str]) -> float:
    port = free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],  # noqa: S607 (the make that the reader has)
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(port, process)
        _open_page(port)
        return time.perf_counter() - started
    finally:
        end(process, signal.SIGINT)


def _open_page(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/sign-in/")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, answer.status
