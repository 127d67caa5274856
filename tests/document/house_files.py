"""Word files as towns bring them, built here: by a Japanese Word, by python-docx, by LibreOffice; and refused ones."""

from __future__ import annotations

import io
import re
import zipfile

import docx as python_docx
from PIL import Image

from planwizard.document.docx import archive, base

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = base.RELATION
TEMPLATE = f"{base.WORD}.template.main+xml"
DOCUMENT = f"{base.WORD}.document.main+xml"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
LIBREOFFICES_CORE = f"{OFFICE}/metadata/core-properties"


def style(
    id_: str, name: str, inner: str = "", kind: str = "paragraph", based: str = "a", default: str = ""
) -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{kind}"{default} w:styleId="{id_}"><w:name w:val="{name}"/>{on}<w:qFormat/>{inner}</w:style>'


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:eastAsia="{name}" w:hAnsi="{name}"/>'


def relations(*entries: tuple[str, str, str], external: str = "") -> str:
    inner = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"{external if "://" in target else ""}/>'
        for id_, kind, target in entries
    )
    return f'{XML}<Relationships xmlns="{RELS}">{inner}</Relationships>'


def types(main: str = DOCUMENT, more: str = "") -> str:
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{base.WORD}.styles+xml"/>{more}</Types>'
    )


def body(section: str = "", text: str = "<w:p><w:r><w:t>前の計画の本文</w:t></w:r></w:p>") -> str:
    return f"{XML}<w:document {W} {R}><w:body>{text}<w:sectPr>{section}</w:sectPr></w:body></w:document>"


A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1701" w:header="851" w:footer="992" w:gutter="0"/>'


def zipped(files: dict[str, str | bytes]) -> bytes:
    return archive.pack(
        {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
    )


# --- a Japanese Word's .dotx, ids 1, a, a3, no numbering, a letterhead ---------------------------------------------


def japanese_parts() -> dict[str, str | bytes]:
    styles = (
        f'{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts("ＭＳ 明朝")}<w:kern w:val="2"/><w:sz w:val="22"/>'
        '<w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + style(
            "a",
            "Normal",
            '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>',
            based="",
            default=' w:default="1"',
        )
        + style(
            "1",
            "heading 1",
            f'<w:pPr><w:keepNext/></w:pPr><w:rPr>{fonts("ＭＳ ゴシック")}<w:b/><w:sz w:val="32"/></w:rPr>',
        )
        + style("2", "heading 2", f'<w:rPr>{fonts("ＭＳ ゴシック")}<w:sz w:val="26"/></w:rPr>')
        + style("3", "heading 3", f"<w:rPr>{fonts('ＭＳ ゴシック')}</w:rPr>")
        + style("a3", "本文", '<w:pPr><w:ind w:firstLineChars="100" w:firstLine="220"/></w:pPr>')
        + style(
            "a4",
            "header",
            '<w:pPr><w:tabs><w:tab w:val="center" w:pos="4252"/><w:tab w:val="right" w:pos="8504"/></w:tabs></w:pPr>',
        )
        + style("a5", "footer")
        + style("a0", "Default Paragraph Font", kind="character", based="", default=' w:default="1"')
        + style("a1", "Normal Table", kind="table", based="", default=' w:default="1"')
        + style("Header", "町の見出し付き段落")  # an id that is a role of ours, and another style
        + "</w:styles>"
    )
    header = (
        f'{XML}<w:hdr {W} {R} {DRAWING}><w:p><w:pPr><w:pStyle w:val="a4"/></w:pPr><w:r><w:t>潮見野市役所</w:t></w:r>'
        '<w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="180000"/><wp:docPr id="1" name="印"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="印"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch>'
        '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="180000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p></w:hdr>"
    )
    footer = f'{XML}<w:ftr {W}><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
    settings = (
        f'{XML}<w:settings {W}><w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
        '<w:defaultTabStop w:val="840"/><w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="14"/></w:compat></w:settings>'
    )
    references = (
        '<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
    )
    more = (
        f'<Override PartName="/word/settings.xml" ContentType="{base.WORD}.settings+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{base.WORD}.header+xml"/>'
        f'<Override PartName="/word/footer1.xml" ContentType="{base.WORD}.footer+xml"/>'
    )
    return {
        "[Content_Types].xml": types(TEMPLATE, more),
        "_rels/.rels": relations(("rId1", f"{OFFICE}/officeDocument", "word/document.xml")),
        "word/document.xml": body(references + A4 + '<w:docGrid w:type="lines" w:linePitch="360"/>'),
        "word/_rels/document.xml.rels": relations(
            ("rId1", f"{OFFICE}/styles", "styles.xml"),
            ("rId2", f"{OFFICE}/settings", "settings.xml"),
            ("rId3", f"{OFFICE}/header", "header1.xml"),
            ("rId4", f"{OFFICE}/footer", "footer1.xml"),
        ),
        "word/styles.xml": styles,
        "word/settings.xml": settings,
        "word/header1.xml": header,
        "word/_rels/header1.xml.rels": relations(("rId1", f"{OFFICE}/image", "media/image1.png")),
        "word/footer1.xml": footer,
        "word/media/image1.png": png(),
    }


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "firebrick").save(out, "PNG")
    return out.getvalue()


