"""The settings under test: those of the product over a data folder that vanishes after the run.

Set before ``planwizard.settings`` is read, because that file alone looks at the environment.
"""

import atexit
import os
import shutil
import tempfile

if "PLANWIZARD_TEST_DATA" not in os.environ:
    # Child processes of a test (a killed writer, a worker) find the same folder; only its maker removes it.
    os.environ["PLANWIZARD_TEST_DATA"] = tempfile.mkdtemp(prefix="planwizard-test-")
    atexit.register(shutil.rmtree, os.environ["PLANWIZARD_TEST_DATA"], ignore_errors=True)
# Tests in several processes do not sweep each other's files away.
os.environ["PLANWIZARD_DATA"] = os.path.join(
    os.environ["PLANWIZARD_TEST_DATA"], os.environ.get("PYTEST_XDIST_WORKER", "main")
)
os.environ["PLANWIZARD_INSECURE_LOCALHOST"] = "1"  # the test client and the live server speak http
# Playwright keeps an event loop in the thread of the test, which itself uses the database as ever.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from planwizard.settings import *  # noqa: E402, F403
from planwizard.settings import DATA_DIR, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A file, as in an office: writers in several threads and processes meet the real locks.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
# Argon2 takes a twentieth of a second on purpose; only the tests of sign-in want it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
