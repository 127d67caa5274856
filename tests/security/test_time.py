"""Japan's clock: what acts at midnight, at the turn of the fiscal year, on 29 February, and when a clock is wrong."""

import time
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.common.fiscal_year import FiscalYear, day_label, parse_day
from planwizard.plans import saving
from planwizard.plans.saving import Record
from tests.factories import NOW, client_of, make_user, make_version, member_for, part_of
from tests.inspector import parse
from tests.wizard.screens import part_url, sheet_on, step_url

LAST_SECOND = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)  # 31 March, 23:59:59 in Japan
MIDNIGHT = LAST_SECOND + timedelta(seconds=1)  # 1 April, 0:00:00


@pytest.fixture(params=["Asia/Tokyo", "UTC", "America/Los_Angeles"])
def host(request, monkeypatch):
    """A machine whose own clock zone is any."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock(monkeypatch):
    """Set the clock of the server."""

    def set_to(instant):
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant)

    return set_to


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_role_ends_at_midnight_in_japan(clock, host):
    clock(LAST_SECOND)
    make_version()
    reader = client_of(make_user(Role.VIEWER, ends_on=date(2027, 4, 1)))
    assert reader.get(reverse("wizard:start")).status_code == 200
    clock(MIDNIGHT)
    assert reader.get(reverse("wizard:start")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "shown"),
    [(LAST_SECOND, "3月31日 23時59分"), (MIDNIGHT, "4月1日 0時00分")],
    ids=["before", "after"],
)
def test_a_save_is_shown_at_the_time_in_japan(clock, host, at, shown):
    clock(at)
    version = make_version()
    client = client_of(version.created_by)
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    client.post(sheet.action, {**sheet.fields, "vision": "明るい町", "go": "save"})
    part = part_of(version, "ch2")
    assert part.saved_at == at
    for address in (step_url(version, "ch2"), part_url("history", part), reverse("wizard:start")):
        assert shown in parse(client.get(address)).words


@pytest.mark.parametrize(
    ("day", "fiscal_year"),
    [
        (date(2027, 3, 31), 2026),
        (date(2027, 4, 1), 2027),
        (date(2027, 12, 31), 2027),
        (date(2028, 1, 1), 2027),
        (date(2028, 2, 29), 2027),
    ],
)
def test_a_fiscal_year_turns_on_the_first_of_april(day, fiscal_year):
    assert FiscalYear.of(day) == FiscalYear(fiscal_year)


def test_the_29th_of_february_is_a_day_in_leap_years_only():
    assert day_label(parse_day("令和10年2月29日")) == "令和10年2月29日"
    for typed in ("令和9年2月29日", "2100-02-29"):
        with pytest.raises(ValueError, match="day is out of range"):
            parse_day(typed)


def test_the_first_year_of_an_era_is_called_so():
    assert day_label(date(2019, 4, 30)) == "平成31年4月30日"
    assert day_label(date(2019, 5, 1)) == "令和元年5月1日"
    assert FiscalYear.of(date(2019, 4, 1)).wareki == "令和元年度"


@pytest.mark.parametrize("era", ["wareki", "seireki", "both"])
@pytest.mark.parametrize("day", [date(1, 1, 1), date(1700, 4, 1), date(1868, 1, 24), date(9999, 12, 31)])
def test_any_day_can_be_written(day, era):
    """A slip of the pen (0206 for 2026) must not break each page that shows it."""
    assert day_label(day, era).endswith(f"{day.month}月{day.day}日")


# A clock that is set back


@pytest.fixture
def version(db):
    found = make_version()
    with acting_for(found.municipality_id):
        yield found


def save(version, text, *, at, expected=None):
    part = part_of(version, "ch2")
    record = Record(part.answers | {"ch2_text": text}, {})
    standing = part.edit_no if expected is None else expected
    by = member_for(version.created_by)
    return saving.save(part, record, expected=standing, save_id=uuid4(), by=by, at=at)


@pytest.mark.both_databases
def test_saves_follow_each_other_by_number_when_the_clock_is_set_back(version):
    save(version, "先の文", at=NOW)
    outcome = save(version, "後の文", at=NOW - timedelta(hours=1))
    assert (outcome.answer, outcome.edit_no) == ("saved", 2)
    assert part_of(version, "ch2").values["ch2_text"] == "後の文"
    lost = save(version, "遅れた文", at=NOW - timedelta(hours=2), expected=1)
    assert (lost.answer, lost.standing.edit_no) == ("conflict", 2)
    chain = part_of(version, "ch2").edits.exclude(kind="set_aside").order_by("edit_no")
    assert [edit.previous_sha256 for edit in chain][1:] == [edit.sha256 for edit in chain][:-1]


def test_the_history_is_in_the_order_of_the_numbers(version):
    save(version, "先の文", at=NOW)
    save(version, "後の文", at=NOW - timedelta(hours=1))
    page = client_of(version.created_by).get(part_url("history", part_of(version, "ch2")))
    assert [line["edit"].edit_no for line in page.context["page"]] == [2, 1, 0]


@pytest.mark.parametrize("hours", [1, -1])
def test_a_session_survives_a_step_of_the_clock(version, clock, hours):
    clock(NOW)
    client = client_of(version.created_by)
    clock(NOW + timedelta(hours=hours))
    assert client.get(step_url(version, "ch2")).status_code == 200
