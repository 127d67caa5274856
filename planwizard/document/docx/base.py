"""Builds ``base.docx``, the empty Word file every plan is written into: ``python -m planwizard.document.docx.base``.

Styles, numbering and settings are those of ``document.css``. Word shows built-in styles under their Japanese names
(見出し 1, 図表番号); our own styles carry Japanese names themselves. A test holds the committed file to this script.
"""

from __future__ import annotations

from collections.abc import Mapping

from planwizard.document import paper
from planwizard.document.docx import archive
from planwizard.document.docx.xml import NAMESPACES, twips
from planwizard.document.nodes import Paper
from planwizard.document.paper import PaperSettings

MINCHO = "BIZ UD明朝 Medium"  # the name on Japanese Windows, which has one weight of it
GOTHIC = "BIZ UDゴシック"
NAVY, RULE = "1F3864", "404040"

# The right margin, in twips from the left one, between margins of 25 mm.
TABS: Mapping[Paper, int] = {"upright": 9070, "landscape": 14002, "poster": 20976}

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def right_tab(on: Paper, sides: int) -> int:
    """The right margin between margins of ``sides`` twips together."""
    usual = twips(paper.USUAL.left_mm) + twips(paper.USUAL.right_mm)
    return TABS[on] if sides == usual else twips(paper.SHEETS[on][0]) - sides


