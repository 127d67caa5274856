"""Run all rules over a plan, and join what they find with what authors have confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planwizard.blueprint.content import PlanContent
from planwizard.rules import effects, law, measures, operation, purposes
from planwizard.rules.anchors import Confirmed, Standing, hash_of, standing
from planwizard.rules.rule import ORDER, Ask, Finding, Place, Rule, State

CHECKLIST: tuple[Rule, ...] = (*purposes.RULES, *effects.RULES, *measures.RULES, *operation.RULES)
RULES: tuple[Rule, ...] = (*CHECKLIST, *law.RULES)
DECLINED = "declined"  # the role in which an author declines an optional item
_LAPSED = {
    Standing.CHANGED: "前に選んだ文が変わりました。読み直して、選び直してください：「{quote}」",
    Standing.GONE: "前に選んだ文のある章か施策が削除されました。選び直してください：「{quote}」",
}
_FINE = "必要なものはそろっています。"


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence that was asked for, and how it stands with it."""

    ask: Ask
    confirmed: Confirmed | None
    standing: Standing | None  # None while nobody has chosen a sentence

    @property
    def holds(self) -> bool:
        return self.standing is Standing.HOLDS


@dataclass(frozen=True, slots=True)
class Result:
    rule: Rule
    state: State
    findings: tuple[Finding, ...]  # the worst first
    asked: tuple[Asked, ...] = ()
    error: Exception | None = None  # why it could not be told; the caller logs it

    @property
    def reason(self) -> str:
        """The sentence that decides; of several of one weight the first, and how many follow."""
        deciding = [each for each in self.findings if each.state == self.state]
        more = f"（ほか{len(deciding) - 1}件）" if len(deciding) > 1 and self.state is not State.PASS else ""
        return f"{deciding[0].reason}{more}" if deciding else _FINE

    @property
    def at(self) -> Place | None:
        return next((each.at for each in self.findings if each.state == self.state and each.at), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """必須18項目のうち12件 合格・4件 要確認・2件 未."""

    total: int
    passed: int
    to_review: int
    failed: int

    @property
    def words(self) -> str:
        return (
            f"必須{self.total}項目のうち{self.passed}件 合格・{self.to_review}件 要確認・{self.failed}件 未"
        )


def run(
    content: PlanContent,
    on: date,
    confirmations: Iterable[Confirmed] = (),
    rules: Sequence[Rule] = RULES,
) -> tuple[Result, ...]:
    """One result for each rule, in their order. A rule that raises is told so; the others still run."""
    said = {(each.item_id, each.role): each for each in confirmations}
    known: dict[str, list[Finding]] = {}
    return tuple(_result(rule, content, on, said, known) for rule in rules)


def rule_of(id: str, rules: Iterable[Rule] = RULES) -> Rule | None:
    return next((rule for rule in rules if rule.id == id), None)


def tally(results: Iterable[Result]) -> Tally:
    """The state line of the required items of the seed checklist."""
    ids = {rule.id for rule in CHECKLIST if rule.is_required}
    states = [result.state for result in results if result.rule.id in ids]
    passed, failed = states.count(State.PASS), states.count(State.FAIL)
    return Tally(len(states), passed, len(states) - passed - failed, failed)


_Said = dict[tuple[str, str], Confirmed]


def _result(
    rule: Rule, content: PlanContent, on: date, said: _Said, known: dict[str, list[Finding]]
) -> Result:
    try:
        found = known[rule.id] = _found(rule, content, on, known)
        asked = tuple(_asked(rule, content, said))
    except Exception as error:
        # Whatever a rule stumbles over, the other rules are still wanted.
        words = f"判定できません（規則 {rule.id}）。管理者に知らせてください。ほかの項目は判定しました。"
        return Result(rule, State.NEEDS_REVIEW, (Finding(State.NEEDS_REVIEW, words),), error=error)
    if declined := _declined(rule, found, said):
        return Result(rule, State.NOT_APPLICABLE, (declined,), asked)
    if any(each.state is State.NOT_APPLICABLE for each in found):
        return Result(rule, State.NOT_APPLICABLE, tuple(found))
    findings = [_answered(each, rule, said) for each in found] + list(_of_asked(asked))
    findings.sort(key=lambda each: ORDER[each.state])
    return Result(rule, _worst(findings), tuple(findings), asked)


def _found(rule: Rule, content: PlanContent, on: date, known: dict[str, list[Finding]]) -> list[Finding]:
    """What the rule finds; what other items found already, if it says the same as they."""
    if rule.same_as and all(id in known for id in rule.same_as):
        return [each for id in rule.same_as for each in known[id]]
    return list(rule.check(content, on))


def _worst(findings: Iterable[Finding]) -> State:
    states = {each.state for each in findings}
    return next((state for state in (State.FAIL, State.NEEDS_REVIEW) if state in states), State.PASS)


def _declined(rule: Rule, found: list[Finding], said: _Said) -> Finding | None:
    answer = said.get((rule.id, DECLINED))
    if rule.is_required or answer is None or not answer.comment.strip():
        return None
    at = next((each.at for each in found if each.at), None)
    return Finding(State.NOT_APPLICABLE, f"採用しないことにしました：{answer.comment}", at, role=DECLINED)


def _answered(finding: Finding, rule: Rule, said: _Said) -> Finding:
    """A warning that an author has answered with a reason no longer waits; when it changes, the answer lapses."""
    answer = next(filter(None, (said.get((id, finding.role)) for id in (rule.id, *rule.same_as))), None)
    if (
        not finding.role
        or finding.state is not State.NEEDS_REVIEW
        or answer is None
        or not answer.comment.strip()
    ):
        return finding
    is_same = answer.anchor.quote == finding.reason and answer.anchor.quote_hash == hash_of(finding.reason)
    return replace(finding, state=State.NOTE, comment=answer.comment) if is_same else finding


def _asked(rule: Rule, content: PlanContent, said: _Said) -> Iterator[Asked]:
    for ask in rule.asks:
        confirmed = said.get((rule.id, ask.role))
        yield Asked(ask, confirmed, standing(confirmed.anchor, content) if confirmed else None)


def _of_asked(asked: tuple[Asked, ...]) -> Iterator[Finding]:
    for each in asked:
        yield replace(_of_one(each), asks=each.ask.role)


def _of_one(each: Asked) -> Finding:
    if each.confirmed is None or each.standing is None:
        return Finding(State.NEEDS_REVIEW, f"{each.ask.label}を選んでください。", each.ask.at)
    anchor = each.confirmed.anchor
    here = Place(anchor.part, anchor.path)
    if each.holds:
        return Finding(State.PASS, f"{each.ask.label}が確認されています。", here, (anchor.quote,))
    words = _LAPSED[each.standing].format(quote=anchor.quote)
    return Finding(State.NEEDS_REVIEW, words, here if each.standing is Standing.CHANGED else each.ask.at)
