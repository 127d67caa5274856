"""The script behind ``make run``, as a process: it starts, answers, and ends with everything it started."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """The environment of a data folder with tables and static files, as ``make setup`` leaves it."""
    data = tmp_path_factory.mktemp("data")
    data.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANWIZARD_")}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "planwizard.settings",
        "PLANWIZARD_DATA": str(data),
        "PLANWIZARD_INSECURE_LOCALHOST": "1",
    }
    environment.pop("DATABASE_URL", None)
    for command in (["migrate"], ["collectstatic", "--noinput"]):
        subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, env=environment, check=True
        )
    accounts = [{"town": "潮見野市", "role": "事務局", "username": "secretariat", "password": "only-here"}]
    (data / "demo_accounts.json").write_text(json.dumps(accounts))
    return environment


@pytest.fixture
def serve(prepared):
    started = []

    def serve(port, **environment):
        process = subprocess.Popen(
            [sys.executable, "scripts/serve.py", "--port", str(port)],
            cwd=ROOT,
            env={**prepared, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield serve
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(20)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(port):
    """The HTTP status of the first page, None while nobody answers."""
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def wait_for_page(port):
    deadline = time.monotonic() + 20
    while (status := status_of(port)) is None and time.monotonic() < deadline:
        time.sleep(0.1)
    return status


def children_of(process):
    """As Linux lists them, in the order in which they were started."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def wait_for_children(process):
    """The worker begins once the pages answer."""
    deadline = time.monotonic() + 20
    while len(children := children_of(process)) < 2 and time.monotonic() < deadline:
        time.sleep(0.001)  # as soon as it lives: a signal may come while it is being started
    assert len(children) == 2
    return children


def test_ctrl_c_ends_web_and_worker_and_frees_the_port(serve, port):
    process = serve(port)
    assert wait_for_page(port) is not None
    children = wait_for_children(process)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/" in printed
    assert "潮見野市　事務局　　利用者ID secretariat　　パスワード only-here" in printed
    assert status_of(port) is None
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_an_impatient_second_ctrl_c_leaves_nothing_behind(serve, port):
    process = serve(port)
    children = wait_for_children(process)
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    printed, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in printed
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]


def test_a_dead_web_server_ends_the_whole(serve, port):
    process = serve(port)
    wait_for_page(port)
    web = min(wait_for_children(process))
    os.kill(web, signal.SIGKILL)
    assert process.wait(20) == 1
    assert "画面の係が止まりました" in process.stdout.read()


def test_a_taken_port_is_told_with_the_way_out(serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        process = serve(number)
        assert process.wait(20) == 1
        assert f"make run PORT={number + 1}" in process.stdout.read()


def test_a_machine_that_is_not_sound_serves_nothing(serve, port):
    process = serve(port, PLANWIZARD_DEBUG="1")
    assert process.wait(20) == 1
    assert "直す　DEBUG が入っています" in process.stdout.read()
    assert status_of(port) is None


def test_plain_http_is_never_offered_to_other_machines(prepared, port):
    command = [sys.executable, "-m", "gunicorn", "planwizard.wsgi", "--bind", f"0.0.0.0:{port}"]
    result = subprocess.run(command, cwd=ROOT, env=prepared, capture_output=True, text=True, timeout=30)
    assert result.returncode != 0
    assert "--bind を 127.0.0.1 にしてください" in result.stderr
