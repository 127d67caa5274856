"""A town's own guidance on fields: what the secretariat tells everybody who writes the plan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from planwizard.accounts.member import Member
from planwizard.plans.models import FieldNote

Notes = dict[str, str]  # {source: text}


def of_sheet(sheet_key: str) -> dict[str, Notes]:
    """``{field key: notes}`` of one sheet. One query."""
    found: dict[str, Notes] = {}
    rows = FieldNote.objects.filter(field_key__startswith=f"{sheet_key}.")
    for field_key, source, text in rows.values_list("field_key", "source", "text"):
        found.setdefault(field_key, {})[source] = text
    return found


def of_field(field_key: str) -> Notes:
    return dict(FieldNote.objects.filter(field_key=field_key).values_list("source", "text"))


def seen(notes: Notes) -> str:
    """What a page tells of the notes that it shows, to be sent back with the new ones."""
    return hashlib.sha256(repr(sorted(notes.items())).encode()).hexdigest()


@transaction.atomic
def write(
    field_key: str, texts: Mapping[str, str], *, expected: str, by: Member, at: datetime
) -> Notes | None:
    """Keep the notes of a field, one for each source; an empty text takes its note away.

    Gives what stands instead if that is not what ``expected`` was made of: somebody else was faster.
    """
    standing = of_field(field_key)
    if seen(standing) != expected:
        return standing
    facts = {"written_at": at, "written_by": by.user}
    for source, text in texts.items():
        where = {"municipality": by.municipality, "field_key": field_key, "source": source}
        if text:
            FieldNote.objects.update_or_create(**where, defaults={"text": text, **facts})
        else:
            FieldNote.objects.filter(**where).delete()
    return None
