"""A short document in which every role of a style appears: what a town looks at before it takes a house style."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from PIL import Image, ImageDraw

from planwizard.document.nodes import (
    Block,
    BulletList,
    Cell,
    Cover,
    Document,
    Heading,
    Link,
    Meta,
    Note,
    Paragraph,
    Picture,
    Ref,
    Run,
    Section,
    Table,
)

PAGES = {"s1": "1", "s2": "1", "s3": "2"}
_DAY = datetime(2026, 4, 1, tzinfo=UTC)
_META = Meta(
    "書式の見本", "市町村の名", _DAY, "見本", "house-style-specimen", status_line="素案　見本　未決裁"
)
_COVER = Cover("書式の見本", "令和8年度〜令和12年度", "令和8年3月", "市町村の名")
_LONG = (
    "この計画は、住民の暮らしを、データを使って支えるために定める。この行は、本文が二行以上になったときの"
    "行の間隔と、行の初めの一字下げを確かめるためのものである。"
)


@cache
def picture() -> bytes:
    """A chart of two bars, drawn without a font."""
    image = Image.new("RGB", (600, 240), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 560, 90), fill="#1F3864")
    draw.rectangle((40, 130, 380, 180), fill="#8EAADB")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def assets() -> dict[str, bytes]:
    return {sha256(picture()).hexdigest(): picture()}


def document() -> Document:
    return Document(
        _META, _COVER, (Section("s", (*_first(), *_second())), Section("w", _wide(), "landscape"))
    )


def _first() -> tuple[Block, ...]:
    note = Note((Run("国の手引による。"), Link("手引", "https://www.digital.go.jp/")))
    return (
        Heading("s1", 1, "計画の策定に当たって", "第１章"),
        Heading("s2", 2, "策定の背景", "１"),
        Paragraph("s2-1", (Run(_LONG), note)),
        Paragraph("s2-2", (Run("表は"), Ref("s-t1"), Run("、"), Run("強い語", "strong"), Run("もある。"))),
        BulletList("s2-3", ((Run("手続のために来庁する回数を減らす。"),), (Run(_LONG),))),
        BulletList("s2-4", ((Run("庁内で使う。"),), (Run("公開する。"),)), "circled"),
        Heading("s2a", 3, "地域の現状", "(1)"),
        Paragraph("s2a-1", (Run(_LONG),)),
        Heading("s2b", 4, "窓口の手続", "ア"),
        Heading("s2c", 5, "子育ての手続", "(ア)"),
        Paragraph("s2c-1", (Run(_LONG),)),
        _table("s-t1", "表1", "手続の件数"),
    )


def _second() -> tuple[Block, ...]:
    (key,) = assets()
    return (
        Heading("s3", 1, "現状及び課題", "第２章"),
        Paragraph("s3-1", (Run("リード文は、章の初めに置く短い文である。"),), "lead"),
        Picture("s3-2", key, "二本の棒からなるグラフ", 120, "図1", "手続の件数"),
        Paragraph("s3-3", (Run("（出典：見本）"),), "note"),
    )


def _wide() -> tuple[Block, ...]:
    heads = tuple(_head(f"令和{year}年度") for year in range(8, 13))
    bands = tuple(Cell((Run("実施"),), fill="band", align="center") for _ in heads)
    rows = ((_head("工程"), *heads), (Cell((Run("窓口の予約"),)), *bands))
    return (
        Heading("w1", 2, "工程表", "１"),
        Table("w1-1", (70, 35, 35, 35, 35, 35), rows, number="表2", caption="工程表"),
    )


def _head(words: str) -> Cell:
    return Cell((Run(words),), "col", fill="head")


def _table(id_: str, number: str, caption: str) -> Table:
    rows = [(_head("区分"), _head("件数"), _head("割合"))]
    rows += [
        (Cell((Run(name),), "row", fill="label"), _right(count), _right(share))
        for name, count, share in (("オンライン", "312件", "25.0%"), ("窓口", "936件", "75.0%"))
    ]
    return Table(id_, (60, 50, 50), tuple(rows), number=number, caption=caption)


def _right(words: str) -> Cell:
    return Cell((Run(words),), align="right")
