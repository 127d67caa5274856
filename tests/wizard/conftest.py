"""People of 潮見野市 before their screens."""

import pytest

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from tests.factories import (
    client_of,
    make_department,
    make_measure,
    make_municipality,
    make_user,
    make_version,
    member_for,
)


@pytest.fixture
def officer(db):
    return make_user(Role.SECRETARIAT)


@pytest.fixture
def member(officer):
    return member_for(officer)


@pytest.fixture
def client(officer):
    """The browser of the 事務局."""
    return client_of(officer)


@pytest.fixture
def colleague(db):
    """The browser of another person of the 事務局."""
    return client_of(make_user(Role.SECRETARIAT, name="同僚 花子"))


@pytest.fixture
def version(officer):
    found = make_version(by=officer)
    with acting_for(found.municipality_id):
        yield found


@pytest.fixture
def department(db):
    return make_department("子育て支援課")


@pytest.fixture
def drafter(department):
    """The browser of a 起案者 of 子育て支援課."""
    return client_of(make_user(Role.DRAFTER, departments=(department,)))


@pytest.fixture
def viewer(db):
    return client_of(make_user(Role.VIEWER))


@pytest.fixture
def stranger(db):
    """The browser of the 事務局 of another town."""
    return client_of(make_user(Role.SECRETARIAT, municipality=make_municipality("993018")))


@pytest.fixture
def measure(version, department):
    return make_measure(version, department=department, title="窓口の予約")
