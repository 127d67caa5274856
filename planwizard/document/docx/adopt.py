"""A town's own .docx or .dotx becomes a base that plans are written into: bytes in, base and report out.

What is taken over: styles, lists, theme, fonts, margins, line grid, header and footer. All else (text, properties,
comments, notes, templates, custom data) stays behind: the new file is built from parts that we know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from docx.oxml.ns import qn

from planwizard.document import paper
from planwizard.document.docx import archive, base, numbering, parts
from planwizard.document.docx import styles as casting
from planwizard.document.docx.bases import USUAL, Base, Margins
from planwizard.document.docx.guard import HouseStyleRefused, Package, examined, parsed
from planwizard.document.docx.roles import HEADINGS, ROLES, Kind, Role
from planwizard.document.docx.running import KINDS, NotCarried, Running, taken_from
from planwizard.document.docx.styles import Cast, How, Styles, id_of, name_of, number
from planwizard.document.paper import PaperSettings

NOTHING: Mapping[str, str] = {}
NARROW_MM, LEAST_MM = 140, 100
# What every PC with Japanese Windows and Office has; by another font the reader's Word lays out other pages.
KNOWN_FONTS = frozenset(
    [
        "BIZ UD明朝 Medium",
        "BIZ UDP明朝 Medium",
        "BIZ UDゴシック",
        "BIZ UDPゴシック",
        "ＭＳ 明朝",
        "ＭＳ Ｐ明朝",
        "ＭＳ ゴシック",
        "ＭＳ Ｐゴシック",
        "MS Mincho",
        "MS PMincho",
        "MS Gothic",
        "MS PGothic",
        "MS UI Gothic",
        "游明朝",
        "游ゴシック",
        "游ゴシック Light",
        "Yu Mincho",
        "Yu Gothic",
        "Yu Gothic Light",
        "メイリオ",
        "Meiryo",
        "Meiryo UI",
        "UD デジタル 教科書体 N-R",
        "Century",
        "Times New Roman",
        "Arial",
        "Calibri",
        "Calibri Light",
        "Cambria",
        "Courier New",
        "Symbol",
        "Wingdings",
        "Segoe UI",
        "Tahoma",
        "Verdana",
    ]
)
NO_ROOM = f"余白を引くと、文字を置く幅が{LEAST_MM}mmもありません。Word で左右の余白を狭くし、保存し直してから選んでください。"
_A4 = (11906, 16838)
_GRIDS = ("lines", "linesAndChars", "snapToChars")


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` names what was found; ``text`` says it in Japanese, and what follows from it."""

    level: Literal["warning", "note"]
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Use:
    """The style that a role of the plan gets, as an officer sees it."""

    role: str
    label: str
    style: str
    name: str
    how: How
    font: str
    size_pt: float
    sample: str
    kind: Kind
    is_asked: bool  # the machine is not sure: a person chooses


@dataclass(frozen=True, slots=True)
class Adopted:
    base: Base
    settings: PaperSettings  # the PDF's, as near to the file as can be
    uses: tuple[Use, ...]
    findings: tuple[Finding, ...]
    choices: Mapping[Kind, tuple[tuple[str, str], ...]]  # the file's own styles: (id, name)


def adopt(data: bytes, chosen: Mapping[str, str] = NOTHING) -> Adopted:
    """Examine and convert. ``chosen`` are roles mapped by hand: {role: style id, or "" for ours}.

    Raises HouseStyleRefused.
    """
    package = examined(data)
    section = _last_section(package)
    margins = _margins(section)
    styles = Styles(_styles_of(package), parts.faces(package))
    choices = _choices(styles)
    found = casting.cast(styles, chosen)
    casting.add_missing(styles, found)
    casting.mark_headings(styles, found)
    right = base.right_tab("upright", margins.sides)
    casting.end_lines_at(styles, found, right)
    lists = numbering.settle(styles, root := _numbering_of(package), found)
    running, lost = _running(package, section)
    file = parts.assembled(package, styles.root, root, running)
    made = Base(
        file,
        styles={key: each.style for key, each in found.items()},
        lists=lists.lists,
        margins=margins,
        grid=_grid(section),
        chapter=_called(styles, found),
        header_tabs=casting.tabs_of(styles, found["Header"].style),
        is_ours=False,
    )
    findings = (*_findings(package, section, styles, found, margins), *_numbers(lists), *lost)
    return Adopted(made, _settings(styles, found, section, margins), _uses(styles, found), findings, choices)


# --- parts ---------------------------------------------------------------------------------------------------


