"""The town's own words (用字用語): each wrong form, wherever it is not a piece of a right one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from planwizard.wording.hint import Finding, Text, TownWord, rule


@rule(
    "D-01",
    "わが町の用字用語",
    source="わが町の用字用語（事務局が決めたもの）",
    example="子供 → こども（事務局が決めます）",
)
def town_words(text: Text) -> Iterator[Finding]:
    words = tuple(word for word in text.setting.words if word.wrong in text.open)
    if not words:
        return
    by_wrong = {word.wrong: word for word in words}
    for found in _pattern(words, text.setting.words).finditer(text.open):
        if word := by_wrong.get(found[0]):
            note = f"（{word.note}）" if word.note else ""
            says = f"わが町では「{word.wrong}」を「{word.right}」と書きます{note}。"
            yield Finding(*found.span(), says, word.right)


@lru_cache(maxsize=256)
def _pattern(words: tuple[TownWord, ...], every: tuple[TownWord, ...]) -> re.Pattern[str]:
    """The wrong forms, and the right ones of which they are a piece: the longest form at a place counts."""
    wrong = {word.wrong for word in words}
    right = {word.right for word in every if any(form in word.right for form in wrong)}
    return re.compile("|".join(re.escape(form) for form in sorted(wrong | right, key=len, reverse=True)))


MOST_WORDS, LONGEST, LONGEST_NOTE = 1000, 60, 200


def troubles(words: Iterable[TownWord]) -> Iterator[tuple[int, str]]:
    """(place in the list, what is wrong): words that would call for each other, twice the same, or nothing."""
    listed = list(words)
    rights = {word.right: word.wrong for word in listed}
    seen: set[str] = set()
    for place, word in enumerate(listed):
        if not word.wrong or not word.right:
            yield place, "避ける書き方と、わが町の書き方の両方を入れてください。"
        elif word.wrong == word.right:
            yield place, f"「{word.wrong}」の書き換え先が同じ言葉です。違う言葉を入れてください。"
        elif word.wrong in seen:
            yield place, f"「{word.wrong}」が2回あります。1つにしてください。"
        elif word.wrong in rights:
            yield (
                place,
                f"「{word.wrong}」は「{rights[word.wrong]}」の書き換え先です。互いに直し合わないようにしてください。",
            )
        seen.add(word.wrong)
