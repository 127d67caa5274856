"""Bringing an edition into the catalogue: looked at first, decided entry by entry, then all at once or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import F

from planwizard.accounts.access import require
from planwizard.accounts.member import Member, standing
from planwizard.accounts.models import Role
from planwizard.catalog import changed, loading, offers
from planwizard.catalog.catalog_file import SECTIONS, Draft, cited, references_in
from planwizard.catalog.entries import Loaded
from planwizard.catalog.imported import CatalogImport, ImportedEntry
from planwizard.catalog.measures import Edition, NationalMeasure
from planwizard.catalog.reading_tables import Found, found_in, sheets_of
from planwizard.web.errors import Refused

Verdict, Decision, State = ImportedEntry.Verdict, ImportedEntry.Decision, CatalogImport.State
Rows = dict[type[Loaded], dict[str, Loaded]]


class NotApplied(Exception):
    """Nothing was written. ``messages`` say in Japanese what stands against it."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class Moved(NotApplied):
    """The catalogue, or the decisions, are not what the person saw."""


def bring(file_name: str, data: bytes, asked: dict[str, str], *, by: Member, at: datetime) -> CatalogImport:
    """Read a file and compare it with the catalogue. Raises TablesRefused; writes nothing of the catalogue."""
    found = found_in(sheets_of(data, asked))
    with transaction.atomic():
        require_operator(by)
        brought = CatalogImport.objects.create(
            file_name=file_name[-100:],
            sha256=hashlib.sha256(data).hexdigest(),
            brought_by=by.user,
            brought_at=at,
        )
        ImportedEntry.objects.bulk_create(_compared(brought, found, _all_rows()), batch_size=500)
    return brought


def decide(brought: CatalogImport, decisions: Mapping[int, str], *, expected: int, by: Member) -> None:
    """Keep what was decided about some entries ``{pk: decision}``. Raises Moved if somebody decided meanwhile."""
    with transaction.atomic():
        require_operator(by)
        _claim(brought, expected, edit_no=F("edit_no") + 1)
        for entry in brought.entries.to_decide().filter(pk__in=decisions):
            if (wanted := decisions[entry.pk]) in entry.may_be and wanted != entry.decision:
                entry.decision = wanted
                entry.save(update_fields=["decision"])


def discard(brought: CatalogImport, *, by: Member, at: datetime) -> None:
    """Keep the file's record, take nothing of it."""
    with transaction.atomic():
        require_operator(by)
        CatalogImport.objects.filter(pk=brought.pk, state=State.OPEN).update(
            state=State.DISCARDED, decided_by=by.user, decided_at=at
        )


def apply(brought: CatalogImport, *, expected: int, by: Member, at: datetime) -> int:
    """Write all that was decided, if the catalogue stands as it was seen. How many entries changed.

    Raises Moved, or NotApplied if the chosen entries do not hold together; then nothing is written.
    """
    try:
        with transaction.atomic():
            require_operator(by)
            _claim(brought, expected, state=State.APPLIED, decided_by=by.user, decided_at=at)
            entries = list(brought.entries.exclude(verdict=Verdict.ERROR))
            rows = _all_rows(lock=True)
            _require_unmoved(entries, rows)
            chosen = [entry for entry in entries if entry.decision != Decision.LEAVE]
            logged = [*_write(chosen, rows), *_switch_off(chosen, rows)]
            _log(logged, brought, by)
            written = [(rows[entry.model][entry.reference], entry.before) for entry in chosen]
            changed.keep(written, by=by.user, at=at)
    except IntegrityError:  # entered by hand at this very moment
        raise Moved(
            "同じ番号の項目が、いま手で追加されました。比べ直したので、もう一度確かめてください。"
        ) from None
    offers.forget()
    return len(logged)


def compare_again(brought: CatalogImport) -> None:
    """Beside the catalogue as it stands now. What is decided stays where it can still be decided."""
    with transaction.atomic():
        open_one = CatalogImport.objects.filter(pk=brought.pk, state=State.OPEN)
        if not open_one.update(edit_no=F("edit_no") + 1):
            return
        rows, entries = _all_rows(), list(brought.entries.exclude(verdict=Verdict.ERROR))
        for entry in entries:
            row = rows[entry.model].get(entry.reference)
            _set_beside(entry, row)
            if entry.decision not in entry.may_be:
                entry.decision = _usual(entry)
        ImportedEntry.objects.bulk_update(
            entries, ["before", "is_by_hand", "verdict", "decision"], batch_size=500
        )


# --- comparing -----------------------------------------------------------------------------------------------


def _compared(brought: CatalogImport, found: list[Found], rows: Rows) -> Iterator[ImportedEntry]:
    entries = [_entry(each) for each in found] + list(_missing(found, rows))
    for position, entry in enumerate(entries):
        entry.brought, entry.position = brought, position
        if entry.verdict != Verdict.ERROR:
            _set_beside(entry, rows[entry.model].get(entry.reference))
            entry.decision = _usual(entry)
        yield entry


def _entry(found: Found) -> ImportedEntry:
    return ImportedEntry(
        section=found.section,
        reference=found.draft.reference if found.draft else found.reference,
        place=found.place,
        verdict=Verdict.NEW if found.draft else Verdict.ERROR,
        facts=found.draft.facts if found.draft else None,
        mistakes=found.mistakes,
    )


def _missing(found: list[Found], rows: Rows) -> Iterator[ImportedEntry]:
    """What the catalogue holds of the same tables, and of the same editions, and the file does not."""
    for section, model in SECTIONS.items():
        named = {each.reference for each in found if each.section == section}
        editions = {reference.partition("/")[0] for reference in named}
        for reference in rows[model] if named else ():
            is_of_it = model is not NationalMeasure or reference.partition("/")[0] in editions
            if is_of_it and reference not in named:
                yield ImportedEntry(section=section, reference=reference, verdict=Verdict.MISSING)


