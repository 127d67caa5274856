import pytest
from django.test import Client
from django.urls import reverse

from planwizard.accounts.models import User
from tests.factories import PASSWORD, client_of, make_user
from tests.inspector import complaints, parse

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"
WRONG = "利用者IDかパスワードが違います。大文字と小文字を確かめて、もう一度入力してください。"


def sign_in(username, password, **extra):
    client = Client()
    return client, client.post(SIGN_IN, {"username": username, "password": password, **extra})


def test_the_page_is_sound_and_asks_for_two_things(client, look):
    page = look(client, SIGN_IN)
    named = [node.get("name") for node in page.all("input") if node.get("type") != "hidden"]
    assert named == ["username", "password"]


def test_a_person_signs_in_and_is_led_to_the_start():
    person = make_user()
    client, response = sign_in(person.username, PASSWORD)
    assert (response.status_code, response["Location"]) == (302, reverse("wizard:start"))
    assert client.get(reverse("accounts:departments")).status_code == 200


def test_a_full_width_username_is_understood():
    make_user(username="yamada")
    assert sign_in("ｙａｍａｄａ", PASSWORD)[1].status_code == 302


def test_unknown_wrong_and_switched_off_are_told_the_same():
    known, gone = make_user(), make_user(is_active=False)
    answers = [
        sign_in(known.username, "違う合言葉"),
        sign_in("nobody", PASSWORD),
        sign_in(gone.username, PASSWORD),
    ]
    for _, response in answers:
        page = parse(response)
        assert page.status == 200
        assert WRONG in page.words
        assert page.text("title").startswith("エラー：サインイン")
        assert complaints(page) == []


def test_an_empty_form_says_what_to_type():
    words = parse(sign_in("", "")[1]).words
    assert "利用者IDを入力してください。" in words
    assert "パスワードを入力してください。" in words


def test_the_password_is_never_sent_back():
    _, response = sign_in("nobody", "誰にも見せない合言葉")
    assert "誰にも見せない合言葉" not in response.content.decode()


def test_one_comes_back_to_the_page_one_wanted():
    person = make_user()
    wanted = reverse("accounts:departments")
    assert Client().get(wanted)["Location"] == f"{SIGN_IN}?next={wanted}"
    assert sign_in(person.username, PASSWORD, next=wanted)[1]["Location"] == wanted


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
    ],
)
def test_one_is_never_led_to_another_site(address):
    person = make_user()
    assert sign_in(person.username, PASSWORD, next=address)[1]["Location"] == reverse("wizard:start")


def test_signing_in_makes_a_new_session():
    person = make_user()
    client = Client()
    client.force_login(make_user())
    before = client.session.session_key
    client.post(reverse("accounts:sign_out"))
    client.post(SIGN_IN, {"username": person.username, "password": PASSWORD})
    assert client.session.session_key != before


def test_signing_out_needs_a_button_and_ends_the_session():
    client = client_of(make_user())
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.post(reverse("accounts:sign_out"))["Location"] == reverse("accounts:signed_out")
    assert client.get(reverse("accounts:departments")).status_code == 302


def test_a_form_sent_after_the_session_ended_comes_back_with_its_text():
    client = client_of(make_user())
    client.post(reverse("accounts:sign_out"))
    response = client.post(reverse("accounts:departments"), {"name": "長い時間をかけて書いた課名"})
    assert response.status_code == 401
    assert "長い時間をかけて書いた課名" in response.content.decode()


def test_a_script_without_a_session_gets_json_and_no_redirect():
    response = Client().get(reverse("accounts:departments"), headers={"accept": "application/json"})
    assert (response.status_code, response.json()["status"]) == (401, 401)


def test_an_initial_password_is_changed_before_anything_else(look):
    person = make_user(must_change_password=True)
    client = client_of(person)
    change = reverse("accounts:change_password")
    assert client.get(reverse("accounts:departments"))["Location"] == change
    assert "最初に、自分だけのパスワードに変えてください" in look(client, change).words
    new = "灯台の光は二十五秒に一度だけ届く"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(change, form)["Location"] == reverse("wizard:start")
    assert client.get(reverse("accounts:departments")).status_code == 200
    person.refresh_from_db()
    assert person.check_password(new)
    assert not person.must_change_password


@pytest.mark.parametrize(
    ("old", "new", "again", "message"),
    [
        (
            "違う",
            "灯台の光は二十五秒に一度だけ届く",
            "灯台の光は二十五秒に一度だけ届く",
            "いまのパスワードが違います。",
        ),
        (
            PASSWORD,
            "灯台の光は二十五秒に一度だけ届く",
            "灯台の光は二十五秒に二度だけ届く",
            "新しいパスワードと確認の入力が違います。",
        ),
        (PASSWORD, "短い", "短い", "15 文字以上"),
        (PASSWORD, "1qaz2wsx3edc4rfv", "1qaz2wsx3edc4rfv", "一般的すぎます"),
        (PASSWORD, "", "", "新しいパスワードを入力してください。"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(old, new, again, message):
    person = make_user()
    before = User.objects.get(pk=person.pk).password
    form = {"old_password": old, "new_password1": new, "new_password2": again}
    response = client_of(person).post(reverse("accounts:change_password"), form)
    assert response.status_code == 200
    page = parse(response)
    assert complaints(page) == []
    assert any(message in "".join(node.itertext()) for node in page.all("ul"))
    assert User.objects.get(pk=person.pk).password == before


def test_changing_the_password_ends_the_other_sessions():
    person = make_user()
    here, elsewhere = client_of(person), client_of(person)
    new = "灯台の光は二十五秒に一度だけ届く"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    here.post(reverse("accounts:change_password"), form)
    assert here.get(reverse("accounts:departments")).status_code == 200
    assert elsewhere.get(reverse("accounts:departments")).status_code == 302
