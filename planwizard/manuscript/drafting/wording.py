"""Correct Japanese from entries whose grammar is not known.

An officer may answer with a noun phrase (全庁の推進本部), a clipped clause (紙の申請を廃止), a sentence or a list of lines.
Each frame here is right for every one of them: what is a noun phrase beyond doubt goes into the frame, everything
else stands as a sentence of its own, in 「」 or as an item of a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPACE = " \u3000\u00a0"
_SPACES = re.compile(f"[{_SPACE}]{{2,}}")
_STOPS = re.compile("[、。]*。[、。]*")
_COMMAS = re.compile("、{2,}")
_COMMA = "、，"

# Lines that the line grammar takes for more than text (document.prose)
_MARK = re.compile(f"(?:[・■□①-⑳]|[(（]\\d{{1,3}}[)）])[{_SPACE}]*")
_CLOSED = "。！？!?：:"
_RUNS_ON = "、，はがをにのともでてやへ"  # a line that ends so goes on in the next one

# What may close a noun phrase in hiragana: 見直し, 仕組み, 備え, もの, …
_NOUN_END = re.compile(
    "(?:[一-龠々][しじりきぎみちびえれけげせめ]|[わら]せ|づくり|かけ|こと|もの|とき|ところ|ため|など|ほか|まち|くらし|つながり)$"
)
# A particle of case, then only a noun that stands for a verb: 紙の申請を廃止, NPOと連携 (but not 職員への研修)
_CLIPPED = re.compile("[をがにへで](?!の)(?:[^ぁ-ん]|[のも])*$")
_TOGETHER = re.compile("と(?:連携|共同|協働|協力|連動|共有|協議|併用|統合|比較)$")

_DECIDED = re.compile("(.+)(（[^（）]*(?:決定|策定|改定|公表)）)$")
_ENCLOSED = re.compile("（[^（）]*）|「[^「」]*」")
_CONJUNCTION = re.compile("及び|並びに|又は|若しくは|、")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_SHORT = 160  # characters; below this a text needs no headings


# Entries ---------------------------------------------------------------------------------------------------


def tidy(text: str) -> str:
    """An entry without doubled stops, spaces and blank lines; "" if only marks are left. Idempotent."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("\u3000"):  # begins a paragraph, as a blank line does
            lines.append("")
        lines.append(_tidy_line(line))
    tidied = re.sub("\n{3,}", "\n\n", "\n".join(lines)).lstrip("\n").rstrip(_COMMA + _SPACE + "\n")
    return tidied if bare(tidied) else ""


def _tidy_line(line: str) -> str:
    line = _SPACES.sub(lambda run: run.group()[0], line)
    line = _COMMAS.sub("、", _STOPS.sub("。", line))
    return line.lstrip(_SPACE + _COMMA + "。．｡").rstrip(_SPACE)


def sentence(line: str) -> str:
    """One line as a sentence of its own."""
    line = line.rstrip(_SPACE + _COMMA + "．｡")
    return line if not line or line[-1] in _CLOSED else line + "。"


def _runs_on(line: str) -> bool:
    return line != "" and line[-1] in _RUNS_ON


def flowing(text: str) -> str:
    """Several lines as one run of sentences; the marks of lists are dropped."""
    lines = [_unmarked(line) for line in text.split("\n")]
    return "".join(line if _runs_on(line) and line is not lines[-1] else sentence(line) for line in lines)


def _unmarked(line: str) -> str:
    mark = _MARK.match(line)
    return _tidy_line(line[mark.end() :] if mark else line).replace("\t", "　")


def bare(text: str) -> str:
    """An entry to be set inside a frame: on one line, without the closing 。"""
    return flowing(text).removesuffix("。")


def passage(text: str) -> str:
    """An entry as text of its own: plain lines are closed with 。, lines of the line grammar stay."""
    lines = text.split("\n")
    closed = [line if _is_marked(line) or _runs_on(line) else sentence(line) for line in lines[:-1]]
    last = lines[-1]
    return "\n".join([*closed, last if _is_marked(last) else sentence(last)])


def _is_marked(line: str) -> bool:
    return "\t" in line or _MARK.match(line) is not None


def _stands_alone(text: str) -> bool:
    return "\n" in text or _is_marked(text)


def is_noun_phrase(text: str) -> bool:
    """True only if 「…である」 can follow. Whatever is in doubt is not one."""
    if _stands_alone(text) or "。" in text:
        return False
    head = text[: _notes_begin(text)].rstrip()
    if head.endswith(("」", "』")):
        return True
    clause = head.rsplit("、", 1)[-1]
    if not clause or _CLIPPED.search(clause) or _TOGETHER.search(clause):
        return False
    if "ぁ" <= clause[-1] <= "ん":
        return _NOUN_END.search(clause) is not None
    return clause[-1].isalnum() or clause[-1] in "%％々ー）)"


# Frames ----------------------------------------------------------------------------------------------------


