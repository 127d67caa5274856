"""The bench itself: its plans are the same at every run, and a smoke run gets through every table it has time for."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench import plans, report
from planwizard.blueprint import plan_file
from planwizard.document import check
from planwizard.manuscript.compose import compose

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("size", plans.SIZES)
def test_a_plan_is_the_same_at_every_run(size):
    assert plans.data(plans.SIZES[size]) == plans.data(plans.SIZES[size])


@pytest.mark.parametrize("size", plans.SIZES)
def test_a_plan_is_a_sound_plan_file_with_that_many_measures(size):
    content = plan_file.parse(plans.data(plans.SIZES[size])).content
    assert len(content.measures) == plans.SIZES[size]
    assert check.check(compose(content)) == []


def test_no_two_measures_or_rows_of_a_plan_share_a_key():
    parts = [part for part in plans.plan(40)["parts"] if part["kind"] == "measure"]
    rows = [
        f"{key}" for part in parts for path in ("kpis", "schedule") for key in part["values"].get(path, [])
    ]
    keys = Counter([*rows, *(part["key"] for part in parts)])
    assert len(rows) > 100
    assert keys.most_common(1)[0][1] == 1


def test_sheets_differ_although_they_come_from_the_same_models():
    parts = [part for part in plans.plan(200)["parts"] if part["kind"] == "measure"]
    said = {
        json.dumps([part["title"], part["values"]["current_state"], part["values"]["actions"]])
        for part in parts
    }
    assert len(said) == 200


def test_a_smoke_run_prints_its_tables():
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert run.returncode == 0, run.stderr[-2000:]
    for words in (
        "PDF ÷ WeasyPrint bare",
        "P3 DOCX ÷ python-docx",
        "P4 queries",
        "Saving by itself",
        "measure sheet",
        "any chapter, area or sheet",
    ):
        assert words in run.stdout


def test_a_table_says_which_figure_is_over_its_bar():
    assert (report.verdict(0.3, 0.25), report.verdict(0.25, 0.25)) == ("OVER", "ok")
