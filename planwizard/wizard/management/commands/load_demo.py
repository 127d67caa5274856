"""Load the demo towns: one line for each plan (id, town, title), then one for each sign-in."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from planwizard.wizard import demo


class Command(BaseCommand):
    help = "架空の潮見野市と磯波町の計画と、見本の利用者を用意します。二度目は何も変えません。"

    def handle(self, **options: object) -> None:
        found = demo.load(at=timezone.now())
        for version in found.plans:
            self.stdout.write(f"{version.pk} {version.municipality.name} {version.shown_title}")
        for account in found.accounts:
            self.stdout.write(
                f"{account.town} {account.role} 利用者ID {account.username} パスワード {account.password}"
            )