def said_of(topic: str, text: str, *, closing: str = "である") -> str:
    """「対象は、市長部局とする。」 for a noun phrase, 「対象については、…。」 for anything else on one line.

    An entry of several lines follows on lines of its own. "" for "".
    """
    entry = text.removesuffix("。")
    if is_noun_phrase(entry):
        return f"{topic}は、{entry}{closing}。"
    if _stands_alone(entry):
        return f"{topic}は、次のとおりである。\n{passage(text)}"
    return f"{topic}については、{sentence(text)}" if entry else ""


def told(topic: str, text: str, *, closing: str = "である") -> str:
    """As ``said_of``, but a sentence or several lines speak for themselves, without the topic."""
    return said_of(topic, text, closing=closing) if is_noun_phrase(text.removesuffix("。")) else passage(text)


def listed(topic: str, entries: Sequence[str], limit: int = 0) -> str:
    """「相手は、A、B及びCである。」, or a list if an entry is no noun phrase. "" without entries.

    Over ``limit`` the first are named and all are counted.
    """
    shown = entries[:limit] if limit else entries
    if not entries:
        return ""
    if all(map(is_noun_phrase, shown)):
        return f"{topic}は、{some(entries, limit)}である。"
    count = f"{len(entries)}件あり、はじめの{len(shown)}件は、" if len(entries) > len(shown) else ""
    return f"{topic}は、{count}次のとおりである。\n{items(shown)}"


def quoted(name: str) -> str:
    """A name in 「」; 「」 inside become 『』."""
    if name.startswith("「") and name.endswith("」") and name.count("「") == 1:
        return name
    return f"「{name.replace('「', '『').replace('」', '』')}」"


def cited(name: str) -> str:
    """A document in 「」, its date behind them: 「重点計画」（令和7年6月13日閣議決定）."""
    match = _DECIDED.match(name)
    return quoted(match[1]) + match[2] if match else quoted(name)


def noted(*notes: str) -> str:
    """（住民基本台帳、令和8年10月1日現在）; "" without a note."""
    filled = [bare(note) for note in notes if note]
    return f"（{'、'.join(filled)}）" if filled else ""


def with_notes(name: str, *notes: str) -> str:
    """研修（年1回、全職員）: notes join those that the name was typed with."""
    filled = noted(*notes)
    if filled and name.endswith("）") and _notes_begin(name) < len(name):
        return f"{name[:-1]}、{filled[1:]}"
    return name + filled


def joined(nouns: Iterable[str]) -> str:
    """A、B及びC. A noun that itself holds 及び or 、 is put in 「」."""
    names = [_set_off(noun) for noun in nouns]
    return "、".join(names[:-1]) + "及び" + names[-1] if len(names) > 1 else "".join(names)


def some(nouns: Sequence[str], limit: int) -> str:
    """``joined``, or of more than ``limit`` the first and how many there are: A、BなどN件."""
    if limit and len(nouns) > limit:
        return f"{'、'.join(_set_off(noun) for noun in nouns[:limit])}など{len(nouns)}件"
    return joined(nouns)


def _set_off(noun: str) -> str:
    begin = _notes_begin(noun)
    name, notes = noun[:begin], noun[begin:]
    return quoted(name) + notes if _CONJUNCTION.search(_outside(name)) else noun


def _outside(text: str) -> str:
    """The text without what stands in brackets and 「」."""
    while (rest := _ENCLOSED.sub("", text)) != text:
        text = rest
    return text


def _notes_begin(text: str) -> int:
    """Where the brackets at the end begin, one inside the other or one after the other."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in "）)") - (text[at] in "（(")
        if depth == 0 and text[at - 1 : at] not in ("）", ")"):
            return at if text[at] in "（(" else len(text)
    return len(text)


# Blocks ----------------------------------------------------------------------------------------------------


def items(lines: Iterable[str]) -> str:
    return "\n".join(f"・{line}" for line in lines)


def numbered(lines: Sequence[str]) -> str:
    """At most twenty lines, ① to ⑳."""
    return "\n".join(f"{mark} {line}" for mark, line in zip(_CIRCLED, lines, strict=False))


def paragraph(*pieces: str) -> str:
    """Sentences one after the other; a piece of several lines is a block of its own."""
    blocks: list[str] = []
    runs_on = False
    for piece in filter(None, pieces):
        if runs_on and not _stands_alone(piece):
            blocks[-1] += piece
        else:
            blocks.append(piece)
        runs_on = not _stands_alone(piece)
    return "\n\n".join(blocks)


def section(title: str, *blocks: str) -> tuple[str, str]:
    """What stands under one heading; a block is a paragraph or a list."""
    return title, "\n\n".join(filter(None, blocks))


def chapter(*sections: tuple[str, str]) -> str:
    """The text of a chapter. Headings appear once there is enough under more than one, or a lower one under any."""
    filled = [(title, text) for title, text in sections if text]
    is_flat = not any(line.startswith("□") for _, text in filled for line in text.splitlines())
    if is_flat and (len(filled) < 2 or sum(len(text) for _, text in filled) < _SHORT):
        return "\n\n".join(text for _, text in filled)
    return "\n\n".join(f"■ {title}\n{text}" for title, text in filled)
