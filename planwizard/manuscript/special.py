"""The fields that read badly as a plain list: issues, effects, pillar policies and the three figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from planwizard.blueprint.content import Answers, PartContent
from planwizard.blueprint.kinds import AnyField, Group, Rows
from planwizard.common.fiscal_year import FiscalYear, period_label
from planwizard.common.keys import block_id
from planwizard.document.nodes import Block, Figure, Paragraph, Run, Source
from planwizard.manuscript import charts, diagrams, evidence, fields, periods, tables
from planwizard.manuscript.diagrams import Organisation, Place, Span
from planwizard.manuscript.drawing import Drawing
from planwizard.manuscript.material import Material
from planwizard.manuscript.numbering import table_id
from planwizard.manuscript.tables import Column
from planwizard.manuscript.words import number, words

LEADS = frozenset({"vision"})  # printed large at the head of the chapter
# Fields that take the place of what another chapter makes: {key: what it makes}
ELSEWHERE: Mapping[str, Source] = {"schedule_diagram": Source("ch6", "schedule")}
_NUMBERS_SHOWN = 4
_CHART = 2  # the second block of its field; the table is the first, as in fields without a chart


def lead(material: Material, part: PartContent) -> Iterator[Block]:
    """目指す姿, before everything else in its chapter."""
    if vision := part.answers.text("vision"):
        inlines = (Run("目指す姿　"), Run(vision, "strong"))
        yield Paragraph(block_id(part.key, "vision", 1), inlines, "lead", Source(part.key, "vision"))


def from_elsewhere(material: Material, part: PartContent) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """(title, blocks) that a chapter prints from other parts: the sources of all figures."""
    if part.kind == "appendix":
        yield evidence.TITLE, tuple(evidence.blocks(material))


# --- tables --------------------------------------------------------------------------------------------------


def issues(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """Each issue with its number, what shows it and the measures that answer it."""
    heads = ("番号", "課題", "説明", "関わる柱", "対応する施策")
    rows = [_issue(material, number, row, field) for number, row in material.issues]
    if rows:
        columns, cells = _filled(heads, rows)
        paths = [f"{field.key}.{row.key}" for _, row in material.issues]
        yield from _grid(material, part, field, columns, cells, paths)


def _issue(material: Material, number: str, row: Answers, field: AnyField) -> list[str]:
    said = {column.key: words(material, column, row) for column in _columns(field)}
    evidence = f"（根拠：{said['evidence_ref']}）" if said["evidence_ref"] else ""
    answering = _in_lines(material.measures_by_issue.get(row.key, []))
    description = "\n".join(filter(None, (said["description"], evidence)))
    return [number, said["title"], description, said["pillar"], answering]


def _in_lines(numbers: Sequence[str]) -> str:
    """Numbers of measures below each other, of many two in a line."""
    each = 1 if len(numbers) <= _NUMBERS_SHOWN else 2
    return "\n".join("、".join(numbers[at : at + each]) for at in range(0, len(numbers), each))


def expected_effects(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """Each effect beside the measures that bring it about."""
    rows, paths = [], []
    for effect in _columns(field):
        at = part.answers.at(f"{field.key}.{effect.key}")
        said = [words(material, column, at) for column in _columns(effect)]
        if any(said):
            rows.append([material.label(effect), said[0], said[1].replace("、6-", "\n6-")])
            paths.append(f"{field.key}.{effect.key}")
    if rows:
        heads = ("期待される効果", "内容", "実現する施策")
        yield from _grid(material, part, field, *_filled(heads, rows), paths)


def pillar_policy(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """Each pillar with the town's stance and the measures placed under it in chapter 6.

    The policy itself belongs to the text of the chapter and stands here only while there is no text.
    """
    is_written = bool(part.answers.text(f"{part.key}_text").strip())
    found = [
        (pillar, _policy(material, part.answers.at(field.key), pillar, is_written))
        for pillar in _columns(field)
    ]
    found = [(pillar, row) for pillar, row in found if any(row[1:-1])]  # measures alone are no policy
    if found:
        heads = ("柱", "扱い", "方針", "見送る理由", "施策")
        paths = [f"{field.key}.{pillar.key}" for pillar, _ in found]
        yield from _grid(material, part, field, *_filled(heads, [row for _, row in found]), paths)


def _policy(material: Material, policies: Answers, pillar: AnyField, is_written: bool) -> list[str]:
    """One row. Without the column of the policy there is room for its cells in a line."""
    at = policies.at(pillar.key)
    said = {column.key: words(material, column, at) for column in _columns(pillar)}
    stance = [said["stance"], said["priority"] if at["priority"] is True else ""]
    return [
        material.label(pillar),
        ("、" if is_written else "\n").join(filter(None, stance)),
        "" if is_written else said["text"],
        said["skip_reason"],
        _numbers_of(material, pillar.key, in_lines=not is_written),
    ]


def _numbers_of(material: Material, pillar: str, *, in_lines: bool) -> str:
    """6-①-01、6-①-02, or the first and the last of many."""
    numbers = [each.measure_no or each.title for each in material.measures if each.pillar == pillar]
    if len(numbers) <= _NUMBERS_SHOWN:
        return ("\n" if in_lines else "、").join(numbers)
    return ("\n" if in_lines else "").join((f"{numbers[0]}～", numbers[-1], f"（{len(numbers)}件）"))


def _columns(field: AnyField) -> tuple[AnyField, ...]:
    return field.fields if isinstance(field, Group) else getattr(field, "columns", ())


def _filled(heads: tuple[str, ...], rows: list[list[str]]) -> tuple[list[Column], list[list[str]]]:
    """The columns that hold anything."""
    kept = [nth for nth in range(len(heads)) if any(row[nth] for row in rows)]
    return [Column(heads[nth]) for nth in kept], [[row[nth] for nth in kept] for row in rows]


def _grid(
    material: Material,
    part: PartContent,
    field: AnyField,
    columns: list[Column],
    rows: list[list[str]],
    paths: list[str],
) -> Iterator[Block]:
    id_, source = table_id(part.key, field.key), Source(part.key, field.key)
    yield from tables.grid(id_, material.label(field), columns, rows, source=source, paths=paths)


# --- charts --------------------------------------------------------------------------------------------------


def population_projection(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """The population of today and of the years to come."""
    now = (part.answers.text("population_as_of"), part.answers.text("population"))
    today = [_point(material.dates.month(now[0]), now[1], "人")] if all(now) else []
    yield from _over_years(material, part, field, "総人口の見通し", "人", today)


def staff_count(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    yield from _over_years(material, part, field, "職員数の推移", "人")


def digital_indicators(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """The percentages as bars, beside those of the nation; then all indicators as a table."""
    found = [
        charts.Share(row.text("name"), value, _decimal(row.text("national_avg")))
        for row in part.answers.rows(field.key)
        if row.text("unit") in ("%", "％") and (value := _decimal(row.text("value"))) is not None
    ]
    if drawing := charts.shares(found, material.town, "割合で表す指標の現状"):
        yield _drawn(part, field.key, "割合で表す指標の現状", drawing, _CHART)
    yield from _rows(material, part, field)


def _over_years(
    material: Material,
    part: PartContent,
    field: AnyField,
    caption: str,
    unit: str,
    before: Iterable[charts.Point] = (),
) -> Iterator[Block]:
    rows = [row for row in part.answers.rows(field.key) if row.year("fy") and row.text("value")]
    rows.sort(key=lambda row: row.year("fy") or 0)
    points = [_point(material.dates.short(row.year("fy") or 0), row.text("value"), unit) for row in rows]
    if drawing := charts.columns([*before, *points], caption):
        yield _drawn(part, field.key, caption, drawing, _CHART)
    yield from _rows(material, part, field)


def _point(label: str, stored: str, unit: str) -> charts.Point:
    return charts.Point(label, f"{number(stored)}{unit}", Decimal(stored))


def _decimal(text: str) -> Decimal | None:
    """A figure in a field of free words; None if it is none."""
    try:
        return Decimal(text.removesuffix("%").removesuffix("％").replace(",", ""))
    except InvalidOperation:
        return None


def _rows(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    if isinstance(field, Rows):
        yield from fields.rows(material, part, field)


# --- figures -------------------------------------------------------------------------------------------------


def position_diagram(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """The town's own picture, or the one drawn from the plans that chapter 3 names."""
    answers = part.answers
    place = Place(
        own=material.title,
        town=material.town,
        prefecture=material.basics.text("prefecture_name"),
        laws=_named(material, "law", answers.keys("legal_basis")),
        national=material.content.name_of("national_document", answers.text("national_plan_ref")),
        prefectural=_prefectural(material, answers.at("prefectural_plan_ref")),
        parents=_titles(answers, "parent_plans", "period"),
        related=_titles(answers, "related_plans"),
    )
    yield from _figure(material, part, field, "他計画との関係", lambda: diagrams.position(place))


