"""A plan's document with every block there is, and the small trees tests are made of."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from PIL import Image

from planwizard.common import text
from planwizard.document import prose
from planwizard.document.nodes import (
    Block,
    BulletList,
    Cell,
    Cover,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    Meta,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Ref,
    Run,
    Section,
    Table,
)

META = Meta(
    title="潮見野市官民データ活用推進計画",
    issuer="潮見野市",
    modified=datetime(2026, 11, 23, 1, 32, tzinfo=UTC),
    version_label="第3版",
    identifier="7d2b6c1e-5a0f-4c63-9a43-0d6c1f6b8a11",
    status_line="素案　第3版　令和8年11月23日10時32分時点　未決裁",
)
COVER = Cover("潮見野市官民データ活用推進計画", "令和8年度～令和12年度", "令和8年3月", "潮見野市")

HOSTILE = (
    "<script>alert(1)</script>",
    "]]>&amp;&lt;",
    "{{ 7*7 }}{% load x %}",
    "${jndi:ldap://x}",
    "=cmd|' /C calc'!A0",
    '" onmouseover="alert(1)',
    "'; DROP TABLE plans; --",
    "a\tb",
    "  two  spaces  ",
    "葛󠄀城市と辻󠄀堂",
    "𠮷野家の㈱①Ⅲ﨑塚",
    "👩‍👩‍👧とZWJ",
    "がぎ゜ば",
    "w" * 120,
    "\\u0000 %s %(x)s {0} {name}",
    "w:p</w:t><w:br/>",
)


def png(width: int = 320, height: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#5B8DB8").save(out, "PNG")
    return out.getvalue()


PHOTO = png()
PHOTO_KEY = sha256(PHOTO).hexdigest()
ASSETS = {PHOTO_KEY: PHOTO}

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200" viewBox="0 0 600 200">
<defs><marker id="sample-arrow" markerWidth="8" markerHeight="8" refX="8" refY="4" orient="auto">
<path d="M0,0 L8,4 L0,8 z" fill="#1F3864"/></marker></defs>
<g font-family="BIZ UDGothic" font-size="18" text-anchor="middle">
<rect x="20" y="60" width="220" height="80" fill="#EEF3FA" stroke="#1F3864" stroke-width="2"/>
<text x="130" y="106" fill="#000000">総合計画 &lt;第6次&gt;</text>
<rect x="360" y="60" width="220" height="80" fill="#D9E2F3" stroke="#1F3864" stroke-width="2"/>
<text x="470" y="106" fill="#000000">この計画</text>
<line x1="240" y1="100" x2="358" y2="100" stroke="#1F3864" stroke-width="2" marker-end="url(#sample-arrow)"/>
</g></svg>"""


def document(*blocks: Block, landscape: bool = False, **changes: object) -> Document:
    """A document of one section, without cover and contents."""
    tree = Document(
        META, None, (Section("body", blocks, "landscape" if landscape else "upright"),), toc_depth=0
    )
    return replace(tree, **changes)  # type: ignore[arg-type]


def paragraph(id_: str, *inlines: Inline | str, role: str = "body") -> Paragraph:
    runs = tuple(Run(each) if isinstance(each, str) else each for each in inlines)
    return Paragraph(id_, runs, role)  # type: ignore[arg-type]


def cell(words: str, **looks: object) -> Cell:
    return Cell((Run(words),) if words else (), **looks)  # type: ignore[arg-type]


def head(words: str, **looks: object) -> Cell:
    return cell(words, header="col", fill="head", **looks)


def label(words: str, **looks: object) -> Cell:
    return cell(words, header="row", fill="label", **looks)


def grid(id_: str, rows: int, number: str = "", caption: str = "") -> Table:
    """A table of numbers, longer than a page from about 40 rows on."""
    lines = tuple(
        (
            cell(str(at), align="center"),
            cell(f"指標その{at}"),
            cell(f"{at * 1250:,}", align="right"),
            cell("情報政策課"),
        )
        for at in range(1, rows + 1)
    )
    heads = (head("番号"), head("指標名"), head("目標値\n（令和12年度）"), head("担当課"))
    return Table(id_, (15, 75, 35, 35), (heads, *lines), number=number, caption=caption)