def japanese() -> bytes:
    return zipped(japanese_parts())


# --- python-docx's own default: US Letter, theme fonts, Word 2010 --------------------------------------------------


def default() -> bytes:
    file = python_docx.Document()
    file.add_heading("前の計画", 1)
    file.add_paragraph("本文")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


# --- LibreOffice: names as ``Heading 1``, an outline that prints nothing, another relation to core.xml --------------


def libreoffice() -> bytes:
    outline = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:pStyle w:val="Heading{at + 1}"/><w:numFmt w:val="none"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val=""/><w:lvlJc w:val="left"/></w:lvl>'
        for at in range(9)
    )
    headings = "".join(
        style(
            f"Heading{level}",
            f"Heading {level}",
            f'<w:next w:val="TextBody"/><w:pPr><w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
            f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:sz w:val="{36 - 2 * level}"/></w:rPr>',
            based="Heading",
        )
        for level in range(1, 4)
    )
    styles = (
        f'{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts("Noto Serif CJK JP")}<w:sz w:val="24"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="hi-IN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        + style("Normal", "Normal", based="", default=' w:default="1"')
        + style("Heading", "Heading", based="Normal")
        + headings
        + style("TextBody", "Body Text", '<w:pPr><w:spacing w:before="0" w:after="140" w:line="276" w:lineRule="auto"/></w:pPr>', based="Normal")
        + style("Caption", "Caption", based="Normal")
        + style("Header", "Header", based="Normal")
        + style("Footnote", "Footnote Text", based="Normal")
        + "</w:styles>"
    )  # fmt: skip
    numbering = (
        f'{XML}<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{outline}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    more = (
        f'<Override PartName="/word/numbering.xml" ContentType="{base.WORD}.numbering+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    )
    return zipped(
        {
            "[Content_Types].xml": types(more=more),
            "_rels/.rels": relations(
                ("rId1", LIBREOFFICES_CORE, "docProps/core.xml"),
                ("rId2", f"{OFFICE}/officeDocument", "word/document.xml"),
            ),
            "docProps/core.xml": base._core(),
            "word/document.xml": body(A4),
            "word/_rels/document.xml.rels": relations(
                ("rId1", f"{OFFICE}/styles", "styles.xml"), ("rId2", f"{OFFICE}/numbering", "numbering.xml")
            ),
            "word/styles.xml": styles,
            "word/numbering.xml": numbering,
        }
    )


FILES = {"japanese": japanese, "default": default, "libreoffice": libreoffice}


# --- with numbers of its own ---------------------------------------------------------------------------------------


def numbered(levels: int = 3) -> bytes:
    """The Japanese file with headings that count 「第1編」, 「1-1」, …"""
    files = japanese_parts()
    texts = ("第%1編", "%1-%2", "%1-%2-%3")
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{at + 1}"/>'
        f'<w:lvlText w:val="{texts[at]}"/><w:lvlJc w:val="left"/></w:lvl>'
        for at in range(levels)
    )
    files["word/numbering.xml"] = (
        f'{XML}<w:numbering {W}><w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>{inner}'
        '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    text = str(files["word/styles.xml"])
    for at in range(levels):
        numbers = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="5"/></w:numPr>'
        name = f'<w:name w:val="heading {at + 1}"/><w:basedOn w:val="a"/><w:qFormat/>'
        text = text.replace(f"{name}<w:pPr>", f"{name}<w:pPr>{numbers}").replace(
            f"{name}<w:rPr>", f"{name}<w:pPr>{numbers}</w:pPr><w:rPr>"
        )
    files["word/styles.xml"] = re.sub(r"(<w:numPr>.*?</w:numPr>)(<w:keepNext/>)", r"\2\1", text)
    _relate(files, "rId9", "numbering", "numbering.xml")
    files["[Content_Types].xml"] = str(files["[Content_Types].xml"]).replace(
        "</Types>",
        f'<Override PartName="/word/numbering.xml" ContentType="{base.WORD}.numbering+xml"/></Types>',
    )
    return zipped(files)


def _relate(
    files: dict[str, str | bytes], id_: str, kind: str, target: str, mode: str = "", part: str = "document"
) -> None:
    name = f"word/_rels/{part}.xml.rels"
    relation = f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    files[name] = str(files.get(name, relations())).replace("</Relationships>", f"{relation}</Relationships>")


EXTERNAL = ' TargetMode="External"'


def with_relation(kind: str, target: str, mode: str = EXTERNAL, part: str = "document") -> bytes:
    files = japanese_parts()
    _relate(files, "rId77", kind, target, mode, part)
    return zipped(files)


def with_part(name: str, data: str | bytes) -> bytes:
    return zipped({**japanese_parts(), name: data})


def changed(name: str, old: str, new: str) -> bytes:
    files = japanese_parts()
    assert old in str(files[name])
    files[name] = str(files[name]).replace(old, new)
    return zipped(files)


def written(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """The Japanese file with entries that ``zipfile`` alone would write, a name twice for instance."""
    out = io.BytesIO(japanese())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target:
        for name, data in entries:
            target.writestr(name, data)
    return out.getvalue()
