"""The words of the demo plans: each number of the prose stands in a field, and the style is である調.

*Prose* is what the line grammar reads (chapter texts, leads, 取組内容, the mayor's foreword); everything else is
structured. A number counts with its unit: 「52手続」 is not 「52人」. What no field holds because it is worked out
from fields is listed in ``WORKED_OUT``, and worked out again here.
"""

import re
from collections.abc import Callable, Iterator

from planwizard.blueprint.kinds import Day, Line, Number, Prose, Text, Year
from planwizard.blueprint.options import KPI_UNITS
from planwizard.common.fiscal_year import FiscalYear, day_label, parse_day
from planwizard.document import html
from planwizard.manuscript.compose import compose
from tests.demo.plans import DemoPlan, number

UNITS = (
    "平方キロメートル|か月|か所|年間|業務|手続|施設|団体|組織|集落|窓口|路線|種類|科目|事業|世帯|千円|言語|段階|週|"
    "[回件人円台枚通年月日分時歳課棟者度版条項号章つ便割第]|時間|ページ|システム|データ|キロ|%"
)
_TOKEN = re.compile(
    r"(?P<url>https?://\S+)"
    r"|(?P<measure>\d-[①-⑤]-\d\d)"
    r"|(?P<issue>I-\d+)"
    r"|(?P<policy>政策\d-\d)"
    r"|(?P<era>(?:昭和|平成|令和)(?:元|\d+)年(?:度|\d+月(?:\d+日)?)?)"
    r"|(?P<span>(?:昭和|平成|令和)\d+〜\d+年度)"
    r"|(?P<ordinal>第\d+(?:次|版|章|条|項|号)?)"
    r"|(?P<name>JIS X 8341-3|2次元|（1）)"
    rf"|(?P<from>\d+)〜(?P<to>\d+)(?P<both>{UNITS})"
    rf"|(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>{UNITS})?"
)
_KPI_UNITS = {unit.key: unit.label for unit in KPI_UNITS}


def tokens(text: str) -> Iterator[str]:
    """「令和7年10月1日」, 「84,312人」, 「6-①-01」: numbers as they are told."""
    for found in _TOKEN.finditer(text):
        if found["from"]:
            yield from (found["from"] + found["both"], found["to"] + found["both"])
        elif found["number"]:
            yield found["number"].replace(",", "") + (found["unit"] or "")
        elif not found["url"] and not found["name"]:
            yield found.group()


def facts(plan: DemoPlan) -> set[str]:
    """Every number that a structured field holds, as a text would tell it."""
    found = set(tokens(" ".join([*_titles(plan), *_laws(plan)])))
    for _, _, field, value in plan.answers():
        match field:
            case Prose():
                pass
            case Line() | Text():
                found |= set(tokens(str(value)))
            case Number():
                found.add(f"{value}{field.unit}")
            case Year():
                found |= set(tokens(FiscalYear(int(value)).wareki))
            case Day():
                found |= _of_day(str(value))
            case _:
                pass
    return found | _of_kpis(plan) | _of_indicators(plan)


def _titles(plan: DemoPlan) -> Iterator[str]:
    for part in plan.content.parts:
        yield f"{part.measure_no} {part.title}"


def _laws(plan: DemoPlan) -> Iterator[str]:
    """Numbers of laws and days of national documents are the catalogue's, not the town's."""
    yield from plan.content.names["law"].values()
    yield from plan.content.names["national_document"].values()
    yield from plan.content.names["national_measure"].values()


def _of_day(value: str) -> set[str]:
    label = day_label(parse_day(value))  # 令和7年10月1日
    month = label[: label.index("月") + 1]
    return {label, month, month.rpartition("年")[2], label.rpartition("月")[2]}


def _of_kpis(plan: DemoPlan) -> set[str]:
    """Values with the unit of the indicator; where that is その他, with the unit in the indicator's name or none."""
    found = set()
    for _, kpi in plan.kpis:
        named = re.search(r"（(?:.*・)?([^（）]+)）\Z", kpi.text("name"))
        is_other = kpi.text("unit") == "other"
        unit = (named[1] if named else "") if is_other else _KPI_UNITS[kpi.text("unit")]
        cells = [cell.text("value") for cell in kpi.by_year("targets").values()]
        found |= {f"{value}{unit}" for value in [kpi.text("baseline_value"), *cells]}
    return found


def _of_indicators(plan: DemoPlan) -> set[str]:
    rows = plan.part("ch1").rows("digital_indicators")
    return {row.text("value").replace(",", "") + row.text("unit") for row in rows}


def _issues(plan: DemoPlan) -> int:
    return len(plan.part("ch1").rows("issues"))


def _staff(plan: DemoPlan) -> dict[int, int]:
    return {row.year("fy"): int(row.text("value")) for row in plan.part("ch1").rows("staff_count")}


