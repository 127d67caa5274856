"""The one next act of somebody in a version: the button of the map, and of 確認 at the end of the walk."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from planwizard.accounts.member import Member
from planwizard.compliance import going_through
from planwizard.compliance.going_through import Left
from planwizard.exports.models import ExportJob
from planwizard.plans.access import may_arrange
from planwizard.plans.models import PlanVersion
from planwizard.wizard.tasks import Map


@dataclass(frozen=True, slots=True)
class Act:
    words: str
    url: str


def next_act(version: PlanVersion, member: Member, found: Map, left: Left | None) -> Act | None:
    """First what wants something, then the files, the checklist before publishing, and the files again; None for who
    only reads.
    """
    if version.is_frozen:
        return None
    if left is not None:
        return _after_the_fields(version, left)
    resume, following = found.resume, found.next if may_arrange(member) else None
    if resume and (resume.remains or not following):
        return Act(f"続きから：{resume.title}", resume.url)
    if following:
        return Act(f"次は：{following.title}", following.url)
    if may_arrange(member):
        return Act("はじめから順に書く", reverse("wizard:walk", args=[version.pk]))
    if member.departments:
        address = reverse("wizard:search", args=[version.pk])
        return Act("あなたの課が書く部分へ", f"{address}?mine=1&unfinished=1")
    return None


def _after_the_fields(version: PlanVersion, left: Left) -> Act:
    """Files that were made once are not urged again by each save on the way through the checklist."""
    if left.items and ExportJob.objects.of(version).of_whole_plan().exists():
        return Act("チェックリストを順に進める", reverse("compliance:next_stop", args=[version.pk]))
    return Act("計画の Word と PDF を作る", reverse("exports:exports", args=[version.pk]))


def left_for(member: Member, version: PlanVersion, found: Map) -> Left | None:
    """What the checklist waits for, once no ◎ is missing, for who goes through it."""
    if not found.is_filled or version.is_frozen or not may_arrange(member):
        return None
    return going_through.way_through(version, on=timezone.localdate()).left
