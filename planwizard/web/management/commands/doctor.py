"""``manage.py doctor``: say what is right and what to put right; exit status 1 if anything is wrong."""

import sys

from django.core.management.base import BaseCommand, CommandParser

from planwizard.web.doctor import line, look


class Command(BaseCommand):
    help = "この端末で動かせるかを調べ、直し方を表示します"
    requires_system_checks: list[str] = []  # a broken machine is what this command is for

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--start",
            action="store_true",
            help="動かす前に必ず正しいはずのことだけを調べ、正しくないものだけを表示します",
        )

    def handle(self, *args: object, start: bool, **options: object) -> None:
        findings = look(at_start=start)
        for finding in findings:
            if not (start and finding.is_good):
                self.stdout.write(line(finding))
        if not all(finding.is_good for finding in findings):
            sys.exit(1)
