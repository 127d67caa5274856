"""The answers of one part: read from a form, shown in a form, checked, walked, and what is missing in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planwizard.blueprint.checking import check
from planwizard.blueprint.content import Answers, Value, Values
from planwizard.blueprint.kinds import AnyField, Choice, Choices, Group, Reference, Rows, Sheet
from planwizard.blueprint.missing import Missing, missing, missing_in
from planwizard.blueprint.places import Place, StoredShape, places, years_by_path
from planwizard.blueprint.reading import Typed, is_entered, own_paths, read, reread, to_form
from planwizard.common.keys import new_key

__all__ = [
    "Missing",
    "Place",
    "Typed",
    "check",
    "initial_values",
    "is_entered",
    "missing",
    "missing_in",
    "read",
    "reread",
    "shown_years",
    "stored_places",
    "to_form",
    "walk",
]

_LONGEST_PERIOD = 15  # years; a longer one is a slip of the pen and would make a form of empty columns


def walk(fields: Iterable[AnyField], values: Values) -> Iterator[tuple[str, AnyField, Value]]:
    """Each stored answer with its path and field, in the order of the sheet; lists of row keys included."""
    for place in places(fields, StoredShape(values)):
        for path in own_paths(place):
            if path in values:
                yield path, place.field, values[path]


def stored_places(sheet: Sheet, values: Values) -> dict[str, Place]:
    """{path: place} of every place on the sheet, answered or not, with the rows and years that there are.

    For messages and links: ``stored_places(sheet, values)["kpis.k3f9x0a7bq.name"].label`` is 「指標 1行目の指標名」.
    """
    shape = StoredShape(values)
    return {path: place for place in places(sheet.fields, shape) for path in (place.path, *own_paths(place))}


def shown_years(basics: Answers, values: Values) -> list[int]:
    """The fiscal years that the form of a part shows: those of the plan, and others that have answers.

    So a period that was changed hides no answer. A period that runs backwards or over 15 years shows none.
    """
    start, end = basics.year("period_start_fy"), basics.year("period_end_fy")
    period = range(0) if start is None or end is None else range(start, end + 1)
    if len(period) > _LONGEST_PERIOD:
        period = range(0)
    answered = {year for years in years_by_path(values).values() for year in years}
    return sorted({*period, *answered})


def initial_values(sheet: Sheet) -> dict[str, Value]:
    """What a new part begins with. Rows get new keys at each call."""
    return dict(_initial(sheet.fields, ""))


def _initial(fields: Iterable[AnyField], prefix: str) -> Iterator[tuple[str, Value]]:
    for field in fields:
        path = prefix + field.key
        if isinstance(field, Group):
            yield from _initial(field.fields, f"{path}.")
        elif isinstance(field, Rows):
            yield from _initial_rows(field, path)
        elif isinstance(field, Choice) and field.initial:
            yield path, field.initial
        elif isinstance(field, Choices | Reference) and field.initial:
            is_list = isinstance(field, Choices) or field.many
            yield path, list(field.initial) if is_list else field.initial[0]


def _initial_rows(rows: Rows, path: str) -> Iterator[tuple[str, Value]]:
    keys = [new_key() for _ in rows.initial]
    if keys:
        yield path, keys
    for key, row in zip(keys, rows.initial, strict=True):
        yield from ((f"{path}.{key}.{column}", text) for column, text in row.items())
