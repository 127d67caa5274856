"""The page between a button and an act that reaches far: what it will do, before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True, slots=True)
class Interruption:
    """``facts``: a sentence for each consequence. The page sends ``sent`` to its own address, which then acts."""

    question: str  # 「…」を削除しますか
    facts: Sequence[str]
    act: str  # the word on the button: 削除する
    back: str  # where やめる leads
    sent: Mapping[str, str] = field(default_factory=dict)


def ask(request: HttpRequest, interruption: Interruption, **context: Any) -> HttpResponse:
    return render(request, "interruption.html", {"asked": interruption, **context})
