"""The walk's storage: one part per step, read from and written to the database, nothing in the session."""

from __future__ import annotations

from typing import Any

from formtools.wizard.storage.base import BaseStorage

from planwizard.common.fiscal_year import EraDisplay
from planwizard.plans.models import Part
from planwizard.wizard.strings import strings_of


class VersionStorage(BaseStorage):
    """``part`` is the part of the step in the URL, put here by the walk once it has been fetched with its rights;
    ``era`` is the calendar of its plan.

    The walk stores through ``plans.saving``; formtools' own ways of keeping state do nothing, so that two people
    on two steps do not push each other about.
    """

    part: Part | None = None
    era: EraDisplay = "wareki"

    def init_data(self) -> None:
        pass

    def reset(self) -> None:
        pass

    def update_response(self, response: Any) -> None:
        pass

    @property
    def extra_data(self) -> dict:
        return {}

    @property
    def current_step(self) -> str | None:
        """The step is what the URL says."""
        return self.request.resolver_match.kwargs.get("step")

    @current_step.setter
    def current_step(self, step: str) -> None:
        pass

    def get_step_data(self, step: str) -> dict[str, list[str]] | None:
        if self.part is None or self.part.key != step:
            return None
        return strings_of(self.part, self.era)

    @property
    def current_step_data(self) -> dict[str, list[str]] | None:
        return self.get_step_data(self.current_step or "")

    def get_step_files(self, step: str) -> None:
        return None

    @property
    def current_step_files(self) -> None:
        return None
