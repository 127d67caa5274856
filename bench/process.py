"""Processes of our own, and what they took: wall-clock seconds and peak memory, as the system counted them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class Failed(RuntimeError):
    """A process of the bench ended badly; its own words stand above."""


@dataclass(frozen=True, slots=True)
class Run:
    seconds: float
    peak_mb: float
    output: str

    @property
    def said(self) -> dict[str, Any]:
        """What the process printed on its last line."""
        found: dict[str, Any] = json.loads(self.output.splitlines()[-1])
        return found


def python(*arguments: str, environment: Mapping[str, str]) -> Run:
    """Run a fresh interpreter to its end. Raises Failed."""
    return program(sys.executable, *arguments, environment=environment)


def program(*command: str, environment: Mapping[str, str]) -> Run:
    """Run any program to its end. Its peak is that of its largest process. Raises Failed."""
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, env=dict(environment), stdout=subprocess.PIPE)
    assert child.stdout is not None
    with child.stdout:
        output = child.stdout.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise Failed(" ".join(command))
    return Run(seconds, used.ru_maxrss / 1024, output)
