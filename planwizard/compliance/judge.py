"""Join what the rules find in a version with what people have confirmed of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Subquery, Sum

from planwizard.blueprint.content import PlanContent
from planwizard.compliance.models import Confirmation, HandingOut, OwnItem
from planwizard.plans.models import Part, PlanVersion, Stage
from planwizard.plans.read import for_rules
from planwizard.rules import RULES, Ask, Kind, Result, Rule, Tally, rule_of, run, tally
from planwizard.rules.operation import updated_within
from planwizard.rules.rule import nothing
from planwizard.web.in_one import InOne

logger = logging.getLogger("planwizard.compliance")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A version judged on a day."""

    content: PlanContent
    results: tuple[Result, ...]  # the checklist, the law, the town's own items
    confirmations: dict[tuple[str, str], Confirmation]  # by item and role, with who confirmed

    @property
    def tally(self) -> Tally:
        return tally(self.results)

    def of(self, item_id: str) -> Result | None:
        return next((result for result in self.results if result.rule.id == item_id), None)


class Grounds(NamedTuple):
    """What a judgement rests on beside the texts and the catalogue: whatever people do in a version changes one."""

    structure_no: int  # acts count on it, confirmations too
    edits: int  # the sum of the edit numbers of its parts
    stage: str
    version_label: str
    prompt_days: int | None
    own_items: list[list[Any]] | None  # of its town: number, title, why


def grounds_of(version: PlanVersion) -> Grounds:
    """One query."""
    edits = Part.objects.of(version).order_by().values("version").annotate(sum=Sum("edit_no"))
    items = OwnItem.objects.in_use().order_by().values("municipality")
    found = PlanVersion.objects.filter(pk=version.pk).annotate(
        edits=Subquery(edits.values("sum")),
        prompt_days=Subquery(HandingOut.objects.values("prompt_days")),
        own_items=Subquery(items.annotate(all=InOne("number", "title", "why")).values("all")),
    )
    return Grounds(*found.values_list(*Grounds._fields).get())


def judge(version: PlanVersion, *, on: date, grounds: Grounds | None = None) -> Judgement:
    """Read the version once and run every rule. Four queries, whatever its size; three if the grounds are known."""
    rules = rules_for(grounds or grounds_of(version))
    kept = list(Confirmation.objects.of(version).standing().select_related("confirmed_by"))
    return judged(for_rules(version), kept, rules, on=on)


def judged(
    content: PlanContent, kept: Iterable[Confirmation], rules: tuple[Rule, ...], *, on: date
) -> Judgement:
    by_role = {(row.item_id, row.role): row for row in kept}
    results = run(content, on, [row.plain for row in by_role.values()], rules)
    for result in results:
        if result.error is not None:
            logger.error(
                "rule %s raised on version %s", result.rule.id, content.identifier, exc_info=result.error
            )
    return Judgement(content, results, by_role)


def rules_for(grounds: Grounds) -> tuple[Rule, ...]:
    """The rules of the program, then the items of the town."""
    rules: Iterable[Rule] = RULES
    if grounds.stage == Stage.AMENDMENT and grounds.prompt_days is not None:
        prompt = updated_within(grounds.prompt_days)
        rules = (prompt if rule.id == prompt.id else rule for rule in RULES)
    own = (OwnItem(number=number, title=title, why=why) for number, title, why in grounds.own_items or ())
    return (*rules, *map(rule_for, sorted(own, key=lambda item: item.number)))


def rule_for(item: OwnItem) -> Rule:
    ask = Ask("text", f"「{item.title}」を満たす文", (), "")
    why = item.why or "この市町村が加えた項目です。"
    return Rule(item.code, item.title, Kind.CONFIRM, "市町村の項目", "", why, nothing, (ask,))


def rule_or_none(item_id: str) -> Rule | None:
    """One rule, of the program or of the active town. At most one query."""
    return rule_of(item_id) or rule_of(item_id, map(rule_for, OwnItem.objects.in_use()))
