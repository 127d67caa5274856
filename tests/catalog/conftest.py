"""A catalogue, written as the file that an administrator would load."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from planwizard.accounts.models import Role
from planwizard.catalog.loading import load_text
from tests.factories import make_user

SEED = Path(settings.BASE_DIR, "fixtures/catalog/2026-11-a.json")

EDITION = {"code": "2026-11-a", "name": "国の施策カタログ 2026年11月", "is_active": True}
DOCUMENT = {
    "code": "priority-plan-2022-06-07",
    "title": "デジタル社会の実現に向けた重点計画",
    "kind": "basic_plan",
    "decided_on": "2022-06-07",
    "decision": "閣議決定",
    "status": "superseded",
    "source": "施策集",
    "verified": True,
}
MEASURE = {
    "edition": "2026-11-a",
    "code": "NM-060",
    "title": "ウェブアクセシビリティ確保のための環境整備等",
    "title_kind": "official",
    "area": "divide",
    "ministry": "総務省",
    "ministry_basis": "inferred",
    "act_article": "14条",
    "act_article_basis": "inferred",
    "summary": "公的機関のサイトを誰でも使いやすくする。",
    "document": "priority-plan-2022-06-07",
    "source_edition": "デジタル社会の実現に向けた重点計画（2022-06-07 閣議決定） 施策集",
    "source": "施策集の写し",
    "status": "unknown",
    "text_seen": "excerpt",
    "verified": True,
}


@pytest.fixture
def catalog():
    """A function that writes a file: ``catalog(measures=[{"code": "NM-001", …}], laws=[…])``."""

    def write(measures=({},), **sections):
        content = {
            "format": "planwizard-catalog",
            "format_version": 1,
            "editions": [EDITION],
            "national_documents": [DOCUMENT],
            "national_measures": [MEASURE | changes for changes in measures],
            **sections,
        }
        return json.dumps(content, ensure_ascii=False)

    return write


@pytest.fixture
def load(db, catalog):
    """Load such a file into the database."""
    return lambda *args, **sections: load_text(catalog(*args, **sections))


@pytest.fixture
def seed():
    """The committed catalogue as text."""
    return SEED.read_text(encoding="utf-8")


@pytest.fixture
def seeded(db, seed):
    """The committed catalogue, loaded."""
    return load_text(seed)


@pytest.fixture
def sign_in(client, db):
    """Sign in as a new person of 潮見野市 with a role, or with none."""

    def enter(role=None):
        client.force_login(make_user(role))
        return client

    return enter


@pytest.fixture
def operator(sign_in):
    return sign_in(Role.OPERATOR)
