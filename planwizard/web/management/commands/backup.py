"""``manage.py backup``: write one verified file; its path is the last line printed."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from planwizard.web import backup


class Command(BaseCommand):
    help = "データベースとファイルを1つのファイルに控えます"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BACKUPS_DIR, help="控えを置くフォルダ")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        try:
            made = backup.make(folder, at=timezone.now())
        except backup.BadBackup as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"控えました。開き直して、すべての件数を確かめました（{made.stat().st_size:,}バイト）。"
        )
        self.stdout.write(str(made))
