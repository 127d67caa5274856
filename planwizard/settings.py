"""The one settings file. It alone reads the environment; the defaults are safe for production."""

import os
import secrets
import sqlite3
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}") from None


def env_list(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


DATA_DIR = Path(os.environ.get("PLANWIZARD_DATA", BASE_DIR / "data")).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def env_secret(name: str, path: Path) -> str:
    """The secret itself, or what the file holds: one of our own making, 0600, if it is not there yet."""
    if value := os.environ.get(name):
        return value
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass  # made by an earlier start
    return path.read_text().strip()


SECRET_KEY_FILE = Path(os.environ.get("PLANWIZARD_SECRET_KEY_FILE", DATA_DIR / "secret_key"))
SECRET_KEY = env_secret("PLANWIZARD_SECRET_KEY", SECRET_KEY_FILE)
DEBUG = env_bool("PLANWIZARD_DEBUG")
# Set by `make run` only: plain http on 127.0.0.1, so no Secure cookie, no __Host- prefix, no HSTS.
INSECURE_LOCALHOST = env_bool("PLANWIZARD_INSECURE_LOCALHOST")
ALLOWED_HOSTS = env_list("PLANWIZARD_HOSTS", "127.0.0.1,localhost")
# The scheme header is believed only when a reverse proxy of our own sets it on every request.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("PLANWIZARD_PROXY") else None

BACKUPS_DIR = DATA_DIR / "backups"
MAINTENANCE_FILE = DATA_DIR / "maintenance"  # while it is there, pages answer 503
DEMO_ACCOUNTS_FILE = DATA_DIR / "demo_accounts.json"
# Held by a running server, so that a restore never swaps the database under it.
RUNNING_LOCK = DATA_DIR / "running.lock"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.forms",
    "formtools",
    "django_tasks",
    "django_tasks_db",
    "planwizard.web",
    "planwizard.accounts",
    "planwizard.catalog",
    "planwizard.plans",
    "planwizard.compliance",
    "planwizard.exports",
    "planwizard.wizard",
]

MIDDLEWARE = [
    "planwizard.web.headers.HeadersMiddleware",
    "planwizard.web.errors.ErrorPagesMiddleware",
    "planwizard.web.maintenance.MaintenanceMiddleware",
    "planwizard.web.addresses.AddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "planwizard.accounts.sign_in.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "planwizard.accounts.member.MemberMiddleware",
]

ROOT_URLCONF = "planwizard.urls"
WSGI_APPLICATION = "planwizard.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# SQLite before these releases can lose a commit when a write-ahead log is reset, so WAL is used only with the fix.
_SQLITE = sqlite3.sqlite_version_info
_WAL_IS_SAFE = (
    _SQLITE >= (3, 51, 3)
    or _SQLITE[:2] in ((3, 50), (3, 44))
    and (*_SQLITE[:2], {50: 7, 44: 6}[_SQLITE[1]]) <= _SQLITE
)
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    if _WAL_IS_SAFE
    else "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
) + "PRAGMA cache_size=-8000;"  # KiB a connection: a plan of 200 measures stays in memory
KEPT_SECONDS = (
    60  # a connection serves further requests for so long: opening one costs as much as three queries
)


def database(url: str) -> dict:
    """Settings for ``postgresql://user:password@host:port/name`` or, without a url, the embedded SQLite."""
    from urllib.parse import unquote, urlsplit

    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "planwizard.sqlite3",
            "CONN_MAX_AGE": KEPT_SECONDS,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": KEPT_SECONDS,
        "OPTIONS": {
            "options": "-c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
        },
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["planwizard.accounts.member.MemberBackend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "wizard:start"
LOGOUT_REDIRECT_URL = "accounts:signed_out"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Cookies and transport. A __Host- cookie is accepted over https only and for this very host only.
_SECURE = not INSECURE_LOCALHOST
_COOKIE_PREFIX = "__Host-" if _SECURE else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}planwizard_session"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}planwizard_csrf"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "planwizard.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = _SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # frames are forbidden by frame-ancestors in planwizard/web/headers.py
    "security.W005",  # the neighbours of our host are the town's own affair
    "security.W021",
]

# A measure sheet, or a table of 500 rows, is one form: each cell is a field of the request.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語")]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "planwizard.web.static_files.StaticFiles"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
FORM_RENDERER = "planwizard.web.forms.Renderer"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# One JSON object a line: ids and codes, never the text of a plan (see planwizard/web/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "planwizard.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "planwizard": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
