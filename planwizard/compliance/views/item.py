"""One item of the checklist: what it asks, what was found, and the acts of people on it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from planwizard.blueprint.content import PartContent
from planwizard.common.text import clean, one_line
from planwizard.compliance import confirming, going_through
from planwizard.compliance.confirming import NotConfirmed, places_of
from planwizard.compliance.judge import Judgement, judge, rule_or_none
from planwizard.compliance.models import Confirmation
from planwizard.compliance.showing import Evidence, Item, Showing, answerable, item_url
from planwizard.compliance.views.checklist import home_of, list_of
from planwizard.plans.access import fetch_or_404, keys_to_edit, may_arrange, part_of_or_404, version_or_404
from planwizard.plans.models import Part, PlanVersion
from planwizard.rules import Ask, Result, Rule
from planwizard.rules.sentences import Sentence, sentences, sentences_of

MOST_COMMENT = 400  # characters
_OWN = "この項目のための欄に書いた文"
_Places = dict[str, list[PartContent]]  # {role: where its sentence may stand}


@dataclass(frozen=True, slots=True)
class Choosing:
    """The form in which a sentence is chosen for one role."""

    evidence: Evidence
    parts: list[tuple[str, str, bool]]  # key, name, whether it is the one shown
    shown: str  # name of the part whose sentences these are
    part_key: str
    sentences: list[
        tuple[str, str, str, bool]
    ]  # value, sentence, field, whether it is marked, confirmed or proposed
    is_proposed: bool  # the one that is chosen was written for this item, and nobody has confirmed it
    may_write: bool
    left_out: going_through.LeftOut | None = None  # of the field in which the sentence usually stands


@require_GET
def item(request: HttpRequest, version_id: UUID, item_id: str) -> HttpResponse:
    version = version_or_404(request.member, version_id, to="read")
    found = judge(version, on=timezone.localdate())
    result = found.of(item_id)
    if result is None:
        raise Http404
    showing = Showing(version, found)
    shown = showing.item(result)
    may_write = may_arrange(request.member) and not version.is_frozen
    places = {each.ask.role: places_of(result.rule, each.ask, found.content) for each in shown.evidence}
    writable = _writable(request, version, shown, places)
    check = going_through.opened(request)
    context = {
        "version": version,
        "trail": [home_of(version), list_of(version)],
        "item": shown,
        "rule": result.rule,
        "choosing": _choosing(request, showing, shown, places, writable, first=check.place if check else ""),
        "writable": writable,
        "warnings": answerable(shown.shown) if may_write and not result.rule.same_as else [],
        "answers": _answers(found, item_id),
        "may_decline": may_write and not result.rule.is_required and bool(result.asked),
        "may_write": may_write,
        "most": MOST_COMMENT,
        "check": check,
        "items_left": going_through.way_of(showing).left.items if check else 0,
    }
    return render(request, "compliance/item.html", context)


def _writable(request: HttpRequest, version: PlanVersion, item: Item, places: _Places) -> set[str]:
    """The parts whose sentences the member may choose, and whose confirmations take back."""
    if version.is_frozen:
        return set()
    offered = {part.key for parts in places.values() for part in parts}
    confirmed = {each.row.part_key for each in item.evidence if each.row}
    return keys_to_edit(request.member, version, offered | confirmed)


def _choosing(
    request: HttpRequest, showing: Showing, item: Item, places: _Places, writable: set[str], *, first: str
) -> list[Choosing]:
    """One form for each sentence; ``first``: the role for which the page was opened."""
    wanted = request.GET.get("part", "")
    return [
        _form(request, showing, item.result, each, parts, key, may_write=key in writable)
        for each in sorted(item.evidence, key=lambda each: each.ask.role != first)
        if (key := _part_shown(parts := places[each.ask.role], wanted, item, each.ask.role))
    ]


def _part_shown(parts: list[PartContent], wanted: str, item: Item, role: str) -> str:
    """The one asked for, else that of the sentence confirmed before, else the first."""
    before = next((each.row.part_key for each in item.evidence if each.row and each.ask.role == role), "")
    there = [part.key for part in parts]
    return next((key for key in (wanted, before, *there) if key in there), "")


def _form(
    request: HttpRequest,
    showing: Showing,
    result: Result,
    evidence: Evidence,
    parts: list[PartContent],
    key: str,
    *,
    may_write: bool,
) -> Choosing:
    content = next(each for each in parts if each.key == key)
    offered = list(sentences_of(content, showing.version.edition))
    chosen = _pointed_at(offered, request.GET.get("quote", "")) or _confirmed(offered, evidence.row)
    own = _written_for(evidence.ask, content, offered)
    is_proposed = bool(own) and not chosen and not evidence.row and _has_its_own_field(result, evidence.ask)
    chosen = own[0] if is_proposed else chosen
    return Choosing(
        evidence,
        [(each.key, showing.name(each), each.key == key) for each in parts],
        showing.name(content),
        key,
        [
            (value_of(each), each.quote, _OWN if each in own else each.label, each is chosen)
            for each in _once([*own, *(each for each in offered if each not in own)], chosen)
        ],
        is_proposed,
        may_write,
        going_through.left_out(showing, evidence.ask.at, going_through.opened(request)),
    )


def _written_for(ask: Ask, content: PartContent, offered: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of the field that asks for them, also where the 本文 has taken them over."""
    if not ask.at or ask.at.part != content.key:
        return []
    quotes = set(sentences(str(content.values.get(ask.path, ""))))
    return [each for each in offered if each.path == ask.path or _bare(each.quote) in quotes]


