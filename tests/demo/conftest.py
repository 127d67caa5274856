"""Each test of a demo plan runs on both, unless it asks for one of them."""

import pytest

from tests.demo.plans import NAMES, DemoPlan

_PLANS = {name: DemoPlan.read(name) for name in NAMES}


@pytest.fixture(params=NAMES)
def plan(request) -> DemoPlan:
    return _PLANS[request.param]


@pytest.fixture
def shiomino() -> DemoPlan:
    return _PLANS["shiomino"]


@pytest.fixture
def isonami() -> DemoPlan:
    return _PLANS["isonami"]
