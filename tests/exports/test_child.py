"""The child process: what it may do, how it ends, and that it leaves nothing half done."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from planwizard.exports import child, making, render
from planwizard.exports.order import Order
from tests.manuscript import plans


@pytest.fixture
def order(tmp_path):
    return Order("pdf", plans.small(), str(tmp_path / "pictures"))


def process_in(folder):
    """The id of the child that works in ``folder``, None if there is none."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if b"planwizard.exports.render" in command and str(folder).encode() in command and state != "Z":
            return int(process.name)
    return None


def run_python(code):
    """(status, stdout, stderr) of a process whose stdin stays open as long as it runs."""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        said, complained = process.stdout.read(), process.stderr.read()
        return process.wait(), said, complained


def test_the_stages_are_told_in_order(order, tmp_path):
    told = []
    result = child.make(order, tmp_path, lambda *now: told.append(now) or True)
    assert list(dict.fromkeys(stage for stage, _ in told if stage)) == ["compose", "lay_out", "examine"]
    percents = [percent for _, percent in told]
    assert percents == sorted(percents)
    assert percents[0] == 0
    assert len({each for each in percents if 3 < each < 92}) > 5  # page by page
    assert (tmp_path / render.FILE).stat().st_size == result.size
    assert result.pages["ch2"]


def test_the_same_order_gives_the_same_file(order, tmp_path):
    results = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        results.append(child.make(order, tmp_path / name, lambda *now: True))
    assert results[0].sha256 == results[1].sha256


def test_a_child_that_nobody_wants_is_ended(order, tmp_path):
    with pytest.raises(child.Unwanted):
        child.make(order, tmp_path, lambda stage, percent: stage != "lay_out")
    assert process_in(tmp_path) is None
    assert not (tmp_path / render.FILE).exists()


def test_a_child_that_takes_too_long_is_ended(order, tmp_path, monkeypatch):
    monkeypatch.setattr(child, "MOST_SECONDS", 0)
    with pytest.raises(child.Failed, match="5分"):
        child.make(order, tmp_path, lambda *now: True)
    assert process_in(tmp_path) is None


def test_a_killed_child_leaves_no_file(order, tmp_path):
    def kill(stage, percent):
        if stage == "lay_out":
            os.kill(process_in(tmp_path), signal.SIGKILL)
        return True

    with pytest.raises(child.Failed, match="もう一度"):
        child.make(order, tmp_path, kill)
    assert not (tmp_path / render.FILE).exists()


def test_a_child_ends_with_its_parent(order, tmp_path):
    (tmp_path / render.ORDER).write_text(order.dumps())
    command = [sys.executable, "-m", "planwizard.exports.render", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as started:
        while not started.stdout.readline().startswith(b"lay_out"):
            assert started.poll() is None
        started.stdin.close()  # as the system does when the parent is killed
        began = time.monotonic()
        assert started.wait() == 1
    assert time.monotonic() - began < 5
    assert not (tmp_path / render.FILE).exists()


def test_a_child_knows_no_database_and_no_setting():
    code = "import sys, planwizard.exports.render; print([name for name in sys.modules if name.startswith(('django.db', 'planwizard.settings'))])"
    assert run_python(code) == (0, "[]\n", "")


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_a_child_opens_no_connection_and_starts_nothing(act):
    status, _, complained = run_python(f"from planwizard.exports import render; render.confine(); {act}")
    assert status == 1
    assert "fetches nothing and starts nothing" in complained


def test_a_child_runs_at_low_priority_with_collection_off():
    code = "from planwizard.exports import render; render.confine(); import gc, os; print(os.nice(0) >= 10, gc.isenabled())"
    assert run_python(code) == (0, "True False\n", "")


def test_what_broke_is_told_without_a_word_of_the_plan(order, tmp_path, monkeypatch):
    def broken(*args):
        raise ValueError("市民の暮らし")

    monkeypatch.setattr(making, "make", broken)
    monkeypatch.setattr(render, "confine", lambda: None)
    (tmp_path / render.ORDER).write_text(order.dumps())
    assert render.main(tmp_path) == 1
    result = render.Result.read(tmp_path)
    assert result.failure == making.BROKEN
    assert result.trace[0] == "ValueError"
    assert "市民" not in (tmp_path / render.RESULT).read_text()