def _styles_of(package: Package) -> Any:
    name = package.related(package.main, "styles")
    root = parsed(package.files[name] if name else parts.EMPTY_STYLES)
    if root.find(qn("w:docDefaults")) is None:
        ours = parsed(archive.unpack(archive.BASE.read_bytes())["word/styles.xml"])
        root.insert(0, ours.find(qn("w:docDefaults")))
    for language in root.iterfind(f"{qn('w:docDefaults')}//{qn('w:lang')}"):
        if not str(language.get(qn("w:eastAsia")) or "").startswith("ja"):
            language.set(
                qn("w:eastAsia"), "ja-JP"
            )  # else Japanese is proofed, and broken at line ends, as English
    return root


def _numbering_of(package: Package) -> Any:
    name = package.related(package.main, "numbering")
    return parsed(package.files[name] if name else parts.EMPTY_NUMBERING)


def _last_section(package: Package) -> Any:
    sections = list(parsed(package.files[package.main]).iter(qn("w:sectPr")))
    return sections[-1] if sections else parsed(parts.EMPTY_SECTION)


def _running(package: Package, section: Any) -> tuple[list[Running], list[Finding]]:
    taken: list[Running] = []
    lost: list[Finding] = []
    for kind, (word, our_lines) in zip(KINDS, _OUR_LINES, strict=True):
        try:
            found = taken_from(package, section, kind)
        except NotCarried:
            lost.append(Finding("warning", f"no-{kind}", _NOT_CARRIED.format(word)))
        else:
            if found:
                taken.append(found)
                lost.append(Finding("note", kind, _CARRIED.format(word, our_lines)))
    return taken, lost


# --- paper ---------------------------------------------------------------------------------------------------


def _margins(section: Any) -> Margins:
    found = section.find(qn("w:pgMar"))
    if found is None:
        return USUAL
    sides = ("top", "right", "bottom", "left", "header", "footer")
    most = 5_000  # twips; no paper of ours has more to give
    values = {side: min(most, abs(number(found, side, getattr(USUAL, side)))) for side in sides}
    margins = Margins(**values, gutter=min(most, abs(number(found, "gutter", 0))))
    if _text_mm(margins) < LEAST_MM:
        raise HouseStyleRefused(NO_ROOM)
    return margins


def _text_mm(margins: Margins) -> float:
    return paper.text_width("upright", _mm(margins.sides))


def _mm(twips: int) -> float:
    return twips * 25.4 / 1440


def _grid(section: Any) -> str:
    found = section.find(qn("w:docGrid"))
    if found is None:
        return ""
    kind = found.get(qn("w:type"))
    said = [f'w:type="{kind}"'] if kind in _GRIDS else []
    said += [
        f'w:{name}="{number(found, name, 0)}"'
        for name in ("linePitch", "charSpace")
        if found.get(qn(f"w:{name}")) is not None
    ]
    return " ".join(said)


def _settings(styles: Styles, found: Mapping[str, Cast], section: Any, margins: Margins) -> PaperSettings:
    """The nearest that our PDF can print."""
    body = styles.by_id(found["BodyText"].style)
    size = _within(styles.size_pt(body), paper.SIZES)
    pitch = max(_within(_pitch(styles, body, section, size), paper.PITCHES), _up(size * paper.TIGHTEST))
    top, right, bottom, left = (
        int(_within(_mm(each), paper.MARGINS, 1))
        for each in (margins.top, margins.right, margins.bottom, margins.left + margins.gutter)
    )
    fonts = (key for key, (mincho, _) in paper.FONTS.items() if mincho == styles.font(body))
    return PaperSettings(next(fonts, "bizud"), size, pitch, top, bottom, left, right)


def _pitch(styles: Styles, body: Any, section: Any, size: float) -> float:
    spacing = styles.found(body, "w:pPr/w:spacing")
    line = 240 if spacing is None else number(spacing, "line", 240)
    if spacing is not None and spacing.get(qn("w:lineRule")) in ("exact", "atLeast"):
        return line / 20
    grid = section.find(qn("w:docGrid"))
    is_ruled = grid is not None and grid.get(qn("w:type")) in _GRIDS
    single = number(grid, "linePitch", 360) / 20 if is_ruled else size * 1.3
    return single * line / 240


def _within(value: float, limits: tuple[float, float], step: float = 0.5) -> float:
    return min(limits[1], max(limits[0], round(value / step) * step))


