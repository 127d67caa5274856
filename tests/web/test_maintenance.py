"""While the maintenance file is there nobody gets in, nothing is lost, and one is told until when."""

import pytest
from django.test import Client

from tests.factories import client_of, make_user
from tests.inspector import complaints, parse


@pytest.fixture
def closed(settings, tmp_path):
    """``closed("15時ごろに…")`` writes the file."""
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return lambda text="": settings.MAINTENANCE_FILE.write_text(text)


def test_a_page_says_so_and_until_when(closed):
    closed("15時ごろに終わります。\n次の行")
    answer = Client().get("/sign-in/")
    page = parse(answer)
    assert (answer.status_code, complaints(page)) == (503, [])
    assert page.text("h1") == "いまは手入れのため休んでいます"
    assert "15時ごろに終わります。" in page.words
    assert "次の行" not in page.words
    assert answer["Retry-After"] == "30"


def test_what_was_typed_comes_back(closed):
    closed()
    answer = Client().post("/departments/", {"name": "長い時間をかけて書いた課名", "password": "合言葉"})
    assert answer.status_code == 503
    assert "長い時間をかけて書いた課名" in parse(answer).text("pre")
    assert "合言葉" not in answer.content.decode()


def test_a_script_gets_json(closed):
    closed()
    answer = Client().post("/", {}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["status"]) == (503, 503)


def test_what_the_page_is_dressed_in_is_still_served(closed):
    closed()
    assert Client().get("/static/css/nothing.css").status_code == 404


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<b>\x00</b>\n", b"x" * 10_000])
def test_any_file_closes(closed, settings, content):
    closed()
    settings.MAINTENANCE_FILE.write_bytes(content)
    answer = Client().get("/")
    assert answer.status_code == 503
    assert "<b>" not in answer.content.decode()


@pytest.mark.django_db
def test_without_the_file_all_is_open(closed):
    assert client_of(make_user()).get("/departments/").status_code == 200
