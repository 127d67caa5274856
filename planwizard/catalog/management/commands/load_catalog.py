"""Load a catalogue file (see docs/catalog.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from planwizard.catalog.catalog_file import BadCatalog
from planwizard.catalog.loading import Report, load_text
from planwizard.common import files


class Command(BaseCommand):
    help = "カタログのファイルを読み込みます。管理者が直した項目は上書きしません。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="カタログのファイル（JSON）")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            report = load_text(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{file} を開けません：{files.reason(error)}") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} は UTF-8 の文字として読めません。") from None
        except BadCatalog as bad:
            raise CommandError("何も読み込んでいません。\n" + "\n".join(bad.messages)) from None
        self.say(report)

    def say(self, report: Report) -> None:
        for draft in report.kept:
            self.stdout.write(f"{draft.place}：管理者が直しているため、今の内容を残しました。")
        for model, counts in report.counts.items():
            numbers = f"追加 {counts['added']}・更新 {counts['updated']}・変わらず {counts['same']}"
            self.stdout.write(f"{model._meta.verbose_name}：{numbers}・残した {counts['kept']}")
