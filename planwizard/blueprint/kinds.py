"""The kinds of field a plan is made of.

Plain declarations: they know nothing of forms, files or databases. Every consumer (values, schema, form,
manuscript) has one ``match field:`` that ends in ``assert_never``, so a new kind fails type checking until all
of them handle it, while a new field is one line in ``chapters/`` or ``measure_sheet.py``.

Where a value lives: each part of a plan holds one flat mapping ``{path: value}``.

===========  =======================================  =============================================
kind         paths below the field's own path ``p``   stored value
===========  =======================================  =============================================
Line, Text,  ``p``                                    str (cleaned, never stripped or normalised)
Prose
Number       ``p``                                    decimal string, ``"1234.5"``
Day          ``p``                                    ISO date, ``"2027-03-25"``
Year         ``p``                                    int, the year in which the fiscal year begins
Choice       ``p``                                    option key
Choices      ``p``                                    list of option keys, in declared order
YesNo        ``p``                                    bool
Reference    ``p``                                    key, or list of keys if ``many``
Upload       ``p.asset`` ``p.alt`` ``p.caption``      sha256, str, str, int
             ``p.width_mm``
Group        ``p.<field>``                            by its fields
Rows         ``p`` and ``p.<row key>.<column>``       list of row keys in order; by its columns
ByYear       ``p.<fiscal year>.<column>``             by its columns
Computed     none                                     worked out from other answers, never stored
===========  =======================================  =============================================

An empty answer has no path at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How much a field is asked for. No level ever prevents saving."""

    REQUIRED = "required"  # ◎ to publish
    RECOMMENDED = "recommended"  # ○ strongly advised
    OPTIONAL = "optional"  # △
    CONDITIONAL = "conditional"  # asked only in the case that ``condition`` names
    NONE = "none"  # computed, or filled in by a later act


class Prints(StrEnum):
    """Where a field appears in the finished document."""

    OWN = "own"  # a line, row, table or figure of its own
    BODY = "body"  # material of the chapter's text; under its label only while that text is empty
    FRAME = "frame"  # cover, imprint, header
    NEVER = "never"  # see NEVER_PRINTED in edition.py for each reason


@dataclass(frozen=True, slots=True)
class When:
    """Holds while the answer at ``path`` is one of ``equals``; without ``equals``, while there is any answer.

    ``path`` is relative to where the field stands (sheet, group or row). It starts with a part's key when the
    answer lies in another part (``basics:plan_type``) and with ``version:`` for the version (``version:stage``).
    """

    path: str
    equals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    label: str
    level: Level = field(default=Level.OPTIONAL, kw_only=True)
    prints: Prints = field(default=Prints.OWN, kw_only=True)
    help: str = field(default="", kw_only=True)
    example: str = field(default="", kw_only=True)
    source: str = field(default="", kw_only=True)  # which document asks for it: 手引, 種文書, 実例, 提案
    condition: str = field(default="", kw_only=True)  # shown beside the label: 「見送る場合だけ」
    required_when: When | None = field(default=None, kw_only=True)
    asked_when: When | None = field(default=None, kw_only=True)  # the level counts only while this holds
    waived_by: str = field(default="", kw_only=True)  # path of an answer that stands in for this one
    is_fixed: bool = field(default=False, kw_only=True)  # set by an act or another record; shown as text

    @property
    def example_name(self) -> str:
        """What the example is called: one that ends in 「……」 is but a beginning."""
        return "書き出しの例" if self.example.endswith("……") else "例"


@dataclass(frozen=True, slots=True)
class Line(_Field):
    """One line of text."""

    max_chars: int = field(default=200, kw_only=True)
    format: str = field(default="", kw_only=True)  # "" | url | email | tel | municipality_code
    suggest: str = field(default="", kw_only=True)  # master data offered as suggestions: funding_source, …


@dataclass(frozen=True, slots=True)
class Text(_Field):
    """Several lines of plain text."""

    max_chars: int = field(default=400, kw_only=True)


@dataclass(frozen=True, slots=True)
class Prose(_Field):
    """Text in the line grammar of ``document/prose.py``: headings, lists, tables."""

    max_chars: int = field(default=4000, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(_Field):
    unit: str = field(default="", kw_only=True)  # 人, %, 千円
    decimals: int = field(default=0, kw_only=True)
    minimum: str = field(default="", kw_only=True)  # decimal string; a number below it is kept as typed


@dataclass(frozen=True, slots=True)
class Day(_Field):
    pass


@dataclass(frozen=True, slots=True)
class Year(_Field):
    """A fiscal year (April to March)."""

    begins_with: str = field(default="", kw_only=True)  # offered in a new row: before_period | period_end
    follows: str = field(
        default="", kw_only=True
    )  # "first:cells": suggested from the years answered beside it


@dataclass(frozen=True, slots=True)
class Choice(_Field):
    options: tuple[Option, ...] = field(default=(), kw_only=True)
    initial: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Choices(_Field):
    options: tuple[Option, ...] = field(default=(), kw_only=True)
    initial: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class YesNo(_Field):
    yes: str = field(default="はい", kw_only=True)
    no: str = field(default="いいえ", kw_only=True)


@dataclass(frozen=True, slots=True)
class Reference(_Field):
    """Points to a row, part or master record by its key.

    ``to``: department | issue | evidence | measure | own_pillar | national_document | national_measure | law
    """

    to: str = field(kw_only=True)
    many: bool = field(default=False, kw_only=True)
    initial: tuple[str, ...] = field(default=(), kw_only=True)
    among: str = field(default="", kw_only=True)  # narrows the choices: "pillar" for laws of the five pillars

    @property
    def choices_key(self) -> str:
        """What is chosen from: ``law``, or narrowed ``law:pillar``."""
        return f"{self.to}:{self.among}" if self.among else self.to


@dataclass(frozen=True, slots=True)
class Upload(_Field):
    """A picture with alternative text, caption and printed width."""

    is_drawn: bool = field(default=False, kw_only=True)  # drawn from the answers while nothing is uploaded


@dataclass(frozen=True, slots=True)
class Computed(_Field):
    unit: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Group(_Field):
    fields: tuple[AnyField, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Rows(_Field):
    """A table whose rows an author adds, moves and removes. Each row has a key that copies keep."""

    columns: tuple[AnyField, ...] = field(default=(), kw_only=True)
    row_name: str = field(default="行", kw_only=True)  # what one row is called: 課題, 指標, 工程
    max_rows: int = field(default=2000, kw_only=True)
    initial: tuple[dict[str, str], ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class ByYear(_Field):
    """One small set of columns for each fiscal year of the plan's period."""

    columns: tuple[AnyField, ...] = field(default=(), kw_only=True)


AnyField = (
    Line
    | Text
    | Prose
    | Number
    | Day
    | Year
    | Choice
    | Choices
    | YesNo
    | Reference
    | Upload
    | Computed
    | Group
    | Rows
    | ByYear
)


@dataclass(frozen=True, slots=True)
class FieldSet:
    """Fields that stand under one heading on a step."""

    title: str
    fields: tuple[AnyField, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one step asks: the basics, a chapter, an area, a measure, the appendix or a free chapter."""

    key: str
    title: str  # ○○市 stands for the town's name
    kind: str  # basics | chapter | area | measure | appendix
    sets: tuple[FieldSet, ...]
    guide: str = ""  # what to write, for the side column
    pitfall: str = ""
    at_hand: tuple[str, ...] = ()  # documents to have at hand

    @property
    def fields(self) -> tuple[AnyField, ...]:
        return tuple(item for group in self.sets for item in group.fields)
