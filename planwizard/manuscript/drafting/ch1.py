"""1章 現状及び課題: the town, what was done, where it stands, what changes around it, the issues."""

from __future__ import annotations

from planwizard.blueprint import options
from planwizard.blueprint.content import Answers
from planwizard.manuscript.drafting.entries import (
    agreeing,
    counts,
    day,
    entries,
    label,
    number,
    our_town,
    year,
)
from planwizard.manuscript.drafting.wording import (
    bare,
    chapter,
    flowing,
    is_noun_phrase,
    items,
    joined,
    listed,
    noted,
    paragraph,
    passage,
    quoted,
    section,
    told,
    with_notes,
)
from planwizard.manuscript.material import Material

SHOWN = 4  # rows told in the text; the table has them all
ISSUES_SHOWN = 12


def draft(material: Material) -> str:
    answers = material.answers("ch1")
    return chapter(
        section("人口と地域の姿", _town(material, answers), _town_hall(material, answers)),
        section(
            "これまでの取組と現状",
            _past(material, answers),
            _previous_plan(answers),
            _indicators(material, answers),
        ),
        section("住民と庁内の意向", paragraph(*_opinions(material, answers))),
        section("データの現況", paragraph(_data(answers), _private_data(answers))),
        section("背景と動向", _needs(material, answers), passage(answers.text("national_trend"))),
        section("課題", _issues(material), _pressing(material, answers)),
    )


# 地域の姿 ------------------------------------------------------------------------------------------------


def _town(material: Material, answers: Answers) -> str:
    features = told(f"{our_town(material)}の特性", answers.text("area_features"))
    return paragraph(features, _people(material, answers), _projection(material, answers))


def _people(material: Material, answers: Answers) -> str:
    population = number(answers.text("population"), "人")
    facts = []
    if population:
        source = label(options.POPULATION_SOURCES, answers.text("population_source"))
        as_of = day(material, answers.text("population_as_of"), "現在")
        facts.append(f"総人口は{population}{noted(source, as_of)}")
    if households := number(answers.text("households"), "世帯"):
        facts.append(f"世帯数は{households}")
    if share := _share(answers.text("aging_rate")):
        facts.append(f"高齢化率は{share}")
    return f"{our_town(material)}の{'、'.join(facts)}である。" if facts else ""


def _share(stored: str) -> str:
    """A percentage of people; one below 0 or above 100 contradicts itself and is left out."""
    try:
        return number(stored, "%") if 0 <= float(stored) <= 100 else ""
    except ValueError:
        return ""


def _yearly(material: Material, rows: list[Answers]) -> list[tuple[str, str]]:
    """(令和4年度, 612人) in order of years; a year with two different values is left out."""
    agreed = agreeing(rows, lambda row: row.year("fy"), "value")
    values = {row.year("fy"): number(row.text("value"), "人") for row in agreed}
    return [(year(material, fy), values[fy]) for fy in sorted(filter(None, values)) if values[fy]]


def _projection(material: Material, answers: Answers) -> str:
    rows = answers.rows("population_projection")
    values = [f"{when}に{people}" for when, people in _yearly(material, rows)]
    sources = noted(*dict.fromkeys(row.text("source") for row in rows))
    return f"将来の人口は、{'、'.join(values)}と見込む{sources}。" if values else ""


def _town_hall(material: Material, answers: Answers) -> str:
    """The first and the last number of staff tell the course; the table has every year."""
    values = [f"{when}が{people}" for when, people in _yearly(material, answers.rows("staff_count"))]
    ends = [values[0], values[-1]] if len(values) > 2 else values
    staff = f"職員数は、{'、'.join(ends)}である。" if ends else ""
    return paragraph(staff, told("財政の見通し", answers.text("fiscal_note")))


# これまでの取組 ------------------------------------------------------------------------------------------


def _past(material: Material, answers: Answers) -> str:
    rows = [row for row in answers.rows("past_initiatives") if row.text("title")]
    if not rows:
        return ""
    rows.sort(key=lambda row: row.year("fy") or 0)
    start = f"{our_town(material)}は、これまでに次の取組を進めてきた。"
    if len(rows) > SHOWN:
        start = f"{our_town(material)}は、これまでに{len(rows)}件の取組を進めてきた。近年のものは、次のとおりである。"
    return f"{start}\n{items(_initiative(material, row) for row in rows[-SHOWN:])}"


def _initiative(material: Material, row: Answers) -> str:
    when = year(material, row.year("fy"))
    return f"{when}　{with_notes(bare(row.text('title')), row.text('result'))}".lstrip("　")


def _previous_plan(answers: Answers) -> str:
    grades = counts(bare(row.text("evaluation")) for row in answers.rows("previous_plan_review"))
    if not grades:
        return ""
    total = sum(count for _, count in grades)
    if len(grades) > SHOWN:
        return f"前計画については、{total}件を評価した。"
    parts = "、".join(f"{quoted(grade)}が{count}件" for grade, count in grades)
    return f"前計画について評価した{total}件の内訳は、{parts}である。"


