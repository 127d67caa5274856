from datetime import date

import pytest
from django import forms

from planwizard.web.forms import DayField, LineField
from tests.inspector import parse


class Sheet(forms.Form):
    name = LineField(label="課名", max_length=5, help_text="庁内の正式な名前です。")
    day = DayField(label="公表日", required=False)
    shape = forms.ChoiceField(
        label="計画の形", choices=[("a", "単独"), ("b", "兼用")], widget=forms.RadioSelect
    )
    part = forms.CharField(label="本文", required=False, widget=forms.Textarea)


class _Answer:
    status_code = 200

    def __init__(self, html: str) -> None:
        self.content = html.encode()


def written(form):
    return parse(_Answer(f"<!doctype html><html><body>{form}</body></html>"))


def test_a_field_is_written_in_the_order_label_mark_help_control_error():
    html = str(Sheet({"name": ""})["name"].as_field_group())
    places = [
        html.index(word) for word in ("課名", "※必須", "庁内の正式な名前です。", "<input", "pw-field__error")
    ]
    assert places == sorted(places)


def test_a_field_says_whether_it_must_be_filled_in():
    assert "※任意" in Sheet()["day"].as_field_group()
    field = Sheet()["day"]
    field.field.level = "required"
    assert "※必須（公表まで）" in field.as_field_group()


@pytest.mark.parametrize(
    ("options", "initial", "is_marked"),
    [([("a", "甲")], "a", False), ([("", "選ばない"), ("a", "甲")], "a", True), ([("a", "甲")], None, True)],
    ids=["always one", "may be none", "none yet"],
)
def test_a_choice_is_marked_only_if_it_can_be_left_open(options, initial, is_marked):
    class Choosing(forms.Form):
        kind = forms.ChoiceField(choices=options, initial=initial, widget=forms.RadioSelect, required=False)

    assert ("※" in str(Choosing()["kind"].as_field_group())) is is_marked


def test_the_browser_neither_refuses_nor_cuts_what_is_typed():
    html = str(Sheet())
    assert "required" not in {
        name for node in written(Sheet()).all("input", "textarea") for name in node.attrib
    }
    assert "maxlength" not in html


def test_an_error_is_tied_to_its_control():
    page = written(Sheet({"name": "課" * 6, "shape": "a"}))
    control = next(node for node in page.all("input") if node.get("name") == "name")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "id_name_helptext id_name_error"


def test_a_group_is_a_fieldset_whose_first_choice_is_linked():
    form = Sheet({"name": "税務課"})
    assert written(form).all("legend")
    assert form["shape"].first_control_id == "id_shape_0"
    assert form["name"].first_control_id == "id_name"


def test_hostile_text_is_written_as_text():
    form = Sheet({"name": '"><script>alert(1)</script>', "part": "</textarea><script>"})
    assert written(form).all("script") == []


@pytest.mark.parametrize("typed", ["令和9年4月1日", "２０２７年４月１日", "R9.4.1", "2027-04-01"])
def test_a_day_is_read_in_any_writing(typed):
    assert DayField(label="公表日").clean(typed) == date(2027, 4, 1)


@pytest.mark.parametrize("typed", ["来年の春", "令和9年13月1日", "2027-02-29"])
def test_a_day_that_cannot_be_read_says_what_to_type(typed):
    with pytest.raises(forms.ValidationError, match="公表日は日付で入力してください（例：令和9年4月1日"):
        DayField(label="公表日").clean(typed)


def test_a_line_is_cleaned():
    assert LineField().clean(" 税務\n課\x00 ") == "税務 課"
