"""PU: the six purposes that chapter 2 states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwizard.blueprint.content import PlanContent
from planwizard.rules.reading import (
    answers,
    blank,
    measures_with,
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
    not_applicable,
    rule,
    seen,
)


def _asks(path: str, label: str) -> tuple[Ask, ...]:
    return (Ask("text", label, ("ch2",), path),)


@rule(
    "PU-01",
    "自治体保有情報の活用",
    kind=ASSIST,
    why="官民データ活用の中心は、自治体が持つ情報を使えるようにすることだからです。",
    asks=_asks("purpose_gov_data", "自治体保有情報の活用を述べた文"),
)
def government_data(content: PlanContent, on: date) -> Iterator[Finding]:
    ch2 = answers(content, "ch2")
    if not ch2.text("purpose_gov_data").strip():
        yield blank("ch2", "purpose_gov_data", "自治体保有情報の活用")
    if "government" not in ch2.keys("data_scope"):
        yield needs_review(
            "「対象とするデータ」で自治体保有情報が選ばれていません。",
            Place("ch2", "data_scope"),
            role="scope",
        )
    held = [row.text("name") for row in rows(answers(content, "ch1"), "data_holdings")]
    opened = [said(part) for part in content.measures if part.pillar == "open_data"]
    if held or opened:
        yield seen("保有データの棚卸しか、データを開く施策があります。", facts=held + opened)
    else:
        yield needs_review(
            "裏付けがなく、言うだけになっています。1章の「保有データの現況」か、オープンデータの施策を1件以上書いてください。",
            Place("ch1", "data_holdings"),
            role="backing",
        )


@rule(
    "PU-02",
    "民間保有情報の活用",
    kind=CONFIRM,
    is_required=False,
    why="民間のデータと組み合わせると、自治体だけでは分からないことが分かるからです。",
    asks=_asks("purpose_private_data", "民間保有情報の活用を述べた文"),
)
def private_data(content: PlanContent, on: date) -> Iterator[Finding]:
    if not answers(content, "ch2").text("purpose_private_data").strip():
        yield not_applicable(
            "民間保有情報の活用は任意です。記入がないので、判定しません。",
            Place("ch2", "purpose_private_data"),
        )
        return
    used = [row.text("name") for row in rows(answers(content, "ch1"), "private_data")]
    using = [said(part) for part in measures_with(content, "private_data_use")]
    if used or using:
        yield seen("民間のデータの使い道が書かれています。", facts=used + using)
    else:
        yield needs_review(
            "使う民間のデータが書かれていません。1章の「民間データの活用」か、施策の「民間データの利用」に書いてください。",
            Place("ch1", "private_data"),
            role="backing",
        )


@rule(
    "PU-03",
    "事務負担の軽減",
    kind=ASSIST,
    why="職員と住民の手間が減ることを示せなければ、続ける理由を説明できないからです。",
    asks=_asks("purpose_workload", "事務負担の軽減を述べた文"),
)
def less_work(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", "purpose_workload", "事務負担の軽減")
    less = saving_kpis(content) + [said(part) for part in measures_with(content, "bpr")]
    if less:
        yield seen("手間を減らす指標か、業務の見直しがあります。", facts=less)
    else:
        yield needs_review(
            "裏付けがありません。時間・日数・件数・費用を減らす指標か、標準化の施策の「業務の見直し」を1件以上書いてください。",
            Place("ch2", "purpose_workload"),
            role="backing",
        )


@rule(
    "PU-04",
    "地域課題の解決",
    kind=AUTO | CONFIRM,
    why="課題と施策がつながっていない計画は、何のための計画か分からなくなるからです。",
    asks=_asks("purpose_local_issues.description", "地域課題の解決を述べた文"),
)
def local_issues(content: PlanContent, on: date) -> Iterator[Finding]:
    issues = {row.key for row in rows(answers(content, "ch1"), "issues")}
    if not issues:
        yield fail("1章に課題を1件以上書いてください。", Place("ch1", "issues"))
        return
    tied = [said(part) for part in content.measures if issues & set(part.answers.keys("issues"))]
    if tied:
        yield seen("1章の課題に結び付く施策があります。", facts=tied)
    else:
        first = next(iter(content.measures), None)
        yield fail(
            "1章の課題に結び付く施策がありません。施策シートの「対応する課題」を選んでください。",
            Place(first.key, "issues") if first else Place("ch1", "issues"),
        )


@rule(
    "PU-05",
    "住民及び事業者の利便性向上",
    kind=CONFIRM,
    why="住民だけ、事業者だけの計画にしないためです。",
    asks=(
        Ask("residents", "住民の利便性の向上を述べた文", ("ch2",), "purpose_convenience"),
        Ask("businesses", "事業者の利便性の向上を述べた文", ("ch2",), "purpose_convenience"),
    ),
)
def convenience(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", "purpose_convenience", "住民・事業者の利便性向上")


@rule(
    "PU-06",
    "EBPMによる効果的・効率的な行政の推進",
    kind=ASSIST,
    why="データを公開するだけでなく、行政の判断にも使うことが目的に含まれるからです。",
    asks=_asks("purpose_ebpm", "EBPMの推進を述べた文"),
)
def evidence(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from unwritten(content, "ch2", "purpose_ebpm", "EBPMの推進")
    cases = [said(part) for part in measures_with(content, "ebpm_cases")]
    use = answers(content, "ch4").text("pdca.data_use").strip()
    if cases or use:
        yield seen("データを判断に使う業務か、実績データの使い方が書かれています。", facts=[*cases, use][:20])
    else:
        yield needs_review(
            "裏付けがありません。施策の「EBPMの業務」か、4章のPDCAの「実績データの使い方」を書いてください。",
            Place("ch4", "pdca.data_use"),
            role="backing",
        )


RULES = (government_data, private_data, less_work, local_issues, convenience, evidence)
