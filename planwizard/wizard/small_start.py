"""まず小さく作る on the screens: which forms ask the least, and how one comes to everything."""

from __future__ import annotations

from django.http import HttpRequest

from planwizard.blueprint.kinds import Sheet
from planwizard.blueprint.small_start import essential
from planwizard.compliance import going_through
from planwizard.compliance.showing import EVERY_FIELD
from planwizard.plans.models import Part, PlanVersion
from planwizard.wizard.outline import Outline

ALL = EVERY_FIELD
FEWEST = 5  # measures that a small plan begins with


def small_sheet(request: HttpRequest, part: Part, outline: Outline) -> Sheet | None:
    """The sheet that the page shows while the plan starts small; None where it shows everything."""
    if not part.version.is_small_start or all_fields(request):
        return None
    return essential_of(part.version, part, outline.plan_type)


def essential_of(version: PlanVersion, part: Part, plan_type: str) -> Sheet:
    """Of a part, or of a row with its kind, key and pillar."""
    return essential(version.edition, part.kind, part.key, part.pillar, plan_type, version.stage)


def all_fields(request: HttpRequest) -> str:
    """What to append to the address of the page so that it goes on to show everything."""
    return ALL if request.GET.get("fields") == "all" else ""


def kept_query(request: HttpRequest) -> str:
    """What to append to the address of the page so that it is shown again as it was asked for."""
    every, check = all_fields(request), going_through.opened(request)
    if check is None:
        return every
    return f"{every}{'&' if every else '?'}{check.query}"


def to_any_field(version: PlanVersion) -> str:
    """What to append to the address of a form so that any of its fields is there."""
    return ALL if version.is_small_start else ""
