"""What one field makes in the document: lines of a table, a table, a picture, text under its label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from planwizard.blueprint import say
from planwizard.blueprint.content import Answers, PartContent
from planwizard.blueprint.kinds import (
    AnyField,
    ByYear,
    Choice,
    Choices,
    Computed,
    Day,
    Group,
    Line,
    Number,
    Prose,
    Reference,
    Rows,
    Text,
    Upload,
    Year,
    YesNo,
)
from planwizard.common.keys import block_id
from planwizard.document import prose
from planwizard.document.nodes import (
    Block,
    BulletList,
    Heading,
    Inline,
    Link,
    Paragraph,
    Picture,
    Run,
    Source,
)
from planwizard.manuscript import tables
from planwizard.manuscript.material import Material
from planwizard.manuscript.numbering import table_id
from planwizard.manuscript.words import cell, inlines, is_address, printed, words

_PICTURE_WIDTHS = (20, 160)  # mm, least and most
_USUAL_WIDTH = 120
_MOST_BESIDE_ADDRESS = 6  # columns; in a table of more, addresses stand below it
_MOST_COLUMNS_IN_A_CELL = 3  # rows of more columns make a table of their own
_MOST_ROWS_IN_A_CELL = 4  # of those that could have more columns


def is_line(field: AnyField) -> bool:
    """True for what is said in one row of a table of labels and values."""
    if isinstance(field, Group):
        return not any(isinstance(each, Rows | Group) for each in field.fields)
    return not isinstance(field, Rows | Upload | ByYear)


def facts(material: Material, part: PartContent, title: str, fields: Sequence[AnyField]) -> Iterator[Block]:
    answers = part.answers
    said = [(field, text) for field in fields if (text := line(material, field, answers))]
    if said:
        entries = [(material.label(field), text) for field, text in said]
        paths = [field.key for field, _ in said]
        source = Source(part.key, paths[0])
        id_ = block_id(part.key, source.field, 0)
        yield from tables.facts(id_, title, entries, source=source, paths=paths)


def line(material: Material, field: AnyField, answers: Answers) -> tables.Words:
    """What stands beside the label of a field."""
    if field.key == "prefectural_plan_ref":
        return prefectural_plan(material, answers.at(field.key))
    return inlines(material, field, answers)


def prefectural_plan(material: Material, answers: Answers) -> tuple[Inline, ...]:
    """Title, day and address of the plan, and the note; or that there is none (法9条3項)."""
    title, adopted, url = answers.text("title"), answers.text("adopted_on"), answers.text("url")
    is_none = answers["none"]
    stated = ""
    if is_none is True:
        stated = "県計画は見つからない。"
    elif is_none is False and not title:
        stated = "県計画がある。"
    decided = f"策定日：{material.dates.day(adopted)}" if adopted else ""
    runs = [tables.run(text) for text in (title, decided, stated, answers.text("note"))]
    runs.insert(2, (Link(url, url),) if is_address(url) else tables.run(url))
    return tuple(inline for run in filter(None, runs) for inline in (Run("\n"), *run))[1:]


def body(material: Material, part: PartContent, field: AnyField) -> Iterator[Block]:
    """Material of the text under its label."""
    text = words(material, field, part.answers)
    if not text:
        return
    source, prefix = Source(part.key, field.key), block_id(part.key, field.key)
    yield Heading(f"{prefix}-0", 3, material.label(field), source=source)
    if isinstance(field, Group):
        text = _unlabelled(material, field, part.answers.at(field.key))
    if isinstance(field, Prose):
        yield from prose.parse(text, prefix=prefix, source=source, level=4, resolve=material.by_key)
    else:
        yield from paragraphs(text, prefix, source)


def _unlabelled(material: Material, field: Group, answers: Answers) -> str:
    """The first field of a group as it is, the others under their labels."""
    first, *others = field.fields
    said = [(material.label(each), words(material, each, answers)) for each in others]
    lines = [words(material, first, answers), *(f"{label}：{text}" for label, text in said if text)]
    return "\n".join(filter(None, lines))


def paragraphs(text: str, prefix: str, source: Source) -> Iterator[Block]:
    """Plain lines, each a paragraph."""
    for number, line in enumerate(filter(str.strip, text.split("\n")), 1):
        yield Paragraph(f"{prefix}-{number}", (Run(line.removeprefix("\u3000")),), source=source)


def blocks(material: Material, part: PartContent, field: AnyField, caption: str = "") -> Iterator[Block]:
    """What a field makes on its own, outside any table of other fields."""
    match field:
        case Rows():
            yield from rows(material, part, field, caption=caption)
        case Group():
            yield from group(material, part, field)
        case Upload():
            yield from picture(material, part, field.key, material.label(field))
        case ByYear():
            text = words(material, field, part.answers)
            yield from paragraphs(text, block_id(part.key, field.key), Source(part.key, field.key))
        case (
            Line()
            | Text()
            | Prose()
            | Number()
            | Day()
            | Year()
            | Choice()
            | Choices()
            | YesNo()
            | Reference()
            | Computed()
        ):
            yield from facts(material, part, material.label(field), [field])
        case _:
            assert_never(field)


def rows(
    material: Material,
    part: PartContent,
    field: Rows,
    answers: Answers | None = None,
    caption: str = "",
    id_: str = "",
) -> Iterator[Block]:
    """The rows of a field as a table; columns without any answer are left out."""
    columns = printed(field.columns)
    found = [
        (row.key, [cell(material, column, row) for column in columns])
        for row in (answers or part.answers).rows(field.key)
    ]
    keys, cells = [key for key, row in found if any(row)], [row for _, row in found if any(row)]
    kept = [nth for nth in range(len(columns)) if any(row[nth] for row in cells)]
    apart = [nth for nth in kept[1:] if _is_address(columns[nth])] if len(kept) > _MOST_BESIDE_ADDRESS else []
    beside = [nth for nth in kept if nth not in apart]
    if kept:
        id_, caption = id_ or table_id(part.key, field.key), caption or material.label(field)
        source = Source(part.key, field.key)
        heads = [_column(material, columns[nth]) for nth in beside]
        shown = [[row[nth] for nth in beside] for row in cells]
        paths = [f"{field.key}.{key}" for key in keys] if answers is None else []
        yield from tables.grid(id_, caption, heads, shown, source=source, paths=paths)
        for number, nth in enumerate(apart):
            named = [(tables.plain(row[kept[0]]), row[nth]) for row in cells if row[nth]]
            yield from _addresses(id_, 2 * number, f"{columns[nth].label}（{caption}）", named, source)


def _column(material: Material, field: AnyField) -> tables.Column:
    return tables.Column(
        material.named(say.head(field)),
        is_number=isinstance(field, Number),
        is_name=_is_department(field) or _is_address(field),
    )


def _addresses(
    id_: str, number: int, label: str, named: Sequence[tuple[str, tables.Words]], source: Source
) -> Iterator[Block]:
    """Addresses below a table that has no room for a column of them."""
    yield Paragraph(f"{id_}-a{number}", (Run(label, "strong"),), source=source)
    items = tuple((Run(f"{name}："), *tables.run(address)) for name, address in named)
    yield BulletList(f"{id_}-a{number + 1}", items, source=source)


def _is_address(field: AnyField) -> bool:
    return isinstance(field, Line) and field.format == "url"


def _is_department(column: AnyField) -> bool:
    if isinstance(column, Reference):
        return column.to == "department"
    return isinstance(column, Line) and column.suggest == "department"


def few_rows(material: Material, field: Rows, answers: Answers) -> tuple[Inline, ...]:
    """住民記録システム／今の状態：移行済み: rows that a table would make too much of, in a line each; else nothing.

    One row with whatever it holds, or up to four of three columns at most. Of these the first tells what the
    row is, as the label beside the cell does, and needs none of its own.
    """
    first, *_ = columns = printed(field.columns)
    said = [
        [(column, text) for column in columns if (text := inlines(material, column, row))]
        for row in answers.rows(field.key)
    ]
    filled = list(filter(None, said))
    used = {column.key for row in filled for column, _ in row}
    if len(filled) > 1 and (len(filled) > _MOST_ROWS_IN_A_CELL or len(used) > _MOST_COLUMNS_IN_A_CELL):
        return ()
    between = "、" if used == {first.key} else "\n"
    told: list[Inline] = []
    for row in filled:
        told += [Run(between)] * bool(told)
        for nth, (column, text) in enumerate(row):
            label = "" if column is first else f"{material.label(column)}："
            lead = f"{'／' if nth else ''}{label}"
            told += [*tables.run(lead), *text]
    return tuple(told)


def group(material: Material, part: PartContent, field: Group) -> Iterator[Block]:
    """A group as a table of labels and values; rows of many columns inside it follow as tables."""
    answers = part.answers.at(field.key)
    apart = [each for each in field.fields if isinstance(each, Rows) and is_wide(each)]
    lines = [each for each in printed(field.fields) if each not in apart]
    said = [(each, text) for each in lines if (text := inlines(material, each, answers))]
    source = Source(part.key, field.key)
    if said:
        id_, caption = table_id(part.key, field.key), material.label(field)
        entries = [(material.label(each), text) for each, text in said]
        paths = [f"{field.key}.{each.key}" for each, _ in said]
        yield from tables.facts(id_, caption, entries, source=source, paths=paths)
    for number, each in enumerate(apart, 2):
        caption = material.label(each)
        yield from rows(material, part, each, answers, caption, block_id(part.key, field.key, number))


def is_wide(field: Rows) -> bool:
    return len(printed(field.columns)) > _MOST_COLUMNS_IN_A_CELL


def picture(material: Material, part: PartContent, key: str, label: str) -> Iterator[Picture]:
    """An uploaded picture with its caption; the label stands in for a missing alternative text."""
    answers = part.answers.at(key)
    asset = answers.text("asset")
    if asset in material.content.assets:
        caption = answers.text("caption")
        alt = answers.text("alt") or caption or label
        source = Source(part.key, key)
        yield Picture(block_id(part.key, key, 1), asset, alt, _width(answers), caption=caption, source=source)


def _width(answers: Answers) -> int:
    least, most = _PICTURE_WIDTHS
    asked = answers.year("width_mm") or _USUAL_WIDTH
    return max(least, min(most, round(asked / prose.STEP) * prose.STEP))
