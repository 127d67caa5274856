import shutil
import subprocess
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from planwizard.accounts.models import User
from planwizard.web import doctor

MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.SECRET_KEY_FILE = tmp_path / "secret_key"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # the test runner adds its own
    return tmp_path


def test_debug_is_told(settings):
    assert doctor.debug_is_off().is_good
    settings.DEBUG = True
    assert "PLANWIZARD_DEBUG" in doctor.debug_is_off().remedy


def test_a_short_secret_is_told(settings):
    assert doctor.secret_is_strong().is_good
    settings.SECRET_KEY = "secret"
    assert not doctor.secret_is_strong().is_good


def test_a_secret_that_others_can_read_is_told(settings):
    settings.SECRET_KEY_FILE.write_text("x")
    settings.SECRET_KEY_FILE.chmod(0o644)
    assert doctor.secret_is_strong().remedy == f"chmod 600 {settings.SECRET_KEY_FILE}"
    settings.SECRET_KEY_FILE.chmod(0o600)
    assert doctor.secret_is_strong().is_good


def test_plain_http_is_for_this_machine_alone(settings):
    settings.INSECURE_LOCALHOST, settings.ALLOWED_HOSTS = True, ["127.0.0.1", "localhost"]
    assert doctor.insecure_is_local().is_good
    settings.ALLOWED_HOSTS = ["plan.shiomino.example"]
    assert not doctor.insecure_is_local().is_good


def test_a_data_folder_open_to_others_is_told(data):
    assert doctor.data_folder_is_private().is_good
    data.chmod(0o755)
    assert doctor.data_folder_is_private().remedy == f"chmod 700 {data}"


def test_a_full_disk_is_told(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=2 * 1024**3))
    assert doctor.disk_has_room().is_good
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1024**2))
    assert not doctor.disk_has_room().is_good


def test_another_clock_zone_is_told(settings):
    assert doctor.clock_zone_is_japan().is_good
    settings.TIME_ZONE = "UTC"
    assert not doctor.clock_zone_is_japan().is_good


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_the_database_writes_as_it_was_told():
    assert doctor.database_is_durable().is_good


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_a_database_that_forgets_is_told(settings):
    from django.db import connection

    with connection.cursor() as cursor:
        forget = (
            "SET synchronous_commit = off" if connection.vendor == "postgresql" else "PRAGMA synchronous=OFF"
        )
        cursor.execute(forget)
    try:
        assert not doctor.database_is_durable().is_good
    finally:
        connection.close()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_waiting_migration_is_told():
    assert doctor.migrations_are_applied().is_good
    MigrationRecorder.Migration.objects.filter(app="wizard").delete()
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    assert doctor.migrations_are_applied().remedy.endswith("migrate")


@pytest.mark.django_db
@pytest.mark.both_databases
def test_demo_accounts_keep_a_production_setting_from_starting(settings):
    User.objects.create_user("demo", name="見本", is_demo=True)
    assert doctor.production_has_no_demo_accounts().is_good
    settings.INSECURE_LOCALHOST = False
    assert "1人" in doctor.production_has_no_demo_accounts().says


def test_static_files_not_yet_collected_are_told(settings):
    assert doctor.static_files_are_collected().remedy.endswith("collectstatic --noinput")
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')
    assert doctor.static_files_are_collected().is_good


def test_a_machine_without_pango_is_told_that_word_still_works(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: SimpleNamespace(returncode=1, stdout=""))
    finding = doctor.pdf_can_be_made()
    assert "Word は作れます" in finding.says
    assert "libpango-1.0-0" in finding.remedy


def test_pdf_can_be_made_here():
    assert doctor.pdf_can_be_made().is_good


def test_a_missing_font_is_told_by_its_package(monkeypatch):
    assert doctor.fonts_are_present().is_good
    monkeypatch.setitem(doctor.FONTS, "No Such Font", "fonts-no-such")
    assert doctor.fonts_are_present().remedy.endswith("fonts-no-such")


@pytest.mark.django_db
def test_the_command_prints_each_remedy_and_fails(settings, capsys):
    settings.DEBUG = True
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    printed = capsys.readouterr().out
    assert "直す　DEBUG が入っています\n　　　→ PLANWIZARD_DEBUG=1" in printed
    assert "良い　時刻は日本時間です" in printed


@pytest.mark.django_db
def test_at_start_only_what_is_wrong_is_printed(settings, capsys):
    with pytest.raises(SystemExit):
        call_command("doctor", "--start")
    assert capsys.readouterr().out.splitlines() == [
        "直す　画面の部品が用意されていません",
        "　　　→ .venv/bin/python manage.py collectstatic --noinput",
    ]


def test_all_is_well_at_the_start_of_a_sound_machine(settings, db):
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')
    call_command("doctor", "--start")
