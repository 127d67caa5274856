"""The product's settings, as ``startproject`` would have them: sessions and sign-in, and nothing of ours between.

A connection for each request, too, which is Django's default; the product keeps its connections.
"""

from pathlib import Path

from planwizard.settings import *  # noqa: F403
from planwizard.settings import DATABASES, TEMPLATES

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bench.floor.site"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]
DATABASES = {"default": {**DATABASES["default"], "CONN_MAX_AGE": 0}}
