"""Many rows read as one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, JSONField


class InOne(Aggregate):
    """All rows in one, as a list of lists: with each row that a thread steps to it lets others run in between, and
    two hundred of them took a third of a page's time while ten people asked.
    """

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="json_group_array(json_array(%(expressions)s))", **more
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="jsonb_agg(jsonb_build_array(%(expressions)s))", **more
        )


def moment(listed: str | None) -> datetime | None:
    """A time that came in a list; SQLite keeps it without its zone."""
    found = datetime.fromisoformat(listed) if listed else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


@lru_cache(maxsize=1024)
def identifier(listed: str | None) -> UUID | None:
    """An id that came in a list, such as many rows have in common."""
    return UUID(listed) if listed else None


def document(listed: str | dict[str, Any] | None) -> dict[str, Any] | None:
    """A JSON column that came in a list; SQLite keeps it as a text."""
    return json.loads(listed) if isinstance(listed, str) else listed
