"""ME: what chapter 5 and the measures together have to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwizard.blueprint.content import PlanContent
from planwizard.blueprint.contradictions import contradictions
from planwizard.rules.elements import findings_of, has_numbers
from planwizard.rules.reading import answers, blank, rows, said
from planwizard.rules.rule import (
    ASSIST,
    AUTO,
    CONFIRM,
    Ask,
    Finding,
    Place,
    State,
    fail,
    needs_review,
    note,
    rule,
    seen,
)

_MOST_WITH_NUMBERS = 80  # percent of the measures that a plan had better measure
_USUAL_YEARS, _MOST_YEARS = range(2, 11), 10


@rule(
    "ME-01",
    "技術的環境の形成",
    kind=ASSIST,
    why="端末・通信網・データ基盤の裏付けがない施策は、始められないからです。",
    asks=(Ask("text", "技術的環境の形成を述べた文", ("ch5",), "policy_tech_env"),),
)
def technology(content: PlanContent, on: date) -> Iterator[Finding]:
    if not answers(content, "ch5").text("policy_tech_env").strip():
        yield blank("ch5", "policy_tech_env", "5章の「技術的環境の形成」")
    written = [part for part in content.measures if part.answers.text("tech_environment").strip()]
    if written:
        yield seen("技術的環境を書いた施策があります。", facts=map(said, written))
    else:
        first = next(iter(content.measures), None)
        yield needs_review(
            "「技術的環境の形成」を書いた施策がありません。1件以上の施策シートに書いてください。",
            Place(first.key, "tech_environment") if first else Place("ch5", "policy_tech_env"),
            role="backing",
        )


@rule(
    "ME-02",
    "実現のための対策",
    kind=ASSIST,
    why="制度・人材・財源・周知の手当てがなければ、施策は絵に描いた餅になるからです。",
    asks=(Ask("text", "実現のための対策を述べた文", ("ch5",), "policy_enablers"),),
)
def enablers(content: PlanContent, on: date) -> Iterator[Finding]:
    if not answers(content, "ch5").text("policy_enablers").strip():
        yield blank("ch5", "policy_enablers", "5章の「実現のための対策」")
    all_measures = content.measures
    without = [part for part in all_measures if not part.answers.text("enabling_actions").strip()]
    count = len(all_measures) - len(without)
    words = f"{len(all_measures)}施策のうち{count}施策に「実現のための対策」が書かれています。"
    if all_measures and count * 2 >= len(all_measures):
        yield seen(words)
    else:
        yield needs_review(
            f"{words}半数以上の施策に書いてください。",
            Place(without[0].key, "enabling_actions") if without else Place("ch5", "policy_enablers"),
            role="backing",
        )


@rule(
    "ME-03",
    "計画期間（3年・5年等）の設定",
    kind=AUTO,
    why="期間がなければ、目標をいつまでに果たすかが決まらないからです。",
)
def plan_period(content: PlanContent, on: date) -> Iterator[Finding]:
    start, end = content.basics.year("period_start_fy"), content.basics.year("period_end_fy")
    if start is None:
        yield blank("basics", "period_start_fy", "期間の始まり")
    if end is None:
        yield blank("basics", "period_end_fy", "期間の終わり")
    if start is not None and end is not None:
        yield from _length(end - start + 1)
    named = {part.key: said(part) for part in content.measures}
    for found in contradictions(content):
        if found.part in named:
            yield fail(f"{named[found.part]}の{found.message}", Place(found.part, found.path))


def _length(years: int) -> Iterator[Finding]:
    at = Place("basics", "period_end_fy")
    if years < 1:
        yield fail("期間の終わりを、期間の始まりより後の年度にしてください。", at)
    elif years > _MOST_YEARS:
        yield fail(f"期間が{years}年あります。10年までにしてください。", at)
    elif years in _USUAL_YEARS:
        yield seen(f"期間は{years}年です。")
    else:
        yield note(f"期間が{years}年です。2〜10年が普通です。", at)


@rule(
    "ME-04",
    "各施策の成果を定量的に評価",
    kind=AUTO,
    why="数で測れなければ、毎年の点検で施策がうまくいったかどうかを言えないからです。",
)
def every_measure_has_a_kpi(content: PlanContent, on: date) -> Iterator[Finding]:
    if not content.measures:
        yield fail("施策が1件もありません。施策を加えてください。", Place("ch6-online"))
        return
    for part in content.measures:
        for column, name, cell in findings_of(content, part):
            if cell.state in (State.FAIL, State.NEEDS_REVIEW, State.NOTE):
                whose = f"{said(part)}の指標「{name}」：" if name else f"{said(part)}："
                yield Finding(cell.state, f"{whose}{cell.reason}（{column}）", cell.at, role=cell.role)
    yield _share(content)


def _share(content: PlanContent) -> Finding:
    without = [part for part in content.measures if not has_numbers(part)]
    total = len(content.measures)
    words = f"{total}施策のうち{total - len(without)}施策に、数値のKPIがあります。"
    if (total - len(without)) * 100 >= _MOST_WITH_NUMBERS * total:
        return seen(words)
    return needs_review(
        f"{words}8割以上の施策に入れてください。", Place(without[0].key, "kpis"), role="share"
    )


@rule(
    "ME-05",
    "PDCAサイクルに基づく見直し",
    kind=AUTO | CONFIRM,
    why="いつ・誰が・何を見て見直し、どこに公表するかを決めておかないと、見直しが行われないからです。",
    asks=(Ask("text", "PDCAによる見直しを述べた文", ("ch4",), "pdca.data_use"),),
)
def review_cycle(content: PlanContent, on: date) -> Iterator[Finding]:
    ch4 = answers(content, "ch4")
    for path, label in (("frequency", "頻度・時期"), ("actor", "行う者"), ("published", "結果の公表")):
        if ch4[f"pdca.{path}"] in (None, ""):
            yield blank("ch4", f"pdca.{path}", f"PDCAの{label}")
    if not content.basics.text("review_policy").strip():
        yield blank("basics", "review_policy", "見直しの時期")
    scale = rows(ch4, "evaluation_scale")
    if len(scale) < 2:
        yield fail("評価の段階を2段階以上書いてください。", Place("ch4", "evaluation_scale"))
    else:
        yield seen(f"評価の段階は{len(scale)}段階です。")


RULES = (technology, enablers, plan_period, every_measure_has_a_kpi, review_cycle)
