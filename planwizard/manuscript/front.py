"""What frames the plan: cover, facts about the document, はじめに and 奥付."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta, timezone

from planwizard.blueprint.kinds import AnyField, Prints, Rows
from planwizard.document.nodes import Block, Cover, Heading, Meta, Source
from planwizard.manuscript import chapter, fields, tables
from planwizard.manuscript.material import Material
from planwizard.manuscript.special import period
from planwizard.manuscript.words import inlines

FOREWORD, IMPRINT = "foreword", "imprint"
_JAPAN = timezone(timedelta(hours=9))
_STAGES = {"outline": "骨子", "draft": "素案", "final_draft": "成案", "amendment": "改定"}
_COVER_LINE = 17  # characters of the cover's size in 160 mm
_BRACKET = re.compile(r"(?<=\S)\s*(?=[（(])")
# Printed with the period in chapter 3, or in one row of the imprint; the short name is for use in the text.
_TOLD_ELSEWHERE = frozenset(
    {"plan_short_title", "period_start_fy", "period_end_fy", "period_years", "period_reason", "review_policy"}
)


def cover(material: Material) -> Cover:
    """Title, period, month of the decision, and the town."""
    decided = material.content.decided_on
    adopted = material.basics.text("adopted_on") or (decided.isoformat() if decided else "")
    month = material.dates.month(adopted) if adopted else ""
    return Cover(_in_lines(material.title), period(material), month, material.town)


def _in_lines(title: str) -> str:
    """A title too long for a line of the cover broken before its bracket, not inside a word."""
    return _BRACKET.sub("\n", title, count=1) if tables.ems(title) > _COVER_LINE else title


def meta(material: Material) -> Meta:
    content = material.content
    return Meta(
        title=material.title,
        issuer=material.town,
        modified=content.modified,
        version_label=content.version_label,
        identifier=content.identifier,
        status_line="" if content.decided_on else status_line(material),
    )


def status_line(material: Material) -> str:
    """「素案　第3版　令和8年11月23日10時32分時点　未決裁」: on every page until the decision, in Japan's time."""
    content = material.content
    at = material.dates.minute(content.modified.astimezone(_JAPAN))
    stage = _STAGES.get(content.stage, "")
    return "　".join(filter(None, (stage, content.version_label, f"{at}時点", "未決裁")))


def foreword(material: Material) -> Iterator[Block]:
    """はじめに: the head's words with the picture before them; nothing if there are none."""
    if not (part := material.parts.get("basics")):
        return
    source = Source("basics", "foreword")
    words = tuple(chapter.written(material, part, "foreword"))
    picture = tuple(fields.picture(material, part, "foreword_photo", "首長の写真"))
    if words or picture:
        yield Heading(FOREWORD, 1, "はじめに", source=source)
        yield from picture
        yield from words


def imprint(material: Material) -> Iterator[Block]:
    """奥付: what identifies the plan, whom to ask, where it is published, how it was changed."""
    if not (part := material.parts.get("basics")):
        return
    frame = [field for field in material.sheet(part).fields if field.prints is Prints.FRAME]
    source = Source("basics", "plan_title")
    found = list(_entries(material, frame)) or [("plan_title", "計画名", material.title)]
    entries, paths = [(label, told) for _, label, told in found], [path for path, _, _ in found]
    yield Heading(IMPRINT, 1, "奥付", source=source)
    yield from tables.facts("basics-imprint", "計画の概要", entries, source=source, paths=paths)
    for field in frame:
        if isinstance(field, Rows):
            yield from fields.rows(material, part, field)


def _entries(material: Material, frame: list[AnyField]) -> Iterator[tuple[str, str, tables.Words]]:
    """(path, label, what is said)."""
    for field in frame:
        if field.key == "period_start_fy" and (told := _period_and_years(material)):
            yield field.key, "計画の期間", told
        elif field.key in _TOLD_ELSEWHERE or isinstance(field, Rows):
            continue
        elif text := inlines(material, field, material.basics):
            yield field.key, material.label(field), text


def _period_and_years(material: Material) -> str:
    years = f"（{len(material.years)}年間）" if material.years else ""
    return f"{period(material)}{years}"