def _bare(quote: str) -> str:
    """Without the name of the item that a 文案 puts before its sentence (「自治体保有情報の活用　…」)."""
    return quote.rpartition("\u3000")[2]


def _has_its_own_field(result: Result, ask: Ask) -> bool:
    """No other sentence of the item is asked for in the same field."""
    return [each.ask.path for each in result.asked].count(ask.path) == 1


def _once(offered: Iterable[Sentence], chosen: Sentence | None) -> list[Sentence]:
    """What reads the same stands once, the chosen one rather than another."""
    shown: dict[str, Sentence] = {}
    for each in offered:
        if _bare(each.quote) not in shown or each is chosen:
            shown[_bare(each.quote)] = each
    return list(shown.values())


def _pointed_at(sentences: Sequence[Sentence], words: str) -> Sentence | None:
    """The sentence that an author marked while writing: the words lie in it, or it lies in the words."""
    words = one_line(words)
    return next((each for each in sentences if words and (words in each.quote or each.quote in words)), None)


def _confirmed(sentences: Sequence[Sentence], row: Confirmation | None) -> Sentence | None:
    standing = row and (row.path, row.quote, row.occurrence)
    return next((each for each in sentences if (each.path, each.quote, each.occurrence) == standing), None)


def _answers(found: Judgement, item_id: str) -> list[Confirmation]:
    """What people have written to warnings of this item, or why it was declined."""
    return [row for (item, _), row in found.confirmations.items() if item == item_id and not row.part_key]


def value_of(sentence: Sentence) -> str:
    """A sentence in a form: its field, its place among equals, and the hash of its words."""
    return f"{sentence.path}|{sentence.occurrence}|{hashlib.sha256(sentence.quote.encode()).hexdigest()[:16]}"


@require_POST
def confirm(request: HttpRequest, version_id: UUID, item_id: str) -> HttpResponse:
    """「この文が満たす」."""
    version = version_or_404(request.member, version_id, to="read")
    rule = _item_or_404(item_id)
    part = part_of_or_404(request.member, version, request.POST.get("part", ""), to="edit")
    try:
        sentence = _chosen(version, part, request.POST.get("sentence", ""))
        confirming.confirm(
            version,
            item_id=item_id,
            role=request.POST.get("role", ""),
            part=part,
            path=sentence.path,
            quote=sentence.quote,
            occurrence=sentence.occurrence,
            **_said(request),
        )
    except NotConfirmed as refusal:
        messages.error(request, str(refusal))
    else:
        label = next(each.label for each in rule.asks if each.role == request.POST["role"])
        messages.success(request, f"「{sentence.quote}」を、{label}として記録しました。")
        return redirect(_onward(request, version, item_id))
    return redirect(_again(request, version, item_id))


def _chosen(version: PlanVersion, part: Part, value: str) -> Sentence:
    if not value:
        raise NotConfirmed("根拠の文を1つ選んでください。")
    content = PartContent(part.key, part.kind, part.title, part.position, part.values, pillar=part.pillar)
    for each in sentences_of(content, version.edition):
        if value_of(each) == value:
            return each
    raise NotConfirmed("選んだ文が、いまの本文にありません。一覧から選び直してください。")


@require_POST
def answer(request: HttpRequest, version_id: UUID, item_id: str) -> HttpResponse:
    """Answer a warning with a reason."""
    version = version_or_404(request.member, version_id, to="arrange")
    _item_or_404(item_id)
    try:
        confirming.answer(version, item_id=item_id, role=request.POST.get("role", ""), **_said(request))
    except NotConfirmed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "理由を記録しました。")
        return redirect(_onward(request, version, item_id))
    return redirect(_again(request, version, item_id))


def _onward(request: HttpRequest, version: PlanVersion, item_id: str) -> str:
    """To the next place, for who goes through the checklist; else back to the item."""
    check = going_through.opened(request)
    return going_through.next_url(version, check) if check else item_url(version.pk, item_id)


def _again(request: HttpRequest, version: PlanVersion, item_id: str) -> str:
    check = going_through.opened(request)
    return item_url(version.pk, item_id) + (f"?{check.query}" if check else "")


@require_POST
def decline(request: HttpRequest, version_id: UUID, item_id: str) -> HttpResponse:
    """Leave an optional item out, with a reason."""
    version = version_or_404(request.member, version_id, to="arrange")
    _item_or_404(item_id)
    try:
        confirming.decline(version, item_id=item_id, **_said(request))
    except NotConfirmed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "採用しない理由を記録しました。")
    return redirect(item_url(version.pk, item_id))


@require_POST
def withdraw(request: HttpRequest, version_id: UUID, confirmation_id: UUID) -> HttpResponse:
    """Take a confirmation back."""
    version = version_or_404(request.member, version_id, to="read")
    rows = Confirmation.objects.of(version)
    row = fetch_or_404(rows, request.member, pk=confirmation_id)
    row.version = version
    confirming.withdraw(row, by=request.member, at=timezone.now())
    messages.success(request, "確認を取り消しました。")
    return redirect(item_url(version.pk, row.item_id))


def _item_or_404(item_id: str) -> Rule:
    rule = rule_or_none(item_id)
    if rule is None:
        raise Http404
    return rule


def _said(request: HttpRequest) -> dict[str, object]:
    """The comment, which confirmation the page showed, who and when."""
    try:
        expected = UUID(request.POST.get("expected", ""))
    except ValueError:
        expected = None
    comment = clean(request.POST.get("comment", "")).strip()[:MOST_COMMENT]
    return {"comment": comment, "expected": expected, "by": request.member, "at": timezone.now()}
