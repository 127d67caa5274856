"""What happens at once: nothing that was acknowledged is lost, nobody waits for ever, on both databases."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import connections, transaction
from PIL import Image

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog.measures import Edition, NationalMeasure
from planwizard.plans import adoption, pictures, saving, structure, versions
from planwizard.plans.models import Adoption, Asset, Edit, EditKind, Part, PlanVersion
from tests.factories import NOW, make_measure, make_user, make_version, member_for, part_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

WRITERS = 50
A_WHILE = 0.4  # seconds: long enough for the other one to have come as far as it can


@pytest.fixture
def member():
    return member_for(make_user(Role.SECRETARIAT))


@pytest.fixture
def version(member):
    found = make_version(by=member.user)
    with acting_for(found.municipality_id):
        yield found


@pytest.fixture
def together(member):
    """``together(act, …) -> [what each gave]``: the acts at once, each on a connection of its own."""

    def run(act: Callable[[], object], gate: Barrier) -> object:
        try:
            with acting_for(member.municipality):
                gate.wait(30)
                return act()
        finally:
            connections.close_all()

    def together(*acts: Callable[[], object]) -> list:
        gate = Barrier(len(acts))
        with ThreadPoolExecutor(len(acts)) as pool:
            return [found.result() for found in [pool.submit(run, act, gate) for act in acts]]

    return together


def send(version, key, changes, *, by, part=None, save_id=None):
    """Save ``changes`` on top of a part as it stands, or as an older page (``part``) showed it."""
    part = part or part_of(version, key)
    record = saving.Record(part.answers | changes, part.as_typed)
    return saving.save(part, record, expected=part.edit_no, save_id=save_id or uuid4(), by=by, at=NOW)


def append(version, token, *, by):
    """As a person does who looks again after each conflict, until the token stands in the text."""
    while True:
        part = part_of(version, "ch2")
        text = f"{part.values.get('ch2_text', '')}{token}"
        if not send(version, "ch2", {"ch2_text": text}, by=by, part=part).refused:
            return


def make_writers(count=WRITERS):
    return [member_for(make_user(Role.SECRETARIAT)) for _ in range(count)]


def edits_of(version, key="ch2"):
    return Edit.objects.filter(part__version=version, part__key=key)


# One part


def test_of_fifty_who_save_the_same_page_one_wins_and_the_others_lose_nothing(version, together):
    page = part_of(version, "ch2")
    outcomes = together(
        *(
            lambda by=by, n=n: send(version, "ch2", {"vision": f"《{n}》"}, by=by, part=page)
            for n, by in enumerate(make_writers())
        )
    )
    assert sorted(outcome.answer for outcome in outcomes) == ["conflict"] * (WRITERS - 1) + ["saved"]
    kept = [edit.values["vision"] for edit in edits_of(version).exclude(kind=EditKind.BEGUN)]
    assert sorted(kept) == sorted(f"《{n}》" for n in range(WRITERS))
    assert (
        part_of(version, "ch2").values["vision"]
        == edits_of(version).get(edit_no=1, kind="manual").values["vision"]
    )


@pytest.mark.parametrize(
    ("writers", "rounds"), [(6, 3), pytest.param(WRITERS, 4, marks=pytest.mark.long)], ids=["few", "fifty"]
)
def test_writers_who_look_again_after_a_conflict_all_stand_in_the_text(version, together, writers, rounds):
    tokens = {by: [f"《{n}.{turn}》" for turn in range(rounds)] for n, by in enumerate(make_writers(writers))}

    def write(by):
        for token in tokens[by]:
            append(version, token, by=by)

    together(*(lambda by=by: write(by) for by in tokens))
    part = part_of(version, "ch2")
    assert all(token in part.values["ch2_text"] for mine in tokens.values() for token in mine)
    assert part.edit_no == writers * rounds


def test_the_edits_of_a_contested_part_are_an_unbroken_chain(version, together):
    together(*(lambda by=by, n=n: append(version, f"《{n}》", by=by) for n, by in enumerate(make_writers(8))))
    chain = list(edits_of(version).exclude(kind=EditKind.SET_ASIDE).order_by("edit_no"))
    assert [edit.edit_no for edit in chain] == list(range(9))
    assert [edit.previous_sha256 for edit in chain[1:]] == [edit.sha256 for edit in chain[:-1]]


@pytest.mark.parametrize("times", [2, pytest.param(20, marks=pytest.mark.long)])
def test_a_save_that_is_sent_again_at_once_is_one_edit_and_one_answer(version, member, together, times):
    page, save_id = part_of(version, "ch2"), uuid4()
    outcomes = together(
        *[lambda: send(version, "ch2", {"vision": "町"}, by=member, part=page, save_id=save_id)] * times
    )
    assert sorted(outcome.answer for outcome in outcomes) == ["repeated"] * (times - 1) + ["saved"]
    assert {(outcome.edit_no, outcome.saved_at) for outcome in outcomes} == {(1, NOW)}
    assert edits_of(version).exclude(kind=EditKind.BEGUN).count() == 1


def test_a_stale_save_that_is_sent_again_at_once_is_set_aside_once(version, member, together):
    page, save_id = part_of(version, "ch2"), uuid4()
    send(version, "ch2", {"vision": "同僚の町"}, by=make_writers(1)[0])
    outcomes = together(
        *[lambda: send(version, "ch2", {"vision": "私の町"}, by=member, part=page, save_id=save_id)] * 6
    )
    assert {outcome.answer for outcome in outcomes} == {"conflict"}
    assert edits_of(version).get(kind=EditKind.SET_ASIDE).values["vision"] == "私の町"


def test_writers_of_different_parts_do_not_refuse_each_other(version, together):
    keys = ["basics", "ch1", "ch2", "ch3", "ch4", "ch5", "ch7", "appendix"]
    outcomes = together(
        *(
            lambda by=by, key=key: send(version, key, {"note_of_test": key}, by=by)
            for key, by in zip(keys, make_writers(len(keys)), strict=True)
        )
    )
    assert [outcome.answer for outcome in outcomes] == ["saved"] * len(keys)


# Freezing, copying and deleting between page and save


@pytest.mark.parametrize("rounds", [3, pytest.param(30, marks=pytest.mark.long)])
def test_a_save_while_the_version_is_frozen_is_either_in_it_or_set_aside(member, together, rounds):
    for _ in range(rounds):
        version = make_version(by=member.user)
        with acting_for(member.municipality):
            page = part_of(version, "ch2")
            saved, _ = together(
                lambda page=page: send(page.version, "ch2", {"vision": "間際の町"}, by=member, part=page),
                lambda version=version: versions.freeze(version),
            )
            after = part_of(version, "ch2")
            kind = edits_of(version).exclude(kind=EditKind.BEGUN).get().kind
        assert after.is_frozen
        assert (saved.answer, after.values.get("vision"), kind) in [
            ("saved", "間際の町", EditKind.MANUAL),
            ("frozen", None, EditKind.SET_ASIDE),
        ]


def test_what_is_being_saved_while_a_version_is_copied_is_in_the_copy(version, member, together):
    written = Event()

    def save_slowly():
        with transaction.atomic():
            send(version, "ch2", {"vision": "間際の町"}, by=member)
            written.set()
            sleep(A_WHILE)

    def copy():
        written.wait(20)
        return versions.copy_version(version, label="第2版", stage="draft", by=member, at=NOW)

    _, copied = together(save_slowly, copy)
    assert part_of(copied, "ch2").values["vision"] == "間際の町"


def test_two_copies_of_a_version_at_once_get_different_numbers(version, member, together):
    copies = together(
        *[lambda: versions.copy_version(version, label="次の版", stage="draft", by=member, at=NOW)] * 3
    )
    assert sorted(copy.number for copy in copies) == [2, 3, 4]


def test_a_measure_deleted_between_page_and_save_keeps_the_text_aside(version, member, together):
    page = make_measure(version)
    for _ in range(3):
        together(
            lambda: structure.delete(page, by=member, at=NOW),
            lambda: send(version, page.key, {"actions": "・間際の取組"}, by=member, part=page),
        )
    texts = [edit.values.get("actions") for edit in edits_of(version, page.key)]
    assert "・間際の取組" in texts
    assert part_of(version, page.key).deleted_at == NOW


@pytest.mark.parametrize(
    "act",
    [
        lambda version, member: structure.order_chapters(version, ["ch2", "ch1"], by=member),
        lambda version, member: structure.assign(part_of(version, "basics"), None, by=member),
        lambda version, member: versions.freeze(version),
    ],
    ids=["order", "assign", "freeze"],
)
def test_the_basics_are_saved_while_the_structure_changes(version, member, together, act):
    """Both touch the basics and the version's own row: in the same order, or they would wait for each other."""
    claimed = Event()

    def arrange():
        with structure.claim(version, by=member):
            claimed.set()
            sleep(A_WHILE)
            act(version, member)

    def save():
        claimed.wait(20)
        return send(version, "basics", {"plan_title": "新しい名"}, by=member)

    _, saved = together(arrange, save)
    assert saved.answer in ("saved", "frozen")


