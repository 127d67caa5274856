"""From a plan of plain values to the bytes of one file, examined. No database, no settings."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from planwizard.blueprint import gaiji, plan_file
from planwizard.blueprint.content import PlanContent
from planwizard.common import files
from planwizard.document import check, docx, html, pdf, stored, walk
from planwizard.document.docx import bases
from planwizard.document.docx.bases import Base
from planwizard.document.nodes import NOWHERE, Document, PageBreak, Picture, Source
from planwizard.document.proof import page, paper, word
from planwizard.document.proof.problem import Problem
from planwizard.exports import public_data, quote_pages
from planwizard.exports.order import STYLES, House, Order
from planwizard.manuscript import evidence_sheet
from planwizard.manuscript.compose import compose
from planwizard.manuscript.options import Options

COMPOSE, LAY_OUT, EXAMINE = "compose", "lay_out", "examine"
Say = Callable[[str, int], None]  # a stage, and how much of the whole is done, in percent
_COMPOSED, _WRITTEN = 3, 92  # percent, as measured of plans with 10 to 200 measures
_PLAN_LAID_OUT = 84  # of an evidence sheet: the plan before it takes nine tenths of the time

BROKEN = "文書を作っている途中で問題が起きました。もう一度作ってください。続くときはシステムの管理者に伝えてください。"
TOO_LARGE = (
    "計画が大きすぎて、メモリが足りません。写真を減らすか、長い文章を短くしてから、もう一度作ってください。"
)
_NOT_AS_PLANNED = (
    "できあがったファイルを読み返したところ、{}計画のとおりになっていない所がありました。そのため、お渡しできません。"
    "もう一度作ってください。続くときはシステムの管理者に伝えてください。"
)
_UNSOUND = "文書の組み立てに誤りが見つかりました。システムの管理者に伝えてください。"
_NO_LAYOUT = "この端末ではPDFを作れません。Wordで書き出すか、管理者に make doctor の実行を依頼してください。"
_NO_NUMBERS = "この端末ではPDFを作れないため、Wordの目次にページ番号がありません。"
_NO_HOUSE = (
    "書式のファイルが壊れているか、なくなっています。事務局に、書式をもう一度登録するよう依頼してください。"
)
_NUMBERS_OF_PDF = (
    "目次のページ番号は、PDFに組んだときのものです。Word で目次を右クリックし、「フィールド更新」を選ぶと、この書式に合います。",
)
_GLYPHLESS = "この端末のフォントに無い文字があり、PDFでは〓になります"
_MOST_NAMED = 10
_MOST_PLACES = 3  # in one sentence


class CannotMake(Exception):
    """Says in Japanese why there is no file. ``details`` are for the log: ids and places, no text of the plan."""

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.details = details


@dataclass(frozen=True, slots=True)
class Made:
    data: bytes
    warnings: tuple[str, ...] = ()  # Japanese, shown beside the file
    pages: Mapping[str, str] | None = None  # as pdf.Rendered.anchors, if the plan was laid out
    tree: str = ""  # what a Word file that may come back edited was written from, see document.stored
    examine: Callable[[], tuple[Problem, ...]] = tuple  # reads the file back


def make(order: Order, say: Say) -> Made:
    """Make the file that ``order`` asks for; ``say`` is told each stage. Raises CannotMake."""
    say(COMPOSE, 0)
    if order.format == "json":
        return _json(order, say)
    document = _document(order, say)
    if problems := check.check(document):
        raise CannotMake(_UNSOUND, tuple(problems[:_MOST_NAMED]))
    pictures = _pictures(order, [block.asset for block in _drawn(document)])
    say = say if order.evidence is None else _between(say, _PLAN_LAID_OUT, _WRITTEN)
    say(LAY_OUT, _COMPOSED)
    made = _WRITERS[order.format](order, document, pictures, say)
    say(EXAMINE, _WRITTEN)
    if found := made.examine():
        raise CannotMake(
            _not_as_planned(order.content, document, found), tuple(map(str, found[:_MOST_NAMED]))
        )
    told = (*made.warnings, *_private(order.content), *_missing(document, pictures))
    return replace(made, warnings=told)


def _document(order: Order, say: Say) -> Document:
    """The plan, or the evidence sheet with the pages on which a PDF of the plan prints its sentences."""
    if order.evidence is None:
        return compose(order.content, order.options)
    plan = compose(order.content, Options(budgets=order.options.budgets, era=order.options.era))
    pictures = _pictures(order, [block.asset for block in _drawn(plan)])
    say = _between(say, _COMPOSED, _PLAN_LAID_OUT)
    say(LAY_OUT, _COMPOSED)
    rendered = _laid_out(plan, pictures, order.house, say)
    pages = quote_pages.pages_of(order.evidence.quotes, plan, rendered) if rendered else {}
    return evidence_sheet.compose(order.content, order.evidence, pages)


def _between(say: Say, begins: int, ends: int) -> Say:
    """Tells of a layout that takes only this part of the whole, in percent."""

    def told(stage: str, percent: int) -> None:
        share = (percent - _COMPOSED) / (_WRITTEN - _COMPOSED)
        say(stage, round(begins + share * (ends - begins)))

    return told


# --- each format ---------------------------------------------------------------------------------------------


def _pdf(order: Order, document: Document, pictures: Mapping[str, bytes], say: Say) -> Made:
    data = _data(order) if order.options.with_data else pdf.NOTHING
    rendered = _laid_out(document, pictures, order.house, say, data)
    if rendered is None:
        raise CannotMake(_NO_LAYOUT)
    examine = partial(
        paper.problems,
        rendered.data,
        document,
        rendered.anchors,
        attachments=data,
        glyphless=pdf.glyphless(rendered.warnings),
    )
    told = _glyphless(rendered, order.content)
    return Made(rendered.data, told, rendered.anchors, examine=examine)


def _data(order: Order) -> Mapping[str, bytes]:
    return public_data.files(order.content, order.options, _pictures(order, sorted(_cited(order))))


def _docx(order: Order, document: Document, pictures: Mapping[str, bytes], say: Say) -> Made:
    """The contents get the page numbers of the PDF: of an earlier layout, or of one made for them."""
    pages, warnings = order.pages, ()
    if pages is None:
        rendered = _laid_out(document, pictures, order.house, say)
        pages, warnings = (rendered.anchors, ()) if rendered else (None, (_NO_NUMBERS,))
    base = _base(order.house)
    data = docx.render(document, assets=pictures, pages=pages or {}, base=base, export=order.export)
    tree = stored.dumps(document) if order.export else ""
    lost = {block.asset for block in _drawn(document)} - set(pictures)
    examine = partial(word.problems, data, document, base, lost=lost)
    told = (*warnings, *_NUMBERS_OF_PDF[: bool(order.house.sha256)])
    return Made(data, told, pages, tree, examine)


def _base(house: House) -> Base:
    if not house.sha256:
        return bases.on_paper(house.settings)
    try:
        data = (Path(house.folder) / house.sha256).read_bytes()
    except FileNotFoundError:
        raise CannotMake(_NO_HOUSE) from None
    if hashlib.sha256(data).hexdigest() != house.sha256:
        raise CannotMake(_NO_HOUSE)
    return Base.from_facts(data, house.facts or {})


def _html(order: Order, document: Document, pictures: Mapping[str, bytes], say: Say) -> Made:
    """One page that needs no other file."""
    addresses = {sha256: _address(files.media_type(data), data) for sha256, data in pictures.items()}
    made = html.page(
        document,
        stylesheets=[_address("text/css", (STYLES / "document.css").read_bytes())],
        asset_url=lambda sha256: addresses.get(sha256, ""),
    )
    return Made(made.encode(), examine=partial(page.problems, str(made), document))


def _json(order: Order, say: Say) -> Made:
    cited = sorted(_cited(order))
    pictures = _pictures(order, cited)
    say(LAY_OUT, _COMPOSED)
    data = plan_file.dumps(plan_file.to_json(order.content, pictures)).encode()
    say(EXAMINE, _WRITTEN)
    lost = [_LOST.format("資料") for sha256 in cited if sha256 not in pictures][:1]
    return Made(data, (*lost, *_unreadable(data)))


def _laid_out(
    document: Document,
    pictures: Mapping[str, bytes],
    house: House,
    say: Say,
    attachments: Mapping[str, bytes] = pdf.NOTHING,
) -> pdf.Rendered | None:
    """None where WeasyPrint finds no Pango: then there is no PDF, and Word without page numbers."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return None
    return pdf.render(
        document,
        assets=pictures,
        attachments=attachments,
        settings=house.settings,
        say=lambda share: say(LAY_OUT, round(_COMPOSED + share * (_WRITTEN - _COMPOSED))),
    )


