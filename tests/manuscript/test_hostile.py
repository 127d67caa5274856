"""Whatever people type, the plan can still be printed."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planwizard.blueprint.kinds import Line, Prose, Text
from planwizard.common.text import clean
from planwizard.document.check import check
from planwizard.manuscript.compose import compose, compose_part
from planwizard.manuscript.options import Options
from tests.manuscript import filled, plans
from tests.manuscript.reading import squeezed, text

TEXTS = (Line, Text, Prose)
HOSTILE = [
    "<script>alert(1)</script>",
    "]]><!--",
    "{{ 7 * 7 }}{% load %}",
    "=cmd|'/c calc'!A1",
    "〔参照：nothing0000〕〔注：脚注〕〔参照：",
    "■ 見出し\n□ 小見出し\n□ 小見出し\n・一\n①二\n(1)三",
    "列\t値\n一\t二\t三",
    "https://[::1 http://[ javascript:alert(1)",
    "葛󠄀城市の𠮷田さん🎌",
    "あ" * 20000,
    "x" * 3000,
    "\n\n\n",
    "　",
]


def with_every_text(words):
    """The plan with every answer, with ``words`` in every field of text and every title."""
    content, parts = filled.whole(with_texts=True)
    texts = {(key, path) for key, each in parts for path, field, _ in each.leaves if isinstance(field, TEXTS)}
    title = clean(words).replace("\n", " ")[:100]

    def typed(part):
        return {
            path: clean(words) if (part.key, path) in texts else part.values[path] for path in part.values
        }

    return replace(
        content, parts=tuple(replace(part, title=title, values=typed(part)) for part in content.parts)
    )


@pytest.mark.parametrize("words", HOSTILE, ids=[each[:12] for each in HOSTILE])
def test_a_plan_full_of_hostile_words_is_sound(words):
    content = with_every_text(words)
    assert check(compose(content, Options(budgets=True))) == []
    for part in content.parts:
        assert check(compose_part(content, part.key)) == [], part.key


def test_a_long_text_is_not_cut():
    long = "".join(f"第{number}文である。" for number in range(2000))
    measure = plans.measure(current_state=long)
    assert squeezed(long) in text(compose(plans.plan(measures=(measure,))))


def test_five_hundred_rows_are_all_printed():
    rows = [{"name": f"手続{number}", "annual_count": str(number)} for number in range(1, 501)]
    printed = text(compose(plans.plan(measures=(plans.measure(procedures=rows),))))
    assert all(f"手続{number}" in printed for number in (1, 250, 500))


def test_a_key_that_points_nowhere_says_nothing():
    measure = plans.measure(issues=["gone000000"], depends_on=["gone000000"], act_article="gone")
    document = compose(plans.plan(measures=(measure,)))
    assert "gone" not in text(document)
    assert check(document) == []


def test_years_out_of_order_are_printed_as_they_are():
    schedule = [{"item": "試行", "start_fy": 2030, "end_fy": 2026}]
    document = compose(plans.plan(measures=(plans.measure(schedule=schedule),)))
    assert "令和12年度～令和8年度" in text(document)
    assert check(document) == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_leaves_the_plan_sound(words):
    answers = {
        **plans.CHAPTERS,
        "basics": {**plans.BASICS, "foreword": clean(words), "plan_title": clean(words)},
        "ch2": {"vision": clean(words), "ch2_text": clean(words)},
        "ch3": {"parent_plans": [{"title": clean(words), "period": clean(words)}]},
        "ch4": {"head_title": clean(words), "cio_title": clean(words)},
    }
    measure = plans.measure(actions=clean(words), current_state=clean(words))
    assert check(compose(plans.plan(answers, (measure,)))) == []
