"""The list of steps, on every page of a plan: drawn in Python as the fields are, a twentieth of a page's time."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from planwizard.wizard.markup import NOTHING, fill, join
from planwizard.wizard.navigation import MEASURES, Step

register = template.Library()

_ITEM = (
    '\n    <li class="pw-steps__item" data-state="{}"{}>\n      <a class="pw-steps__link" href="{}"{}>'
    '<span class="pw-steps__title">{} {}</span> <span class="pw-steps__state">{}</span></a>\n    </li>\n  '
)
_FIRST, _CURRENT = SafeString(" data-first"), SafeString(' aria-current="true"')


@register.simple_tag(takes_context=True)
def steps(context: dict[str, Any]) -> SafeString:
    """``nav`` of the context as list items; the one of ``part``, or the one called ``here``, is the current one."""
    part = context.get("part")
    here = {context.get("here"), getattr(part, "key", None)}
    if getattr(part, "kind", "") == "measure":
        here.add(MEASURES)
    nav = context.get("nav") or ()
    before = ("", *(step.phase for step in nav))
    return join(_group(step.phase, before[at]) + _item(step, at, here) for at, step in enumerate(nav))


def _group(phase: str, before: str) -> SafeString:
    return NOTHING if phase == before else fill('\n    <li class="pw-steps__group">{}</li>', phase)


def _item(step: Step, at: int, here: set[str | None]) -> SafeString:
    first = NOTHING if at else _FIRST
    current = _CURRENT if step.key in here else NOTHING
    return fill(_ITEM, step.state, first, step.url, current, step.number, step.title, step.state_words)
