"""A town's own guidance: one note of a source on a field, never another town's, never written over unseen."""

import pytest

from planwizard.accounts.tenancy import acting_for
from planwizard.plans import notes
from planwizard.plans.models import FieldNote
from tests.factories import NOW, make_municipality, make_user, member_for

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FIELD = "ch4.pdca.frequency"


@pytest.fixture
def member():
    found = member_for(make_user())
    with acting_for(found.municipality):
        yield found


def write(member, texts, expected=None):
    expected = notes.seen(notes.of_field(FIELD)) if expected is None else expected
    return notes.write(FIELD, texts, expected=expected, by=member, at=NOW)


def test_a_note_is_kept_changed_and_taken_away(member):
    assert write(member, {"town": "庁議の前に点検します。", "prefecture": ""}) is None
    assert notes.of_sheet("ch4") == {FIELD: {"town": "庁議の前に点検します。"}}
    write(member, {"town": "6月に点検します。", "prefecture": "県の手引12ページ"})
    assert notes.of_field(FIELD) == {"town": "6月に点検します。", "prefecture": "県の手引12ページ"}
    write(member, {"town": "", "prefecture": ""})
    assert FieldNote.objects.count() == 0


def test_a_note_that_was_not_seen_is_not_written_over(member):
    before = notes.seen({})
    write(member, {"town": "先の人の案内"})
    assert write(member, {"town": "後の人の案内"}, expected=before) == {"town": "先の人の案内"}
    assert notes.of_field(FIELD) == {"town": "先の人の案内"}


def test_a_town_sees_its_own_notes_only(member):
    write(member, {"town": "潮見野市の案内"})
    there = member_for(make_user(municipality=make_municipality("993018")))
    with acting_for(there.municipality):
        assert notes.of_field(FIELD) == {}
        write(there, {"town": "磯波町の案内"})
    assert notes.of_field(FIELD) == {"town": "潮見野市の案内"}


def test_the_notes_of_a_sheet_are_those_of_no_other(member):
    notes.write("ch4x.head_title", {"town": "ほか"}, expected=notes.seen({}), by=member, at=NOW)
    assert notes.of_sheet("ch4") == {}
