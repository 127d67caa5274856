"""``scripts/prepare.py`` in a small project of its own, whose manage.py only writes down what it was asked."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "prepare.py"
MANAGE = """
import os, pathlib, sys
data = pathlib.Path(os.environ["PLANWIZARD_DATA"])
made = {"collectstatic": "static/staticfiles.json", "load_demo": "demo_accounts.json"}
made = data / made.get(sys.argv[1], "planwizard.sqlite3")
made.parent.mkdir(exist_ok=True)
made.touch()
with (data / "asked").open("a") as asked:
    asked.write(sys.argv[1] + "\\n")
sys.exit(3 if sys.argv[1] == os.environ.get("FAILS") else 0)
"""
ALL = ["migrate", "collectstatic", "load_catalog", "load_demo"]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    (tmp_path / "manage.py").write_text(MANAGE)
    for name in ("static/css/base.css", "fixtures/catalog/2026-11-a.json", "requirements.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first")
    return tmp_path


@pytest.fixture
def prepare(project):
    def prepare(**environment):
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        asked = project / "data" / "asked"
        asked.unlink(missing_ok=True)
        result = subprocess.run(
            [sys.executable, "scripts/prepare.py"],
            cwd=project,
            env={**kept, "PLANWIZARD_DATA": str(project / "data"), **environment},
            capture_output=True,
            text=True,
        )
        return result, asked.read_text().split() if asked.exists() else []

    return prepare


def test_a_second_start_repeats_nothing(prepare):
    assert prepare()[1] == ALL
    result, asked = prepare()
    assert (result.stdout, asked) == ("", [])


def test_only_what_changed_is_done_again(prepare, project):
    prepare()
    (project / "static" / "css" / "base.css").write_text("second")
    assert prepare()[1] == ["collectstatic"]


def test_a_database_that_was_exchanged_is_filled_again(prepare, project):
    prepare()
    database = project / "data" / "planwizard.sqlite3"
    database.rename(project / "data" / "old.sqlite3")
    database.touch()
    assert prepare()[1] == ["migrate", "load_catalog", "load_demo"]


def test_a_database_elsewhere_is_asked_every_time(prepare):
    for _ in range(2):
        assert {"migrate", "load_catalog", "load_demo"} <= set(prepare(DATABASE_URL="postgresql://x/y")[1])


@pytest.mark.parametrize(
    ("made", "command"), [("demo_accounts.json", "load_demo"), ("static/staticfiles.json", "collectstatic")]
)
def test_what_was_thrown_away_is_made_again(prepare, project, made, command):
    prepare()
    (project / "data" / made).unlink()
    assert prepare()[1] == [command]


def test_a_failed_step_stops_the_rest_and_is_tried_again(prepare):
    result, asked = prepare(FAILS="load_catalog")
    assert result.returncode == 1
    assert "国の施策の一覧を読み込んでいます" in result.stderr
    assert asked == ALL[:3]
    assert prepare()[1] == ALL[2:]


def test_the_data_folder_is_private(prepare, project):
    prepare()
    assert (project / "data").stat().st_mode & 0o777 == 0o700