_WRITERS = {"pdf": _pdf, "docx": _docx, "html": _html}


def _address(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


# --- pictures ------------------------------------------------------------------------------------------------

_LOST = "{}の画像のファイルが見つからないため、画像なしで作りました。画像を入れ直してください。"


def _pictures(order: Order, wanted: list[str]) -> dict[str, bytes]:
    """Those that are there, by hash; what is not is told by ``_missing``."""
    folder = Path(order.pictures)
    return {sha256: (folder / sha256).read_bytes() for sha256 in wanted if (folder / sha256).is_file()}


def _cited(order: Order) -> set[str]:
    values = (item for part in order.content.parts for item in part.values.items())
    return {str(value) for path, value in values if path.endswith(".asset")}


def _drawn(document: Document) -> Iterator[Picture]:
    return (block for block in walk.blocks(document) if isinstance(block, Picture))


def _missing(document: Document, pictures: Mapping[str, bytes]) -> list[str]:
    lost = (block for block in _drawn(document) if block.asset not in pictures)
    return [_LOST.format(f"「{block.caption or block.alt}」") for block in lost]


# --- examination ---------------------------------------------------------------------------------------------


def _glyphless(rendered: pdf.Rendered, content: PlanContent) -> tuple[str, ...]:
    """Characters that no font of this machine has, and where they stand. Those of one machine: ``_private``."""
    missing = [each for each in pdf.glyphless(rendered.warnings) if not gaiji.PRIVATE_USE.match(each)]
    if not missing:
        return ()
    found = list(gaiji.find(content, re.compile("[" + "".join(map(re.escape, missing)) + "]")))
    placed = {character for each in found for character in each.characters}
    elsewhere = "　".join(each for each in missing if each not in placed)  # in the name of a department, say
    return (*_told(_GLYPHLESS, found), *([f"{_GLYPHLESS}：{elsewhere}"] if elsewhere else []))


def _private(content: PlanContent) -> tuple[str, ...]:
    """外字, which another machine shows as something else or not at all."""
    return _told("外字があり、ほかの端末では読めません", gaiji.find(content, gaiji.PRIVATE_USE))


def _told(what: str, found: Iterable[gaiji.Found]) -> tuple[str, ...]:
    """One sentence for each place, of many the first ones."""
    places = [f"{each.place}に、{what}：{'　'.join(each.characters[:_MOST_NAMED])}" for each in found]
    more = len(places) - _MOST_NAMED
    return (*places[:_MOST_NAMED], *([f"ほかに{more}か所で、{what}。"] if more > 0 else []))


def _not_as_planned(content: PlanContent, document: Document, found: Iterable[Problem]) -> str:
    """One sentence that names the first places."""
    named = (_place(content, document, problem) for problem in found)
    places = list(dict.fromkeys(filter(None, named)))
    more = f"など{len(places)}か所" if len(places) > _MOST_PLACES else ""
    where = "、".join(places[:_MOST_PLACES])
    return _NOT_AS_PLANNED.format(f"{where}{more}に、" if places else "")


def _place(content: PlanContent, document: Document, problem: Problem) -> str:
    """「6-①-01 窓口の改革」の「現状と課題」; "" for what stands in no part."""
    source = _source(document, problem.block)
    part = content.part(source.part)
    if part is None:
        return ""
    paths = (".".join(filter(None, (source.field, source.row))), source.field)
    known = (gaiji.place(content, part, path) for path in paths if path)
    alone = gaiji.place(content, part)
    return next(filter(None, known), f"{alone}の「{problem.label}」" if problem.label else alone)


def _source(document: Document, block: str) -> Source:
    """Of a block, or of the nearest before it that has one: captions and summaries are made of several answers."""
    source = NOWHERE
    for each in walk.blocks(document):
        if not isinstance(each, PageBreak) and each.source.part:
            source = each.source
        if each.id == block:
            return source
    return NOWHERE


def _unreadable(data: bytes) -> list[str]:
    """Why the file could not be taken in again as it is."""
    try:
        plan_file.parse(data)
    except plan_file.BadPlanFile as bad:
        problems = bad.problems[:_MOST_NAMED]
        return [f"このままでは取り込めない所があります：{problem}" for problem in problems]
    return []
