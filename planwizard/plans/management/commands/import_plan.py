"""``manage.py import_plan FILE --municipality CODE``: a new plan from a plan.json; its id is the last line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from planwizard.accounts.member import Member, member_of
from planwizard.accounts.models import Membership, Municipality, Role, User
from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint.plan_file import MAX_BYTES, BadPlanFile
from planwizard.common import files
from planwizard.plans import exchange


class Command(BaseCommand):
    help = "plan.json を取り込んで新しい計画を作り、最後の行にその番号を表示します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="planwizard が書き出した plan.json")
        parser.add_argument("--municipality", required=True, help="取り込む先の6桁の市町村コード")
        parser.add_argument("--user", help="取り込む人の利用者ID（省けば、事務局の1人）")

    def handle(self, *, file: str, municipality: str, user: str | None, **options: Any) -> None:
        data = _read(Path(file))
        town = _town(municipality)
        with acting_for(town):
            author = _author(town, user)
            try:
                loaded = exchange.load(data, by=author, at=timezone.now())
            except BadPlanFile as bad:
                problems = "\n".join(f"  {problem}" for problem in bad.problems)
                raise CommandError(f"{file} は取り込めません。何も作っていません。\n{problems}") from bad
        if loaded.told:
            self.stderr.write(loaded.told)
        self.stdout.write(f"{town.name}に「{loaded.version.shown_title}」を取り込みました。")
        self.stdout.write(str(loaded.version.pk))


def _read(path: Path) -> bytes:
    """At most one byte more than is allowed: whoever parses it then says that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(
            f"{path} を読めません（{files.reason(error)}）。名前と場所を確かめてください。"
        ) from error


def _town(code: str) -> Municipality:
    town = Municipality.objects.filter(code=code).first()
    if town is None:
        raise CommandError(
            f"市町村コード {code} の市町村は登録されていません。add_municipality で登録してください。"
        )
    return town


def _author(town: Municipality, username: str | None) -> Member:
    """Someone of the town's 事務局: the one named, else the first by 利用者ID."""
    held = Membership.objects.filter(role=Role.SECRETARIAT, user__is_active=True)
    people = User.objects.filter(pk__in=held.values("user")).order_by("username")
    for person in people.filter(username=username) if username else people:
        member = member_of(person, str(town.pk))
        if member and member.municipality == town and member.has(Role.SECRETARIAT):
            return member
    if username:
        raise CommandError(f"利用者 {username} は{town.name}の事務局ではありません。")
    raise CommandError(f"{town.name}に事務局の利用者がいません。先に利用者を登録してください。")
