"""Plans as nobody should write them, and somebody will. Made anew at each call, always the same.

``PLANS`` is ``{name: a function that gives a plan of about this size}``; 1 is the size that has to be withstood.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from PIL import Image

from planwizard.blueprint.content import PlanContent
from planwizard.common.text import clean
from planwizard.document.nodes import Document, Heading, Picture
from tests.document import sample
from tests.manuscript import plans

SENTENCE = (
    "来庁しなければ終わらない手続を洗い出し、様式と添付書類を減らした上で、順次オンラインで受け付ける。"
)
STRANGE = (
    *("w" * 3000, "ー" * 500, "。" * 200, "1" * 400, "あ、" * 300),  # nowhere to break, or everywhere
    *("葛󠄀城市と辻󠄀堂の芦󠄂屋", "𠮷野家の髙﨑さん㈱①Ⅲ", "﨑塚晴"),  # variants, beyond the BMP, compatibility
    *("👩‍👩‍👧‍👦🏳️‍🌈1️⃣🇯🇵", "שלום עולם 123", "مرحبا بالعالم", "नमस्ते", "ก็ดี"),  # joined, right to left, stacked
    *(
        "外字\ue000と\uf8ffと\U000f1234",
        "e\u0301a\u0308\u0323" * 20,
        "か\u3099は\u309a",
    ),  # private, combining
    *sample.HOSTILE,
)
JUMPING = "□ 小見出しから始まる\n本文。\n■ 大\n□ 小\n□ 小\n■\n□\n・\n①\n■ " + "長い見出し" * 60


def long_table(size: float = 1) -> PlanContent:
    """2,000 rows pasted from a spreadsheet, and 500 procedures in a sheet."""
    rows = ["番号\t手続\t件数", *(f"{at}\t手続その{at}\t{at * 7}" for at in range(1, _of(2000, size)))]
    procedures = [{"name": f"手続{at}", "annual_count": str(at)} for at in range(_of(500, size))]
    answers = {**plans.CHAPTERS, "ch2": {**plans.CH2, "ch2_text": "\n".join(rows)}}
    return plans.plan(answers, (plans.measure(1, procedures=procedures),))


def long_cell(size: float = 1) -> PlanContent:
    """10,000 characters where a word is meant to stand: in a sheet, in a row, in a pasted table, in a title."""
    long = (SENTENCE * 250)[: _of(10000, size)]
    pasted = f"項目\t内容\n説明\t{long}"
    chapters = {
        **plans.CHAPTERS,
        "ch2": {**plans.CH2, "ch2_text": pasted, "vision": long},
        "ch3": {**plans.CH3, "parent_plans": [{"title": long, "period": long}]},
    }
    return plans.plan(chapters, (plans.measure(1, current_state=long, actions=long, goal_statement=long),))


def much_prose(size: float = 1) -> PlanContent:
    """500,000 characters in five chapters, a paragraph of 2,000 among those of 200."""
    paragraph, long = SENTENCE * 4, SENTENCE * 41
    text = "\n\n".join(["■ 節", *[paragraph] * _of(520, size), long])
    named = {f"ch{at}": {**plans.CHAPTERS[f"ch{at}"], f"ch{at}_text": text} for at in range(1, 6)}
    return plans.plan({**plans.CHAPTERS, **named}, (plans.measure(1),))


def strange_words(size: float = 1) -> PlanContent:
    """Each in prose, in a cell, in a heading, in a name and in a title."""
    words = [clean(each)[: _of(4000, size)] for each in STRANGE]
    text = "\n\n".join(
        [*words, *(f"■ {each}" for each in words), "\n".join(f"{each[:500]}\t値" for each in words)]
    )
    measures = tuple(
        replace(plans.measure(at, actions=each, kpis=[{"name": each, "target_value": "1"}]), title=each[:100])
        for at, each in enumerate(words, 1)
    )
    issues = [{"title": each, "description": each} for each in words]
    chapters = {
        **plans.CHAPTERS,
        "ch1": {**plans.CH1, "issues": issues, "ch1_text": text},
        "ch3": {**plans.CH3, "related_plans": [{"title": each} for each in words]},
    }
    return plans.plan(chapters, measures)


def jumping_headings(size: float = 1) -> PlanContent:
    """Levels that skip, headings without words, a heading of 300 characters."""
    named = {f"ch{at}": {f"ch{at}_text": JUMPING} for at in (1, 2, 3, 4, 5, 7)}
    return plans.plan({**plans.CHAPTERS, **named}, (plans.measure(1, actions=JUMPING),))


def one_measure(size: float = 1) -> PlanContent:
    """And nothing else in the whole plan."""
    return plans.plan({}, (plans.measure(1),))


def nothing(size: float = 1) -> PlanContent:
    """A plan that was begun a minute ago."""
    return plans.plan({}, ())


def empty_chapters(size: float = 1) -> PlanContent:
    """Chapters that hold blanks only, sheets without a word."""
    named = {key: {f"{key}_text": "\n\u3000\n \n"} for key in plans.CHAPTERS if key.startswith("ch")}
    blank = replace(plans.measure(1), values={}, title="", measure_no="", department="")
    return plans.plan(named, (blank, replace(blank, key="m000000002")))


PLANS: dict[str, Callable[[float], PlanContent]] = {
    each.__name__: each
    for each in (
        long_table,
        long_cell,
        much_prose,
        strange_words,
        jumping_headings,
        one_measure,
        nothing,
        empty_chapters,
    )
}


def pictures(count: int, width: int = 1600) -> tuple[Document, dict[str, bytes]]:
    """A document of photographs as a telephone takes them: no two alike, hard to compress."""
    chance, assets = random.Random(count), {}  # noqa: S311 (noise in a picture)
    for _ in range(count):
        small = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3))
        out = io.BytesIO()
        small.resize((width, width * 3 // 4), Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
        assets[sha256(out.getvalue()).hexdigest()] = out.getvalue()
    blocks = [
        Picture(f"photo-{at}", key, f"写真その{at}", 120, number=f"図{at}", caption=f"写真その{at}")
        for at, key in enumerate(assets, 1)
    ]
    return sample.document(Heading("h", 1, "写真", "第１章"), *blocks), assets


def _of(count: int, size: float) -> int:
    return max(1, int(count * size))
