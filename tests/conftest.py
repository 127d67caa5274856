"""Fixtures for all tests: a browser as an office has it."""

import shutil

import pytest
from hypothesis import settings

from planwizard.catalog import offers
from tests.inspector import look  # noqa: F401 (a fixture)

# A slow machine is no failure; a failing example is printed so that it can be run again.
settings.register_profile("planwizard", deadline=None, print_blob=True)
settings.load_profile("planwizard")

CHROMIUM = [
    "--no-sandbox",  # as root in CI
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """Two browsers on two busy cores may be late once; what is wrong fails the second time too, and -rR tells."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's own Chromium, which never calls home."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.fail("chromium is missing: sudo apt-get install -y chromium")
    return {**browser_type_launch_args, "executable_path": executable, "args": CHROMIUM}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "ja-JP", "timezone_id": "Asia/Tokyo"}


@pytest.fixture(autouse=True)
def ask_the_catalogue_anew():
    """No test sees what another one's catalogue offered."""
    offers.forget()
