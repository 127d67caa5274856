"""``manage.py export_plan PLAN --format FORMAT --output FILE``: one file, made here and now without a worker."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from planwizard.common import files
from planwizard.exports import making
from planwizard.exports.house_styles import house_of
from planwizard.exports.models import HouseStyle
from planwizard.exports.order import PLAIN, House, Order
from planwizard.manuscript.options import Options
from planwizard.plans import pictures
from planwizard.plans.anywhere import NoSuchPlan, version_anywhere
from planwizard.plans.read import content_of

FORMATS = ("docx", "pdf", "html", "json")


class Command(BaseCommand):
    help = "計画を1つのファイルに書き出します（Word、PDF、HTML、plan.json）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", help="版か計画の番号（load_demo や import_plan が表示するもの）")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--output", required=True, help="書き出す先のファイル（- なら標準出力）")
        parser.add_argument("--budgets", action="store_true", help="予算を載せる")
        parser.add_argument("--empty-items", action="store_true", help="空いている必須と推奨の項目を載せる")
        parser.add_argument("--house-style", default="", help="書式の番号（書式の画面の番地にあるもの）")

    def handle(self, *, plan: str, output: str, budgets: bool, house_style: str = "", **options: Any) -> None:
        chosen = Options(budgets=budgets, empty_items=options.get("empty_items", False))
        order = _order(plan, options["format"], chosen, house_style)
        gc.disable()  # a quarter of the time; the process ends soon
        try:
            made = making.make(order, lambda stage, percent: None)
        except making.CannotMake as refusal:
            raise CommandError("\n".join([str(refusal), *refusal.details])) from refusal
        for warning in made.warnings:
            self.stderr.write(warning)
        _write(made.data, output)


def _order(plan: str, format_: str, chosen: Options, house_style: str) -> Order:
    try:
        with version_anywhere(plan) as version:
            folder = str(pictures.folder_of(version.municipality_id))
            return Order(format_, content_of(version), folder, chosen, house=_house(house_style))
    except NoSuchPlan as error:
        raise CommandError(str(error)) from None


def _house(wanted: str) -> House:
    """That of the plan's own town."""
    if not wanted:
        return PLAIN
    try:
        found = HouseStyle.objects.filter(pk=UUID(wanted), accepted_at__isnull=False).first()
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"番号 {wanted} の書式はありません。書式の画面で番号を確かめてください。")
    return house_of(found)


def _write(data: bytes, output: str) -> None:
    """All of it or nothing: a file that was there stays until the new one is whole."""
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            with open(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, target)
        except BaseException:
            os.unlink(draft)
            raise
    except OSError as error:
        raise CommandError(
            f"{output} に書けません（{files.reason(error)}）。場所を確かめてください。"
        ) from error
