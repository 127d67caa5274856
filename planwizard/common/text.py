"""Text from people: what is removed, what is joined, what is never touched (one rule for every input)."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]"
    "|[" + "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF)) + "]"
)
_SPLIT_KANA = re.compile("[\u3041-\u30ff][\u3099\u309a]")
# Most texts are fit as they come: one look instead of three passes.
_UNFIT = re.compile("|".join(each.pattern for each in (_LINE_BREAKS, _FORBIDDEN, _SPLIT_KANA)))
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def clean(text: str) -> str:
    """Make ``text`` fit to be stored and printed. Idempotent.

    Line-like characters become LF; control characters, lone surrogates, noncharacters and bidi controls are
    removed; a kana with a separate voicing mark is joined. Nothing else changes: no NFC, no NFKC, no strip.
    """
    if not _UNFIT.search(text):
        return text
    text = _LINE_BREAKS.sub("\n", text)
    text = _FORBIDDEN.sub("", text)
    return _SPLIT_KANA.sub(lambda pair: unicodedata.normalize("NFC", pair.group()), text)


def one_line(text: str) -> str:
    """``clean`` for a single line: newlines and tabs become spaces, ends are stripped of ASCII white space."""
    return re.sub("[\n\t]+", " ", clean(text)).strip(" ")


def changed_count(before: str, after: str) -> int:
    """How many characters ``clean`` took out or joined, newlines aside; told to the officer."""
    return len(_LINE_BREAKS.sub("\n", before)) - len(after)


def search_form(text: str) -> str:
    """The form in which text is compared in searches: NFKC, case folded, katakana as hiragana."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_KATAKANA)
