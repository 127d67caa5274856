import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.factories import client_of, make_municipality, make_user
from tests.security.test_access import TABLE, address_of

pytestmark = pytest.mark.django_db

# By value on purpose: whoever changes a header changes this line and says why.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; report-uri /policy-report/"
)
PINNED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def check(response, **changed):
    expected = PINNED | {name.replace("_", "-"): value for name, value in changed.items()}
    assert {name: response.get(name) for name in expected} == expected
    features = response["Permissions-Policy"].split(", ")
    assert "camera=()" in features
    assert all(feature.endswith("=()") for feature in features)
    for told in ("Server", "X-Powered-By", "Access-Control-Allow-Origin"):
        assert told not in response


@pytest.mark.parametrize("name", TABLE)
def test_every_route_carries_them_for_strangers_and_members(name):
    town = make_municipality()
    address = address_of(name, TABLE[name], town)
    for client in (Client(raise_request_exception=False), client_of(make_user("town_admin"))):
        response = client.get(address)
        is_file = response.get("Content-Disposition", "").startswith("attachment")
        check(response, Content_Security_Policy=f"{POLICY}; sandbox" if is_file else POLICY)


@pytest.mark.parametrize("path", ["/broken/", "/locked/", "/refused/", "/nothing/", "/only-get/"])
def test_errors_carry_them(path, settings):
    settings.ROOT_URLCONF = "tests.web.failing"
    check(Client(raise_request_exception=False).post(path))


def test_a_file_that_is_handed_out_is_boxed_in(settings):
    settings.ROOT_URLCONF = "tests.web.failing"
    response = Client().get("/file/")
    assert response["Content-Disposition"].startswith("attachment")
    check(response, Content_Security_Policy=f"{POLICY}; sandbox")


def test_style_sheets_may_be_kept_by_the_browser(settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    response = Client().get("/static/css/base.css")
    assert response.status_code == 200
    assert response["Cache-Control"] != "no-store"
    check(response, Cache_Control=response["Cache-Control"])


def test_transport_is_pinned_for_a_year_outside_localhost():
    with override_settings(INSECURE_LOCALHOST=False):
        response = Client().get(reverse("accounts:sign_in"))
    check(response, Strict_Transport_Security="max-age=31536000")


def test_plain_http_on_localhost_pins_nothing():
    assert "Strict-Transport-Security" not in Client().get(reverse("accounts:sign_in"))
