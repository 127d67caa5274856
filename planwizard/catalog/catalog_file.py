"""Read a catalogue file: JSON in, checked drafts out, or every mistake with its entry and field. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models

from planwizard.catalog.entries import Entry, Loaded, sha256_of
from planwizard.catalog.measures import PILLARS, Edition, NationalMeasure
from planwizard.catalog.records import FundingSource, Law, NationalDocument, StandardIndicator, Term
from planwizard.common.text import clean, one_line

FORMAT = "planwizard-catalog"
FORMAT_VERSION = 1
# The sections of a file in the order of loading: what is cited comes before what cites it.
SECTIONS: dict[str, type[Loaded]] = {
    "editions": Edition,
    "national_documents": NationalDocument,
    "laws": Law,
    "funding_sources": FundingSource,
    "standard_indicators": StandardIndicator,
    "terms": Term,
    "national_measures": NationalMeasure,
}


class BadCatalog(Exception):
    """The file cannot be loaded. ``messages`` name every entry and field, in Japanese."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class _Unreadable(Exception):
    """One value cannot be read; the text says what to write instead."""


@dataclass(frozen=True)
class Draft:
    """One entry of the file: whom it is about and ``{column: plain value}`` as ``Loaded.facts`` gives them."""

    model: type[Loaded]
    code: str
    edition: str  # of a national measure, otherwise ""
    facts: dict[str, object]
    place: str  # 「national_measures の3件目（NM-004）」

    @property
    def reference(self) -> str:
        return f"{self.edition}/{self.code}" if self.edition else self.code

    @cached_property
    def sha256(self) -> str:
        return sha256_of(self.facts)


def read(text: str) -> list[Draft]:
    """The drafts of a whole file in the order of loading. Raises BadCatalog with all that is wrong."""
    data = _parse(text)
    messages: list[str] = []
    drafts = [draft for name in SECTIONS for draft in _section(name, data.get(name, []), messages)]
    found = list(_doubles(drafts))
    # An entry that could not be read would seem to be missing to all that cite it.
    found += [] if messages or found else dangling(drafts)
    messages += [f"{mistake.place}の {mistake.name}：{mistake.says}" for _, mistake in found]
    if messages:
        raise BadCatalog(messages)
    return drafts


def _parse(text: str) -> dict[str, object]:
    try:
        data = json.loads(text, object_pairs_hook=_object)
    except ValueError as error:
        raise BadCatalog([f"JSONとして読めません（{_where(error)}）。書式を直してください。"]) from None
    except RecursionError:
        raise BadCatalog(["入れ子が深すぎて読めません。"]) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadCatalog([f"カタログのファイルではありません。format に {FORMAT} と書いてください。"])
    if data.get("format_version") != FORMAT_VERSION:
        raise BadCatalog([f"format_version は {FORMAT_VERSION} だけを読めます。"])
    if unknown := sorted(set(data) - {"format", "format_version", *SECTIONS}):
        raise BadCatalog([f"「{name}」は知らない見出しです。つづりを確かめてください。" for name in unknown])
    return data


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object. A key written twice would lose one of its values silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise BadCatalog([f"「{double}」が一つの項目の中に2回書いてあります。一方を消してください。"])
    return found


def _where(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.lineno}行{error.colno}文字目"
    return "位置は分かりません"


def _section(name: str, entries: object, messages: list[str]) -> Iterator[Draft]:
    if not isinstance(entries, list):
        messages.append(f"{name}：項目を並べた配列（[ … ]）で書いてください。")
        return
    for number, entry in enumerate(entries, 1):
        place = f"{name} の{number}件目"
        if not isinstance(entry, dict):
            messages.append(f"{place}：{{ … }} の形で書いてください。")
            continue
        code = entry.get("code")
        draft, mistakes = read_entry(SECTIONS[name], entry, f"{place}（{code}）" if code else place)
        messages += [f"{mistake.place}の {mistake.name}：{mistake.says}" for mistake in mistakes]
        if draft is not None:
            yield draft


@dataclass(frozen=True)
class Mistake:
    """What is wrong with one field of an entry."""

    place: str
    name: str
    says: str


def read_entry(
    model: type[Loaded], entry: dict[str, object], place: str
) -> tuple[Draft | None, list[Mistake]]:
    """One entry ``{field: JSON value}`` as a draft, or everything that is wrong with it."""
    return _Reading(model, entry, place).draft()


def identity_of(model: type[Loaded]) -> tuple[str, ...]:
    """The fields that name an entry."""
    return ("edition", "code") if model is NationalMeasure else ("code",)


