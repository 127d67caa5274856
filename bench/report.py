"""Tables of text: what was measured in rows, plans or pages in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import quantiles


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = ["-" * width for width in widths]
    shown = [_line(line, widths) for line in (lines[0], rule, *lines[1:])]
    return "\n".join([f"\n## {title}\n", *shown])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]).rstrip()


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def verdict(value: float, bar: float) -> str:
    return "ok" if value <= bar else "OVER"
