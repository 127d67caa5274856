"""A browser tells that a page of ours would have run what it must not."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.web import reports
from planwizard.web.headers import POLICY


@pytest.fixture(autouse=True)
def quiet_before():
    reports._lately.clear()


@pytest.fixture
def send():
    """As a browser does: without a token, from whatever page."""
    browser = Client(enforce_csrf_checks=True)
    return lambda body: browser.post(
        reverse("web:policy_report"), body, content_type="application/csp-report"
    )


def a_report(**facts):
    return json.dumps({"csp-report": {"effective-directive": "script-src", "blocked-uri": "inline", **facts}})


def test_the_policy_names_the_address():
    assert f"report-uri {reverse('web:policy_report')}" in POLICY


def test_a_report_is_logged_without_what_somebody_asked(send, caplog):
    body = a_report(
        **{"document-uri": "https://plan.example/plans/1/?words=ひみつ", "script-sample": "ひみつ"}
    )
    assert send(body).status_code == 204
    assert "script-src" in caplog.text
    assert "https://plan.example/plans/1/" in caplog.text
    assert "ひみつ" not in caplog.text


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"csp-report": 7}',
        '{"csp-report": {"blocked-uri": "http://["}}',
        "[" * 5000,
        "\\ud800",
    ],
)
def test_rubbish_is_answered_alike(send, body, caplog):
    assert send(body).status_code == 204
    assert len(caplog.text.splitlines()) <= 1


def test_a_report_of_any_size_is_read_as_far_as_one_goes(send):
    assert send(a_report(**{"blocked-uri": "x" * 2**20})).status_code == 204


def test_who_sends_many_fills_no_log(send, caplog):
    for _ in range(reports.MOST_A_MINUTE * 3):
        assert send(a_report()).status_code == 204
    assert len(caplog.records) == reports.MOST_A_MINUTE
