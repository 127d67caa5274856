"""The addresses of every page of one plan, by name."""

from __future__ import annotations

from django.urls import reverse

from planwizard.catalog.models import NationalMeasure
from planwizard.plans.models import Part, PlanVersion

_PLAIN = (
    "wizard:start", "wizard:help", "wizard:questions", "web:accessibility", "wizard:new_plan",
    "accounts:departments",
)  # fmt: skip
_OF_VERSION = (
    "wizard:home",
    "wizard:search",
    "wizard:plan_hints",
    "wizard:measures",
    "wizard:national_measures",
    "wizard:national_changes",
    "wizard:preview",
    "wizard:chapters",
    "wizard:copy_version",
    "wizard:trash",
    "wizard:finish_parts",
    "wizard:renumber_measures",
    "compliance:checklist",
    "compliance:maps",
    "exports:exports",
)
_OF_PART = (
    "wizard:preview_part",
    "wizard:preview_beside",
    "wizard:history",
    "wizard:answers",
    "wizard:guide",
    "wizard:hints",
    "wizard:hints_beside",
)


def of(version: PlanVersion) -> dict[str, str]:
    """{name: address}; of the measures the first one that adopted a national measure, or simply the first."""
    parts = Part.objects.of(version).kept()
    measure = parts.measures().filter(adoptions__isnull=False).first() or parts.measures().first()
    assert measure is not None
    steps = [part.key for part in parts.steps()]
    found = {_short(name): reverse(name) for name in _PLAIN}
    found |= {_short(name): reverse(name, args=[version.pk]) for name in _OF_VERSION}
    found |= {f"step {key}": reverse("wizard:step", args=[version.pk, key]) for key in (*steps, "done")}
    found["measure"] = reverse("wizard:measure", args=[version.pk, measure.key])
    for key in ("ch2", "ch6-online", measure.key):
        name = "measure" if key == measure.key else key
        found |= {f"{_short(page)} {name}": reverse(page, args=[version.pk, key]) for page in _OF_PART}
    found["paste issues"] = reverse("wizard:paste", args=[version.pk, "ch1", "issues"])
    found["item PU-05"] = reverse("compliance:item", args=[version.pk, "PU-05"])
    found["part_checks ch2"] = reverse("compliance:part_checks", args=[version.pk, "ch2"])
    found["draft ch2"] = reverse("wizard:draft", args=[version.pk, "ch2"])
    entry = NationalMeasure.objects.offered().select_related("edition").in_order().first()
    assert entry is not None
    found["national_measure"] = reverse(
        "wizard:national_measure", args=[version.pk, entry.edition.code, entry.code]
    )
    return found


def _short(name: str) -> str:
    return name.rpartition(":")[2]
