"""Forms in, stored values out, and back."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwizard.blueprint import values
from planwizard.common.text import clean
from tests.blueprint.forms import BLUEPRINT, ROW_KEYS, SHEETS, YEARS, form_places, forms

BASICS = BLUEPRINT.sheet("basics")
CH1 = BLUEPRINT.sheet("ch1")
CH2 = BLUEPRINT.sheet("ch2")
CH3 = BLUEPRINT.sheet("ch3")
CH5 = BLUEPRINT.sheet("ch5")
ONLINE = BLUEPRINT.measure("online")
KEY, OTHER = ROW_KEYS

any_form = st.sampled_from(SHEETS).flatmap(lambda sheet: st.tuples(st.just(sheet), forms(sheet)))
thorough = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def read(sheet, **data):
    return values.read(sheet, {path: [text] for path, text in data.items()}, years=YEARS)


def kpi(column, text):
    """A form with one KPI that has one column filled."""
    return values.read(ONLINE, {"kpis": [KEY], f"kpis.{KEY}.{column}": [text]}, years=YEARS)


@thorough
@given(any_form)
def test_no_form_makes_reading_fail_and_what_it_gives_can_be_stored(case):
    sheet, data = case
    typed = values.read(sheet, data, years=YEARS)
    stored = json.dumps([typed.values, typed.as_typed], ensure_ascii=False)
    assert clean(stored) == stored
    assert not typed.values.keys() & typed.as_typed.keys()
    assert typed.as_typed.keys() <= typed.messages.keys()


@thorough
@given(any_form)
def test_reading_what_a_form_shows_gives_the_same_again(case):
    sheet, data = case
    once = values.read(sheet, data, years=YEARS)
    shown = values.to_form(sheet, once.values, once.as_typed)
    again = values.read(sheet, shown, years=YEARS)
    assert (again.values, again.as_typed) == (once.values, once.as_typed)
    assert again.cleaned == []


@thorough
@given(any_form)
def test_what_was_read_passes_the_strict_check(case):
    sheet, data = case
    typed = values.read(sheet, data, years=YEARS)
    assert values.check(sheet, typed.values, typed.as_typed) == []


@thorough
@given(any_form)
def test_no_typed_text_is_lost(case):
    """Each non-blank string of a field that officers enter is in the values or kept as typed."""
    sheet, data = case
    typed = values.read(sheet, data, years=YEARS)
    rows = {place.path: typed.values.get(place.path, []) for place in form_places(sheet) if _is_rows(place)}
    for place in form_places(sheet):
        posted = [text for text in data.get(place.path, []) if clean(text).strip()]
        if posted and _is_entered(place, sheet, rows):
            assert place.path in typed.values or place.path in typed.as_typed


def _is_rows(place):
    return type(place.field).__name__ == "Rows"


def _is_entered(place, sheet, rows):
    if _is_rows(place) or type(place.field).__name__ in ("Group", "ByYear", "Upload"):
        return False
    lies_in = [path for path in rows if place.path.startswith(f"{path}.")]
    kept = all(place.path[len(path) + 1 :].split(".")[0] in rows[path] for path in lies_in)
    return kept and values.is_entered(place.field)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("84,312", "84312"),
        ("８４３１２", "84312"),
        ("84312人", None),
        ("約8万", None),
        ("-1", None),
        ("-0", "0"),
        ("", None),
    ],
)
def test_a_number_is_read_in_any_common_writing(typed, stored):
    assert read(CH1, population=typed).values.get("population") == stored


@pytest.mark.parametrize("typed", ["令和9年度", "R9", "2027", "２０２７年度", "令和９"])
def test_a_fiscal_year_is_read_in_any_common_writing(typed):
    assert read(BASICS, period_start_fy=typed).values == {"period_start_fy": 2027}


@pytest.mark.parametrize("typed", ["令和0年度", "R0", "令和00", "令和0年4月1日", "平成０年度"])
def test_there_is_no_year_0_in_an_era(typed):
    """It would come out as the last year of the era before."""
    assert read(BASICS, period_start_fy=typed, adopted_on=typed).as_typed == {
        "period_start_fy": typed,
        "adopted_on": typed,
    }


@pytest.mark.parametrize("typed", ["令和9年3月25日", "2027-03-25", "Ｒ９.3.25", "2027/3/25"])
def test_a_day_is_read_in_any_common_writing(typed):
    assert read(BASICS, adopted_on=typed).values == {"adopted_on": "2027-03-25"}


def test_a_number_that_cannot_be_read_is_kept_with_what_to_do():
    typed = kpi("target_value", "約70")
    assert typed.as_typed == {f"kpis.{KEY}.target_value": "約70"}
    assert f"kpis.{KEY}.target_value" not in typed.values
    assert typed.messages == {
        f"kpis.{KEY}.target_value": "指標 1行目の目標値は数で入力してください（例：70.0）。"
        "「約70」はそのまま残しました。直すまで文書には出ません。"
    }


@pytest.mark.parametrize("typed", ["٣", "9" * 21, "1e5"])
def test_numbers_that_no_plan_can_print_are_kept_as_typed(typed):
    assert read(CH1, population=typed).as_typed == {"population": typed}


def test_an_unreadable_answer_of_a_long_text_is_quoted_short():
    typed = read(CH1, population="とても" * 100)
    assert "「とてもとてもとてもとてもとてもとてもとて…」" in typed.messages["population"]
    assert typed.as_typed["population"] == "とても" * 100


def test_a_text_over_its_limit_is_read_and_reported():
    typed = read(CH2, ch2_text="あ" * 912)
    assert typed.values["ch2_text"] == "あ" * 912
    assert typed.messages == {"ch2_text": "本文は900文字までです（いまは912文字）。保存はしました。"}
    assert typed.is_read
    assert not read(CH1, population="約8万").is_read


def test_prose_keeps_its_leading_space_and_a_line_becomes_one_line():
    typed = read(CH2, ch2_text="　本市は、\r\n次の段落。", vision=" 待たせない\n潮見野 ")
    assert typed.values == {"ch2_text": "　本市は、\n次の段落。", "vision": "待たせない 潮見野"}


def test_what_was_taken_out_of_a_text_is_counted():
    typed = read(CH2, ch2_text="本\x00市\u202eは")
    assert typed.values == {"ch2_text": "本市は"}
    assert typed.cleaned == [("ch2_text", 2)]


def test_an_unknown_option_keeps_all_that_was_chosen():
    typed = values.read(CH2, {"data_scope": ["government", "secret"]})
    assert typed.as_typed == {"data_scope": "government\nsecret"}
    assert values.to_form(CH2, {}, typed.as_typed) == {"data_scope": ["government", "secret"]}


def test_a_line_break_inside_a_bad_option_does_not_make_two_options_of_it():
    typed = values.read(CH2, {"data_scope": ["government\nprivate"]})
    shown = values.to_form(CH2, typed.values, typed.as_typed)
    assert values.read(CH2, shown).as_typed == typed.as_typed == {"data_scope": "government private"}


def test_a_line_break_round_a_choice_is_no_part_of_it():
    assert read(CH2, data_scope="private\x85").values == {"data_scope": ["private"]}
    assert read(CH5, pillar_national_refs="0\n").values == {"pillar_national_refs": ["0"]}


def test_references_are_stored_in_the_order_chosen_and_once():
    typed = values.read(ONLINE, {"issues": [OTHER, KEY, OTHER], "department": ["digital000"]})
    assert typed.values == {"issues": [OTHER, KEY], "department": "digital000"}


def test_options_are_stored_in_the_declared_order_and_once():
    typed = values.read(CH2, {"data_scope": ["private", "government", "private"]})
    assert typed.values == {"data_scope": ["government", "private"]}


@pytest.mark.parametrize(("typed", "stored"), [("yes", True), ("no", False), ("", None)])
def test_yes_and_no_are_two_answers_and_blank_is_none(typed, stored):
    assert read(ONLINE, is_priority=typed).values.get("is_priority") is stored


@pytest.mark.parametrize(
    ("field", "typed", "is_read"),
    [
        ("publication_url", "https://www.example.lg.jp/digital/plan", True),
        ("publication_url", "www.example.lg.jp", False),
        ("publication_url", "javascript:alert(1)", False),
        ("publication_url", "https://[", False),
        ("publication_url", "https://磯波町.example.jp:8443/計画?年=9", True),
        ("publication_url", "https://計画のページ", False),
        ("publication_url", "https://https://www.example.lg.jp/", False),
        ("publication_url", "https://www..lg.jp/", False),
        ("publication_url", "https://www.example,lg.jp/", False),
        ("publication_url", "https://www.example.lg.jp　計画", False),
        ("publication_url", "https://www.example.lg.jp:計画/", False),
        ("contact_email", "digital@example.lg.jp", True),
        ("contact_email", "デジタル推進課", False),
        ("contact_phone", "000-000-0000（内線123）", True),
        ("contact_phone", "０００ー０００ー００００", True),
        ("contact_phone", "代表", False),
    ],
)
def test_addresses_and_telephone_numbers_are_examined(field, typed, is_read):
    assert (field in read(BASICS, **{field: typed}).values) is is_read


def test_rows_come_in_the_order_of_their_keys_and_bad_keys_are_no_rows():
    data = {
        "issues": [OTHER, "../etc", KEY, OTHER, ""],
        f"issues.{KEY}.title": ["来庁しづらい"],
        "issues.../etc.title": ["x"],
        "issues.zzzzzzzzz9.title": ["行の無い列"],
    }
    assert values.read(CH1, data).values == {"issues": [OTHER, KEY], f"issues.{KEY}.title": "来庁しづらい"}


def test_a_blank_row_stays_a_row():
    typed = values.read(CH1, {"issues": [KEY], f"issues.{KEY}.title": [""]})
    assert typed.values == {"issues": [KEY]}


def test_more_rows_than_allowed_are_told():
    keys = [f"k{number:09}" for number in range(2001)]
    typed = values.read(CH1, {"issues": keys})
    assert typed.values["issues"] == keys[:2000]
    assert typed.messages == {"issues": "課題は2000行までです（いまは2001行）。2000行目までを保存しました。"}


def test_years_that_the_form_did_not_show_are_ignored():
    data = {
        "kpis": [KEY],
        f"kpis.{KEY}.targets.2027.value": ["30"],
        f"kpis.{KEY}.targets.2040.value": ["90"],
        f"kpis.{KEY}.targets.x.value": ["1"],
    }
    typed = values.read(ONLINE, data, years=[2027])
    assert typed.values == {"kpis": [KEY], f"kpis.{KEY}.targets.2027.value": "30"}


def test_a_form_shows_the_years_of_the_plan_and_those_with_answers():
    basics = values.Answers({"period_start_fy": 2027, "period_end_fy": 2029})
    stored = {f"kpis.{KEY}.targets.2033.value": "90"}
    assert values.shown_years(basics, stored) == [2027, 2028, 2029, 2033]


@pytest.mark.parametrize(
    "period", [{}, {"period_start_fy": 2027}, {"period_start_fy": 2029, "period_end_fy": 2027}]
)
def test_a_period_that_is_open_or_backwards_shows_no_years(period):
    assert values.shown_years(values.Answers(period), {}) == []


def test_a_period_of_a_century_is_a_slip_and_shows_no_years():
    basics = values.Answers({"period_start_fy": 2000, "period_end_fy": 2100})
    assert values.shown_years(basics, {}) == []


def test_fixed_fields_and_fields_of_a_later_act_are_not_read():
    data = {
        "pillar": ["divide"],
        "measure_no": ["6-①-99"],
        "review.result": ["実績"],
        "kpis": [KEY],
        f"kpis.{KEY}.actuals.2027.value": ["12"],
    }
    assert values.read(ONLINE, data, years=YEARS).values == {"kpis": [KEY]}


def test_a_picture_has_four_answers():
    data = {
        "position_diagram.asset": ["a" * 64],
        "position_diagram.alt": ["計画の関係図"],
        "position_diagram.width_mm": ["１２０"],
    }
    assert values.read(CH3, data).values == {
        "position_diagram.asset": "a" * 64,
        "position_diagram.alt": "計画の関係図",
        "position_diagram.width_mm": 120,
    }


def test_a_picture_of_odd_width_is_kept_as_typed():
    typed = values.read(CH3, {"position_diagram.width_mm": ["83"]})
    assert typed.as_typed == {"position_diagram.width_mm": "83"}
    assert typed.messages["position_diagram.width_mm"].startswith(
        "他計画との関係図の幅は20から160までの、5きざみの数で入力してください"
    )


def test_a_form_shows_years_and_days_in_the_calendar_of_the_plan():
    stored = {"period_start_fy": 2027, "adopted_on": "2027-03-25"}
    assert values.to_form(BASICS, stored, {}) == {
        "period_start_fy": ["令和9年度"],
        "adopted_on": ["令和9年3月25日"],
    }
    assert values.to_form(BASICS, stored, {}, era="seireki") == {
        "period_start_fy": ["2027年度"],
        "adopted_on": ["2027年3月25日"],
    }


def test_walking_gives_each_stored_answer_with_its_field():
    stored = {"issues": [KEY], f"issues.{KEY}.title": "来庁しづらい", "population": "84312", "gone": "x"}
    walked = [(path, field.label, value) for path, field, value in values.walk(CH1.fields, stored)]
    assert walked == [
        ("population", "総人口", "84312"),
        ("issues", "課題", [KEY]),
        (f"issues.{KEY}.title", "課題", "来庁しづらい"),
    ]


def test_every_place_has_its_label_in_full():
    stored = {"kpis": [OTHER, KEY], f"kpis.{KEY}.targets.2028.value": "42"}
    labels = {path: place.label for path, place in values.stored_places(ONLINE, stored).items()}
    assert labels[f"kpis.{KEY}.name"] == "指標 2行目の指標名"
    assert labels[f"kpis.{KEY}.targets.2028.value"] == "指標 2行目の年度別目標（令和10年度）の目標"


def test_a_new_part_begins_with_the_initial_answers_and_they_are_sound():
    for sheet in SHEETS:
        assert values.check(sheet, values.initial_values(sheet)) == []
    ch4 = values.Answers(values.initial_values(BLUEPRINT.sheet("ch4")))
    assert [row.text("code") for row in ch4.rows("evaluation_scale")] == ["A", "B", "C", "D"]
    assert values.initial_values(CH3) == {"legal_basis": ["act-9-3"]}


@thorough
@given(any_form)
def test_rereading_says_what_reading_said(case):
    sheet, data = case
    once = values.read(sheet, data, years=YEARS)
    again = values.reread(sheet, once.values, once.as_typed, years=YEARS)
    told = {path: message for path, message in once.messages.items() if "行まで" not in message}
    assert (again.values, again.as_typed, again.messages) == (once.values, once.as_typed, told)


def test_a_stored_text_over_its_limit_is_told_in_rows_too():
    key = {"issues": [KEY], f"issues.{KEY}.title": "長" * 300}
    assert f"issues.{KEY}.title" in values.reread(CH1, key, {}).messages
    assert values.reread(CH1, {**key, f"issues.{KEY}.title": "短い"}, {}).messages == {}
