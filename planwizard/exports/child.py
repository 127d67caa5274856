"""Start the child process that makes a file, follow it, and end it when its time is up or nobody wants it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from planwizard.exports import making, render
from planwizard.exports.order import Order

MOST_SECONDS = 300
TICK_SECONDS = 1.0
TOO_SLOW = (
    "5分たってもできないため、作業を止めました。計画を小さく分けるか、システムの管理者に相談してください。"
)
DIED = (
    "文書を作る処理が途中で止まりました。もう一度作ってください。続くときはシステムの管理者に伝えてください。"
)
# Below the layout, GLib ends the process itself when it gets no memory, and others write to what they were not given:
# Python has no say.
_OUT_OF_MEMORY = (signal.SIGTRAP, signal.SIGABRT, signal.SIGSEGV)


class Unwanted(Exception):
    """Whoever follows the child no longer wants its file."""


class Failed(Exception):
    """Says in Japanese why there is no file. ``details`` are for the log, without any text of the plan."""

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.details = details


def make(order: Order, folder: Path, wanted: Callable[[str, int], bool]) -> render.Result:
    """Have ``order`` made in ``folder``. The file is then ``folder / render.FILE``.

    ``wanted`` is called with the name of the stage and the percent done at least every second; False ends the child. Raises Failed,
    Unwanted.
    """
    (folder / render.ORDER).write_text(order.dumps(), encoding="utf-8")
    with _running(folder) as child:
        _follow(child, wanted)
        status = child.wait()
    return result_of(folder, status)


def result_of(folder: Path, status: int) -> render.Result:
    """What a child that ended with ``status`` has left. Raises Failed."""
    if not (folder / render.RESULT).exists():
        message = making.TOO_LARGE if -status in _OUT_OF_MEMORY else DIED
        raise Failed(message, (f"the child ended with {status}",))
    result = render.Result.read(folder)
    if result.failure:
        raise Failed(result.failure, result.trace)
    return result


@contextmanager
def _running(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The child in a group of its own, with nothing of our environment: no address of a database, no secret."""
    child = subprocess.Popen(
        [sys.executable, "-m", "planwizard.exports.render", str(folder)],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(Path.home()),
            "XDG_CACHE_HOME": str(settings.DATA_DIR / "cache"),
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what libraries print may quote the plan
        bufsize=0,
        start_new_session=True,
    )
    try:
        yield child
    finally:
        _end(child)


def _follow(child: subprocess.Popen[bytes], wanted: Callable[[str, int], bool]) -> None:
    """Until the child closes its stdout."""
    deadline, stage, percent = time.monotonic() + MOST_SECONDS, "", "0"
    while True:
        if select.select([child.stdout], [], [], TICK_SECONDS)[0]:
            line = child.stdout.readline()
            if not line:
                return
            stage, _, percent = line.decode().strip().partition(" ")
        if not wanted(stage, int(percent)):
            raise Unwanted
        if time.monotonic() > deadline:
            raise Failed(TOO_SLOW)


def _end(child: subprocess.Popen[bytes]) -> None:
    """With all it may have started, and only then is the folder safe to remove."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    child.stdin.close()
    child.stdout.close()
