"""The mark beside a label: how much a field is asked for, and of one that hangs on another answer, whether it is now."""

from __future__ import annotations

from functools import cache

from django.utils.safestring import SafeString

from planwizard.blueprint.kinds import AnyField, Level, Rows
from planwizard.wizard.markup import NOTHING, fill

_WORDS = {
    Level.REQUIRED: "※必須（公表まで）",
    Level.RECOMMENDED: "※推奨",
    Level.OPTIONAL: "※任意",
}
# Of a column of a list that may stay empty.
IN_A_ROW = SafeString('<span class="pw-field__mark">※行を書くなら必須</span>')


def mark(item: AnyField) -> SafeString:
    """Of the field in any case."""
    # What is asked only in a case is required in it, or stands for an answer that cannot be given.
    in_its_case = Level.REQUIRED if item.required_when else Level.OPTIONAL
    return _mark(in_its_case if item.level is Level.CONDITIONAL else item.level, item.condition)


def mark_in_case(item: AnyField, path: str, said: str) -> SafeString:
    """Of a field that hangs on an answer beside it, which is ``said`` in the form, "" while there is none.

    The mark carries what it says in each case, so that a script can follow the answer (``marks.mjs``).
    """
    words, asks = _words(item.level, item.condition, bool(item.waived_by)), _asks(item)
    case = _case(said, asks)
    required = SafeString(' data-level="required"') if words[case] == _WORDS[Level.REQUIRED] else NOTHING
    return fill(
        '<span class="pw-field__mark"{} data-hangs-on="{}" data-asks="{}" data-asked="{}" data-free="{}" data-open="{}">{}</span>',
        *(required, path, asks, words["asked"], words["free"], words["open"], words[case]),
    )


def hangs_on(item: AnyField) -> str:
    """The key of the answer beside it that says whether it is asked for, "" where there is none on the same form.

    What a list of rows stands in for does not follow it: an empty row is there and says nothing.
    """
    if isinstance(item, Rows):
        return ""
    when = item.required_when.path if item.required_when else ""
    return item.waived_by or ("" if ":" in when else when)


def _asks(item: AnyField) -> str:
    """The answers in which it is asked for. What stands in for it does so with any answer but いいえ."""
    return "no" if item.waived_by or not item.required_when else " ".join(item.required_when.equals)


def _case(said: str, asks: str) -> str:
    return "open" if not said else "asked" if said in asks.split() else "free"


@cache
def _words(level: Level, condition: str, is_waived: bool) -> dict[str, str]:
    is_advised = level is Level.RECOMMENDED and not is_waived
    return {
        "asked": _WORDS[Level.REQUIRED],
        "free": _WORDS[Level.RECOMMENDED if is_advised else Level.OPTIONAL],
        "open": _said(Level.REQUIRED if level is Level.CONDITIONAL else level, condition),
    }


def _said(level: Level, condition: str) -> str:
    if level is Level.REQUIRED and condition:
        return f"※必須（{condition}）"
    return _WORDS.get(level, "") + (f"（{condition}）" if condition else "")


@cache
def _mark(level: Level, condition: str) -> SafeString:
    is_required = level is Level.REQUIRED and not condition
    required = SafeString(' data-level="required"') if is_required else NOTHING
    return fill('<span class="pw-field__mark"{}>{}</span>', required, _said(level, condition))
