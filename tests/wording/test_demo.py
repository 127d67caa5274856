"""The hints on the two demo plans. Whatever appears here anew is mended there or explained in docs/wording.md."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from planwizard.blueprint import plan_file
from planwizard.wording import style
from planwizard.wording.checking import hints
from planwizard.wording.hint import Setting
from planwizard.wording.passages import figures, passages, spellings

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LAWS = tuple(law["title"] for law in json.loads((FIXTURES / "catalog/2026-11-a.json").read_text())["laws"])


def counted(town):
    content = plan_file.parse((FIXTURES / f"demo/{town}.json").read_bytes()).content
    setting = Setting(date(2026, 11, 23), LAWS, (), figures(content), spellings(content))
    return Counter(hint.rule for hint in hints(passages(content, content.parts), setting))


@pytest.mark.parametrize(("town", "left"), [("shiomino", {"W-10": 4}), ("isonami", {"W-10": 1})])
def test_only_sentences_that_list_are_left(town, left):
    assert counted(town) == left


def test_at_the_length_from_which_the_source_asks_for_attention_they_would_be_many(monkeypatch):
    monkeypatch.setattr(style, "LONGEST", style.AWARE)
    found = counted("shiomino") + counted("isonami")
    assert set(found) == {"W-10"}
    assert 20 < found["W-10"] < 40


def test_a_plan_declares_its_population_and_its_kpis():
    content = plan_file.parse((FIXTURES / "demo/shiomino.json").read_bytes()).content
    declared = {(figure.label, figure.unit): figure.values for figure in figures(content)}
    assert declared["総人口", "人"] == {"84312"}
    assert {"18.0", "70.0"} <= declared["子育て手続のオンライン申請の割合", "%"]
