"""Markup written by hand escapes whatever people typed."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from planwizard.wizard.markup import fill, join


@given(st.text(), st.text())
def test_pieces_are_escaped_as_django_does(first, second):
    assert fill('<p title="{}">{}</p>', first, second) == format_html('<p title="{}">{}</p>', first, second)


def test_markup_stays_as_it_is():
    assert fill("<p>{}{}</p>", SafeString("<b>"), "<i>") == "<p><b>&lt;i&gt;</p>"


def test_pieces_are_joined_and_the_result_is_markup():
    joined = join(["<", SafeString("<br>"), 3], " ")
    assert joined == "&lt; <br> 3"
    assert fill("{}", joined) == joined
