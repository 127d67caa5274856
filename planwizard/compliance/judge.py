"""Join what the rules find in a version with what people have confirmed of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from planwizard.blueprint.content import PlanContent
from planwizard.compliance.models import Confirmation, HandingOut, OwnItem
from planwizard.plans.models import PlanVersion, Stage
from planwizard.plans.read import content_of
from planwizard.rules import RULES, Ask, Kind, Result, Rule, Tally, rule_of, run, tally
from planwizard.rules.operation import updated_within
from planwizard.rules.rule import nothing

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


def judge(version: PlanVersion, *, on: date) -> Judgement:
    """Read the version once and run every rule. Eight queries, of an amendment nine, whatever its size."""
    content = content_of(version)
    kept = list(Confirmation.objects.of(version).standing().select_related("confirmed_by"))
    return judged(content, kept, rules_for(version), on=on)


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


def rules_for(version: PlanVersion) -> tuple[Rule, ...]:
    """The rules of the program, then the items of the active town. One query, of an amendment two."""
    rules: Iterable[Rule] = RULES
    if version.stage == Stage.AMENDMENT:
        prompt = updated_within(HandingOut.of_town().prompt_days)
        rules = (prompt if rule.id == prompt.id else rule for rule in RULES)
    return (*rules, *map(rule_for, OwnItem.objects.in_use()))


def rule_for(item: OwnItem) -> Rule:
    ask = Ask("text", f"「{item.title}」を満たす文", (), "")
    why = item.why or "この市町村が加えた項目です。"
    return Rule(item.code, item.title, Kind.CONFIRM, "市町村の項目", "", why, nothing, (ask,))


def rule_or_none(item_id: str) -> Rule | None:
    """One rule, of the program or of the active town. At most one query."""
    return rule_of(item_id) or rule_of(item_id, map(rule_for, OwnItem.objects.in_use()))
