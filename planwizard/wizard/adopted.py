"""What a sheet holds after a national measure was adopted, and what its office still has to write."""

from __future__ import annotations

from collections.abc import Iterable

from planwizard.blueprint.kinds import Level
from planwizard.blueprint.missing import missing
from planwizard.plans.examples import MARK
from planwizard.plans.models import Part


def told_of(part: Part) -> str:
    """入れたもの：施策名、…。（例）：…。これから書くもの：…。 by the labels of the sheet."""
    answers = part.answers
    labels = {item.key: item.label for item in part.sheet.fields if not item.is_fixed}
    drafts = {_top(path) for path, value in answers.items() if str(value).startswith(MARK)}
    asked = {_top(each.path) for each in missing(part.sheet, answers, {}) if each.level is Level.REQUIRED}
    return (
        _said("入れたもの", (label for key, label in labels.items() if key in answers.keys() - drafts))
        + _said("（例）を入れたので書き直すもの", (label for key, label in labels.items() if key in drafts))
        + _said("これから書くもの（必須）", (label for key, label in labels.items() if key in asked - drafts))
    )


def _top(path: str) -> str:
    return path.partition(".")[0]


def _said(words: str, labels: Iterable[str]) -> str:
    names = "、".join(labels)
    return f"{words}：{names}。" if names else ""
