"""The pinned requirements: exact, hashed, and without the address of any registry."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(name):
    """``{part: text of its entry}`` of a lock file."""
    text = (ROOT / name).read_text()
    return {entry.split("==")[0]: entry for entry in re.split(r"\n(?=[a-z0-9])", text)}


@pytest.mark.parametrize("name", LOCKS)
def test_each_part_is_pinned_with_its_hashes(name):
    for entry in pins(name).values():
        assert re.match(r"[a-z0-9.-]+(\[[a-z0-9,-]+\])?==\S+", entry)
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_is_written_down(name):
    assert not re.search(r"://|^-|^\s+--(?!hash=sha256:)", (ROOT / name).read_text(), re.MULTILINE)


def test_the_tests_run_on_the_parts_of_the_product():
    product, tests = pins("requirements.lock"), pins("requirements-dev.lock")
    for part, entry in product.items():
        assert re.match(r"\S+", tests[part]).group() == re.match(r"\S+", entry).group()


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_each_wish_is_in_its_lock(name):
    wishes = re.findall(r"^([A-Za-z0-9._-]+)(?=[\[><=]|$)", (ROOT / name).read_text(), re.MULTILINE)
    held = {part.split("[")[0] for part in pins(name.replace(".in", ".lock"))}
    assert {wish.lower() for wish in wishes if not wish.startswith("-")} <= held