def sheet(id_: str, number: str, measure_no: str, title: str, *, kpis: int = 2, body: str = "") -> Table:
    """A measure sheet: label column, KPI band and schedule band on one grid, three years."""
    years = ("令和8年度", "令和9年度", "令和10年度")
    top = (
        (head(measure_no), head(title, colspan=5, align="left")),
        (label("担当課"), cell("市民部市民課、総務部情報政策課", colspan=5)),
        (label("根拠・関連法令"), cell("情報通信技術を活用した行政の推進等に関する法律", colspan=5)),
        (
            label("現状と課題"),
            cell(body or "オンライン化率は25.0%であり、申請者の約６割が来庁している。", colspan=5),
        ),
        (
            label("取組内容"),
            cell("・子育ての手続から順次オンライン化する。\n・書かない窓口を導入する。", colspan=5),
        ),
    )
    kpi_head = tuple(head_of_band(name) for name in ("指標名", "基準値\n（令和6年度）", *years))
    kpi = (
        (label("成果指標\n（KPI）", rowspan=kpis + 1), *kpi_head),
        *(
            (
                cell(f"オンライン申請率その{at}（%）"),
                *(cell(f"{at * 10 + n}.0", align="right") for n in range(4)),
            )
            for at in range(1, kpis + 1)
        ),
    )
    bands = (("要件整理", "実施", "", ""), ("導入・拡大", "", "導入", "拡大"), ("効果検証", "", "", "実施"))
    schedule = (
        (
            label("スケジュール", rowspan=len(bands) + 1),
            head_of_band("工程", colspan=2),
            *(head_of_band(year) for year in years),
        ),
        *((cell(name, colspan=2), *map(band, words)) for name, *words in bands),
    )
    return Table(
        id_,
        (30, 50, 20, 20, 20, 20),
        (*top, *kpi, *schedule),
        kind="sheet",
        number=number,
        caption=f"施策シート　{title}",
        keep=kpis < 10,
        opening=3,
    )


def head_of_band(words: str, **looks: object) -> Cell:
    return cell(words, header="col", fill="label", **looks)


def band(word: str) -> Cell:
    return cell(word, fill="band", align="center") if word else Cell()


def schedule_of_all() -> Table:
    years = ("令和8年度", "令和9年度", "令和10年度", "令和11年度", "令和12年度")
    top = (
        head("施策", rowspan=2),
        head("担当課", rowspan=2),
        head("年度", colspan=5),
    )
    lines = (
        ("6-①-01 行政手続のオンライン化", "市民課", "要件整理", "導入", "導入", "拡大", "評価"),
        ("6-①-02 窓口データの標準化", "市民課", "設計", "移行", "移行", "", ""),
        ("6-②-01 オープンデータの公開拡充", "情報政策課", "20件", "", "30件", "28件", "評価"),
    )
    rows = tuple((cell(name), cell(section), *map(band, words)) for name, section, *words in lines)
    heads = (top, tuple(head(year) for year in years))
    return Table(
        "plan-schedule",
        (75, 45, 25, 25, 25, 25, 25),
        (*heads, *rows),
        2,
        "schedule",
        "表4",
        "個別施策の工程表",
    )


PROSE = """　人口減少と少子高齢化が進む中、限られた人員で行政サービスの質を保つためには、官民が保有するデータを相互に活用できる環境を整えることが欠かせない。〔注：法9条3項。国の手引は https://www.digital.go.jp/ で公開されている。〕
本市では、この計画を定める。
　なお、詳細は〔参照：table〕及び〔参照：gone〕のとおりとし、国の資料は https://www.digital.go.jp/policies/ にある。

■ 計画の目的
この計画は、次に掲げる事項を達成することにより、市民が真に豊かさを実感できる社会を実現することを目的とする。
・手続における情報通信技術の利用を進め、市民及び事業者の利便性を高めること。
・市が保有するデータを公開し、地域課題の解決に役立てること。これは二行にわたる長い項目であって、ぶら下げの字下げが正しいかどうかを見るためのものである。
① 庁内データの形式が統一されておらず、再利用に手間を要する。
② 高齢者を中心に、デジタル機器の利用に不安を感じる市民が多い。
□ 期間
（1）令和8年度から令和12年度までとする。
（2）毎年度、進捗を点検する。
区分\t件数\t割合
オンライン\t312\t25.0%
窓口\t936\t75.0%
"""


def numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Gives headings the numbers that a plan's headings get."""
    counts = [0] * 6
    done = []
    for block in blocks:
        if isinstance(block, Heading):
            counts[block.level] += 1
            counts[block.level + 1 :] = [0] * (5 - block.level)
            block = replace(block, number=_number(block.level, counts[block.level]))
        done.append(block)
    return tuple(done)