def _set_beside(entry: ImportedEntry, row: Loaded | None) -> None:
    entry.before = row.facts() if row else None
    entry.is_by_hand = row.is_edited_by_hand if row else False
    if entry.facts is None:
        entry.verdict = Verdict.MISSING
    elif row is None:
        entry.verdict = Verdict.NEW
    else:
        entry.verdict = Verdict.SAME if entry.before == entry.facts else Verdict.CHANGED


def _usual(entry: ImportedEntry) -> str:
    """What is chosen beforehand: an editor's own change is not overwritten unasked, and nothing goes unasked."""
    if entry.verdict == Verdict.NEW or (entry.verdict == Verdict.CHANGED and not entry.is_by_hand):
        return Decision.TAKE
    return Decision.LEAVE


# --- writing -------------------------------------------------------------------------------------------------


def require_operator(by: Member) -> None:
    """Asked of the database anew inside the transaction that writes."""
    now = standing(by)
    if now is None:
        raise Refused("この市町村での役割がなくなりました。続けるには管理者に依頼してください。")
    require(now, Role.OPERATOR)


def _claim(brought: CatalogImport, expected: int, **changes: object) -> None:
    mine = CatalogImport.objects.filter(pk=brought.pk, state=State.OPEN, edit_no=expected)
    if not mine.update(**changes):
        raise Moved("ほかの人がこの取り込みを進めました。今の内容を確かめてから、もう一度操作してください。")


def _all_rows(*, lock: bool = False) -> Rows:
    return {model: references_in(model, lock=lock) for model in SECTIONS.values()}


def _require_unmoved(entries: Iterable[ImportedEntry], rows: Rows) -> None:
    moved = []
    for entry in entries:
        row = rows[entry.model].get(entry.reference)
        if (row.facts() if row else None) != entry.before:
            moved.append(str(entry))
    if moved:
        raise Moved(
            f"確かめている間にカタログが変わりました（{'、'.join(moved[:5])}{'ほか' if moved[5:] else ''}）。"
            "何も取り込んでいません。比べ直したので、もう一度確かめてください。"
        )


def _write(chosen: list[ImportedEntry], rows: Rows) -> Iterator[tuple[Loaded, int, str]]:
    drafts = {entry.pk: _draft(entry) for entry in chosen if entry.decision == Decision.TAKE}
    _require_whole(drafts.values(), rows)
    for model in SECTIONS.values():
        own = [entry for entry in chosen if entry.pk in drafts and entry.model is model]
        for entry in own:
            row = rows[model].get(entry.reference) or model(code=drafts[entry.pk].code)
            flag = CHANGE if row.pk else ADDITION
            rows[model][entry.reference] = loading.write(row, drafts[entry.pk], rows)
            yield row, flag, "取り込み"
    measures = [draft for draft in drafts.values() if draft.model is NationalMeasure]
    loading.set_successors(measures, rows)
    _refuse_circles(measures, rows[NationalMeasure])


def _draft(entry: ImportedEntry) -> Draft:
    edition, _, code = entry.reference.rpartition("/")
    return Draft(entry.model, code, edition, entry.facts, entry.place)


def _require_whole(drafts: Iterable[Draft], rows: Rows) -> None:
    """What is taken may cite what is there or taken with it, not what was left out."""
    taken = {(draft.model, draft.reference) for draft in drafts}
    lost = [
        f"{draft.place}（{draft.reference}）：「{reference}」も取り込んでください。"
        for draft in drafts
        for _, model, reference in cited(draft)
        if reference not in rows[model] and (model, reference) not in taken
    ]
    if lost:
        raise NotApplied(*lost)


def _refuse_circles(drafts: list[Draft], measures: dict[str, Loaded]) -> None:
    after = {measure.pk: measure.replaced_by_id for measure in measures.values()}
    for draft in drafts:
        start = measures[draft.reference].pk
        at, seen = after.get(start), set()
        while at is not None and at not in seen:
            seen.add(at)
            at = after.get(at)
        if start in seen:
            raise NotApplied(
                f"{draft.place}（{draft.reference}）：後継をたどると元の施策に戻ります。後継を直してください。"
            )


def _switch_off(chosen: list[ImportedEntry], rows: Rows) -> Iterator[tuple[Loaded, int, str]]:
    for entry in chosen:
        if entry.decision == Decision.OFF:
            row = rows[entry.model][entry.reference]
            name = "is_active" if entry.model is Edition else "is_on"
            setattr(row, name, False)
            row.save(update_fields=[name])
            yield row, CHANGE, "担当者に見せない"


def _log(rows: Iterable[tuple[Loaded, int, str]], brought: CatalogImport, by: Member) -> None:
    for flag, said in ((ADDITION, "取り込み"), (CHANGE, "取り込み"), (CHANGE, "担当者に見せない")):
        own = [row for row, its_flag, its in rows if (its_flag, its) == (flag, said)]
        log_changes(own, f"{said}（{brought.file_name}）", by, flag=flag)


def log_changes(rows: Iterable[Loaded], says: str, by: Member, *, flag: int = CHANGE) -> None:
    """As the administration records what is changed there."""
    LogEntry.objects.bulk_create(
        LogEntry(
            user=by.user,
            content_type=ContentType.objects.get_for_model(type(row)),
            object_id=str(row.pk),
            object_repr=str(row)[:200],
            action_flag=flag,
            change_message=says,
        )
        for row in rows
    )