def fonts(name: str) -> str:
    """All four attributes: a run that names only the Latin font shows Japanese in another."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


BOLD = "<w:b/><w:bCs/>"
BLUE = f'<w:color w:val="{NAVY}"/>'


def style(
    id_: str,
    name: str,
    *,
    ppr: str = "",
    rpr: str = "",
    based: str = "Normal",
    after: str = "",
    own: bool = False,
) -> str:
    """A paragraph style. ``own`` marks one that Word does not know by name."""
    custom = ' w:customStyle="1"' if own else ""
    parts = (
        f'<w:basedOn w:val="{based}"/>' if based else "",
        f'<w:next w:val="{after}"/>' if after else "",
        "<w:qFormat/>",
        f"<w:pPr>{ppr}</w:pPr>" if ppr else "",
        f"<w:rPr>{rpr}</w:rPr>" if rpr else "",
    )
    return f'<w:style w:type="paragraph"{custom} w:styleId="{id_}"><w:name w:val="{name}"/>{"".join(parts)}</w:style>'


def spacing(before: float = 0, after: float = 0, line: float = 18) -> str:
    """In points."""
    return (
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" '
        f'w:line="{round(line * 20)}" w:lineRule="atLeast"/>'
    )


def border(side: str, eighths: int, colour: str, space: int = 1) -> str:
    return (
        f'<w:pBdr><w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/></w:pBdr>'
    )


def heading(level: int, ppr: str, rpr: str) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
    outline = f'<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>'
    rule, _, rest = ppr.partition("|")
    return style(
        f"Heading{level}",
        f"heading {level}",
        ppr=f"<w:keepNext/><w:keepLines/>{numbered}{rule}{rest}{outline}",
        rpr=fonts(GOTHIC) + rpr,
        after="BodyText",
    )


def headings() -> str:
    return "".join(
        (
            heading(1, border("bottom", 12, NAVY, 2) + "|" + spacing(0, 12, 24), BOLD + BLUE + size(16)),
            heading(2, border("left", 48, NAVY, 5) + "|" + spacing(15, 6, 20), BOLD + size(13)),
            heading(3, "|" + spacing(10, 3), BOLD + size(11.5)),
            heading(4, "|" + spacing(6, 0), ""),
            heading(5, "|" + spacing(6, 0), ""),
        )
    )


def texts() -> str:
    left = '<w:jc w:val="left"/>'
    gothic = fonts(GOTHIC)
    first_line = '<w:ind w:firstLineChars="100" w:firstLine="210"/>'
    return "".join(
        (
            style("BodyText", "Body Text", ppr=first_line + left),
            style("PlanLead", "計画リード", ppr=spacing(0, 6) + left, rpr=gothic, own=True),
            style("PlanNote", "計画注記", ppr=spacing(0, 0, 12) + left, rpr=size(8.5), own=True),
            style("ListBullet", "List Bullet", ppr=number(2) + left),
            style("ListNumber", "List Number", ppr=number(3) + left),
            style(
                "Caption",
                "caption",
                ppr=spacing(6, 3, 15) + '<w:jc w:val="center"/>',
                rpr=gothic + size(10),
            ),
            style("PlanFigure", "計画図", ppr=spacing(9, 0) + '<w:jc w:val="center"/>', own=True),
            style("PlanGap", "計画間隔", ppr=_tiny(), rpr=size(1), own=True),
            style("PlanSpace", "計画表後", ppr='<w:spacing w:line="240" w:lineRule="exact"/>', own=True),
            style(
                "FootnoteText",
                "footnote text",
                ppr='<w:snapToGrid w:val="0"/>'
                + spacing(0, 0, 12)
                + '<w:ind w:left="227" w:hanging="227"/>'
                + left,
                rpr=size(8.5),
            ),
        )
    )


def number(num_id: int) -> str:
    return f'<w:numPr><w:numId w:val="{num_id}"/></w:numPr>'


def _tiny() -> str:
    return '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


def tables() -> str:
    cell = spacing(0, 0, 13)
    return "".join(
        (
            style("PlanTableText", "計画表本文", ppr=_cell_text(cell, "left"), rpr=size(9.5), own=True),
            style(
                "PlanTableHead",
                "計画表見出し",
                ppr=_cell_text(cell, "center"),
                rpr=fonts(GOTHIC) + BOLD + size(9.5),
                own=True,
            ),
            style(
                "PlanDiffText",
                "新旧対照表本文",
                ppr=_cell_text(spacing(0, 0, 16), "left"),
                rpr=size(10),
                own=True,
            ),
            '<w:style w:type="table" w:customStyle="1" w:styleId="PlanTable"><w:name w:val="計画表"/>'
            '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>',
            "".join(
                f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
                for side in ("top", "left", "bottom", "right", "insideH", "insideV")
            ),
            "</w:tblBorders><w:tblCellMar>",
            *(
                f'<w:{side} w:w="{twips}" w:type="dxa"/>'
                for side, twips in (("top", 51), ("left", 85), ("bottom", 51), ("right", 85))
            ),
            "</w:tblCellMar></w:tblPr></w:style>",
        )
    )


def _cell_text(lines: str, side: str) -> str:
    # no spaces put in between Japanese and Latin: columns are narrow
    return f'<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{lines}<w:jc w:val="{side}"/>'


def cover() -> str:
    gothic = fonts(GOTHIC)
    return "".join(
        (
            style(
                "Title",
                "Title",
                ppr=border("bottom", 12, NAVY, 6) + spacing(181, 0, 36) + '<w:jc w:val="center"/>',
                rpr=gothic + BOLD + BLUE + size(26),
                after="Subtitle",
            ),
            style(
                "Subtitle",
                "Subtitle",
                ppr=spacing(12, 0, 24) + '<w:jc w:val="center"/>',
                rpr=gothic + size(16),
            ),
            style(
                "PlanCover",
                "計画表紙",
                ppr=spacing(0, 0, 24) + '<w:jc w:val="center"/>',
                rpr=gothic + size(16),
                own=True,
            ),
        )
    )


def contents() -> str:
    apart = '<w:spacing w:val="320"/>'  # 目　次, with no space in the word
    heading = style(
        "TOCHeading",
        "TOC Heading",
        ppr=spacing(12, 12, 24) + '<w:jc w:val="center"/>',
        rpr=fonts(GOTHIC) + BOLD + apart + size(16),
        after="BodyText",
    )
    return heading + "".join(
        (
            style("TOC1", "toc 1", ppr=_entry(0, before=6), rpr=fonts(GOTHIC)),
            style("TOC2", "toc 2", ppr=_entry(210)),
            style("TOC3", "toc 3", ppr=_entry(420)),
        )
    )


def _entry(left: int, before: float = 0) -> str:
    tab = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
    return f'{tab}{spacing(before)}<w:ind w:left="{left}"/><w:jc w:val="left"/>'


def running() -> str:
    rule = border("bottom", 4, "808080", 1)
    return "".join(
        (
            style(
                "Header",
                "header",
                ppr=rule
                + '<w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs>'
                + spacing(0, 0, 11)
                + '<w:jc w:val="left"/>',
                rpr=fonts(GOTHIC) + size(8.5),
            ),
            style(
                "PlanStatus",
                "計画版表示",
                ppr=spacing(0, 0, 11) + '<w:jc w:val="left"/>',
                rpr=fonts(GOTHIC) + size(8.5),
                own=True,
            ),
            style("Footer", "footer", ppr=spacing(0, 0, 12) + '<w:jc w:val="center"/>', rpr=size(9)),
        )
    )


def characters() -> str:
    def character(id_: str, name: str, rpr: str, own: bool = False) -> str:
        custom = ' w:customStyle="1"' if own else ""
        return (
            f'<w:style w:type="character"{custom} w:styleId="{id_}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{rpr}</w:rPr></w:style>'
        )

    return "".join(
        (
            character("Strong", "Strong", fonts(GOTHIC) + BOLD),
            character("PlanChanged", "計画変更箇所", '<w:u w:val="single"/>', own=True),
            character("Hyperlink", "Hyperlink", '<w:color w:val="0B3D91"/><w:u w:val="single"/>'),
            character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        )
    )


def styles() -> str:
    return (
        f"{HEADER}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(MINCHO)}"
        f'<w:kern w:val="2"/>{size(10.5)}<w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/>'
        '<w:spacing w:line="360" w:lineRule="atLeast"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{headings()}{texts()}{tables()}{cover()}{contents()}{running()}{characters()}</w:styles>"
    )


# (format, text, left, hanging): the five levels of headings
LEVELS = (
    ("decimalFullWidth", "第%1章", 1280, 1280),
    ("decimalFullWidth", "%2", 710, 520),
    ("decimal", "(%3)", 480, 480),
    ("aiueoFullWidth", "%4", 630, 420),
    ("aiueoFullWidth", "(%5)", 1050, 630),
)


def numbering() -> str:
    """Lists 1 to 4: headings, ・, ①, (1). A counted list gets an instance of its own when it is written."""
    levels = "".join(
        _level(at, form, text, left, hanging, f"Heading{at + 1}")
        for at, (form, text, left, hanging) in enumerate(LEVELS)
    )
    lists = (
        ("multilevel", levels),
        ("singleLevel", _level(0, "bullet", "・", 420, 210, "ListBullet", suffix="nothing")),
        ("singleLevel", _level(0, "decimalEnclosedCircle", "%1", 630, 420, "ListNumber")),
        ("singleLevel", _level(0, "decimal", "(%1)", 630, 420)),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="{kind}"/>{inner}</w:abstractNum>'
        for at, (kind, inner) in enumerate(lists, 1)
    )
    instances = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(lists) + 1)
    )
    return f"{HEADER}<w:numbering {NAMESPACES}>{abstract}{instances}</w:numbering>"


def _level(
    at: int, form: str, text: str, left: int, hanging: int, style_id: str = "", suffix: str = "tab"
) -> str:
    bound = f'<w:pStyle w:val="{style_id}"/>' if style_id else ""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{bound}<w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def settings() -> str:
    """Compatibility 15 (no 互換モード); no field is updated at opening, which would ask the reader."""
    return (
        f'{HEADER}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="840"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
        'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table() -> str:
    entries = ((MINCHO, "BIZ UDMincho", "roman"), (GOTHIC, "BIZ UDGothic", "modern"))
    inner = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="80"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="fixed"/></w:font>'
        for name, other, family in entries
    )
    return f"{HEADER}<w:fonts {NAMESPACES}>{inner}</w:fonts>"


def footnotes() -> str:
    inner = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
        f"<w:r><w:{mark}/></w:r></w:p></w:footnote>"
        for at, kind, mark in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    return f"{HEADER}<w:footnotes {NAMESPACES}>{inner}</w:footnotes>"


def theme() -> str:
    colours = (
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", NAVY),
        ("lt2", "EEF3FA"),
        ("accent1", NAVY),
        ("accent2", "8EAADB"),
        ("accent3", "D9E2F3"),
        ("accent4", RULE),
        ("accent5", "5B7DB8"),
        ("accent6", "808080"),
        ("hlink", "0B3D91"),
        ("folHlink", "0B3D91"),
    )
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours)
    faces = "".join(
        f'<a:{part}Font><a:latin typeface="{name}"/><a:ea typeface="{name}"/><a:cs typeface=""/></a:{part}Font>'
        for part, name in (("major", GOTHIC), ("minor", MINCHO))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        f'{HEADER}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="計画">'
        f'<a:themeElements><a:clrScheme name="計画">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="計画">{faces}</a:fontScheme>'
        f'<a:fmtScheme name="計画"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def body() -> str:
    return (
        f"{HEADER}<w:document {NAMESPACES}><w:body><w:p/>"
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" '
        'w:left="1417" w:header="850" w:footer="680" w:gutter="0"/><w:docGrid w:linePitch="360"/></w:sectPr>'
        "</w:body></w:document>"
    )


# part → (content type, kind of relationship from the document, content)
PARTS = (
    ("styles", f"{WORD}.styles+xml", styles),
    ("numbering", f"{WORD}.numbering+xml", numbering),
    ("settings", f"{WORD}.settings+xml", settings),
    ("fontTable", f"{WORD}.fontTable+xml", font_table),
    ("footnotes", f"{WORD}.footnotes+xml", footnotes),
)


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind, _ in PARTS
    )
    return (
        f'{HEADER}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{parts}'
        f'<Override PartName="/word/theme/theme1.xml" ContentType="{OFFICE}.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{OFFICE}.extended-properties+xml"/></Types>'
    )


def _relationships(entries: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(entries, 1)
    )
    return (
        f'{HEADER}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )


def _core() -> str:
    return (
        f'{HEADER}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )


def _app() -> str:
    return (
        f'{HEADER}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>planwizard</Application></Properties>"
    )


def _set(text: str, settings: PaperSettings) -> str:
    """A part for other paper: fonts, body size, and all that has the body's pitch or ends at the right margin."""
    mincho, gothic = paper.FONTS[settings.font]
    width = right_tab("upright", twips(settings.left_mm) + twips(settings.right_mm))
    for usual, wanted in (
        (MINCHO, mincho),
        (GOTHIC, gothic),
        (size(10.5), size(settings.size_pt)),
        ('w:line="360"', f'w:line="{round(settings.pitch_pt * 20)}"'),
        (f'w:pos="{TABS["upright"]}"', f'w:pos="{width}"'),
    ):
        text = text.replace(usual, wanted)
    return text


def build(settings: PaperSettings = paper.USUAL) -> bytes:
    """The whole file; the same bytes each time."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    outer = [
        (f"{RELATION}/officeDocument", "word/document.xml"),
        (package, "docProps/core.xml"),
        (f"{RELATION}/extended-properties", "docProps/app.xml"),
    ]
    inner = [(f"{RELATION}/{name}", f"{name}.xml") for name, _, _ in PARTS]
    inner.append((f"{RELATION}/theme", "theme/theme1.xml"))
    files = {f"word/{name}.xml": make() for name, _, make in PARTS} | {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(outer),
        "word/document.xml": body(),
        "word/_rels/document.xml.rels": _relationships(inner),
        "word/theme/theme1.xml": theme(),
        "docProps/core.xml": _core(),
        "docProps/app.xml": _app(),
    }
    if settings != paper.USUAL:
        files = {name: _set(text, settings) for name, text in files.items()}
    return archive.pack({name: text.encode() for name, text in files.items()})


if __name__ == "__main__":
    archive.BASE.write_bytes(build())
