"""Numbers in prose: against what the plan declares, 年 beside 年度, statistics without their date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from planwizard.wording.hint import Figure, Finding, Text, rule

_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_AROUND = Decimal("0.05")  # how far 約 reaches


@rule(
    "N-01",
    "本文の数字と、欄に入れた数字",
    source="統計と指標は計画の中で一つの値にそろえる",
    example="総人口の欄は84,312人、本文は「総人口は84,321人」",
)
def other_than_declared(text: Text) -> Iterator[Finding]:
    for figure in text.setting.figures:
        if figure.label in text.open:
            yield from _against(figure, text.open)


def _against(figure: Figure, words: str) -> Iterator[Finding]:
    # A list of numbers (28.0%、41.2%) is of several places, of which the plan declares the whole.
    label, unit = re.escape(figure.label), re.escape(figure.unit).replace("%", "[%％]")
    pattern = rf"(?<![ぁ-んァ-ヺ一-鿿]){label}(?:（[^（）\n]{{0,30}}）)?(?:は|が|も|：|=|＝)[、 \u3000]?(約|およそ|おおむね)?[ ]?({_NUMBER})[ ]?{unit}(?!、[0-9])"
    for found in re.finditer(pattern, words):
        said = Decimal(found[2].replace(",", ""))
        known = sorted(Decimal(value) for value in figure.values)
        if said in known or (found[1] and any(abs(said - each) <= each * _AROUND for each in known)):
            continue
        shown = "、".join(f"{each:,}{figure.unit}" for each in known[:4])
        yield Finding(
            *found.span(2), f"「{figure.label}」の欄には{shown}とあります。どちらが正しいか確かめてください。"
        )


_ERA = {"令和": 2018, "平成": 1988}
_YEAR = r"(?:(?:令和|平成)(?:[0-9]{1,2}|元)|[12][0-9]{3})年"
_RANGE = re.compile(
    rf"({_YEAR})(度)?(?:末|頭)?(?:から|～|〜|－|-)({_YEAR})(度)?(?![0-9]{{1,2}}月|月)(?=まで|の|に|を|、|。|）|末)"
)
_MONTH = re.compile(rf"({_YEAR})度(?=[0-9]{{1,2}}月)")
_BOTH = re.compile(r"(令和|平成)([0-9]{1,2}|元)年(度)?[（(]([12][0-9]{3})年?(度)?[）)]")


@rule(
    "N-02",
    "年と年度、和暦と西暦",
    source="年度は4月から翌年3月まで（令和7年度末は2026年3月31日）",
    example="令和8年から令和12年度まで → 令和8年度から令和12年度まで",
)
def years(text: Text) -> Iterator[Finding]:
    for found in _RANGE.finditer(text.open):
        if bool(found[2]) != bool(found[4]):
            yield Finding(
                *found.span(), "期間の始めと終わりで「年」と「年度」が混ざっています。どちらかにそろえます。"
            )
    for found in _MONTH.finditer(text.open):
        yield Finding(
            *found.span(), "月の前が「年度」です。その月が翌年の1月から3月でないか確かめ、「年」で書きます。"
        )
    for found in _BOTH.finditer(text.open):
        era = _ERA[found[1]] + (1 if found[2] == "元" else int(found[2]))
        if era != int(found[4]):
            yield Finding(
                *found.span(), f"{found[1]}{found[2]}年は{era}年です。和暦と西暦を確かめてください。"
            )
        elif bool(found[3]) != bool(found[5]) and "年" in found[0][found.start(4) - found.start() :]:
            yield Finding(
                *found.span(), "和暦と西暦で「年」と「年度」が混ざっています。どちらかにそろえます。"
            )


_STATISTIC = re.compile(
    rf"(総人口|人口|世帯数|高齢化率|保有率|交付率|普及率|利用者数)(?:（[^（）\n]{{0,20}}）)?(?:は|が)[、]?(?:約|およそ)?{_NUMBER} ?(?:万)?(?:人|世帯|[%％])"
)
_DATED = re.compile(r"[0-9元]年|年度|現在|時点|国勢調査|前年|昨年|毎年|目標|推計|見込|計画期間|将来")


@rule(
    "N-03",
    "統計に時点を書く",
    source="時点のない数字は使えません（住民基本台帳と国勢調査は別の数字）",
    example="総人口は84,312人です。 → 総人口は84,312人（令和8年4月1日現在）です。",
)
def undated(text: Text) -> Iterator[Finding]:
    declared = {figure.label for figure in text.setting.figures}  # their date stands beside their field
    for paragraph in re.finditer(r"[^\n]+", text.open):
        if _DATED.search(paragraph[0]):
            continue
        for found in _STATISTIC.finditer(text.open, *paragraph.span()):
            if found[1] not in declared:
                yield Finding(*found.span(), "いつの数字かを書き添えます（例：令和8年4月1日現在）。")
