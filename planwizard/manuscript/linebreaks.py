"""Where a line of Japanese may end: between words, as far as the kinds of its characters tell them.

Measured in characters: a wide one is 1, a narrow one half.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import accumulate, takewhile

_NO_LINE_START = "、。，．）」』】〕〉》・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]}!?！？…"
_NO_LINE_END = "（「『【〔〈《([{"
_CLOSED = "）」』】〕〉》、。，．・：　 )"  # the next line may begin after these
_SUFFIXES = "化的等性者率数"  # オンライン化｜
_PLACES = "市区町村県"  # 潮見野市｜行政改革大綱

# What an ending costs, against a line that is left empty
_FORBIDDEN, _IN_WORD, _BEFORE_ENDING = 20.0, 5.0, 3.5
_BETWEEN_KANJI, _AFTER_PLACE, _BETWEEN_WORDS = 2.5, 1.5, 0.5
_ODD = 0.5  # most words of kanji are pairs: 総合｜管理｜計画
_EMPTY_LINE = 4.0
_FEW = 2  # characters that do not stand alone in a last line
_LEFT_OVER = 2.0


def ems(char: str) -> float:
    return 1 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def broken(text: str, room: float, *, is_even: bool = False) -> list[str]:
    """``text`` in lines of at most ``room`` characters; a closing mark may hang over.

    The lines are full but for the last, or, ``is_even``, about equally long.
    """
    return list(_broken(text, room, is_even))


@lru_cache(maxsize=1024)
def _broken(text: str, room: float, is_even: bool) -> tuple[str, ...]:
    """The cheapest way to the end: for each place the cheapest way there, and where its last line begins."""
    to = [0.0, *accumulate(map(ems, text))]
    ways: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        is_last = end == len(text)
        here = 0.0 if is_last else _ending(text, end)
        ways.append(
            min(
                (ways[start][0] + here + _line(to[end] - to[start], room, is_last, is_even), start)
                for start in range(end)
                if start == end - 1 or _fits(text, to, start, end, room)
            )
        )
    return _lines(text, ways)


def _lines(text: str, ways: list[tuple[float, int]]) -> tuple[str, ...]:
    lines: list[str] = []
    end = len(text)
    while end:
        start = ways[end][1]
        lines.append(text[start:end])
        end = start
    return tuple(reversed(lines)) or ("",)


def _fits(text: str, to: list[float], start: int, end: int, room: float) -> bool:
    hanging = ems(text[end - 1]) if text[end - 1] in _NO_LINE_START else 0
    return to[end] - to[start] - hanging <= room


def _line(width: float, room: float, is_last: bool, is_even: bool) -> float:
    """What a line of ``width`` leaves empty."""
    left_over = _LEFT_OVER if is_last and width <= _FEW < room else 0.0
    if is_last and not is_even:
        return left_over
    return left_over + _EMPTY_LINE * (max(0.0, room - width) / max(room, 1)) ** 2


def _ending(text: str, at: int) -> float:
    """What it costs to break ``text`` before its character ``at``."""
    before, after = text[at - 1], text[at]
    if after in _NO_LINE_START or before in _NO_LINE_END:
        return _FORBIDDEN
    if after in _NO_LINE_END or before in _CLOSED:
        return 0.0
    if after in _SUFFIXES:
        return _BEFORE_ENDING
    one, other = _kind(before), _kind(after)
    if one == other == "kanji":
        return _AFTER_PLACE if before in _PLACES else _between_kanji(text, at)
    if one == other:
        return _IN_WORD
    if other == "kana" or "word" in (one, other):  # 向｜け, 令和｜8, 28｜年
        return _BEFORE_ENDING
    return _BETWEEN_WORDS


def _between_kanji(text: str, at: int) -> float:
    rest = sum(1 for _ in takewhile(lambda char: _kind(char) == "kanji", text[at:]))
    return _BETWEEN_KANJI + _ODD * (rest % 2)


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    if "ぁ" <= char <= "ん":
        return "kana"
    if "ァ" <= char <= "ヺ" or char == "ー":
        return "katakana"
    if char == "々" or unicodedata.name(char, "").startswith("CJK"):
        return "kanji"
    return "word"  # digits, Latin letters and the marks within them