def _number(level: int, count: int) -> str:
    wide = str(count).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    kana = "アイウエオカキクケコサシスセソタチツテト"[count - 1]
    return (f"第{wide}章", wide, f"({count})", kana, f"({kana})")[level - 1]


def plan(rows: int = 60, kpis: int = 40) -> Document:
    """The whole sample: cover, contents, four chapters, a landscape section and an appendix.

    ``rows`` and ``kpis`` make a table and a sheet longer than a page.
    """
    table = {"table": "ch2-kpis"}.get
    ch1 = numbered((Heading("ch1", 1, "計画の策定に当たって"), Heading("ch1-back", 2, "策定の背景")))
    front = (
        *ch1[:2],
        *prose.parse(PROSE, prefix="ch1-text", resolve=table),
        Figure(
            "ch1-figure", DRAWING, "総合計画からこの計画へ矢印が引かれている。", 120, "図1", "計画の位置付け"
        ),
        paragraph(
            "ch1-refs",
            "参照の例：",
            Ref("ch2"),
            "（",
            Ref("ch2", "title"),
            "、",
            Ref("ch2", "page"),
            "ページ）、",
            Ref("ch1-figure"),
            "、",
            Link("国の頁", "https://www.digital.go.jp/?a=1&b=2"),
            "。",
            Run("強い語", "strong"),
            Run("変えた語", "changed"),
            Note((Run("二つ目の注。"), Link("頁", "https://example.com/"))),
        ),
        PageBreak("ch1-break"),
        paragraph("ch1-lead", "リード文である。", role="lead"),
        paragraph("ch1-note", "（出典：市民意識調査）", role="note"),
    )
    hostile = tuple(paragraph(f"ch2-h-{at}", text.clean(words)) for at, words in enumerate(HOSTILE, 1))
    levels = (
        Heading("ch2-a", 2, "本市の現状"),
        Heading("ch2-b", 3, "オープンデータの状況"),
        Heading("ch2-c", 4, "利用の状況"),
        paragraph("ch2-c-1", "年間のダウンロード数は約3,600件であり、防災に関するものが過半を占める。"),
        Heading("ch2-d", 5, "利用者の内訳"),
        paragraph("ch2-d-1", "事業者が約４割である。"),
        Heading("ch2-d2", 5, "分野の内訳"),
        Heading(
            "ch2-e",
            2,
            "とても長い見出しを二行にわたって置いたときに、番号の後ろで字下げが揃うかどうかを確かめるための見出し",
        ),
    )
    ch2 = (
        Heading("ch2", 1, "現状及び課題"),
        *levels,
        *hostile,
        grid("ch2-kpis", rows, "表1", "成果指標の一覧"),
    )
    ch6 = (
        Heading("ch6", 1, "個別施策"),
        Heading("ch6-1", 2, "手続における情報通信の技術の利用等に係る取組"),
        sheet("ch6-s1", "表2", "6-①-01", "行政手続のオンライン化の推進"),
        sheet("ch6-s2", "表3", "6-①-02", "窓口データの標準化", kpis=kpis, body=" ".join(HOSTILE)),
    )
    land = (
        Heading("ch6-plan", 2, "工程表"),
        paragraph("ch6-plan-1", "次表のとおりとする。"),
        schedule_of_all(),
    )
    end = (
        Heading("appendix", 1, "資料編"),
        Picture("photo", PHOTO_KEY, "青い海の写真", 80, "図2", "市の海岸"),
        BulletList("again", ((Run("一つ目"),), (Run("二つ目"),)), "circled"),
        BulletList("again2", ((Run("また一から"),),), "circled"),
        Heading("imprint", 2, "奥付"),
        paragraph("imprint-1", "潮見野市総務部情報政策課"),
    )
    whole = numbered((*front, *ch2, *ch6, *land, *end))
    cuts = [len(front) + len(ch2) + len(ch6), len(land), len(end)]
    first, second, third = whole[: cuts[0]], whole[cuts[0] : cuts[0] + cuts[1]], whole[-cuts[2] :]
    third = tuple(replace(b, number="") if b.id in ("appendix", "imprint") else b for b in third)  # type: ignore[call-arg]
    return Document(
        META,
        COVER,
        (Section("body", first), Section("plan", second, "landscape"), Section("end", third)),
    )
