"""The settings as a server reads them: each case is a process of its own with its own environment."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import json, sys
import planwizard.settings as settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


@pytest.fixture
def read(tmp_path):
    def read(*names, **environment):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLANWIZARD_")}
        kept.pop("DATABASE_URL", None)
        result = subprocess.run(
            [sys.executable, "-c", ASK, *names],
            env={**kept, "PLANWIZARD_DATA": str(tmp_path / "data"), **environment},
            capture_output=True,
            text=True,
        )
        return json.loads(result.stdout) if result.returncode == 0 else result.stderr

    return read


def test_the_defaults_are_safe_for_production(read):
    assert read(
        "DEBUG",
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
    ) == {
        "DEBUG": False,
        "SESSION_COOKIE_NAME": "__Host-planwizard_session",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-planwizard_csrf",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_make_run_relaxes_cookies_and_transport_and_nothing_else(read, tmp_path):
    names = ["DEBUG", "ALLOWED_HOSTS", "SECURE_REFERRER_POLICY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_AGE"]
    relaxed = read(*names, "SESSION_COOKIE_SECURE", PLANWIZARD_INSECURE_LOCALHOST="1")
    assert not relaxed.pop("SESSION_COOKIE_SECURE")
    assert relaxed == read(*names)


def test_nonsense_in_the_environment_is_refused(read):
    assert "PLANWIZARD_DEBUG must be 0 or 1, not 'yes'" in read(PLANWIZARD_DEBUG="yes")
    assert "DATABASE_URL must begin with postgresql://" in read(DATABASE_URL="mysql://host/name")


def test_a_database_url_is_read_with_its_escapes(read):
    database = read("DATABASES", DATABASE_URL="postgresql://plan:p%40ss@db.example:5433/planwizard")
    assert {
        key: database["DATABASES"]["default"][key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    } == {
        "NAME": "planwizard",
        "USER": "plan",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
    }


def test_a_secret_is_made_once_for_its_owner_alone(read, tmp_path):
    first = read("SECRET_KEY")
    assert len(first["SECRET_KEY"]) >= 64
    assert read("SECRET_KEY") == first
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_secret_comes_from_the_file_it_is_kept_in(read, tmp_path):
    (tmp_path / "key").write_text("k" * 60 + "\n")
    assert read("SECRET_KEY", PLANWIZARD_SECRET_KEY_FILE=str(tmp_path / "key")) == {"SECRET_KEY": "k" * 60}


def test_the_proxy_is_believed_only_on_request(read):
    assert read("SECURE_PROXY_SSL_HEADER", PLANWIZARD_PROXY="1") == {
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]
    }


def test_django_finds_nothing_to_mend_in_the_production_settings(tmp_path):
    ours = ("PLANWIZARD_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=Path(__file__).resolve().parents[2],
        env={**kept, "DJANGO_SETTINGS_MODULE": "planwizard.settings", "PLANWIZARD_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
