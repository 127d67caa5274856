"""Plans composed for previews: the last ones of this process, found again by their content.

Most of a preview is putting the whole plan in order, and an officer who looks through chapters looks at one plan.
"""

from __future__ import annotations

from collections import deque

from planwizard.blueprint.content import PlanContent
from planwizard.manuscript.compose import Composition

_MOST = 4  # some ten megabytes each, if a plan has 200 measures
_kept: deque[tuple[PlanContent, Composition]] = deque(maxlen=_MOST)


def composition_of(content: PlanContent) -> Composition:
    """Every answer counts, and every name that is printed: other content is another composition."""
    for known, composition in tuple(_kept):
        if known == content:
            return composition
    composition = Composition(content)
    _kept.appendleft((content, composition))
    return composition


def forget() -> None:
    """Compose anew at the next question."""
    _kept.clear()
