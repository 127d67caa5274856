"""Register a town with its first administrator."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from planwizard.accounts import people
from planwizard.accounts.models import Municipality, Role, User
from planwizard.accounts.tenancy import acting_for
from planwizard.common.text import one_line


class Command(BaseCommand):
    help = "市町村と最初の管理者を登録し、初期パスワードを1回だけ表示します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="6桁の市町村コード")
        parser.add_argument("name", help="市町村名")
        parser.add_argument("--prefecture", required=True, help="都道府県名")
        parser.add_argument("--admin", required=True, help="管理者の利用者ID")
        parser.add_argument("--admin-name", required=True, help="管理者の氏名")
        parser.add_argument("--operator", action="store_true", help="管理者を全体管理者にもする")

    @transaction.atomic
    def handle(self, **options: Any) -> None:
        town = Municipality(
            code=options["code"],
            name=one_line(options["name"]),
            prefecture_name=one_line(options["prefecture"]),
        )
        admin = User(username=options["admin"], name=one_line(options["admin_name"]))
        _check(town, admin)
        town.save()
        person, password = people.add_person(name=admin.name, username=admin.username)
        roles = [Role.TOWN_ADMIN, Role.OPERATOR] if options["operator"] else [Role.TOWN_ADMIN]
        with acting_for(town):
            for role in roles:
                people.add_role(person, town, role=role)
        self.stdout.write(f"{town.name}（{town.code}）を登録しました。")
        self.stdout.write(f"管理者：{person.name}　利用者ID：{person.username}")
        self.stdout.write(f"初期パスワード：{password}")
        self.stdout.write("初期パスワードは二度と表示しません。最初のサインインで変えてください。")


def _check(*rows: Municipality | User) -> None:
    try:
        for row in rows:
            row.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CommandError("\n".join(error.messages)) from error