# Structure


@pytest.mark.parametrize("count", [4, pytest.param(30, marks=pytest.mark.long)])
def test_measures_added_at_once_get_numbers_and_places_of_their_own(version, member, together, count):
    together(*[lambda: structure.add_measure(version, "online", by=member, at=NOW, title="施策")] * count)
    rows = Part.objects.of(version).measures()
    assert sorted(rows.values_list("measure_no", flat=True)) == [f"6-①-{n:02}" for n in range(1, count + 1)]
    assert sorted(rows.values_list("position", flat=True)) == list(range(count))


@pytest.mark.parametrize("rounds", [3, pytest.param(20, marks=pytest.mark.long)])
def test_renumbering_while_measures_are_added_leaves_no_number_twice(version, member, together, rounds):
    for _ in range(rounds):
        together(
            lambda: structure.add_measure(version, "online", by=member, at=NOW),
            lambda: structure.renumber(version, by=member),
            lambda: structure.add_measure(version, "online", by=member, at=NOW),
            lambda: structure.renumber(version, by=member),
        )
    numbers = list(Part.objects.of(version).measures().values_list("measure_no", flat=True))
    assert sorted(numbers) == [f"6-①-{n:02}" for n in range(1, 2 * rounds + 1)]


def test_a_measure_taken_back_while_another_is_added_shares_no_number(version, member, together):
    deleted = [make_measure(version) for _ in range(3)]
    for part in deleted:
        structure.delete(part, by=member, at=NOW)
    together(
        *(lambda part=part: structure.take_back(part, by=member, at=NOW) for part in deleted),
        lambda: structure.add_measure(version, "online", by=member, at=NOW),
        lambda: structure.renumber(version, by=member),
    )
    assert len(set(Part.objects.of(version).kept().values_list("key", "measure_no"))) == 17
    assert PlanVersion.objects.get(pk=version.pk).structure_no == 1 + 3 + 3 + 5


