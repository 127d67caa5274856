"""Out and in from the command line, without a worker."""

import io
import json
import re
import subprocess
import sys
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from planwizard.accounts.models import Membership, Role
from planwizard.accounts.tenancy import acting_for
from planwizard.plans import pictures, versions
from planwizard.plans.models import Plan, PlanVersion
from tests.factories import NOW, fill, make_membership, make_municipality, make_user, make_version, member_for

pytestmark = pytest.mark.django_db

BEGINS = {"docx": b"PK", "pdf": b"%PDF-", "html": b"<!doctype html>", "json": b"{\n"}


def export(plan, output, *, format_="json", **options):
    call_command("export_plan", str(plan), format=format_, output=str(output), **options)


def take_in(file, capsys, **options):
    call_command("import_plan", str(file), **{"municipality": "992011", **options})
    return capsys.readouterr().out.splitlines()


# --- out -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", BEGINS)
def test_a_version_is_written_as_one_file(version, tmp_path, format_):
    export(version.pk, tmp_path / "plan", format_=format_)
    assert (tmp_path / "plan").read_bytes().startswith(BEGINS[format_])
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_the_pictures_of_the_plan_are_in_the_file(version, officer, tmp_path):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "PNG")
    member = member_for(officer)
    asset = pictures.store(drawn.getvalue(), by=member, at=NOW)
    fill(version, "basics", {"foreword_photo.asset": asset.sha256, "foreword_photo.alt": "庁舎"}, by=member)
    export(version.pk, tmp_path / "plan.json")
    assets = json.loads((tmp_path / "plan.json").read_text())["assets"]
    assert [found["sha256"] for found in assets] == [asset.sha256]


def test_of_a_plan_the_newest_version_is_written(version, officer, tmp_path):
    versions.copy_version(version, label="第9版", stage="draft", by=member_for(officer), at=NOW)
    export(version.plan_id, tmp_path / "plan.json")
    assert json.loads((tmp_path / "plan.json").read_text())["version"]["version_label"] == "第9版"


def test_a_dash_writes_to_standard_output(version, capsysbinary):
    export(version.pk, "-")
    assert json.loads(capsysbinary.readouterr().out)["format"] == "planwizard-plan"


@pytest.mark.parametrize("plan", ["", "1", "../plan", "83f84369-4284-4275-90e2-61c9e2ade1fc"])
def test_an_unknown_plan_is_said_in_japanese(version, tmp_path, plan):
    with pytest.raises(CommandError, match="番号"):
        export(plan, tmp_path / "plan.json")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named(version, tmp_path):
    with pytest.raises(CommandError, match="に書けません"):
        export(version.pk, tmp_path / "missing" / "plan.json")


def test_a_plan_of_any_town_is_found(tmp_path):
    there = make_municipality("993018")
    other = make_version(by=make_user(Role.SECRETARIAT, municipality=there))
    export(other.pk, tmp_path / "plan.json")
    assert json.loads((tmp_path / "plan.json").read_text())["municipality"]["name"] == "磯波町"


def test_a_failure_is_told_by_the_exit_status():
    done = subprocess.run(
        [sys.executable, "manage.py", "export_plan", "nonsense", "--format", "json", "--output", "-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "計画の番号ではありません" in done.stderr
    assert "Traceback" not in done.stderr


# --- in ------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(version, tmp_path):
    export(version.pk, tmp_path / "plan.json")
    return tmp_path / "plan.json"


def test_the_last_line_is_the_id_that_can_be_exported(file, version, capsys, tmp_path):
    made = UUID(take_in(file, capsys)[-1])
    assert made != version.pk
    export(made, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == file.read_text()


def test_the_author_is_the_first_of_the_secretariat(file, version, capsys):
    first = make_user(Role.SECRETARIAT, username="aaa-first")
    made = PlanVersion.objects.get(pk=take_in(file, capsys)[-1])
    assert made.created_by == first


def test_the_author_can_be_named(file, officer, capsys):
    make_user(Role.SECRETARIAT, username="aaa-first")
    made = PlanVersion.objects.get(pk=take_in(file, capsys, user=officer.username)[-1])
    assert made.created_by == officer


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"municipality": "999999"}, "登録されていません"),
        ({"municipality": "993018"}, "事務局の利用者がいません"),
        ({"user": "nobody"}, "事務局ではありません"),
    ],
)
def test_who_cannot_be_the_author_is_said(file, capsys, options, says):
    make_municipality("993018")
    with pytest.raises(CommandError, match=says):
        take_in(file, capsys, **options)
    assert Plan.objects.count() == 1


def test_a_drafter_or_somebody_of_another_town_is_no_author(file, capsys):
    make_user(Role.DRAFTER, username="drafter")
    make_user(Role.SECRETARIAT, username="other", municipality=make_municipality("993018"))
    for username in ("drafter", "other"):
        with pytest.raises(CommandError, match="事務局ではありません"):
            take_in(file, capsys, user=username)


def test_somebody_with_two_towns_takes_in_for_the_one_that_is_named(file, officer, capsys):
    there = make_municipality("993018")
    make_membership(officer, Role.SECRETARIAT, municipality=there)
    made = take_in(file, capsys, municipality="993018")[-1]
    with acting_for(there):
        assert PlanVersion.objects.get(pk=made).created_by == officer


def test_a_bad_file_is_refused_whole_with_every_path(file, capsys):
    tree = json.loads(file.read_text())
    tree["parts"][0]["values"]["plan_type"] = "secret"
    tree["version"]["stage"] = "decided"
    file.write_text(json.dumps(tree))
    with pytest.raises(CommandError) as refusal:
        take_in(file, capsys)
    for path in ("parts[0].values.plan_type", "version.stage"):
        assert re.search(rf"  {re.escape(path)}：.+", str(refusal.value))
    assert Plan.objects.count() == 1


def test_a_file_that_is_not_there_is_said(version, tmp_path, capsys):
    with pytest.raises(CommandError, match="を読めません"):
        take_in(tmp_path / "missing.json", capsys)


def test_nobody_without_an_active_role_is_taken_for_the_author(file, officer, capsys):
    Membership.objects.filter(user=officer).update(ends_on=NOW.date())
    with pytest.raises(CommandError, match="事務局の利用者がいません"):
        take_in(file, capsys)


ENGLISH = re.compile("[A-Za-z]+ [a-z]+ [a-z]+")  # of the machine's own


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("import_plan", {"municipality": "992011"}),
        ("load_catalog", {}),
    ],
)
@pytest.mark.parametrize(("name", "says"), [("nothing.json", "ありません"), ("", "フォルダです")])
def test_a_file_that_cannot_be_opened_is_told_in_japanese(command, options, name, says, tmp_path):
    make_version()
    with pytest.raises(CommandError, match=says) as told:
        call_command(command, str(tmp_path / name), **options)
    assert not ENGLISH.search(str(told.value).replace(str(tmp_path), ""))


def test_a_place_that_cannot_be_written_is_told_in_japanese(tmp_path):
    version = make_version()
    with pytest.raises(CommandError, match="ありません") as told:
        export(version.pk, tmp_path / "nowhere" / "plan.json")
    assert not ENGLISH.search(str(told.value).replace(str(tmp_path), ""))


def test_what_was_taken_out_of_a_file_is_told(tmp_path, capsys):
    version = make_version()
    file = tmp_path / "plan.json"
    export(version.pk, file)
    file.write_text(file.read_text().replace("潮見野市デジタル推進計画", "潮見\\u202e野市"))
    call_command("import_plan", str(file), municipality="992011")
    assert "（1文字）" in capsys.readouterr().err
