"""``manage.py check_plan PLAN [--json]``: what the checklist finds in a plan. Exit status 0, whatever it is."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from planwizard.compliance.judge import Judgement, judge
from planwizard.plans.anywhere import NoSuchPlan, version_anywhere
from planwizard.rules import Result, State

WORDS = {
    State.PASS: "合格",
    State.NEEDS_REVIEW: "要確認",
    State.FAIL: "未",
    State.NOT_APPLICABLE: "対象外",
}


class Command(BaseCommand):
    help = "計画をチェックリストと法令の規則で判定し、結果を表示します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", help="版か計画の番号（load_demo や import_plan が表示するもの）")
        parser.add_argument("--json", action="store_true", dest="as_json", help="JSON で表示する")

    def handle(self, *, plan: str, as_json: bool, **options: Any) -> None:
        try:
            with version_anywhere(plan) as version:
                found = judge(version, on=timezone.localdate())
        except NoSuchPlan as error:
            raise CommandError(str(error)) from None
        lines = _json(found) if as_json else _table(found)
        self.stdout.write(lines)


def _json(found: Judgement) -> str:
    rows = [
        {
            "id": result.rule.id,
            "kind": str(result.rule.kind),
            "state": result.state.value,
            "reason": result.reason,
            "at": {"part": result.at.part, "path": result.at.path} if result.at else None,
        }
        for result in found.results
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _table(found: Judgement) -> str:
    return "\n".join([found.tally.words, *map(_line, found.results)])


def _line(result: Result) -> str:
    return f"{result.rule.id}\t{WORDS[result.state]}\t{result.rule.title}\t{result.reason}"
