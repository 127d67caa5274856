"""Run the web server and the export worker in the foreground, on 127.0.0.1. Ctrl-C ends both."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("PLANWIZARD_DATA", ROOT / "data")).resolve()
WORKER = ("manage.py", "export_worker")
# A worker renews itself after its tasks; one that ends sooner than this is broken, not renewed.
SHORTEST_WORKER_SECONDS = 5
PATIENCE_SECONDS = 10
# SIGINT too: a shell that starts this in the background has it ignored.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ending:
    """Whether somebody has asked for the end.

    A signal is only noted here, never raised: one that broke into the start of a child would leave that
    child running with nobody who knows it.
    """

    def __init__(self) -> None:
        self.asked = False
        for number in ENDINGS:
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: object) -> None:
        self.asked = True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if is_taken(port):
        print(
            f"{port}番は、ほかのものが使っています。make run PORT={port + 1} のように番号を変えてください。"
        )
        return 1
    return watch(port, Ending())


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def watch(port: int, ending: Ending) -> int:
    """Start both and stay until Ctrl-C, or until one of them cannot go on."""
    children: list[subprocess.Popen[bytes]] = []
    try:
        web = start(children, "-m", "gunicorn", "planwizard.wsgi", "--bind", f"127.0.0.1:{port}")
        while web.poll() is None and not answers(port) and not ending.asked:
            time.sleep(0.05)
        if web.poll() is None and not ending.asked:
            announce(port)
            keep_working(children, web, ending)
        if ending.asked:
            print("\n終わります…", flush=True)
    finally:
        stop(children)
    return 0 if ending.asked else 1


def keep_working(
    children: list[subprocess.Popen[bytes]], web: subprocess.Popen[bytes], ending: Ending
) -> None:
    """Have a worker beside the pages, a new one whenever it has renewed itself. Returns when that fails."""
    worker, since = start(children, *WORKER), time.monotonic()
    while web.poll() is None and not ending.asked:
        if worker.poll() is not None:
            if time.monotonic() - since < SHORTEST_WORKER_SECONDS:
                print("文書を作る係が動きません。上の知らせを確かめてください。", flush=True)
                return
            worker, since = start(children, *WORKER), time.monotonic()
        time.sleep(0.1)
    if not ending.asked:
        print("画面の係が止まりました。上の知らせを確かめてください。", flush=True)


def start(children: list[subprocess.Popen[bytes]], *arguments: str) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches this script alone, which then ends its children in order."""
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, start_new_session=True)
    children.append(child)
    return child


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def announce(port: int) -> None:
    print(f"\n開きました: http://127.0.0.1:{port}/\n")
    accounts = DATA / "demo_accounts.json"
    if accounts.exists():
        print("見本の利用者（この端末の中だけで使えます）")
        for account in json.loads(accounts.read_text()):
            print("  {town}　{role}　　利用者ID {username}　　パスワード {password}".format(**account))
    print("\n終わるときは Ctrl-C を押してください。", flush=True)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        _signal(child, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal(child, signal.SIGKILL)
            child.wait()


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if child.poll() is None:
        os.killpg(child.pid, number)


if __name__ == "__main__":
    sys.exit(main())
