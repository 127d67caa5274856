"""Pointing to a sentence, and finding it again after the plan was edited.

An anchor holds no place in a text, only the sentence: it lapses when that sentence is changed, and stands when
anything else is changed or moved.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from planwizard.blueprint.content import PlanContent
from planwizard.rules.sentences import Sentence, sentences


class Standing(StrEnum):
    HOLDS = "holds"
    CHANGED = "changed"  # the field no longer has the sentence
    GONE = "gone"  # the part was deleted


@dataclass(frozen=True, slots=True)
class Anchor:
    part: str
    path: str
    quote: str
    quote_hash: str
    occurrence: int = 1


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What an author declared: this sentence fulfils the item in this role.

    The answer to a warning has an anchor without a part, whose quote is the warning's own sentence.
    """

    item_id: str
    role: str
    anchor: Anchor
    comment: str = ""


def anchor_of(part: str, sentence: Sentence) -> Anchor:
    return Anchor(part, sentence.path, sentence.quote, hash_of(sentence.quote), sentence.occurrence)


def answer_to(reason: str) -> Anchor:
    """The anchor of a written answer to a warning: it lapses when the warning says something else."""
    return Anchor("", "", reason, hash_of(reason))


def hash_of(quote: str) -> str:
    return hashlib.sha256(quote.encode()).hexdigest()


def standing(anchor: Anchor, content: PlanContent) -> Standing:
    part = content.part(anchor.part)
    if part is None:
        return Standing.GONE
    value = part.values.get(anchor.path)
    text = value if isinstance(value, str) else ""
    is_there = sentences(text).count(anchor.quote) >= max(1, anchor.occurrence)
    return Standing.HOLDS if is_there and hash_of(anchor.quote) == anchor.quote_hash else Standing.CHANGED