def _chapters(plan: DemoPlan) -> int:
    """The chapters are numbered through; the five areas are one of them."""
    return sum(part.kind == "chapter" for part in plan.content.parts) + 1


def _old_people(plan: DemoPlan) -> set[str]:
    told = re.search(r"同じ順に([\d,]+)人、([\d,]+)人、([\d,]+)人", plan.part("ch1").text("area_features"))
    return {f"{sum(int(each.replace(',', '')) for each in told.groups())}人"}


def _way_of(plan: DemoPlan, name: str) -> set[str]:
    kpi = plan.kpi(name)
    return {f"{number(kpi, 'target_value') - number(kpi, 'baseline_value')}{_KPI_UNITS[kpi.text('unit')]}"}


def _of_pillar(plan: DemoPlan) -> set[str]:
    """How many measures a pillar has, and how many of them adopt a national measure."""
    pillars = {part.pillar for part in plan.measures}
    own = [[part for part in plan.measures if part.pillar == pillar] for pillar in pillars]
    return {f"{len(each)}件" for each in own} | {f"{sum(bool(x.adoptions) for x in each)}件" for each in own}


# What the prose tells and no field holds, because it follows from fields: plan → tokens.
WORKED_OUT: dict[str, tuple[Callable[[DemoPlan], set[str]], ...]] = {
    "shiomino": (_old_people,),
    "isonami": (lambda plan: _way_of(plan, "公開しているデータの数"),),
}
BOTH: tuple[Callable[[DemoPlan], set[str]], ...] = (
    lambda plan: {f"{_issues(plan)}", f"{_issues(plan)}件"},
    lambda plan: {f"{start}{n}章" for n in range(1, _chapters(plan) + 1) for start in ("", "第")},
    lambda plan: {f"{len(plan.period)}年間", f"{len(plan.period)}年"},
    lambda plan: {f"{len(plan.part('ch4').rows('evaluation_scale'))}段階"},
    lambda plan: {f"{max(_staff(plan)) - min(_staff(plan))}年間"},
    lambda plan: {f"{_staff(plan)[min(_staff(plan))] - _staff(plan)[max(_staff(plan))]}人"},
    lambda plan: {row.text("no") for row in plan.part("ch1").rows("issues")},
    _of_pillar,
)


def prose(plan: DemoPlan) -> Iterator[tuple[str, str, str]]:
    for part, path, field, value in plan.answers():
        if isinstance(field, Prose):
            yield part.key, path, str(value)


def test_each_number_of_the_prose_is_found_in_a_field(plan):
    known = facts(plan)
    for work_out in (*BOTH, *WORKED_OUT[plan.name]):
        known |= work_out(plan)
    bare = {found[0] for token in known if (found := re.match(r"[\d.]+", token))}
    unknown = {
        (part, path, token)
        for part, path, text in prose(plan)
        for line in text.split("\n")
        for token in tokens(line)
        # In a table the head has the unit.
        if token not in known and not ("\t" in line and token in bare)
    }
    assert unknown == set()


_POLITE = re.compile(r"(です|ます|ました|ません|でしょう|ください)(?=[。\n]|\Z)")
_QUOTED = re.compile(r"「[^」]*」")
# The mayor speaks to the citizens.
_SPOKEN = {"foreword"}


def test_sentences_are_plain_as_in_official_writing(plan):
    polite = [
        (part.key, path, found[0])
        for part, path, field, value in plan.answers()
        if isinstance(field, Line | Text | Prose) and field.key not in _SPOKEN
        if (found := _POLITE.search(_QUOTED.sub("", str(value))))
    ]
    assert polite == []


def test_the_prose_of_a_chapter_has_the_length_of_its_kind(plan):
    lengths = {part.key: len(part.answers.text(f"{part.key}_text")) for part in plan.content.parts}
    least, most = {"shiomino": (300, 6000), "isonami": (250, 1500)}[plan.name]
    chapters = {key: length for key, length in lengths.items() if length}
    assert set(chapters) == {"ch1", "ch2", "ch3", "ch4", "ch5", "ch7"}
    assert all(least <= length <= most for length in chapters.values()), chapters


def test_every_term_of_the_glossary_is_used_in_the_plan(plan):
    text = html.render(compose(plan.content))
    terms = [row.text("term") for row in plan.part("appendix").rows("glossary")]
    # 標準的なバス情報フォーマット（GTFS-JP） is written in full or by the name in its brackets.
    names = [(term, re.sub(r".*（(.+)）", r"\1", term)) for term in terms]
    assert [term for term, name in names if text.count(name) < 2] == []


def test_the_numbers_are_read_with_their_units():
    assert list(tokens("令和7年10月1日に84,312人、6-①-01の52手続（31.8%）、4〜5月、I-2、第5版")) == [
        "令和7年10月1日",
        "84312人",
        "6-①-01",
        "52手続",
        "31.8%",
        "4月",
        "5月",
        "I-2",
        "第5版",
    ]
