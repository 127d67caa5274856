"""What is printed instead of the plan when the evidence sheet is wished for."""

from __future__ import annotations

from datetime import date

from planwizard.compliance.evidence import evidence_of
from planwizard.manuscript.evidence_sheet import EvidenceSheet
from planwizard.manuscript.options import Options, Variant
from planwizard.plans.models import PlanVersion


def evidence_for(version: PlanVersion, options: Options, *, on: date) -> EvidenceSheet | None:
    if options.variant is not Variant.EVIDENCE:
        return None
    return evidence_of(version, on=on, reason=options.reason)
