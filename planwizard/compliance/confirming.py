"""The acts of people on the checklist: confirm a sentence, answer a warning, decline, withdraw.

Every act claims the version (see plans/structure.py): the right is read again, a frozen version refuses, and two
people who confirm at once take turns.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from planwizard.accounts.member import Member
from planwizard.accounts.models import User
from planwizard.blueprint.content import PartContent, PlanContent
from planwizard.compliance.judge import judge, rule_or_none
from planwizard.compliance.models import Confirmation
from planwizard.plans import structure
from planwizard.plans.models import Part, PlanVersion
from planwizard.rules import Anchor, Ask, Rule, State
from planwizard.rules.anchors import answer_to, hash_of
from planwizard.rules.reading import of_effect
from planwizard.rules.running import DECLINED
from planwizard.rules.sentences import sentences_of


class NotConfirmed(Exception):
    """The sentence or warning is not as the page showed it; ``str()`` says so to the officer."""


def confirm(
    version: PlanVersion,
    *,
    item_id: str,
    role: str,
    part: Part,
    path: str,
    quote: str,
    occurrence: int = 1,
    comment: str = "",
    expected: UUID | None = None,
    by: Member,
    at: datetime,
) -> Confirmation:
    """Declare that a sentence of ``part`` fulfils the item in this role.

    ``expected`` is the confirmation that the page showed, None if none. Confirming the same again changes nothing.
    Raises NotConfirmed, and Refused without the right to write the part.
    """
    rule = rule_or_none(item_id)
    ask = next((each for each in rule.asks if each.role == role), None) if rule else None
    if ask is None:
        raise NotConfirmed("この項目は、いまのチェックリストにありません。")
    anchor = Anchor(part.key, path, quote, hash_of(quote), occurrence)
    with structure.claim(version, by=by, part=part):
        _require_sentence(version, ask, anchor)
        return _keep(version, item_id, role, anchor, comment, expected, by=by, at=at)


def answer(
    version: PlanVersion,
    *,
    item_id: str,
    role: str,
    comment: str,
    expected: UUID | None = None,
    by: Member,
    at: datetime,
) -> Confirmation:
    """Answer a warning with a written reason; the answer lapses when the warning says something else."""
    if not comment.strip():
        raise NotConfirmed("理由を入力してください。")
    with structure.claim(version, by=by):
        result = judge(version, on=timezone.localdate(at)).of(item_id)
        found = [each for each in result.findings if each.role == role] if result and role else []
        if not found or found[0].state not in (State.NEEDS_REVIEW, State.NOTE):
            raise NotConfirmed("この警告は、もうありません。")
        return _keep(version, item_id, role, answer_to(found[0].reason), comment, expected, by=by, at=at)


def decline(
    version: PlanVersion,
    *,
    item_id: str,
    comment: str,
    expected: UUID | None = None,
    by: Member,
    at: datetime,
) -> Confirmation:
    """Say with a reason that an optional item is not taken up."""
    rule = rule_or_none(item_id)
    if rule is None or rule.is_required:
        raise NotConfirmed("採用しないことにできるのは、任意の項目だけです。")
    if not comment.strip():
        raise NotConfirmed("理由を入力してください。")
    with structure.claim(version, by=by):
        return _keep(version, item_id, DECLINED, answer_to(rule.title), comment, expected, by=by, at=at)


def withdraw(confirmation: Confirmation, *, by: Member, at: datetime) -> None:
    """Take a confirmation back. Twice is once. Who may write its part may; without a part, the secretariat."""
    version = confirmation.version
    part = Part.objects.of(version).filter(key=confirmation.part_key).first()
    with structure.claim(version, by=by, part=part):
        _withdrawn(version, confirmation.pk, by=by.user, at=at)


def places_of(rule: Rule, ask: Ask, content: PlanContent) -> list[PartContent]:
    """The parts in which the sentence may stand; for a town's own item any that is no list of files."""
    if not ask.parts:
        return [part for part in content.parts if part.kind != "appendix"]
    keys = (
        {*ask.parts, *(part.key for part in of_effect(content, ask.effect))} if ask.effect else {*ask.parts}
    )
    return [part for part in content.parts if part.key in keys]


def _require_sentence(version: PlanVersion, ask: Ask, anchor: Anchor) -> None:
    """The sentence stands in the part now, and the part is one in which it may stand."""
    rows = Part.objects.of(version).kept().select_related("department", "municipality")
    part = rows.filter(key=anchor.part).first()
    if part is None:
        raise NotConfirmed("この章か施策は、いま削除されています。")
    if ask.parts and part.key not in ask.parts and not (ask.effect and part.kind == "measure"):
        raise NotConfirmed("この項目は、別の章の文で確認してください。")
    content = PartContent(part.key, part.kind, part.title, part.position, part.answers, pillar=part.pillar)
    there = {(each.path, each.quote, each.occurrence) for each in sentences_of(content, version.edition)}
    if (anchor.path, anchor.quote, anchor.occurrence) not in there:
        raise NotConfirmed("選んだ文が、いまの本文にありません。一覧から選び直してください。")


def _keep(
    version: PlanVersion,
    item_id: str,
    role: str,
    anchor: Anchor,
    comment: str,
    expected: UUID | None,
    *,
    by: Member,
    at: datetime,
) -> Confirmation:
    """Inside a claim, so nobody else is here: the unique constraint is the second lock."""
    rows = Confirmation.objects.of(version).standing().select_related("confirmed_by")
    before = rows.filter(item_id=item_id, role=role).first()
    if before is not None:
        if (before.anchor, before.comment) == (anchor, comment):
            return before
        if before.pk != expected:
            raise NotConfirmed(
                f"{before.confirmed_by.name}さんが、先にこの項目を確認しました。内容を見て、変えるときは選び直してください。"
            )
        _withdrawn(version, before.pk, by=by.user, at=at)
    return Confirmation.objects.create(
        municipality_id=version.municipality_id,
        version=version,
        item_id=item_id,
        role=role,
        part_key=anchor.part,
        path=anchor.path,
        quote=anchor.quote,
        quote_hash=anchor.quote_hash,
        occurrence=anchor.occurrence,
        comment=comment,
        confirmed_by=by.user,
        at=at,
    )


def _withdrawn(version: PlanVersion, pk: UUID, *, by: User, at: datetime) -> None:
    rows = Confirmation.objects.of(version).standing().filter(pk=pk)
    rows.update(withdrawn_at=at, withdrawn_by=by)
