"""What Computed fields show, worked out from other answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planwizard.blueprint.content import Answers

# 手引と国の標準化の資料: 基幹20業務
CORE_BUSINESSES = 20


def period_years(basics: Answers) -> int | None:
    """How many fiscal years the plan runs, None while its beginning or end is open or they run backwards."""
    start, end = basics.year("period_start_fy"), basics.year("period_end_fy")
    if start is None or end is None or end < start:
        return None
    return end - start + 1


def procedure_ratio(measure: Answers) -> tuple[int, int] | None:
    """(procedures of the measure, these and those that stay offline), None unless there are some of both.

    Without any that stay offline nothing says that all procedures are listed: neither their number nor a share
    can be told.
    """
    online, offline = (len(_filled(measure, path)) for path in ("procedures", "offline_procedures"))
    return (online, online + offline) if online and offline else None


def migration_progress(measure: Answers) -> tuple[int, int] | None:
    """(core businesses all of whose systems have moved, 20), None unless all twenty are listed.

    Of a business that is not listed nobody knows whether it has moved. A system whose business is left open is
    none of the twenty and does not count.
    """
    states: dict[str, set[str]] = {}
    for row in _filled(measure, "systems"):
        if business := row.text("business"):
            states.setdefault(business, set()).add(row.text("current"))
    moved = sum(current == {"migrated"} for current in states.values())
    return (moved, CORE_BUSINESSES) if len(states) == CORE_BUSINESSES else None


def said(key: str, answers: Answers) -> str:
    """What the Computed field ``key`` says to a reader, "" while there is nothing to say."""
    work_out = _SAID.get(key)
    return work_out(answers) if work_out else ""


def _filled(measure: Answers, path: str) -> list[Answers]:
    return [row for row in measure.rows(path) if not row.is_blank]


def _say_period(basics: Answers) -> str:
    years = period_years(basics)
    return f"{years}年" if years else ""


def _say_procedures(measure: Answers) -> str:
    found = procedure_ratio(measure)
    return f"{found[0]}／{found[1]}手続（{found[0] / found[1]:.1%}）" if found else ""


def _say_migration(measure: Answers) -> str:
    found = migration_progress(measure)
    return f"{found[0]}／{found[1]}業務" if found else ""


_SAID: Mapping[str, Callable[[Answers], str]] = {
    "period_years": _say_period,
    "procedure_ratio": _say_procedures,
    "migration_progress": _say_migration,
}

# Of which answers each is worked out.
FROM: Mapping[str, tuple[str, ...]] = {
    "period_years": ("period_start_fy", "period_end_fy"),
    "procedure_ratio": ("procedures", "offline_procedures"),
    "migration_progress": ("systems",),
}
