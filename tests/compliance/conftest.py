"""A version with one chapter written, and who confirms."""

import pytest

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.compliance import confirming
from tests.factories import (
    NOW,
    client_of,
    fill,
    make_municipality,
    make_user,
    make_version,
    member_for,
    part_of,
)

SENTENCES = "防災の情報を公開する。職員の転記をなくす。"


@pytest.fixture
def officer(db):
    return make_user(Role.SECRETARIAT)


@pytest.fixture
def member(officer):
    return member_for(officer)


@pytest.fixture
def client(officer):
    return client_of(officer)


@pytest.fixture
def version(officer, member):
    found = make_version(by=officer)
    with acting_for(found.municipality_id):
        fill(found, "ch2", {"purpose_gov_data": "公開する。", "ch2_text": SENTENCES}, by=member)
        yield found


@pytest.fixture
def confirm(version, member):
    """``confirm(quote="…", …)``: a sentence of 2章 for PU-01."""

    def act(**changes):
        said = {
            "item_id": "PU-01",
            "role": "text",
            "part": part_of(version, "ch2"),
            "path": "ch2_text",
            "quote": "防災の情報を公開する。",
            "by": member,
            "at": NOW,
        }
        return confirming.confirm(version, **said | changes)

    return act


@pytest.fixture
def viewer(db):
    return client_of(make_user(Role.VIEWER))


@pytest.fixture
def stranger(db):
    return client_of(make_user(Role.SECRETARIAT, municipality=make_municipality("993018")))
