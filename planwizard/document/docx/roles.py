"""The styles a plan needs, by role. A role is called by the id of the style in our own file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "character", "table"]


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    label: str  # as an officer calls it
    names: tuple[str, ...]  # of a style that surely is it; the first is the one Word knows
    guesses: tuple[str, ...] = ()  # of one that may be it: the officer is asked
    kind: Kind = "paragraph"
    sample: str = ""  # empty: too small a thing to be shown or asked


def _heading(level: int, sample: str, *guesses: str) -> Role:
    plain = (f"見出し{level}", *guesses)
    return Role(f"Heading{level}", f"見出し{level}", (f"heading {level}",), plain, sample=sample)


ROLES = (
    Role("Title", "表紙の計画名", ("Title",), ("表題", "題名", "計画名"), sample="デジタル推進計画"),
    Role("Subtitle", "表紙の期間", ("Subtitle",), ("副題",), sample="令和8年度〜令和12年度"),
    Role("PlanCover", "表紙の日付と市町村名", ("計画表紙",), ("表紙",), sample="令和8年3月　市町村の名"),
    _heading(1, "第１章　計画の策定に当たって", "章見出し", "大見出し", "章"),
    _heading(2, "１　策定の背景", "節見出し", "中見出し", "節"),
    _heading(3, "(1) 地域の現状", "項見出し", "小見出し", "項"),
    _heading(4, "ア　窓口の手続"),
    _heading(5, "(ア) 子育ての手続"),
    Role("BodyText", "本文", ("Body Text", "計画本文"), ("本文", "本文1"), sample="この計画は、住民の暮らしを支える。"),
    Role("ListBullet", "箇条書き（・）", ("List Bullet",), ("箇条書き", "箇条書き1"), sample="・手続を減らす。"),
    Role("ListNumber", "番号付きの箇条書き", ("List Number",), ("段落番号",), sample="① 庁内で使う。"),
    Role("Caption", "表と図の題", ("caption",), ("図表番号", "表題・図題", "表タイトル"), sample="表1　成果指標"),
    Role("PlanFigure", "図を置く行", ("計画図",), ("図",), sample="（図）"),
    Role("PlanTable", "表", ("計画表",), ("表", "標準の表"), kind="table", sample="（表のけい線と余白）"),
    Role("PlanTableText", "表の本文", ("計画表本文",), ("表本文", "表内", "表中"), sample="オンライン申請"),
    Role("PlanTableHead", "表の見出し", ("計画表見出し",), ("表見出し", "表頭"), sample="区分"),
    Role("TOCHeading", "目次の題", ("TOC Heading",), sample="目　次"),
    Role("TOC1", "目次の1段目", ("toc 1",), sample="第１章　計画の策定に当たって …… 1"),
    Role("TOC2", "目次の2段目", ("toc 2",), sample="１　策定の背景 …… 1"),
    Role("TOC3", "目次の3段目", ("toc 3",)),
    Role("Header", "ヘッダー", ("header",), sample="デジタル推進計画"),
    Role("Footer", "フッター", ("footer",), sample="－ 1 －"),
    Role("FootnoteText", "脚注", ("footnote text", "Footnote"), sample="１　国の手引による。"),
    Role("FootnoteReference", "脚注の番号", ("footnote reference",), kind="character"),
    Role("Hyperlink", "リンク", ("Hyperlink",), kind="character"),
    Role("Strong", "強調", ("Strong",), kind="character"),
    Role("PlanChanged", "変更箇所", ("計画変更箇所",), kind="character"),
    Role("PlanLead", "リード文", ("計画リード",)),
    Role("PlanNote", "注記", ("計画注記",)),
    Role("PlanDiffText", "新旧対照表の本文", ("新旧対照表本文",)),
    Role("PlanStatus", "版の表示", ("計画版表示",)),
    Role("PlanGap", "間隔", ("計画間隔",)),
    Role("PlanSpace", "表の後の間隔", ("計画表後",)),
)  # fmt: skip
BY_KEY = {role.key: role for role in ROLES}
HEADINGS = tuple(f"Heading{level}" for level in range(1, 6))


def folded(name: str) -> str:
    """A style's name for comparing: 「見出し 1」 is 「見出し1」, ``Heading 1`` is ``heading 1``."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
