"""``manage.py export_worker``: the process beside the web server that makes Word and PDF files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from planwizard.exports import reaping, tasks


class Command(BaseCommand):
    help = "頼まれた文書（Word・PDF・plan.json）を作ります。画面の係とは別に、1つ以上動かします。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--max-tasks",
            type=int,
            default=50,
            help="これだけ作ったら終わります。動かし直せば、きれいなメモリで続きます（既定：50）",
        )

    def handle(self, *, max_tasks: int, **options: Any) -> None:
        tasks.work(most=max_tasks, reap=_reap)


def _reap() -> None:
    now = timezone.now()
    reaping.reap_exports(at=now)
    reaping.sweep(at=now)
