"""国の施策の変更: what changed at the State since the plan took it over, in both wordings, and what the town decides."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from planwizard.common.text import clean
from planwizard.common.wording import Piece, changed_share, pieces
from planwizard.plans import national_changes as changes
from planwizard.plans.access import may_arrange, version_or_404
from planwizard.plans.models import Kind, NationalDecision, PlanVersion
from planwizard.wizard import national_news
from planwizard.wizard.navigation import steps_of

_LONGEST_REASON = 1000
_MOST_SHOWN = 50  # of a plan with more, the rest follows when these are decided


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as the page shows it."""

    change: changes.Change
    pieces: list[Piece]
    share: int
    url: str  # of the part it is about
    may_retitle: bool
    answer: str = ""
    reason: str = ""
    error: str = ""
    error_at: str = "answer"  # the field that has to be mended, or "reason"

    def control(self, number: int) -> str:
        """Where the error of the change of that number on the page is mended."""
        return (
            f"#reason_{number}" if self.error_at == "reason" else f"#answer_{number}_{self.change.answers[0]}"
        )


@require_GET
def national_changes(request: HttpRequest, version_id: UUID) -> HttpResponse:
    version = version_or_404(request.member, version_id, to="read")
    return _page(request, version)


@require_POST
def decide_national_change(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Record one decision and carry it out."""
    version = version_or_404(request.member, version_id, to="arrange")
    answer = request.POST.get("answer", "")
    reason = clean(request.POST.get("reason", "")).strip()
    if failed := _unfinished(answer, reason):
        return _page(request, version, {"answer": answer, "reason": reason, **failed})
    try:
        decision = changes.decide(
            version,
            request.POST.get("change", ""),
            answer=answer,
            reason=reason,
            edit_no=_number(request.POST.get("edit_no", "")),
            retitle="retitle" in request.POST,
            by=request.member,
            at=timezone.now(),
        )
    except changes.Stale as stale:
        return _page(request, version, {"answer": answer, "reason": reason, "error": str(stale)})
    national_news.forget(version)
    messages.success(request, f"「{decision.title}」：{decision.get_answer_display()}、と記録しました。")
    return redirect("wizard:national_changes", version_id)


def _unfinished(answer: str, reason: str) -> dict[str, str]:
    """What is missing and at which field; nothing if the decision is complete."""
    if answer not in NationalDecision.Answer.values:
        return {"error": "どうするかを選んでください。", "error_at": "answer"}
    error = ""
    if not reason and answer != NationalDecision.Answer.TAKE:
        error = "理由を入力してください。あとで聞かれたときに答えられるように残します。"
    elif len(reason) > _LONGEST_REASON:
        error = f"理由は{_LONGEST_REASON}文字までです（いまは{len(reason)}文字）。"
    return {"error": error, "error_at": "reason"} if error else {}


def _page(request: HttpRequest, version: PlanVersion, failed: dict[str, str] | None = None) -> HttpResponse:
    found = changes.open_in(version)
    asked = request.POST.get("change", "")
    shown = [
        _shown(change, failed if failed and change.key == asked else {}) for change in found[:_MOST_SHOWN]
    ]
    is_lost = failed is not None and not any(each.error for each in shown)
    decisions = NationalDecision.objects.filter(version__plan=version.plan_id)
    context = {
        "version": version,
        "nav": steps_of(version),
        "here": "",
        "shown": shown,
        "errors": [(each.control(at), each.error) for at, each in enumerate(shown, 1) if each.error],
        "more": len(found) - len(shown),
        "lost": failed if is_lost else None,
        "decisions": list(decisions.select_related("by")[:_MOST_SHOWN]),
        "may_decide": may_arrange(request.member) and not version.is_frozen,
        "longest_reason": _LONGEST_REASON,
    }
    return render(
        request, "wizard/national_changes.html", context, status=409 if is_lost else 422 if failed else 200
    )


def _shown(change: changes.Change, failed: dict[str, str]) -> Shown:
    found = pieces(change.old, change.closest)
    name = "measure" if change.part.kind == Kind.MEASURE else "step"
    taken = change.successor or change.entry
    may_retitle = taken is not None and change.adopted is not None and taken.title != change.part.title
    return Shown(
        change=change,
        pieces=found,
        share=changed_share(found),
        url=reverse(f"wizard:{name}", args=[change.part.version_id, change.part.key]),
        may_retitle=may_retitle,
        **failed,
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1
