"""A measure with its KPIs and steps read once, for its sheet and for the lists over all measures."""

from __future__ import annotations

from dataclasses import dataclass

from planwizard.blueprint.content import Answers, PartContent
from planwizard.manuscript.kpi import Kpi
from planwizard.manuscript.material import Material
from planwizard.manuscript.schedule import Step


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; blank rows of KPIs and steps are left out."""

    part: PartContent
    answers: Answers
    kpis: tuple[Kpi, ...]
    steps: tuple[Step, ...]

    @classmethod
    def read(cls, material: Material, part: PartContent) -> Measure:
        answers = part.answers
        kpis = (Kpi.read(material, row) for row in answers.rows("kpis"))
        steps = (Step.read(material, row) for row in answers.rows("schedule"))
        filled = tuple(kpi for kpi in kpis if kpi.has_any), tuple(step for step in steps if step.has_any)
        return cls(part, answers, *filled)

    @property
    def key(self) -> str:
        return self.part.key

    @property
    def number(self) -> str:
        return self.part.measure_no

    @property
    def title(self) -> str:
        return self.part.title.strip() or "（施策名なし）"

    @property
    def pillar(self) -> str:
        return self.part.pillar
