"""Who may read or write what. The fetch is the permission: a stranger gets 404, a member without the right 403."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from django.db import models
from django.http import Http404

from planwizard.accounts.member import Member, standing
from planwizard.accounts.models import Role
from planwizard.plans.models import Part, PartQuerySet, PlanVersion
from planwizard.web.errors import Refused

READERS = (Role.VIEWER, Role.DRAFTER, Role.SECRETARIAT, Role.TOWN_ADMIN)
To = Literal["read", "edit", "arrange", "write"]


def may_read(member: Member) -> bool:
    return member.has(*READERS)


def may_arrange(member: Member) -> bool:
    """Change the structure: add, delete, reorder parts, assign departments, copy and freeze versions."""
    return member.has(Role.SECRETARIAT)


def may_edit(member: Member, part: Part) -> bool:
    if member.has(Role.SECRETARIAT):
        return True
    return member.has(Role.DRAFTER) and part.department_id in member.departments


def keys_to_edit(member: Member, version: PlanVersion, keys: Iterable[str]) -> set[str]:
    """Those of the parts that the member may edit. At most one query, none for the secretariat."""
    if member.has(Role.SECRETARIAT):
        return set(keys)
    if not member.has(Role.DRAFTER):
        return set()
    parts = Part.objects.of(version).kept().filter(key__in=set(keys), department__in=member.departments)
    return set(parts.values_list("key", flat=True))


def is_open_to(member: Member, part: Part) -> bool:
    """Whether the member can write the part now: it is not frozen, nor handed in by a 起案者."""
    if part.is_frozen or not may_edit(member, part):
        return False
    return part.handed_in_at is None or member.has(Role.SECRETARIAT)


def version_or_404(member: Member | None, version_id: UUID, *, to: To) -> PlanVersion:
    """The version of the member's own town. Raises Http404, or Refused with a sentence that says who may."""
    version = fetch_or_404(PlanVersion.objects.all(), member, pk=version_id)
    require_right(member, to)
    return version


def part_or_404(member: Member | None, version_id: UUID, key: str, *, to: To) -> Part:
    """A part of a version of the member's own town: undeleted, unless text comes to be written (``write``).

    Whether that may be, ``saving.save`` says: what cannot be taken any more is kept as 退避.
    """
    found = _found(Part.objects.all(), to).select_related("version", "department", "saved_by")
    part = fetch_or_404(found, member, version_id=version_id, key=key)
    part.version.municipality = part.municipality
    return _allowed(member, part, to)


def part_of_or_404(member: Member | None, version: PlanVersion, key: str, *, to: To) -> Part:
    """The same, of a version that is at hand."""
    found = _found(Part.objects.of(version), to).select_related("department", "saved_by")
    part = fetch_or_404(found, member, key=key)
    part.version = version
    return _allowed(member, part, to)


def _found(parts: PartQuerySet, to: To) -> PartQuerySet:
    return parts if to == "write" else parts.kept()


def _allowed(member: Member, part: Part, to: To) -> Part:
    require_right(member, "arrange" if to == "arrange" else "read")
    if may_edit(member, part) or to not in ("edit", "write"):
        return part
    if to == "write" and part.edits.filter(author=member.user).exists():  # they were writing it until now
        return part
    raise Refused(refusal(part))


def fetch_or_404(rows: models.QuerySet, member: Member | None, **where: object) -> models.Model:
    if member is None:
        raise Http404
    found = rows.filter(**where).first()
    if found is None:
        raise Http404
    found.municipality = member.municipality  # tenant-scoped rows are of no other town: no join for it
    return found


def require_right(member: Member, to: To) -> None:
    if not may_read(member):
        raise Refused(
            "計画の下書きを見るには、この市町村の閲覧者、起案者、事務局のどれかの役割が要ります。管理者に依頼してください。"
        )
    if to == "arrange" and not may_arrange(member):
        raise Refused("章立てや担当、版の操作は事務局が行います。事務局に依頼してください。")


def require_right_still(member: Member, part: Part | None = None) -> None:
    """The right to arrange, or to edit one part, asked of the database anew inside the transaction that writes."""
    now = standing(member)
    if now is None:
        raise Refused("この市町村での役割がなくなりました。続けるには管理者に依頼してください。")
    if part is None:
        require_right(now, "arrange")
    else:
        part.refresh_from_db(fields=["department"])
        _allowed(now, part, "edit")


def refusal(part: Part) -> str:
    """Why a member of the town cannot write this part, naming who can."""
    noun = "施策" if part.kind == "measure" else "部分"
    if part.department is None:
        return f"この{noun}は事務局が担当しています。直すには事務局に依頼してください。"
    return f"この{noun}は{part.department.name}が担当しています。直すには同課か事務局に依頼してください。"
