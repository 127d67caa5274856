"""The checklist and the law as rules on a plan. No database: ``run(content, on)`` is the entrance."""

from planwizard.rules.anchors import Anchor, Confirmed, anchor_of, standing
from planwizard.rules.rule import Ask, Finding, Kind, Place, Rule, State
from planwizard.rules.running import RULES, Result, Tally, rule_of, run, tally

__all__ = [
    "RULES",
    "Anchor",
    "Ask",
    "Confirmed",
    "Finding",
    "Kind",
    "Place",
    "Result",
    "Rule",
    "State",
    "Tally",
    "anchor_of",
    "rule_of",
    "run",
    "standing",
    "tally",
]
