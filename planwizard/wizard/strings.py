"""What a part holds, as the strings that its form would send."""

from __future__ import annotations

from planwizard.blueprint import values
from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Part


def strings_of(part: Part, era: EraDisplay) -> dict[str, list[str]]:
    """``{path: strings}`` of what is stored and what was kept as typed; years and days in the plan's calendar."""
    return values.to_form(part.sheet, part.answers, part.as_typed, era=era)
