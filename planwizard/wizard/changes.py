"""What changed between two texts of a part, as an officer reads it: by field, rows that came, went or moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from planwizard.blueprint.kinds import Line, Prose, Rows, Sheet, Text, Upload
from planwizard.blueprint.places import Place
from planwizard.blueprint.values import stored_places
from planwizard.common.passages import Passage, passages
from planwizard.plans.saving import Record
from planwizard.wizard.said import Said

_Kind = Literal["answer", "text", "added", "removed", "moved"]
_ROW_ENDS = "行目の"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``passages`` of a text, ``lines`` (label, words) of a row that came or went or of the new order."""

    path: str
    label: str
    kind: _Kind
    before: str = ""
    after: str = ""
    passages: tuple[Passage, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


def changed_fields(sheet: Sheet, before: Record, after: Record) -> list[str]:
    """The labels of the fields of the sheet that differ anywhere, in its order."""
    old, new = _joined(before), _joined(after)
    differing = {path.partition(".")[0] for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    return [field.label for field in sheet.fields if field.key in differing]


def changes(sheet: Sheet, said: Said, before: Record, after: Record) -> list[Change]:
    """In the order of the sheet; of a list of rows first the rows that went, came and moved."""
    return list(_Compared(sheet, said, _joined(before), _joined(after)).all())


class _Compared:
    def __init__(
        self, sheet: Sheet, said: Said, before: Mapping[str, object], after: Mapping[str, object]
    ) -> None:
        self._said = said
        self._before, self._after = before, after
        self._old, self._new = stored_places(sheet, before), stored_places(sheet, after)
        self._whole_rows: list[str] = []  # the paths of rows that came or went: told as a whole

    def all(self) -> Iterator[Change]:
        for path, place in (self._old | self._new).items():
            if self._is_same(path) or path.startswith(tuple(self._whole_rows)):
                continue
            if isinstance(place.field, Rows):
                yield from self._rows(path)
            else:
                yield self._answer(path, place)
        for path in dict.fromkeys([*self._before, *self._after]):  # of an area that a measure was moved from
            if path not in self._old and path not in self._new and not self._is_same(path):
                yield self._answer(path, None)

    def _is_same(self, path: str) -> bool:
        return self._before.get(path) == self._after.get(path)

    def _answer(self, path: str, place: Place | None) -> Change:
        before, after = self._before.get(path), self._after.get(path)
        label = self._said.label(place, path)
        is_text = place is not None and isinstance(place.field, Line | Text | Prose)
        if is_text and before is not None and after is not None:
            return Change(path, label, "text", passages=tuple(passages(str(before), str(after))))
        if place is not None and isinstance(place.field, Upload) and path.endswith(".asset"):
            words = ("前の画像" if before else "（画像なし）", "新しい画像" if after else "（画像なし）")
            return Change(path, label, "answer", *words)
        words = (self._said.words(place, path, before), self._said.words(place, path, after))
        return Change(path, label, "answer", *words)

    def _rows(self, path: str) -> Iterator[Change]:
        old, new = _keys(self._before.get(path)), _keys(self._after.get(path))
        for key in old:
            if key not in new:
                yield self._row(path, key, "removed")
        for key in new:
            if key not in old:
                yield self._row(path, key, "added")
        stayed = [key for key in old if key in new]
        if stayed != (order := [key for key in new if key in old]):
            yield self._moved(path, order)

    def _row(self, path: str, key: str, kind: Literal["added", "removed"]) -> Change:
        start = f"{path}.{key}."
        self._whole_rows.append(start)
        texts, places = (self._after, self._new) if kind == "added" else (self._before, self._old)
        inside = [at for at in places if at.startswith(start) and at in texts]
        lines = tuple(
            (
                self._said.label(places[at], at).partition(_ROW_ENDS)[2],
                self._said.words(places[at], at, texts[at]),
            )
            for at in inside
        )
        return Change(f"{path}.{key}", self._row_label(path, key, places), kind, lines=lines)

    def _moved(self, path: str, order: list[str]) -> Change:
        lines = tuple((f"{at}番目", self._name(path, key)) for at, key in enumerate(order, 1))
        return Change(path, self._new[path].label, "moved", lines=lines)

    def _row_label(self, path: str, key: str, places: Mapping[str, Place]) -> str:
        start = f"{path}.{key}."
        first = next((place.label for at, place in places.items() if at.startswith(start)), "")
        return first.partition(_ROW_ENDS)[0] + "行目" if first else places[path].label

    def _name(self, path: str, key: str) -> str:
        """What a row is called: its first words."""
        start = f"{path}.{key}."
        texts = (
            str(self._after[at])
            for at, place in self._new.items()
            if at.startswith(start) and at in self._after and isinstance(place.field, Line | Text | Prose)
        )
        return next(texts, "（名前は未入力）")


def _joined(record: Record) -> dict[str, object]:
    return {**record.values, **record.as_typed}


def _keys(value: object) -> list[str]:
    return value if isinstance(value, list) else []
