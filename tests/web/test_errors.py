from urllib.parse import urlencode

import pytest
from django.template import TemplateDoesNotExist
from django.test import Client
from django.urls import reverse

from planwizard.web import errors
from tests.factories import client_of, make_user
from tests.inspector import complaints, parse

pytestmark = pytest.mark.django_db

TYPED = "　本市は、窓口の手続を\r\n<b>見直す</b>。"
FORM = {
    "purpose_gov_data": TYPED,
    "password": "潮風と灯台のある町",
    "new_password1": "別の合言葉",
    "edit_no": "3",
}


@pytest.fixture(autouse=True)
def failing_addresses(settings):
    settings.ROOT_URLCONF = "tests.web.failing"


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def send(client, form):
    """As a browser does without a file."""
    return client.post("/reads-form/", urlencode(form), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_each_page_is_japanese_sound_and_numbered(visitor, status):
    response = visitor.get(f"/answered/{status}/")
    page = parse(response)
    assert response.status_code == status
    assert complaints(page) == []
    assert page.text("h1") == errors.PAGES[status].title
    assert "受付番号：" in page.words


@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_each_page_returns_what_was_typed_but_no_password(visitor, status):
    page = parse(visitor.post(f"/answered/{status}/", FORM))
    [box] = page.all("pre")
    assert "".join(box.itertext()) == "［purpose_gov_data］\n" + TYPED.replace("\r\n", "\n")
    assert page.all("b") == []


@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_a_script_gets_json(visitor, status):
    response = visitor.post(f"/answered/{status}/", FORM, headers={"accept": "application/json"})
    assert response.status_code == status
    answer = response.json()
    assert set(answer) == {"status", "title", "message", "advice", "request_number"}
    assert (answer["status"], answer["title"]) == (status, errors.PAGES[status].title)


def test_a_failure_tells_nothing_of_the_inside(visitor):
    response = visitor.get("/broken/")
    assert response.status_code == 500
    for secret in ("SELECT", "/srv", "RuntimeError", "Django", "Traceback"):
        assert secret not in response.content.decode()


def test_a_locked_database_is_503_with_the_text(visitor):
    response = visitor.post("/locked/", FORM)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "窓口の手続を" in response.content.decode()


def test_a_database_that_is_gone_before_any_view_is_503(visitor, monkeypatch):
    def gone(*args, **kwargs):
        raise errors.OperationalError("connection refused")

    client = client_of(make_user())
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    response = client.post(reverse("accounts:departments"), {"name": "税務課"})
    assert response.status_code == 503
    assert "税務課" in response.content.decode()


def test_a_page_answers_even_without_templates(visitor, monkeypatch):
    def gone(*args, **kwargs):
        raise TemplateDoesNotExist("errors/error.html")

    monkeypatch.setattr(errors, "render_to_string", gone)
    response = visitor.post("/broken/", FORM)
    page = parse(response)
    assert response.status_code == 500
    assert page.text("h1") == "うまく処理できませんでした"
    assert "窓口の手続を" in page.text("pre")
    assert "潮風と灯台のある町" not in response.content.decode()


def test_something_answers_even_when_the_handlers_fail(visitor, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(errors, "answer", fails)
    response = visitor.post("/broken/", FORM)
    assert response.status_code == 500
    assert "窓口の手続を" in response.content.decode()
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_refusal_says_who_can(visitor):
    response = visitor.get("/refused/")
    assert response.status_code == 403
    assert "直すには同課か事務局に依頼してください。" in parse(response).words


def test_a_plain_refusal_shows_no_text_of_the_inside(visitor):
    assert "plans_part" not in visitor.get("/denied/").content.decode()


def test_an_unknown_address_is_404_with_a_way_back(visitor, look):
    page = look(visitor, "/nothing/", status=404)
    assert page.links()["はじめの画面へ"] == "/"


def test_a_body_that_is_too_large_is_413_with_the_text(visitor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3000
    response = send(visitor, {"ch1_text": "潮" * 500})
    assert response.status_code == 413
    assert "潮" * 500 in response.content.decode()


def test_a_body_far_too_large_is_413_without_reading_all_of_it(visitor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = send(visitor, {"ch1_text": "a" * 100_000})
    assert response.status_code == 413
    assert len(response.content) < 10_000


def test_too_many_fields_are_413_with_the_text(visitor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = send(visitor, {"a": "一", "b": "二", "c": "三"})
    assert response.status_code == 413
    assert all(word in parse(response).text("pre") for word in "一二三")


def test_a_form_without_its_token_comes_back_with_the_text(settings):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = strict.post("/reads-form/", FORM)
    page = parse(response)
    assert response.status_code == 403
    assert page.text("h1") == "もう一度操作してください"
    assert "窓口の手続を" in page.text("pre")


def test_a_host_that_is_not_ours_is_400(visitor):
    response = visitor.get("/only-get", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "受付番号：" in response.content.decode()


def test_the_wrong_method_is_a_page_and_not_a_blank_sheet(visitor, look):
    page = parse(visitor.post("/only-get/", FORM))
    assert (page.status, page.text("h1")) == (405, "このページは直接開けません")
    assert "窓口の手続を" in page.text("pre")


def test_keys_of_rows_are_left_out_of_the_returned_text(visitor):
    form = {"kpis": ["k3f9x0a7bq", "datacenter"], "kpis.k3f9x0a7bq.name": "申請の割合"}
    assert (
        parse(visitor.post("/answered/409/", form)).text("pre")
        == "［kpis］ datacenter ［kpis.k3f9x0a7bq.name］ 申請の割合"
    )
