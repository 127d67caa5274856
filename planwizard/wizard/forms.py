"""The form of a part: its fields are the blueprint's, so there is no second declaration of any field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from planwizard.blueprint import values
from planwizard.blueprint.computed import said
from planwizard.blueprint.content import Answers
from planwizard.blueprint.kinds import Computed, FieldSet, Sheet
from planwizard.blueprint.new_rows import without_untouched
from planwizard.blueprint.small_start import is_unasked, kept, unasked
from planwizard.common.keys import is_key, new_key
from planwizard.plans import pictures
from planwizard.plans.models import Kind, Part
from planwizard.plans.saving import Record
from planwizard.wizard import layout
from planwizard.wizard.controls import BoxSet, Paper, box_sets
from planwizard.wizard.outline import Outline
from planwizard.wizard.small_start import ALL
from planwizard.wizard.strings import strings_of
from planwizard.wizard.surroundings import Surroundings, around

UNASKED = "unasked"  # names the fields that a smaller form does not show
LAST_FIELD = "end"  # the last hidden field of a form: without it the form did not arrive whole


class PartForm(forms.Form):
    """One step or one sheet. Bound to what was typed, or to what is stored, which is the same shape of strings.

    ``is_valid`` means: everything could be read. It never says whether the form may be saved; it always may.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        part: Part,
        around: Surroundings,
        is_stored: bool = False,
        shown: Sheet | None = None,
        removed: str = "",
        asked_for: str = "",
        **_: Any,
    ) -> None:
        """``is_stored``: the data are what the part's storage gave; without data they are fetched here.

        ``shown`` is a smaller sheet to draw; the fields that it leaves out are named in the form and kept. ``removed``
        is the path of a row that was just taken out, ``asked_for`` that of a long list that is to be chosen from.
        """
        super().__init__(data if data is not None else strings_of(part, around.era))
        self.part = part
        self.is_stored = is_stored or data is None
        self.around = around
        self.shown = shown or part.sheet
        self.removed = removed
        self.asked_for = asked_for

    @cached_property
    def typed(self) -> values.Typed:
        if self.is_stored:
            return values.reread(self.part.sheet, self.part.answers, self.part.as_typed, years=self.years)
        return values.read(self.part.sheet, self.strings, years=self.years, pictures=self._pictures())

    def _pictures(self) -> set[str]:
        """Those that may be named: what stands already, and what the town keeps. No query for a page unchanged."""
        posted = {text for path, texts in self.strings.items() if path.endswith(".asset") for text in texts}
        standing = {str(value) for path, value in self.part.values.items() if path.endswith(".asset")}
        return standing | pictures.kept(posted - standing)

    @cached_property
    def years(self) -> list[int]:
        """The plan's years, and further ones that were answered before the period changed."""
        return values.shown_years(self.around.period, dict.fromkeys(self.strings, ""))

    @cached_property
    def strings(self) -> dict[str, Sequence[str]]:
        """``{path: strings}``, the data as it came."""
        data = self.data
        strings = dict(data.lists()) if isinstance(data, MultiValueDict) else dict(data)
        return without_untouched(self.part.sheet, strings, self.around.period)

    @property
    def record(self) -> Record:
        """What was typed, and what this sheet does not ask: a measure keeps the answers of its former area."""
        former = self._former
        asked = {item.key for item in (*self.part.sheet.fields, *former.fields)}
        more, typed, unasked = values.read(former, self.strings, years=self.years), self.typed, self.unasked
        return Record(
            _not_of(asked, self.part.values)
            | typed.values
            | more.values
            | kept(self.part.values, unasked, typed.values),
            _not_of(asked, self.part.as_typed)
            | typed.as_typed
            | more.as_typed
            | kept(self.part.as_typed, unasked, typed.values),
        )

    @cached_property
    def unasked(self) -> frozenset[str]:
        """The fields that the form does not show: those that the page named which was sent."""
        if not self.is_stored:
            return frozenset(self.strings.get(UNASKED, ("",))[-1].split())
        return unasked(self.part.sheet, self.shown) if self.shown is not self.part.sheet else frozenset()

    @property
    def _former(self) -> Sheet:
        """What the page asked and the sheet asks no more: the measure went to another area while it was open."""
        sheet, posted = self.part.sheet, {path.partition(".")[0] for path in self.strings}
        others = self.part.version.edition.measures.values() if self.part.kind == Kind.MEASURE else ()
        asked = {item.key for item in sheet.fields}
        found = {item.key: item for other in others for item in other.fields if item.key in posted - asked}
        return replace(sheet, sets=(FieldSet("", tuple(found.values())),))

    @property
    def errors(self) -> dict[str, str]:
        """``{path: message}`` of what could not be read."""
        return dict(self.typed.messages)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The same as links, for the summary at the top."""
        return [
            (f"{ALL if is_unasked(path, self.unasked) else ''}#id_{path}", message)
            for path, message in self.typed.messages.items()
        ]

    def is_valid(self) -> bool:
        return self.typed.is_read

    @property
    def sections(self) -> SafeString:
        """The controls under their headings, laid out, after the lists that they suggest from."""
        return layout.suggestions(self.around.suggestions) + layout.sections(self.box_sets)

    @cached_property
    def box_sets(self) -> list[BoxSet]:
        """The headings of the form, with what stands below each."""
        paper = Paper(
            self.strings,
            self.errors,
            self.around,
            self.years,
            self._shown(),
            self.part.version_id,
            removed=self.removed,
            asked_for=self.asked_for,
        )
        return box_sets(self.shown, paper)

    def _shown(self) -> dict[str, str]:
        """What acts have set and what is computed, in words."""
        part, answers = self.part, Answers(self.typed.values)
        shown = {path: str(value) for path, value in part.columns.items()}
        shown |= {
            item.key: said(item.key, answers) for item in part.sheet.fields if isinstance(item, Computed)
        }
        if part.pillar:
            shown["pillar"] = part.version.edition.pillar(part.pillar).short_name
        return shown


def _not_of(keys: set[str], answers: Mapping[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in answers.items() if path.partition(".")[0] not in keys}


def form_for(
    part: Part,
    data: QueryDict | None = None,
    outline: Outline | None = None,
    *,
    shown: Sheet | None = None,
    **opened: str,
) -> PartForm:
    """``opened``: what the page was opened with, see ``PartForm``."""
    return PartForm(data, part=part, around=around(part, outline), shown=shown, **opened)


def edit_no_of(data: QueryDict) -> int | None:
    """The number of the edit that the sender's page showed."""
    text = data.get("edit_no", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def save_id_of(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get("save_id", ""))
    except ValueError:
        return None


def new_save_id() -> UUID:
    return uuid4()


def arrange_rows(data: QueryDict) -> tuple[QueryDict, str]:
    """Do what a row button asks (``add:kpis``, ``remove:``, ``up:``, ``down:`` and a row's path) to typed data.

    Gives the data with the rows arranged and the path of the row that was touched, "" if no button was pressed.
    """
    act, _, path = data.get("act", "").partition(":")
    if act not in ("add", "remove", "up", "down"):
        return data, ""
    data = data.copy()
    if act == "add":
        key = new_key()
        data.appendlist(path, key)
        return data, f"{path}.{key}"
    rows, _, key = path.rpartition(".")
    keys = data.getlist(rows)
    if is_key(key) and key in keys:
        data.setlist(rows, _moved(keys, key, act))
    return data, rows if act == "remove" else path


def _moved(keys: list[str], key: str, act: str) -> list[str]:
    at = keys.index(key)
    rest = [other for other in keys if other != key]
    if act == "remove":
        return rest
    rest.insert(max(0, at - 1) if act == "up" else at + 1, key)
    return rest
