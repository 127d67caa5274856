"""The same tree gives the same bytes, also in another process with another order of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
from hashlib import sha256
from planwizard.document import docx, html, pdf
from tests.document import sample
plan = sample.plan(rows=5, kpis=2)
paper = pdf.render(plan, assets=sample.ASSETS)
word = docx.render(plan, assets=sample.ASSETS, pages=paper.anchors)
for data in (html.page(plan).encode(), paper.data, word):
    print(sha256(data).hexdigest())
"""


def digests(seed: str) -> list[str]:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "UTC" if seed == "1" else "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_two_processes_write_the_same_bytes() -> None:
    first, second = digests("1"), digests("2")
    assert len(first) == 3
    assert first == second
    assert sha256(b"").hexdigest() not in first
