"""``manage.py restore FILE``: make the state of a backup the present one; everybody signs in again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from planwizard.web.backup import BadBackup
from planwizard.web.restore import restore


class Command(BaseCommand):
    help = "控えから元に戻します"
    requires_system_checks: list[str] = []  # an empty machine has no tables yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="make backup が作ったファイル")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            kept = restore(file, at=timezone.now())
        except BadBackup as error:
            raise CommandError(str(error)) from error
        self.stdout.write("控えから戻しました。全員が、もう一度サインインします。")
        self.stdout.write(f"それまでの状態は {kept} に残しました。")
