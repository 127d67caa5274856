"""The evidence sheet of a version as plain values, and what handing a plan out with failures asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from planwizard.common.fiscal_year import day_label
from planwizard.compliance.judge import Judgement, judge
from planwizard.compliance.models import HandingOut
from planwizard.compliance.showing import GROUPS, STATE_WORDS
from planwizard.manuscript.evidence_sheet import EvidenceSheet, Line, Quote
from planwizard.plans.models import PlanVersion
from planwizard.rules import Result, State
from planwizard.rules.running import CHECKLIST

_MOST_REASONS = 5  # of one item
FORBIDDEN = "「未」の項目が{}件あります。この市町村では、「未」をなくしてから出すことにしています。"
ASKED = "「未」の項目が{}件あります。このまま出す理由を書いてください。理由は証拠の一覧に印刷されます。"


def failures(found: Judgement) -> list[Result]:
    """The required items of the checklist that fail."""
    required = {rule.id for rule in CHECKLIST if rule.is_required}
    return [each for each in found.results if each.state is State.FAIL and each.rule.id in required]


def refusal(version: PlanVersion, reason: str, *, on: date) -> str:
    """What an officer is told who hands a plan out with failures: to give a reason, or, where the town forbids it,
    to mend them first; "" if all is well. Whatever hands a plan out asks here."""
    is_forbidden = HandingOut.of_town().forbids_failures
    if reason.strip() and not is_forbidden:
        return ""
    count = len(failures(judge(version, on=on)))
    return (FORBIDDEN if is_forbidden else ASKED).format(count) if count else ""


def evidence_of(version: PlanVersion, *, on: date, reason: str = "") -> EvidenceSheet:
    """Every item with its state, its reasons and the sentences that people named. As many queries as ``judge``."""
    found = judge(version, on=on)
    groups = []
    for prefix, title in GROUPS.items():
        results = [each for each in found.results if each.rule.id.partition("-")[0] == prefix]
        if results:
            groups.append((title, tuple(_line(each, found) for each in results)))
    return EvidenceSheet(found.tally.words, day_label(on), tuple(groups), reason)


def _line(result: Result, found: Judgement) -> Line:
    quotes = tuple(_quotes(result, found))
    reasons = tuple(_reasons(result)) or (() if quotes else (result.reason,))
    return Line(result.rule.id, result.rule.title, STATE_WORDS[result.state], reasons, quotes)


def _reasons(result: Result) -> Iterator[str]:
    told = [each for each in result.findings if not (each.asks and each.state is State.PASS)]
    open_ones = [each for each in told if each.state is not State.PASS] or told[:1]
    for each in open_ones[:_MOST_REASONS]:
        yield f"{each.reason}（理由：{each.comment}）" if each.comment else each.reason
    if len(open_ones) > _MOST_REASONS:
        yield f"ほか{len(open_ones) - _MOST_REASONS}件"


def _quotes(result: Result, found: Judgement) -> Iterator[Quote]:
    for asked in result.asked:
        row = found.confirmations.get((result.rule.id, asked.ask.role))
        if row is not None and asked.holds:
            day = day_label(timezone.localdate(row.at))
            yield Quote(row.quote, row.part_key, asked.ask.label, row.confirmed_by.name, day, row.comment)
