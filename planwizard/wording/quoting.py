"""What no rule may touch: quoted titles, titles of laws, addresses, the marks of notes and references, code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

BLOT = "\ufffc"  # no rule looks for it, no letter of any word
_LONGEST = 200  # characters: a bracket that is never closed must not hide the rest of the text
_QUOTED = (
    rf"「[^「」\n]{{0,{_LONGEST}}}」",
    rf"『[^『』\n]{{0,{_LONGEST}}}』",
    r"https?://[!#-;=?-~]+",
    r"[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+",
    r"〔(?:注|参照)[：:]",
    r"〔参照[：:][^〔〕\n]{1,80}〕",
    rf"`[^`\n]{{1,{_LONGEST}}}`",
)


def opened(text: str, laws: Iterable[str] = ()) -> str:
    """The text, as long as it was, with everything quoted blotted out."""
    return _pattern(tuple(laws)).sub(lambda found: BLOT * len(found[0]), text)


@lru_cache(maxsize=8)
def _pattern(laws: tuple[str, ...]) -> re.Pattern[str]:
    titles = sorted((re.escape(law) for law in set(laws) if law), key=len, reverse=True)
    return re.compile("|".join((*reversed(_QUOTED), *titles)))
