"""続きから: the parts that a person wrote last, and those a department has to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse

from planwizard.plans.models import Kind, Part

_LINES = 5


@dataclass(frozen=True, slots=True)
class Resume:
    """A line of the start page: where to go on."""

    plan: str
    title: str
    url: str
    state: str
    state_words: str
    department: str
    saved_at: datetime | None
    saved_by: str
    kpi_count: int | None  # of a measure

    @classmethod
    def of(cls, part: Part) -> Self:
        """Fetch with version, town, department and saved_by."""
        is_measure = part.kind == Kind.MEASURE
        return cls(
            plan=f"{part.version.shown_title}　{part.version.version_label}",
            title=str(part),
            url=reverse("wizard:measure" if is_measure else "wizard:step", args=[part.version_id, part.key]),
            state=part.state,
            state_words=part.get_state_display(),
            department=part.department.name if part.department else "",
            saved_at=part.saved_at,
            saved_by=part.saved_by.name if part.saved_by else "",
            kpi_count=part.kpi_count if is_measure else None,
        )


def to_resume(user: AbstractBaseUser) -> list[Resume]:
    """What this person saved last, newest first. One query."""
    mine = Part.objects.kept().filter(saved_by=user, version__is_frozen=False)
    found = mine.for_list().select_related("version", "municipality")
    return [Resume.of(part) for part in found.order_by("-saved_at")[:_LINES]]