def _up(value: float) -> float:
    return -(-value * 2 // 1) / 2


# --- report --------------------------------------------------------------------------------------------------

_NOT_CARRIED = "{}に、PNG・JPEG でない画像か図形があるため、使いません。画像を PNG に替えると使えます。"
_CARRIED = "{}を引き継ぎます。{}"
_OUR_LINES = (
    ("ヘッダー", "計画名、章、版の表示は、その下に入ります。"),
    ("フッター", "ページ番号がなければ、その下に入れます。"),
)


def _called(styles: Styles, found: Mapping[str, Cast]) -> str:
    """By level where it is Word's own 見出し 1, whose name is another in each language of Word."""
    name = name_of(styles.by_id(found[HEADINGS[0]].style))
    return "1" if name == "heading 1" else '"{}"'.format(name.replace('"', "").replace("\\", ""))


def _choices(styles: Styles) -> dict[Kind, tuple[tuple[str, str], ...]]:
    kinds: tuple[Kind, ...] = ("paragraph", "table")
    return {
        kind: tuple((id_of(each), name_of(each)) for each in styles.of(kind) if id_of(each) and name_of(each))
        for kind in kinds
    }


def _uses(styles: Styles, found: Mapping[str, Cast]) -> tuple[Use, ...]:
    return tuple(_use(role, styles, found[role.key]) for role in ROLES if role.sample)


def _use(role: Role, styles: Styles, played: Cast) -> Use:
    style = styles.by_id(played.style)
    return Use(
        role.key,
        role.label,
        id_of(style),
        name_of(style),
        played.how,
        styles.font(style),
        styles.size_pt(style),
        role.sample,
        role.kind,
        is_asked=bool(role.guesses) and played.how != "name",
    )


def _findings(
    package: Package, section: Any, styles: Styles, found: Mapping[str, Cast], margins: Margins
) -> Iterator[Finding]:
    if fonts := _unknown_fonts(styles, found):
        names = "、".join(fonts)
        yield Finding(
            "warning",
            "font",
            f"フォント「{names}」は、ほかの PC に無いことがあります。無い PC では別のフォントで表示され、ページ数が変わります。",
        )
    yield from _of_paper(package, section, margins)
    guessed = [role.label for role in ROLES if role.sample and found[role.key].how == "guess"]
    if guessed:
        yield Finding(
            "warning",
            "guess",
            f"名前から推し量って選んだスタイルがあります：{'、'.join(guessed)}。下の表で確かめてください。",
        )


def _of_paper(package: Package, section: Any, margins: Margins) -> Iterator[Finding]:
    if (width := _text_mm(margins)) < NARROW_MM:
        yield Finding(
            "warning",
            "narrow",
            f"文字を置く幅が{width:.0f}mmです。表と図は、この幅に合わせて縮めます。{NARROW_MM}mm以上あると読みやすくなります。",
        )
    if any(kind in _grid(section) for kind in _GRIDS):
        yield Finding("warning", "grid", _GRID)
    if parts.is_protected(package):
        yield Finding("warning", "protected", _PROTECTED)
    size = section.find(qn("w:pgSz"))
    if size is not None and not _is_a4(size):
        yield Finding(
            "warning", "size", "用紙が A4 縦ではありません。計画は A4 で作ります（工程表などは A4 横）。"
        )
    if section.find(qn("w:titlePg")) is not None or parts.has_even_pages(package):
        yield Finding("note", "pages", "先頭ページや偶数ページだけのヘッダーとフッターは使いません。")
    if section.find(qn("w:textDirection")) is not None:
        yield Finding("warning", "vertical", "縦書きの設定は使いません。計画は横書きで作ります。")


_GRID = (
    "行グリッドが付いています。文字の大きさによって、行の高さが2倍になる所が出ます。気になるときは Word の"
    "「ページ設定」→「文字数と行数」で「標準の文字数を使う」に変えてください。"
)
_PROTECTED = "文書の保護（編集の制限）が付いています。作る計画では保護を外します。"


def _is_a4(size: Any) -> bool:
    sides = sorted((number(size, "w", 0), number(size, "h", 0)))
    return all(abs(side - wanted) <= 60 for side, wanted in zip(sides, _A4, strict=True)) and number(
        size, "w", 0
    ) < number(size, "h", 0)


def _unknown_fonts(styles: Styles, found: Mapping[str, Cast]) -> list[str]:
    used = (styles.font(styles.by_id(each.style)) for each in found.values() if each.how != "added")
    return sorted(set(used) - KNOWN_FONTS)


def _numbers(settled: numbering.Settled) -> Iterator[Finding]:
    if settled.own:
        text = f"見出しの番号は、この書式の形（例：{settled.example}）で出ます。"
        if settled.own < len(HEADINGS):
            text += f"番号の付くのは{settled.own}段目までです。それより下の番号は文字で入れます。"
        yield Finding("note", "own-numbers", text + _REFRESH)
    elif settled.odd:
        yield Finding("warning", "odd-numbers", _ODD)
    else:
        yield Finding(
            "note",
            "our-numbers",
            "見出しに番号の設定がないため、計画の番号（第１章、１、(1)、ア）を付けます。",
        )


_REFRESH = "本文の中の「第１章」のような参照は、Word で全体を選んで F9 キーを押すと、この形にそろいます。"
_ODD = (
    "見出しの番号が段ごとに別々に作られていて、章が変わっても振り直されません。"
    "見出しには計画の番号（第１章、１、(1)、ア）を付けます。"
)