def ch4_diagram(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """The town's own picture, or the one drawn from the people and bodies that chapter 4 names."""
    answers = part.answers
    officers = ("cio_title", "cio_advisor", "ciso_title", "caio_title")
    labels = {each.key: material.label(each) for each in material.sheet(part).fields}
    organisation = Organisation(
        head=_texts(answers, "head_title", "head_name"),
        officers=tuple((labels[key], answers.text(key)) for key in officers if answers.text(key)),
        council=_body(answers.at("internal_org"), chair="長"),
        secretariat=material.department(answers.text("secretariat")),
        groups=_titles(answers, "working_groups", key="name"),
        promoters=_promoters(answers.at("dept_promoters")),
        external=_body(answers.at("external_body")),
    )
    yield from _figure(material, part, field, "推進体制", lambda: diagrams.organisation(organisation))


def _figure(
    material: Material, part: PartContent, field: AnyField, caption: str, draw: Callable[[], Drawing | None]
) -> Iterator[Block]:
    own = tuple(fields.picture(material, part, field.key, caption))
    if own:
        yield from own
    elif drawing := draw():
        yield _drawn(part, field.key, caption, drawing)


def _drawn(part: PartContent, key: str, caption: str, drawing: Drawing, nth: int = 1) -> Figure:
    source = Source(part.key, key)
    return Figure(
        block_id(part.key, key, nth),
        drawing.svg,
        drawing.alt,
        drawing.width_mm,
        caption=caption,
        source=source,
    )


def _named(material: Material, to: str, keys: list[str]) -> tuple[str, ...]:
    return tuple(filter(None, (material.content.name_of(to, key) for key in keys)))


def _titles(answers: Answers, path: str, beside: str = "", key: str = "title") -> tuple[str, ...]:
    rows = [row for row in answers.rows(path) if row.text(key)]
    return tuple(
        f"{row.text(key)}（{row.text(beside)}）" if beside and row.text(beside) else row.text(key)
        for row in rows
    )


def _texts(answers: Answers, *paths: str) -> tuple[str, ...]:
    return tuple(filter(None, (answers.text(path) for path in paths)))


def _prefectural(material: Material, answers: Answers) -> str:
    title, adopted = answers.text("title"), answers.text("adopted_on")
    is_dated = not adopted or title.endswith("）")
    return title if is_dated or not title else f"{title}（{material.dates.month(adopted)}）"


def _body(answers: Answers, chair: str = "") -> tuple[str, ...]:
    """A council: its name, who leads it, who sits in it, how often it meets."""
    if not answers.text("name"):
        return ()
    members = "、".join(_titles(answers, "members", key="name")) or answers.text("members")
    times, months = answers.text("meetings_per_year"), answers.text("meeting_months")
    meetings = f"年{times}回" if times else ""
    if months:
        meetings = f"{meetings}（{months}）" if meetings else months
    led = f"{chair}：{answers.text('chair')}" if chair and answers.text("chair") else ""
    return tuple(filter(None, (answers.text("name"), led, members, meetings)))


def _promoters(answers: Answers) -> tuple[str, ...]:
    if answers["exists"] is False:
        return ()
    count = answers.text("count")
    lines = tuple(filter(None, (f"{count}人" if count else "", answers.text("role"))))
    return lines or (("置く",) if answers["exists"] is True else ())


# --- period --------------------------------------------------------------------------------------------------


def period_diagram(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """The town's own picture, or the time line of this plan and those above it; below it what is said of the period."""
    yield from _figure(material, part, field, "計画の期間", lambda: _time_line(material, part))
    entries = [
        (f"{material.short_title}の期間", period(material)),
        ("期間の決め方", material.basics.text("period_reason")),
        ("見直しの時期", material.basics.text("review_policy")),
    ]
    entries = [(label, text) for label, text in entries if text]
    if entries:
        source = Source("basics", "period_start_fy")
        yield from tables.facts(block_id(part.key, "period", 0), "計画の期間と見直し", entries, source=source)


def _time_line(material: Material, part: PartContent) -> Drawing | None:
    own = _own_span(material)
    return diagrams.period(_spans(own, part.answers), _reviews(material), material.era) if own else None


def period(material: Material) -> str:
    """令和8～12年度（2026～2030年度）, or what is known of it."""
    start, end = material.basics.year("period_start_fy"), material.basics.year("period_end_fy")
    if start is None or end is None:
        known = start if start is not None else end
        return (
            "" if known is None else f"{material.dates.year(known)}{'から' if start is not None else 'まで'}"
        )
    if end < start:
        return f"{material.dates.year(start)}～{material.dates.year(end)}"
    return period_label(FiscalYear(start), FiscalYear(end), material.era)


def _own_span(material: Material) -> Span | None:
    years = material.years
    return Span(material.short_title, years[0], years[-1], is_own=True) if years else None


def _spans(own: Span, answers: Answers) -> tuple[Span, ...]:
    """This plan, then the parent plans whose period can be read."""
    spans = [own]
    for row in answers.rows("parent_plans"):
        found = periods.span(row.text("period")) or periods.span(row.text("title"))
        if found and row.text("title"):
            spans.append(Span(row.text("title"), *found))
    return tuple(spans)


def _reviews(material: Material) -> tuple[int, ...]:
    return periods.years(material.basics.text("review_policy"))


BLOCKS: dict[str, Callable[[Material, PartContent, AnyField], Iterable[Block]]] = {
    "population_projection": population_projection,
    "staff_count": staff_count,
    "digital_indicators": digital_indicators,
    "issues": issues,
    "expected_effects": expected_effects,
    "pillar_policy": pillar_policy,
    "position_diagram": position_diagram,
    "period_diagram": period_diagram,
    "ch4_diagram": ch4_diagram,
}
