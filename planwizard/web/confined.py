"""Have what came from outside read by a child process with limits, so that a hostile file harms nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from django.conf import settings

WALL_SECONDS = 60


class Gone(Exception):
    """The child died or took too long: the file is not one that we can read."""


def run(module: str, data: bytes) -> bytes:
    """What ``python -m module`` makes of ``data``. The module confines itself (common.limits). Raises Gone."""
    child = subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=settings.BASE_DIR,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        out, _ = child.communicate(data, timeout=WALL_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        raise Gone(module) from None
    if child.returncode != 0:
        raise Gone(module)
    return out
