"""The answers of a part as one reads them on the screen: years, options and names, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planwizard.blueprint.edition import Edition
from planwizard.blueprint.kinds import Rows, Upload
from planwizard.blueprint.places import Place
from planwizard.blueprint.say import say
from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Part
from planwizard.wizard.outline import Outline
from planwizard.wizard.surroundings import around

_OF_PICTURE = {"asset": "", "alt": "の説明", "caption": "の図の題", "width_mm": "の印刷する幅（mm）"}
BLANK = "（空欄）"
UNREAD = "（読み取れない入力）"
_GONE = "（今は無い項目）"


@dataclass(frozen=True, slots=True)
class Said:
    """How the answers of one plan are said. ``names``: ``{what a Reference points to: {key: name}}``."""

    edition: Edition
    era: EraDisplay
    names: Mapping[str, Mapping[str, str]]

    def label(self, place: Place | None, path: str) -> str:
        if place is None:
            return path
        if isinstance(place.field, Upload):
            return place.label + _OF_PICTURE.get(path.rpartition(".")[2], "")
        return place.label

    def words(self, place: Place | None, path: str, value: object) -> str:
        """One stored value, or what was typed and could not be read."""
        if value is None:
            return BLANK
        if path == "pillar":
            return self.edition.pillar(str(value)).short_name
        if place is None or isinstance(place.field, Rows):
            return str(value)
        if isinstance(place.field, Upload):
            return "画像" if path.endswith(".asset") else str(value)
        try:
            return say(place.field, value, era=self.era, names=self.names) or _GONE
        except (TypeError, ValueError, ArithmeticError):
            return f"{value}{UNREAD}"


def said_around(part: Part, outline: Outline) -> Said:
    """For the texts of a part, present and past: every name that its form offers."""
    side = around(part, outline)
    names: dict[str, dict[str, str]] = {}
    for key, pairs in side.choices.items():
        names.setdefault(key.partition(":")[0], {}).update(pairs)
    return Said(part.version.edition, side.era, names)
