"""EX: the five effects a plan promises, and the measures that bring them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwizard.blueprint.content import PlanContent
from planwizard.rules.reading import (
    answers,
    measures_with,
    of_effect,
    rows,
    said,
    saving_kpis,
    unwritten,
)
from planwizard.rules.rule import (
    ASSIST,
    AUTO,
    CONFIRM,
    Ask,
    Finding,
    Place,
    fail,
    needs_review,
    note,
    rule,
    seen,
)

_AT_ONCE = ("まとめて", "一度で", "一度に")


def _path(effect: str, field: str = "description") -> str:
    return f"expected_effects.{effect}.{field}"


def _asks(effect: str, label: str) -> tuple[Ask, ...]:
    return (Ask("text", label, ("ch2", "ch5"), _path(effect), effect=effect),)


def _named(content: PlanContent, effect: str) -> Iterator[Finding]:
    """A note while no measure is named: the map of effects without measures lists it too."""
    if not of_effect(content, effect):
        yield note(
            "実現する施策が選ばれていません。2章の「実現する施策」で選ぶと、どの施策で実現するかが文書に出ます。",
            Place("ch2", _path(effect, "measure_refs")),
        )


@rule(
    "EX-01",
    "地域の住民やNPO等による自発的な地域課題の解決の推進",
    kind=AUTO | CONFIRM,
    why="公開したデータが地域で使われて初めて、効果になるからです。",
    asks=_asks("effect_civic", "住民やNPO等の自発的な課題解決を述べた文"),
)
def civic(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", _path("effect_civic"), "地域住民・NPO等の自発的な課題解決")
    named = of_effect(content, "effect_civic")
    if not named:
        yield fail(
            "この効果を実現する施策を選んでください。", Place("ch2", _path("effect_civic", "measure_refs"))
        )
        return
    helping = [
        part
        for part in named
        if part.pillar in ("open_data", "divide")
        and (rows(part.answers, "civic_use") or rows(part.answers, "partners"))
    ]
    partners = [row.text("partner") for row in rows(answers(content, "ch4"), "partnerships")]
    if helping:
        yield seen("住民やNPO等を助ける施策があります。", facts=[*map(said, helping), *partners])
    else:
        yield fail(
            "選んだ施策に、住民やNPO等を助ける取組がありません。オープンデータかデジタルデバイドの施策で「住民・NPOの活用支援」か「連携先」を書いてください。",
            Place(named[0].key, "civic_use" if named[0].pillar == "open_data" else "partners"),
        )


@rule(
    "EX-02",
    "行政の各種運用コストの削減",
    kind=AUTO | ASSIST,
    why="減らす額や時間が示されなければ、削減したかどうかを後で確かめられないからです。",
    asks=_asks("effect_cost", "運用コストの削減を述べた文"),
)
def costs(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", _path("effect_cost"), "行政の運用コストの削減")
    if not of_effect(content, "effect_cost"):
        yield fail(
            "この効果を実現する施策を選んでください。", Place("ch2", _path("effect_cost", "measure_refs"))
        )
    if less := saving_kpis(content):
        yield seen("費用・時間・件数を減らす指標があります。", facts=less)
    else:
        named = of_effect(content, "effect_cost")
        yield fail(
            "費用・時間・日数・件数を減らす指標を、1つ以上の施策に入れてください。",
            Place(named[0].key, "kpis") if named else Place("ch2", _path("effect_cost", "measure_refs")),
        )
    if backing := measures_with(content, "operating_cost"):
        yield seen("運用経費の額が書かれています。", facts=map(said, backing))
    else:
        standard = next((part for part in content.measures if part.pillar == "standard"), None)
        yield needs_review(
            "額の裏付けがありません。"
            + ("指標とは別に、" if less else "")
            + "標準化の施策のシートの「運用経費」に、移行の前と後の額を書いてください。"
            "運用経費で示せないときは、その理由を書けば足ります。",
            Place(standard.key, "operating_cost") if standard else Place("ch6-standard"),
            role="backing",
        )


@rule(
    "EX-03",
    "デジタルファースト",
    kind=AUTO | ASSIST,
    why="①電子で完結（デジタルファースト）、②手続をまとめる（ワンストップ）、③同じ情報を二度求めない（ワンスオンリー）は別の効果だからです。",
    asks=_asks("effect_digital_first", "初めから終わりまで電子で完結することを述べた文"),
)
def digital_first(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", _path("effect_digital_first"), "デジタルファースト")
    online = [part for part in content.measures if part.pillar == "online"]
    whole = [part for part in online if part.answers.text("end_to_end") == "complete"]
    if whole:
        yield seen("来庁せずに完結する施策があります。", facts=map(said, whole))
    else:
        yield fail(
            "手続オンライン化の施策のうち1件以上で「来庁せず完結するか」を「来庁せず完結」にしてください。",
            Place(online[0].key, "end_to_end") if online else Place("ch6-online"),
        )
    yield from _named(content, "effect_digital_first")


@rule(
    "EX-04",
    "コネクテッド・ワンストップ",
    kind=ASSIST | CONFIRM,
    why="複数の手続や民間の手続を、一度にまとめて済ませる効果です。民間の手続を含むかどうかも確かめてください。",
    asks=_asks("effect_one_stop", "手続をまとめて済ませることを述べた文"),
)
def one_stop(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", _path("effect_one_stop"), "コネクテッド・ワンストップ")
    bundled = measures_with(content, "bundled_with")
    ch2 = answers(content, "ch2")
    text = ch2.text(_path("effect_one_stop")) + ch2.text("ch2_text")
    if bundled:
        names = [row.text("name") for part in bundled for row in rows(part.answers, "bundled_with")]
        yield seen("手続をまとめる施策があります。", facts=[*map(said, bundled), *names])
    elif not any(words in text for words in _AT_ONCE):
        online = next((part for part in content.measures if part.pillar == "online"), None)
        yield needs_review(
            "まとめる手続が書かれていません。手続オンライン化の施策の「ワンストップの範囲」に書いてください。",
            Place(online.key, "bundled_with") if online else Place("ch6-online"),
            role="backing",
        )
    yield from _named(content, "effect_one_stop")


@rule(
    "EX-05",
    "ワンスオンリー",
    kind=ASSIST,
    why="一度出した情報を二度求めないことは、オンライン化とは別に、データの連携があって初めてできるからです。",
    asks=_asks("effect_once_only", "一度出した情報を二度求めないことを述べた文"),
)
def once_only(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", _path("effect_once_only"), "ワンスオンリー")
    backing = measures_with(content, "once_only_items", "interoperability") or [
        part for part in content.measures if part.pillar == "standard"
    ]
    if backing:
        yield seen("再入力を省く施策か、標準化・データ連携の施策があります。", facts=map(said, backing))
    else:
        online = next((part for part in content.measures if part.pillar == "online"), None)
        yield needs_review(
            "裏付けがありません。手続オンライン化の施策の「再入力の省略」か、標準化の施策を書いてください。",
            Place(online.key, "once_only_items") if online else Place("ch6-online"),
            role="backing",
        )
    yield from _named(content, "effect_once_only")


RULES = (civic, costs, digital_first, one_stop, once_only)
