"""Compose the text of a chapter from its structured answers, for an officer to edit.

What was entered is put in order and into sentences (である調, line grammar of ``document.prose``). Nothing is
claimed that was not entered; what contradicts itself is left out. ``docs/drafting.md`` shows every chapter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from planwizard.blueprint.content import PlanContent
from planwizard.blueprint.kinds import Prose
from planwizard.manuscript.drafting import area, ch1, ch2, ch3, ch4, ch5, ch7
from planwizard.manuscript.drafting.entries import tidied
from planwizard.manuscript.material import Material
from planwizard.manuscript.options import Options

_CHAPTERS: dict[str, Callable[[Material], str]] = {
    "ch1": ch1.draft,
    "ch2": ch2.draft,
    "ch3": ch3.draft,
    "ch4": ch4.draft,
    "ch5": ch5.draft,
    "ch7": ch7.draft,
}
# Chapters that are short by rule: over the length of the text field, what tables say is not said again
_BRIEF: dict[str, Callable[[Material], str]] = {
    "ch2": partial(ch2.draft, brief=True),
    "ch7": partial(ch7.draft, brief=True),
}


def draft(content: PlanContent, part_key: str) -> str:
    """The text of a chapter (ch1 … ch5, ch7) or the lead of an area (ch6-…); "" if nothing was entered.

    Never raises for any answers. Other parts have no text of their own to draft: "".
    """
    material = Material(tidied(content), Options())
    if compose := _CHAPTERS.get(part_key):
        text = compose(material)
        return (
            _BRIEF[part_key](material)
            if part_key in _BRIEF and len(text) > _room(material, part_key)
            else text
        )
    pillar = next((pillar.key for pillar in material.edition.pillars if pillar.part_key == part_key), "")
    return area.draft(material, pillar) if pillar else ""


def _room(material: Material, part_key: str) -> int:
    """How many characters the chapter's text field takes."""
    fields = material.edition.sheet(part_key).fields
    return next(
        field.max_chars for field in fields if isinstance(field, Prose) and field.key == f"{part_key}_text"
    )