def test_handing_in_twice_at_once_is_one_edit(version, member, together):
    done = together(*[lambda: structure.hand_in(part_of(version, "ch2"), by=member, at=NOW)] * 4)
    assert sorted(done) == [False, False, False, True]
    assert edits_of(version).filter(kind=EditKind.HANDED_IN).count() == 1


def test_a_national_measure_cited_twice_at_once_is_cited_once(version, member, together):
    edition = Edition.objects.create(code="2026-11-a", name="カタログ", is_active=True)
    entry = NationalMeasure.objects.create(
        edition=edition, code="NM-001", title="窓口の手続", area="online", verified=True, is_on=True
    )
    part = make_measure(version)

    def cite():
        with structure.claim(version, by=member):
            adoption.cite(part, entry, by=member, at=NOW)

    together(*[cite] * 4)
    assert Adoption.objects.get(part=part).title == "窓口の手続"


def test_the_same_picture_sent_twice_at_once_is_kept_once(member, together, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    none_found = Barrier(4)  # each has looked for the picture before anyone keeps it
    monkeypatch.setattr(pictures, "_check_quota", lambda size: none_found.wait(30))
    drawn = io.BytesIO()
    Image.effect_noise((40, 30), 60).save(drawn, "PNG")
    kept = together(*[lambda: pictures.store(drawn.getvalue(), by=member, at=NOW)] * 4)
    with acting_for(member.municipality):
        assert Asset.objects.get() in kept
    folder = pictures.folder_of(member.municipality.pk)
    assert [path.name for path in folder.iterdir()] == [kept[0].sha256]