@dataclass
class _Reading:
    model: type[Loaded]
    entry: dict[str, object]
    place: str

    @property
    def identity(self) -> tuple[str, ...]:
        return identity_of(self.model)

    def draft(self) -> tuple[Draft | None, list[Mistake]]:
        found = list(self._unknown_fields())
        values: dict[str, object] = {}
        for name in (*self.identity, *self.model.FACTS):
            try:
                values[name] = self._value(name)
            except _Unreadable as reason:
                found.append(Mistake(self.place, name, str(reason)))
        found = found or list(self._contradictions(values))
        return (None if found else self._made(values)), found

    def _made(self, values: dict[str, object]) -> Draft:
        return Draft(
            model=self.model,
            code=str(values["code"]),
            edition=str(values.get("edition", "")),
            facts={name: values[name] for name in self.model.FACTS},
            place=self.place,
        )

    def _unknown_fields(self) -> Iterator[Mistake]:
        for name in sorted(set(self.entry) - {*self.identity, *self.model.FACTS}):
            yield Mistake(self.place, name, "知らない項目です。つづりを確かめてください。")

    def _value(self, name: str) -> object:
        column = self.model._meta.get_field(name)
        if name not in self.entry or self.entry[name] is None:
            return self._absent(name, column)
        value = _read_value(name, column, self.entry[name])
        if not column.is_relation and value != "":
            _check_column(column, value)
        if value == "" and not column.blank:
            raise _Unreadable("空です。入れてください。")
        if name == "replaced_by" and value and "/" not in str(value):
            return f"{self.entry.get('edition', '')}/{value}"  # of the same edition
        return value

    def _absent(self, name: str, column: models.Field) -> object:
        if name == "is_on":
            return self.entry.get("verified") is True
        if column.has_default():
            return column.get_default()
        if column.null:
            return None
        if column.blank:
            return ""
        raise _Unreadable("書いてありません。入れてください。")

    def _contradictions(self, values: dict[str, object]) -> Iterator[Mistake]:
        if issubclass(self.model, Entry) and values["is_on"] and not values["verified"]:
            says = "出典を確かめていない項目（verified が false）は true にできません。"
            yield Mistake(self.place, "is_on", says)
        if self.model is FundingSource and _is_backwards(values["start_fy"], values["end_fy"]):
            yield Mistake(self.place, "end_fy", "始まりの年度より前です。")


def _is_backwards(start: object, end: object) -> bool:
    return isinstance(start, int) and isinstance(end, int) and end < start


def _read_value(name: str, column: models.Field, value: object) -> object:
    """``value`` in the type of its column. JSON types are taken strictly: "true" is not true."""
    if name == "area_sub":
        return " ".join(_areas(value))
    match column:
        case models.BooleanField():
            return _typed(value, bool, "true か false で書いてください。")
        case models.IntegerField():
            return _typed(value, int, "整数で書いてください（例：2025）。")
        case models.DateField():
            return _day(value)
        case models.TextField():
            return clean(str(_typed(value, str, "文字列で書いてください。")))
        case _:
            text = one_line(str(_typed(value, str, "文字列で書いてください。")))
            return _area(text) if name in ("area", "pillar") and text else text


def _typed(value: object, kind: type, advice: str) -> object:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _Unreadable(advice)
    return value


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(_typed(value, str, "日付で書いてください。"))).isoformat()
    except ValueError:
        raise _Unreadable("日付は 2025-06-13 の形で書いてください。") from None


def _areas(value: object) -> list[str]:
    if not isinstance(value, list):
        raise _Unreadable("柱のキーを並べた配列（[ … ]）で書いてください。")
    return [_area(key) for key in value]


def _area(key: object) -> str:
    if not isinstance(key, str) or key not in PILLARS:
        raise _Unreadable(f"柱は {'、'.join(PILLARS)} のどれかで書いてください。")
    return key


def _check_column(column: models.Field, value: object) -> None:
    try:
        column.clean(value, None)
    except ValidationError as error:
        raise _Unreadable(" ".join(error.messages)) from None


def _doubles(drafts: list[Draft]) -> Iterator[tuple[Draft, Mistake]]:
    seen: set[tuple[type[Loaded], str]] = set()
    for draft in drafts:
        who = (draft.model, draft.reference)
        if who in seen:
            yield draft, Mistake(draft.place, "code", "同じ番号の項目がファイルの中にもう一つあります。")
        seen.add(who)


def dangling(drafts: list[Draft]) -> Iterator[tuple[Draft, Mistake]]:
    """What cites a row that neither the file nor the catalogue holds."""
    known = {
        model: {draft.reference for draft in drafts if draft.model is model} | set(references_in(model))
        for model in (Edition, NationalDocument, NationalMeasure)
    }
    for draft in drafts:
        for name, target, reference in cited(draft):
            if reference not in known[target]:
                yield draft, Mistake(draft.place, name, f"「{reference}」という番号の項目がありません。")


def cited(draft: Draft) -> Iterator[tuple[str, type[Loaded], str]]:
    """Each ``(column, model, reference)`` by which a draft points to another row."""
    if draft.edition:
        yield "edition", Edition, draft.edition
    for name, value in draft.facts.items():
        column = draft.model._meta.get_field(name)
        if column.is_relation and value:
            yield name, column.related_model, str(value)


def references_in(model: type[Loaded], *, lock: bool = False) -> dict[str, Loaded]:
    """``{reference: row}`` of all rows of a model, with what their facts need. One query.

    ``lock`` holds the rows, inside a transaction, until it ends.
    """
    related = [column.name for column in model._meta.fields if column.is_relation]
    if "replaced_by" in related:
        related.append("replaced_by__edition")
    rows = model.objects.select_related(*related).order_by("pk")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    return {row.reference: row for row in rows}