# デジタル化とデータの現状 ----------------------------------------------------------------------------------


def _indicators(material: Material, answers: Answers) -> str:
    rows = [row for row in answers.rows("digital_indicators") if row.text("name") and row.text("value")]
    rows = agreeing(rows, lambda row: (row.text("name"), row.text("as_of")), "value", "unit")
    if not rows:
        return ""
    start = "主な指標を見ると、" if len(rows) > SHOWN else "指標を見ると、"
    return f"{start}{'、'.join(_indicator(material, row) for row in rows[:SHOWN])}である。"


def _indicator(material: Material, row: Answers) -> str:
    average = _measured(row, "national_avg")
    notes = noted(day(material, row.text("as_of"), "現在"), average and f"国の平均は{average}")
    return f"{bare(row.text('name'))}は{_measured(row, 'value')}{notes}"


def _measured(row: Answers, column: str) -> str:
    """A value with its unit; a unit typed with the value is not said twice."""
    value, unit = bare(row.text(column)), bare(row.text("unit"))
    shown = number(value) or value
    return shown if not shown or shown.endswith(unit) else shown + unit


def _opinions(material: Material, answers: Answers) -> list[str]:
    return [
        _survey(material, answers.rows("resident_survey"), "住民の意向を調べた結果"),
        _survey(material, answers.rows("staff_survey"), "庁内の意向を調べた結果"),
    ]


def _survey(material: Material, rows: list[Answers], topic: str) -> str:
    """What was answered; when it was asked, and of how many, is said once if it is the same throughout."""
    shown = [row for row in rows if row.text("question") and row.text("result")][:SHOWN]
    if not shown:
        return ""
    asked = [_asked(material, row) for row in shown]
    if len(shown) > 1 and len(set(asked)) == 1:
        topic, asked = topic + noted(*asked[0]), [("", "")] * len(shown)
    if all(is_noun_phrase(bare(row.text("result"))) for row in shown):
        told_answers = [_answer(row, "が", notes) for row, notes in zip(shown, asked, strict=True)]
        return f"{topic}は、{'、'.join(told_answers)}である。"
    told_answers = [_answer(row, "：", notes) for row, notes in zip(shown, asked, strict=True)]
    return f"{topic}は、次のとおりである。\n{items(told_answers)}"


def _asked(material: Material, row: Answers) -> tuple[str, str]:
    people = number(row.text("n"), "人")
    return people and f"回答者{people}", day(material, row.text("surveyed_on"), "調査")


def _answer(row: Answers, link: str, notes: tuple[str, str]) -> str:
    return f"{quoted(bare(row.text('question')))}{link}{with_notes(bare(row.text('result')), *notes)}"


def _data(answers: Answers) -> str:
    rows = answers.rows("data_holdings")
    held = entries(rows, "name")
    public = entries((row for row in rows if row["published"] is True), "name")
    if public and public == held:
        return listed("保有し、公開している主なデータ", held, SHOWN)
    return paragraph(
        listed("保有する主なデータ", held, SHOWN),
        listed("このうち公開しているもの", public, SHOWN),
    )


def _private_data(answers: Answers) -> str:
    return listed(
        "活用する民間のデータ", entries(answers.rows("private_data"), "name", "holder", "use"), SHOWN
    )


# 社会の変化、課題 ----------------------------------------------------------------------------------------


def _needs(material: Material, answers: Answers) -> str:
    needs = [
        _need(label(options.NEEDS, row.text("need")), flowing(row.text("local_situation")))
        for row in answers.rows("background_needs")
        if row.text("local_situation")
    ]
    return (
        f"{our_town(material)}に現れている社会の変化は、次のとおりである。\n{items(needs)}" if needs else ""
    )


def _need(need: str, situation: str) -> str:
    return f"{need}：{situation}" if need else situation


def _issues(material: Material) -> str:
    titles = [f"{no}　{bare(row.text('title'))}" for no, row in material.issues if row.text("title")]
    if not titles:
        return ""
    if len(titles) > ISSUES_SHOWN:
        count = f"{len(titles)}件あり、はじめの{ISSUES_SHOWN}件は、次のとおりである"
    else:
        count = f"次の{len(titles)}件である"
    return f"{our_town(material)}の課題は、{count}。\n{items(titles[:ISSUES_SHOWN])}"


def _pressing(material: Material, answers: Answers) -> str:
    """The issues of high priority by number, their titles stand above; one with two priorities is left out."""
    ranked = agreeing(answers.rows("issue_priority"), lambda row: row.text("issue"), "priority")
    high = {row.text("issue") for row in ranked if row.text("priority") == "high"}
    numbers = [no for no, row in material.issues if row.key in high and row.text("title")]
    return f"このうち優先順位が高いものは、{joined(numbers)}である。" if numbers else ""
