"""Take from a child process what it must not do or use up: memory, time, the network, other programs."""

from __future__ import annotations

import resource
import sys
from typing import Any

_FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system")


def limit_process(*, memory_bytes: int, cpu_seconds: int | None = None) -> None:
    """Irrevocable. ``memory_bytes`` is address space. A child calls it before it looks at what it was sent."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the plan
    if cpu_seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"this process fetches nothing and starts nothing: {event}")
