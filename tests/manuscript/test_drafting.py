"""Drafts of chapter texts: every example of docs/drafting.md, and what holds for any plan."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwizard.blueprint import edition
from planwizard.blueprint.content import PartContent
from planwizard.blueprint.kinds import (
    Choice,
    Choices,
    Day,
    Group,
    Line,
    Number,
    Prints,
    Prose,
    Reference,
    Rows,
    Text,
    Year,
    YesNo,
)
from planwizard.common.fiscal_year import FiscalYear, day_label
from planwizard.common.numbers import show_number
from planwizard.common.text import clean
from planwizard.document import prose
from planwizard.document.nodes import Heading
from planwizard.manuscript import special
from planwizard.manuscript.drafting import draft, wording
from tests.manuscript import plans
from tests.manuscript.drafting_examples import Example, examples, plan

EDITION = edition("municipal-2019-10")
CHAPTERS = ("ch1", "ch2", "ch3", "ch4", "ch5", "ch7")
AREAS = tuple(pillar.part_key for pillar in EDITION.pillars)
EXAMPLES = examples()
FULL = [example for example in EXAMPLES if example.kind == "full"]
# template.md 0.4, with what the full examples hold; the most is what the sheet allows
LEAST_CHARS = {"ch1": 800, "ch2": 300, "ch3": 400, "ch4": 400, "ch5": 600, "ch7": 300, "ch6-online": 80}


# Examples --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_draft_is_the_text_that_the_documentation_shows(example: Example):
    assert draft(example.content, example.part_key) == example.text


@pytest.mark.parametrize("chapter", [*CHAPTERS, "ch6"])
def test_documentation_shows_three_examples_of_each_chapter(chapter):
    kinds = [example.kind for example in EXAMPLES if example.part_key.split("-")[0] == chapter]
    assert kinds == ["full", "sparse", "contradictory"]


@pytest.mark.parametrize("example", FULL, ids=str)
def test_full_input_gives_a_text_of_the_length_a_chapter_has(example: Example):
    field = next(
        field
        for field in EDITION.sheet(example.part_key).fields
        if isinstance(field, Prose) and _is_text(field)
    )
    assert LEAST_CHARS[example.part_key] <= len(example.text) <= field.max_chars


def _is_text(field: Prose) -> bool:
    return field.key.endswith(("_text", "_lead"))


@pytest.mark.parametrize("example", FULL, ids=str)
def test_headings_of_a_draft_are_read_as_headings(example: Example):
    blocks = prose.parse(example.text, prefix="ch")
    read = [block.text for block in blocks if isinstance(block, Heading)]
    assert read == [line[2:] for line in example.text.split("\n") if line[0:1] in ("■", "□")]


@pytest.mark.parametrize("example", FULL, ids=str)
def test_whatever_prints_only_through_the_text_is_in_it_whole(example: Example):
    for path in _body_paths(example.part_key):
        entry = example.content.part(example.part_key).answers.text(path)
        assert entry, f"{path} is missing from the full example"
        assert wording.bare(entry) in example.text


def test_every_policy_of_a_pillar_is_in_the_text_whole():
    example = next(each for each in FULL if each.part_key == "ch5")
    policies = example.content.part("ch5").answers.at("pillar_policy")
    entries = [policies.text(f"{pillar.key}.text") for pillar in EDITION.pillars]
    assert sum(map(bool, entries)) >= 3
    assert [entry for entry in entries if wording.bare(entry) not in example.text] == []


def _body_paths(part_key):
    for field in EDITION.sheet(part_key).fields:
        if field.prints is Prints.BODY and isinstance(field, Group):
            yield from (f"{field.key}.{inner.key}" for inner in field.fields if isinstance(inner, Text))
        elif field.prints is Prints.BODY:
            yield field.key


def test_chapter_is_headed_as_its_steps_so_that_each_table_finds_its_text():
    for example in FULL:
        headings = [line[2:] for line in example.text.split("\n") if line.startswith("■")]
        if example.part_key in ("ch1", "ch3", "ch4", "ch5", "ch7"):
            asked = [
                group.title
                for group in EDITION.sheet(example.part_key).sets
                if "本文" not in group.title
                and not all(field.key in special.ELSEWHERE for field in group.fields)
            ]
            unnamed = [title for title in asked if not any(title in heading for heading in headings)]
            assert unnamed in ([], ["地域と市役所の姿"])  # told under 人口と地域の姿


# Rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part_key", [*CHAPTERS, *AREAS, "basics", "appendix", "gone"])
def test_plan_without_answers_has_no_draft(part_key):
    assert draft(plan({"basics": {"municipality_name": "磯波町"}}), part_key) == ""


def test_answer_that_could_not_be_read_is_left_out():
    content = plan({"ch1": {"households": "2410"}})
    part = replace(content.parts[0], as_typed={"population": "約6千"})
    text = draft(replace(content, parts=(part, *content.parts[1:])), "ch1")
    assert text == "本市町村の世帯数は2,410世帯である。"


def test_name_with_a_backslash_is_filled_in_as_it_is():
    content = plan({"basics": {"municipality_name": "磯波\\1町"}, "ch3": {"scope": "○○市の全庁"}})
    assert draft(content, "ch3") == "本計画の対象は、磯波\\1町の全庁とする。"


def test_gap_for_the_town_is_filled_in():
    content = plan({"basics": {"municipality_name": "磯波町"}, "ch3": {"scope": "○○市の全庁"}})
    assert draft(content, "ch3") == "本計画の対象は、磯波町の全庁とする。"


@pytest.mark.parametrize("entry", ["○○大学と進める", "△△課が行う", "令和○年に定める", "〇〇県の計画"])
def test_entry_with_a_gap_of_the_template_is_left_out(entry):
    content = plan({"ch4": {"cio_title": "副町長", "budget_policy": entry}})
    assert draft(content, "ch4") == "最高情報統括責任者（CIO）を副町長とする。"


@pytest.mark.parametrize(
    ("era", "years"),
    [
        ("wareki", "令和8年度から令和12年度まで"),
        ("seireki", "2026年度から2030年度まで"),
        ("both", "令和8年度（2026年度）から令和12年度（2030年度）まで"),
    ],
)
def test_years_follow_the_display_of_the_plan(era, years):
    basics = {"period_start_fy": 2026, "period_end_fy": 2030, "era_display": era}
    assert draft(plan({"basics": basics}), "ch3") == f"計画期間は、{years}の5年間とする。"


def test_long_tables_are_told_by_their_first_rows_and_their_number():
    members = [{"name": f"第{number}部長"} for number in range(1, 31)]
    text = draft(plan({"ch4": {"internal_org": {"name": "推進本部", "members": members}}}), "ch4")
    assert "第7部長、第8部長など30件である。" in text
    assert "第9部長" not in text


def test_chapter_over_its_length_leaves_effects_to_their_table():
    effect = {"effect_cost": {"description": "運用経費を減らす。", "measure_refs": ["m000000001"]}}
    measure = {"key": "m000000001", "pillar": "standard", "measure_no": "6-⑤-01", "title": "移行する"}
    short = plan({"ch2": {"expected_effects": effect}, "measures": [measure]})
    long = plan(
        {"ch2": {"expected_effects": effect, "purpose_ebpm": "予算に使う。" * 200}, "measures": [measure]}
    )
    assert draft(short, "ch2").endswith("行政の運用コストの削減（6-⑤-01）：運用経費を減らす。")
    assert draft(long, "ch2").endswith("行政の運用コストの削減（6-⑤-01）")


def test_circumstances_of_a_survey_are_told_once():
    asked = {"n": "1043", "surveyed_on": "2025-07-31"}
    rows = [
        {"question": "使いたい", "result": "61%（636人）", **asked},
        {"question": "使った", "result": "23%", **asked},
    ]
    told = "住民の意向を調べた結果（回答者1,043人、令和7年7月31日調査）は、「使いたい」が61%（636人）、「使った」が23%である。"
    assert draft(plan({"ch1": {"resident_survey": rows}}), "ch1") == told


def test_law_and_documents_are_named_as_the_catalogue_prints_them():
    names = {"law": {"act-9-3": "架空の法律第9条"}}
    content = plan({"names": names, "ch3": {"legal_basis": ["act-9-3", "gone"]}})
    assert draft(content, "ch3") == "本計画は、架空の法律第9条に基づき策定する。"


def test_prefectural_plan_that_cannot_be_found_is_told_with_its_note():
    prefectural = {"none": True, "note": "県の課に確かめた"}
    content = plan({"basics": {"prefecture_name": "汐路県"}, "ch3": {"prefectural_plan_ref": prefectural}})
    assert draft(content, "ch3") == "汐路県の計画は、見つかっていない。県の課に確かめた。"


# Any plan --------------------------------------------------------------------------------------------------

BLEMISHES = ("。。", "、。", "、、", "  ", "○○", "「」", "（）", "None", "\n\n\n")
TYPED = st.one_of(
    st.sampled_from(
        [
            "紙の申請を廃止",
            "窓口の見直し。",
            "紙の転記をなくします。。",
            "・住民\n・事業者",
            "■ 題\n国は、\n計画を改めた、。",
            "○○市の手続",
            "令和○年",
            "  84,312人  ",
            "「なみ」計画（令和7年6月13日閣議決定）",
            "大学及び高専",
            "。",
            "、。",
            "2026-03-25",
            "r000000001",
        ]
    ),
    st.text("あを、。．・①■□○市のするた 　\n\t12a𠮷", max_size=12),
    st.text(max_size=12).filter(lambda text: not any(blemish in text for blemish in BLEMISHES)),
).map(clean)
ROWS = [f"r{number:09d}" for number in range(1, 4)]


def _field_values(field, path):
    """A strategy for ``{path: value}`` of one field, every value optional."""
    match field:
        case Group(fields=fields):
            return _values(fields, f"{path}.")
        case Rows(columns=columns):
            rows = [_values(columns, f"{path}.{key}.") for key in ROWS]
            return st.tuples(st.just({path: ROWS}), *rows).map(_merged)
        case Line() | Text() | Prose() | Number():
            values = TYPED | st.sampled_from(["12", "84312", "-3.5", "100.0"])
        case Day():
            values = st.dates().map(str) | TYPED
        case Year():
            values = st.integers(1800, 2200)
        case Choice(options=options):
            values = st.sampled_from([option.key for option in options] + ["gone"])
        case Choices(options=options):
            values = st.lists(st.sampled_from([option.key for option in options] + ["gone"]))
        case YesNo():
            values = st.booleans()
        case Reference():
            values = st.sampled_from([*ROWS, "gone"]) | st.lists(st.sampled_from([*ROWS, "gone"]), max_size=3)
        case _:
            return st.just({})
    return st.just({}) | values.map(lambda value: {path: value})


def _values(fields, prefix=""):
    return st.tuples(*(_field_values(field, prefix + field.key) for field in fields)).map(_merged)


def _merged(mappings):
    return {path: value for mapping in mappings for path, value in mapping.items() if value not in ("", [])}


@st.composite
def plans_of(draw, part_key):
    """Any answers to one chapter, the basics and three measures."""
    keys = ("basics", "ch1", part_key) if part_key == "ch2" else ("basics", part_key)
    parts = [PartContent(key, "chapter", "", 0, draw(_values(EDITION.sheet(key).fields))) for key in keys]
    for key, pillar in zip(ROWS, ("online", "open_data", "standard"), strict=True):
        values = draw(_values(EDITION.measure(pillar).sets[-1].fields))
        parts.append(PartContent(key, "measure", draw(TYPED), 0, values, pillar=pillar, measure_no="6-①-01"))
    names = {to: {key: draw(TYPED) for key in ROWS} for to in ("law", "department", "national_document")}
    return replace(plan({"names": names}), parts=tuple(parts))


def test_a_cyber_policy_to_come_is_not_said_to_be_there():
    policy = {"is_planned": True, "title": "潮見野市基本方針、令和9年度に策定予定"}
    said = draft(plans.plan({"ch7": {"cyber_policy": policy}}), "ch7")
    assert "方針は、これから定める（潮見野市基本方針、令和9年度に策定予定）。" in said


@pytest.mark.parametrize("part_key", [*CHAPTERS, *AREAS])
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_plan_gives_clean_text(part_key, data):
    text = draft(data.draw(plans_of(part_key)), part_key)
    assert [blemish for blemish in BLEMISHES if blemish in text] == [], text


@settings(max_examples=30, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["population", "issues", "scope", "pdca", "vision", "members"]),
        st.one_of(st.booleans(), st.integers(), st.text(), st.lists(st.text(), max_size=3)),
    )
)
def test_values_of_the_wrong_kind_never_raise(values):
    for part_key in CHAPTERS:
        parts = (
            PartContent(part_key, "chapter", "", 0, values),
            PartContent("basics", "basics", "", 0, values),
        )
        assert isinstance(draft(replace(plan({}), parts=parts), part_key), str)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_number_of_a_draft_was_entered_or_counted(example: Example):
    assert _numbers(example.text) <= _known_numbers(example.content)


def _numbers(text):
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?", unicodedata.normalize("NFKC", text)))


def _known_numbers(content):
    known = set(map(str, range(1, 10)))  # counts of rows, numbers of issues, years of the period
    known |= {
        number for names in content.names.values() for name in names.values() for number in _numbers(name)
    }
    for part in content.parts:
        known |= _numbers(f"{part.title} {part.measure_no}")
        for value in part.values.values():
            known |= _numbers_of(value)
    return known


def _numbers_of(value):
    if isinstance(value, list):
        return _numbers(" ".join(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return _numbers(FiscalYear(value).label("both"))
    text = str(value)
    numbers = _numbers(text)
    if re.fullmatch(r"\d+(\.\d+)?", text):
        numbers.add(show_number(text))
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        numbers |= _numbers(day_label(date.fromisoformat(text), "both"))
    return numbers


def test_a_need_that_was_not_chosen_has_no_label():
    rows = [{"local_situation": "農機の共同利用の相談が14件あった。"}]
    text = draft((plans.plan({"ch1": {"background_needs": rows}})), "ch1")
    assert "・農機の共同利用の相談が14件あった。" in text
    assert "その他" not in text


def test_data_that_are_all_public_are_named_once():
    rows = [{"name": "避難所一覧", "published": True}]
    text = draft((plans.plan({"ch1": {"data_holdings": rows}})), "ch1")
    assert text == "保有し、公開している主なデータは、避難所一覧である。"
