"""The web server is killed amid saves: what it acknowledged is there, and a save sent again is one edit."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from planwizard.plans.saving import Record, content_hash

ROOT = Path(__file__).resolve().parent.parent.parent
WRITTEN = {"ch2": "ch2_text", "ch3": "ch3_text", "ch4": "ch4_text", "ch7": "ch7_text"}
TOKEN = "k" * 32
# A town with a plan, and an officer who has signed in.
BEGIN = """
import django; django.setup()
from django.test import Client
from tests.factories import make_user, make_version
person = make_user()
version, browser = make_version(by=person), Client()
browser.force_login(person)
print(version.pk, browser.session.session_key)
"""


@dataclass(slots=True)
class Office:
    """A data folder with a plan, and the server over it."""

    data: Path
    environment: dict[str, str]
    port: int
    version: str = ""
    session: str = ""
    server: subprocess.Popen | None = None

    def start(self) -> None:
        """As scripts/serve.py does."""
        command = [sys.executable, "-m", "gunicorn", "planwizard.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.server = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self.server.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def kill(self) -> None:
        """Master and workers, at once and without a word."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        while self._answers():  # a worker that is still dying holds the port
            time.sleep(0.01)

    def save(self, key: str, edit_no: int, save_id: str, text: str) -> tuple[int, dict]:
        """By the saving protocol, as the script of the page does."""
        sent = {"edit_no": edit_no, "save_id": save_id, WRITTEN[key]: text, "end": "1"}
        browser = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            browser.request("POST", f"/plans/{self.version}/write/{key}/", urlencode(sent), self._headers())
            answer = browser.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            browser.close()

    def _headers(self) -> dict[str, str]:
        return {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"planwizard_session={self.session}; planwizard_csrf={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass(slots=True)
class Writer:
    """One who saves one part again and again. ``acknowledged`` is what the server said it had saved."""

    key: str
    edit_no: int = 0
    acknowledged: dict[int, str] = field(default_factory=dict)
    unanswered: tuple[int, str, str] | None = None

    def write(self, office: Office, is_over: Event) -> None:
        while not is_over.is_set():
            self.unanswered = (self.edit_no, str(uuid4()), f"{self.key}の{self.edit_no + 1}回目の文。")
            try:
                self.send(office)
            except (OSError, http.client.HTTPException, ValueError):
                return  # the server is gone amid the save

    def send(self, office: Office) -> None:
        """Send what is unanswered and note the answer."""
        expected, save_id, text = self.unanswered
        status, said = office.save(self.key, expected, save_id, text)
        assert (status, said.get("edit_no")) == (200, expected + 1)
        self.edit_no, self.unanswered = expected + 1, None
        self.acknowledged[self.edit_no] = text


@pytest.fixture
def office(tmp_path) -> Iterator[Office]:
    tmp_path.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANWIZARD_")}
    kept.pop("DATABASE_URL", None)
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "planwizard.settings",
        "PLANWIZARD_DATA": str(tmp_path),
        "PLANWIZARD_INSECURE_LOCALHOST": "1",
    }
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Office(tmp_path, environment, port)
    for command in ("migrate", "collectstatic --noinput"):
        run(made, "manage.py", *command.split(), "--verbosity", "0")
    made.version, made.session = run(made, "-c", BEGIN).split()
    yield made
    if made.server is not None and made.server.poll() is None:
        made.kill()


def run(office: Office, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=office.environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.long)])
def test_what_was_acknowledged_outlives_a_killed_server(office, rounds):
    writers = [Writer(key) for key in WRITTEN]
    for _ in range(rounds):
        office.start()
        resend(office, writers)
        kill_amid_saves(office, writers, after=random.uniform(0.05, 1))
        assert_all_is_found(office, writers)
    office.start()
    resend(office, writers)
    assert_all_is_found(office, writers)
    assert all(writer.edit_no >= rounds for writer in writers)


def kill_amid_saves(office: Office, writers: list[Writer], *, after: float) -> None:
    is_over = Event()
    with ThreadPoolExecutor(len(writers)) as pool:
        writing = [pool.submit(writer.write, office, is_over) for writer in writers]
        time.sleep(after)
        office.kill()
        is_over.set()
        for found in writing:
            found.result()


def resend(office: Office, writers: list[Writer]) -> None:
    """The page does not know whether its last save arrived, and sends it again: in any case it is saved once."""
    for writer in writers:
        if writer.unanswered is not None:
            writer.send(office)


def assert_all_is_found(office: Office, writers: list[Writer]) -> None:
    database = sqlite3.connect(office.data / "planwizard.sqlite3")
    try:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for writer in writers:
            edits = edits_of(database, writer.key)
            texts = {number: values.get(WRITTEN[writer.key]) for number, values in edits.items()}
            assert writer.acknowledged.items() <= texts.items()
    finally:
        database.close()


def edits_of(database: sqlite3.Connection, key: str) -> dict[int, dict]:
    """The values of each edit, once the part is found to be its last edit and the edits an unbroken chain."""
    part, edit_no, stored = database.execute(
        'SELECT id, edit_no, "values" FROM plans_part WHERE key = ?', [key]
    ).fetchone()
    rows = database.execute(
        'SELECT edit_no, "values", as_typed, sha256, previous_sha256 FROM plans_edit'
        " WHERE part_id = ? AND kind != 'set_aside' ORDER BY edit_no",
        [part],
    ).fetchall()
    found, before = {}, ""
    for number, values, as_typed, sha256, previous in rows:
        found[number] = json.loads(values)
        assert previous == before
        assert sha256 == content_hash(Record(found[number], json.loads(as_typed)), number, previous)
        before = sha256
    written = {number: values for number, values in found.items() if number}
    assert list(written) == list(range(1, edit_no + 1))
    assert not written or written[edit_no] == json.loads(stored)
    return written
