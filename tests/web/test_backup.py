import fcntl
import json
import tarfile
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from planwizard.accounts.models import Municipality
from planwizard.web import backup
from planwizard.web.dumps import ENGINES
from planwizard.web.restore import restore

AT = datetime(2026, 11, 23, 1, 32, tzinfo=UTC)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.RUNNING_LOCK = tmp_path / "running.lock"
    settings.BACKUPS_DIR = tmp_path / "backups"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "写真.png").write_bytes(b"the picture")
    return tmp_path


@pytest.fixture
def town():
    return Municipality.objects.create(code="992011", name="潮見野市", prefecture_name="架空県")


def rename(name):
    Municipality.objects.update(name=name)


@pytest.fixture
def made(data, town):
    return backup.make(data / "backups", at=AT)


def test_a_backup_is_one_private_file_named_by_its_time(made):
    assert [path.name for path in made.parent.iterdir()] == ["planwizard-20261123-103200.planwizard-backup"]
    assert made.stat().st_mode & 0o777 == 0o600


def test_the_manifest_says_what_is_inside(made):
    manifest = backup.verify(made)
    assert manifest.engine == connection.vendor
    assert manifest.rows["accounts_municipality"] == 1
    assert manifest.rows["django_migrations"] == MigrationRecorder.Migration.objects.count()
    assert set(manifest.members) == {ENGINES[connection.vendor].name, "files/写真.png"}


def test_restore_brings_back_rows_and_files_and_keeps_the_later_state(made, settings):
    rename("別の名前")
    (settings.MEDIA_ROOT / "写真.png").write_bytes(b"another picture")
    (settings.MEDIA_ROOT / "later.png").write_bytes(b"a later one")

    kept = restore(made, at=AT)

    assert Municipality.objects.get().name == "潮見野市"
    assert [path.read_bytes() for path in settings.MEDIA_ROOT.iterdir()] == [b"the picture"]
    assert (kept / "files" / "later.png").read_bytes() == b"a later one"
    assert (kept / ENGINES[connection.vendor].name).stat().st_size > 0


def test_a_restored_database_can_be_backed_up_and_restored_again(made, data):
    restore(made, at=AT)
    again = backup.make(data / "again", at=AT)
    rename("別の名前")
    restore(again, at=AT.replace(hour=2))
    assert Municipality.objects.get().name == "潮見野市"


def test_restore_ends_all_sessions(data, town):
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=AT.replace(year=2030))
    restore(backup.make(data / "backups", at=AT), at=AT)
    assert not Session.objects.exists()


@pytest.mark.parametrize("place", [0.0, 0.2, 0.5, 0.8, 0.999, 1.0])
def test_one_flipped_byte_is_refused_and_changes_nothing(made, place):
    data = bytearray(made.read_bytes())
    data[int((len(data) - 1) * place)] ^= 1
    made.write_bytes(data)
    rename("別の名前")
    with pytest.raises(backup.BadBackup, match="壊れている"):
        restore(made, at=AT)
    assert Municipality.objects.get().name == "別の名前"


@pytest.mark.parametrize("size", [0, 10, 5000])
def test_a_file_cut_short_is_refused(made, size):
    made.write_bytes(made.read_bytes()[:size])
    with pytest.raises(backup.BadBackup, match="壊れている"):
        backup.verify(made)


def test_a_folder_or_a_missing_file_is_refused(data):
    for path in (data, data / "nowhere"):
        with pytest.raises(backup.BadBackup, match="開けません"):
            backup.verify(path)


def rewrite(path, **changes):
    """The same backup, sealed anew, with another manifest: what a newer product or a clumsy hand would make."""
    draft = path.with_suffix(".draft")
    with tarfile.open(path, "r:") as old, tarfile.open(draft, "w:") as new:
        for member in old:
            if member.name != backup.MANIFEST:
                new.addfile(member, old.extractfile(member))
        manifest = json.load(old.extractfile(backup.MANIFEST)) | changes
        backup._add_bytes(new, backup.MANIFEST, json.dumps(manifest).encode())
    with draft.open("r+b") as file:
        file.write(backup.SEAL + backup._digest(file).encode())
    return draft


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"format_version": 2}, "新しい版"),
        ({"migrations": ["accounts.9999_from_the_future"]}, "新しい版"),
        ({"engine": "oracle"}, "読めません"),
        ({"rows": {"accounts_municipality": 2}}, "件数"),
        ({"members": {"../outside": "0" * 64}}, "外を指す"),
        ({"members": {"files/写真.png": "0" * 64}}, "写真.png が壊れています"),
        ({"members": {"files/absent.png": "0" * 64}}, "読めません"),
    ],
)
def test_a_backup_that_contradicts_itself_or_is_newer_is_refused(made, changes, says):
    altered = rewrite(made, **changes)
    rename("別の名前")
    with pytest.raises(backup.BadBackup, match=says):
        restore(altered, at=AT)
    assert Municipality.objects.get().name == "別の名前"


def test_a_backup_of_the_other_engine_is_refused(made, monkeypatch):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    monkeypatch.setitem(ENGINES, other, ENGINES[connection.vendor])
    with pytest.raises(backup.BadBackup, match="には戻せません"):
        restore(rewrite(made, engine=other), at=AT)


def test_nothing_is_left_of_a_backup_that_fails_its_own_check(data, town, monkeypatch):
    monkeypatch.setattr(ENGINES[connection.vendor], "rows_in", lambda folder: {}, raising=False)
    with pytest.raises(backup.BadBackup, match="件数"):
        backup.make(data / "backups", at=AT)
    assert list((data / "backups").iterdir()) == []


def test_the_commands_speak_of_the_file_and_of_the_kept_state(data, town, capsys):
    call_command("backup")
    path = capsys.readouterr().out.splitlines()[-1]
    call_command("restore", path)
    assert "before-restore-" in capsys.readouterr().out
    with pytest.raises(CommandError, match="開けません"):
        call_command("restore", str(data / "nowhere"))


def test_restore_waits_for_the_server_to_stop(made, settings):
    with open(settings.RUNNING_LOCK, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        with pytest.raises(backup.BadBackup, match="動いています"):
            restore(made, at=AT)
