"""What a town has decided on wording: its own words, and the rules that it does not follow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from planwizard.accounts.member import Member
from planwizard.accounts.models import Municipality
from planwizard.blueprint.content import PlanContent
from planwizard.catalog.models import Law
from planwizard.catalog.reading_tables import TablesRefused, sheets_of
from planwizard.plans.models import DictionaryWord, SilencedRule
from planwizard.wording.checking import rules
from planwizard.wording.dictionary import MOST_WORDS, troubles
from planwizard.wording.dictionary_file import DictionaryRefused, words_in
from planwizard.wording.hint import Setting, TownWord
from planwizard.wording.passages import figures, spellings

MAX_BYTES = 2 * 2**20
_OF_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
TOO_LARGE = "ファイルは2MBまでです。語の一覧だけの CSV にしてください。"
NO_CSV = "CSV ではありません。表計算ソフトで、種類「CSV」を選んで保存し直してください。"
OVERTAKEN = "ほかの人が先にこの語を変えました。一覧に戻って、いまの書き方を見てください。"
FULL = f"わが町の用字用語は{MOST_WORDS:,}語までです。使わない語を消してから加えてください。"


def words() -> tuple[TownWord, ...]:
    """In the order of what is avoided. One query."""
    rows = DictionaryWord.objects.order_by("wrong").values_list("wrong", "right", "note")
    return tuple(TownWord(*row) for row in rows)


def silenced() -> frozenset[str]:
    return frozenset(SilencedRule.objects.values_list("rule", flat=True))


def setting_for(content: PlanContent, *, on: date) -> Setting:
    """What the hints on this plan depend on. Three queries."""
    return Setting(
        on,
        laws=tuple(sorted(set(Law.objects.values_list("title", flat=True)))),
        words=words(),
        figures=figures(content),
        spellings=spellings(content),
        off=silenced(),
    )


def seen(shown: Iterable[TownWord]) -> str:
    """What a page tells of the dictionary that it shows, to be sent back with a change of all of it."""
    return hashlib.sha256(repr(list(shown)).encode()).hexdigest()


@transaction.atomic
def put(word: TownWord, *, instead_of: TownWord | None = None, by: Member) -> str:
    """Enter a word, or change one. Gives what is wrong with it, "" if it was taken."""
    _take_turns(by)
    standing = words()
    if instead_of and instead_of not in standing:
        return OVERTAKEN
    rest = [each for each in standing if each != instead_of]
    if len(rest) >= MOST_WORDS:
        return FULL
    if found := next((says for _, says in troubles([*rest, word])), ""):
        return found
    if instead_of:
        DictionaryWord.objects.filter(wrong=instead_of.wrong).delete()
    _insert([word], by)
    return ""


def remove(wrong: str) -> bool:
    deleted, _ = DictionaryWord.objects.filter(wrong=wrong).delete()
    return bool(deleted)


def silence(chosen: Iterable[str], *, by: Member) -> None:
    """From now on these rules say nothing in this town, all others do."""
    wanted = {rule.id for rule in rules()} & set(chosen)
    with transaction.atomic():
        _take_turns(by)
        SilencedRule.objects.exclude(rule__in=wanted).delete()
        new = wanted - silenced()
        SilencedRule.objects.bulk_create(
            SilencedRule(municipality=by.municipality, rule=id) for id in sorted(new)
        )


def read_file(data: bytes, encoding: str) -> list[TownWord]:
    """The words of a CSV file, read by a child process with limits. Raises DictionaryRefused."""
    if len(data) > MAX_BYTES:
        raise DictionaryRefused(TOO_LARGE)
    if data.startswith(_OF_EXCEL):
        raise DictionaryRefused(NO_CSV)
    try:
        sheets = sheets_of(data, {"read": "csv", "name": "用字用語", "encoding": encoding})
    except TablesRefused as refusal:
        raise DictionaryRefused(*refusal.messages) from None
    return words_in(sheets[0])


def merged(standing: Iterable[TownWord], brought: Iterable[TownWord]) -> list[TownWord]:
    """The dictionary after an import: what the file does not name stays. Raises DictionaryRefused."""
    found = {word.wrong: word for word in standing} | {word.wrong: word for word in brought}
    after = list(found.values())
    wrong = [says for _, says in troubles(after)]
    if len(after) > MOST_WORDS:
        wrong.append(FULL)
    if wrong:
        raise DictionaryRefused(*wrong)
    return after


@transaction.atomic
def take_over(brought: Iterable[TownWord], *, expected: str, by: Member) -> bool:
    """Enter all words of a file or none. False if the dictionary is no longer what ``expected`` was made of."""
    _take_turns(by)
    standing = words()
    if seen(standing) != expected:
        return False
    changed = set(merged(standing, brought)) - set(standing)
    DictionaryWord.objects.filter(wrong__in=[word.wrong for word in changed]).delete()
    _insert(changed, by)
    return True


def _insert(new: Iterable[TownWord], by: Member) -> None:
    DictionaryWord.objects.bulk_create(
        DictionaryWord(municipality=by.municipality, wrong=word.wrong, right=word.right, note=word.note)
        for word in new
    )


def _take_turns(by: Member) -> None:
    """Two words that call for each other must not be entered at once."""
    Municipality.objects.select_for_update(no_key=True).get(pk=by.municipality.pk)
