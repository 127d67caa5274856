"""Two at once: an edition is brought in whole or not at all, whoever else is at the catalogue or the plan."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections, transaction

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.catalog import imports
from planwizard.catalog.measures import NationalMeasure
from planwizard.plans import adoption, national_changes
from planwizard.plans.models import NationalDecision
from tests.catalog.tables import edition_file
from tests.factories import NOW, make_user, make_version, member_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]

SOME = [{"code": f"TEST-{number:03}"} for number in range(20)]


@pytest.fixture
def member():
    return member_for(make_user(Role.OPERATOR))


def bring(member, *measures):
    return imports.bring("版.xlsx", edition_file(*measures), {"read": "xlsx"}, by=member, at=NOW)


def together(*acts):
    """What each act gave, or the exception it ended with; all at once, each on a connection of its own."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(30)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def apply(brought, member):
    return lambda: imports.apply(brought, expected=brought.edit_no, by=member, at=NOW)


def test_the_same_import_applied_twice_at_once_is_applied_once(member):
    brought = bring(member, *SOME)
    found = together(*[apply(brought, member)] * 4)
    assert sorted(type(each).__name__ for each in found) == ["Moved", "Moved", "Moved", "int"]
    assert NationalMeasure.objects.count() == len(SOME)


def test_of_two_files_with_the_same_new_entries_one_is_brought_in(member):
    files = [bring(member, *SOME), bring(member, *reversed(SOME))]
    found = together(*(apply(each, member) for each in files))
    assert sorted(type(each).__name__ for each in found) == ["Moved", "int"]
    assert NationalMeasure.objects.count() == len(SOME)


def test_of_two_files_that_change_the_same_entries_one_is_brought_in_whole(member):
    apply(bring(member, *SOME), member)()
    files = [bring(member, *({**each, "title": title} for each in SOME)) for title in ("甲", "乙")]
    found = together(*(apply(each, member) for each in files))
    assert sorted(type(each).__name__ for each in found) == ["Moved", "int"]
    assert NationalMeasure.objects.values("title").distinct().count() == 1


def test_an_editor_who_saves_at_that_moment_is_not_overwritten(member):
    apply(bring(member, *SOME), member)()
    brought = bring(member, *({**each, "title": "新しい題"} for each in SOME))
    is_open = Event()

    def edit():
        with transaction.atomic():
            NationalMeasure.objects.filter(code="TEST-007").update(notes="手で直した。")
            is_open.set()
            Event().wait(0.4)  # as long as it takes the other one to come to the row

    def bring_in():
        is_open.wait(30)
        return apply(brought, member)()

    _, found = together(edit, bring_in)
    assert isinstance(found, imports.Moved)
    assert set(NationalMeasure.objects.values_list("title", flat=True)) == {"試験の窓口"}


def test_of_two_who_decide_on_a_change_at_once_one_is_recorded(member):
    author = make_user(Role.SECRETARIAT)
    officers = [member_for(author), member_for(make_user(Role.SECRETARIAT))]
    version = make_version(by=author)
    apply(bring(member, {}), member)()
    with acting_for(version.municipality_id):
        entry = NationalMeasure.objects.select_related("edition").get()
        adoption.adopt(version, entry, by=officers[0], at=NOW)
        apply(bring(member, {"summary": "新しい要約。"}), member)()
        key = national_changes.open_in(version)[0].key

    def decide(officer, answer):
        def act():
            with acting_for(version.municipality_id):
                asked = {"answer": answer, "reason": "試験。", "edit_no": 1, "retitle": False}
                return national_changes.decide(version, key, **asked, by=officer, at=NOW)

        return act

    found = together(decide(officers[0], "keep"), decide(officers[1], "take"))
    assert sorted(type(each).__name__ for each in found) == ["NationalDecision", "Stale"]
    with acting_for(version.municipality_id):
        assert NationalDecision.objects.count() == 1
