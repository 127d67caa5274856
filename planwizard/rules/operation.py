"""OP: who carries the plan, and how it is published and kept up to date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planwizard.blueprint.content import Answers, PlanContent
from planwizard.common.numbers import show_number
from planwizard.rules.reading import answers, blank, number, rows
from planwizard.rules.rule import (
    ASSIST,
    AUTO,
    CONFIRM,
    Ask,
    Finding,
    Place,
    Rule,
    fail,
    needs_review,
    not_applicable,
    rule,
    seen,
)

# 種チェックリスト第1版 OP-02 「既定14日（設定可）」; 法9条4項 says 遅滞なく and names no number.
PROMPT_DAYS = 14
_ALL = ("全部局", "全ての部局", "すべての部局", "全部長", "全課", "全ての課", "全ての部", "各部")


@rule(
    "OP-01",
    "問い合わせ先とともにWebサイト等で公開",
    kind=AUTO,
    why="計画を定めたら遅滞なく公表することを、法9条4項が求めているからです。",
)
def published_with_contact(content: PlanContent, on: date) -> Iterator[Finding]:
    if is_published(content, on):
        row = record_of(content)
        if row is None:
            yield fail(
                "資料編の「公表記録」に、この版の公表を書いてください。", Place("appendix", "publications")
            )
            return
        for column, label in (("url", "URL"), ("published_on", "公表日")):
            if not row.text(column):
                yield fail(f"公表記録の{label}を入力してください。", Place("appendix", row.prefix + column))
        yield seen("公表の記録があります。", facts=(row.text("published_on"), row.text("url")))
        return
    yield from _ready_to_publish(content)
    yield seen("公表前です。公表した後は、資料編の公表記録で判定します。")


def _ready_to_publish(content: PlanContent) -> Iterator[Finding]:
    basics = content.basics
    if not basics.text("contact_department"):
        yield fail("担当部署を選んでください。", Place("basics", "contact_department"))
    if not basics.text("contact_phone").strip() and not basics.text("contact_email").strip():
        yield fail("問い合わせ先の電話かメールを入力してください。", Place("basics", "contact_phone"))
    if not basics.text("publication_url").strip():
        yield blank("basics", "publication_url", "公表ページURL（公表前は、公表する予定のページ）")
    if not answers(content, "ch4").text("update_policy").strip():
        yield blank("ch4", "update_policy", "4章の「改定時の速やかな更新」")


def updated_within(days: int) -> Rule:
    """OP-02: from decision to publication in these days, else somebody is asked why."""

    @rule(
        "OP-02",
        "改定したときは速やかに内容を更新",
        kind=AUTO | CONFIRM,
        why="古い計画が載ったままになると、住民が誤った内容を読むことになるからです。",
        asks=(Ask("text", "改定したときの更新の決まりを述べた文", ("ch4",), "update_policy"),),
    )
    def updated_promptly(content: PlanContent, on: date) -> Iterator[Finding]:
        if not answers(content, "ch4").text("update_policy").strip():
            yield blank("ch4", "update_policy", "4章の「改定時の速やかな更新」")
        adopted = _day(content.basics, "adopted_on")
        if content.stage != "amendment" or adopted is None or adopted > on:
            return
        record = record_of(content)
        published = _day(record, "published_on") if record else None
        if published is None:
            yield fail(
                "改定の公表が記録されていません。資料編の「公表記録」に書いてください。",
                Place("appendix", "publications"),
            )
        elif (taken := (published - adopted).days) > days:
            yield needs_review(
                f"決裁から公表まで{taken}日かかっています。{days}日を超えた理由を確かめてください。",
                Place("basics", "published_on"),
                role="late",
            )

    return updated_promptly


updated_promptly = updated_within(PROMPT_DAYS)


def is_published(content: PlanContent, on: date) -> bool:
    day = _day(content.basics, "published_on")
    return day is not None and day <= on


def record_of(content: PlanContent) -> Answers | None:
    """The row of the publication records that is about this version: by its name, or by its day."""
    day = content.basics.text("published_on")
    found = rows(answers(content, "appendix"), "publications")
    by_name = (row for row in found if row.text("version") == content.version_label)
    by_day = (row for row in found if day and row.text("published_on") == day)
    return next(by_name, None) or next(by_day, None)


def _day(window: Answers, path: str) -> date | None:
    text = window.text(path)
    return date.fromisoformat(text) if text else None


@rule(
    "OP-03",
    "庁内部署横断的な体制",
    kind=AUTO | ASSIST,
    why="一つの課だけでは進まないからです。会議を年に何回開くかまで決めると、翌年の点検が回ります。",
    asks=(Ask("text", "庁内横断の体制を述べた文", ("ch4",), "internal_org.name"),),
)
def across_departments(content: PlanContent, on: date) -> Iterator[Finding]:
    ch4 = answers(content, "ch4")
    members = [row.text("name") for row in rows(ch4, "internal_org.members")]
    is_whole = any(words in name for name in members for words in _ALL)
    if len(members) < 2 and not is_whole:
        yield fail(
            "庁内推進組織の構成員に、2つ以上の部局を書いてください。", Place("ch4", "internal_org.members")
        )
    meetings = number(ch4, "internal_org.meetings_per_year")
    if meetings is None or meetings < 1:
        yield fail(
            "庁内推進組織の会議を、年に1回以上開く回数で入力してください。",
            Place("ch4", "internal_org.meetings_per_year"),
        )
    else:
        whole = "全部局を含むと書かれています" if is_whole else f"構成員は{len(members)}の部局・役職です"
        times = show_number(ch4.text("internal_org.meetings_per_year"))
        yield seen(f"会議は年{times}回で、{whole}。", facts=members)


@rule(
    "OP-04",
    "条例による作成方針・推進体制の明確化",
    kind=CONFIRM,
    is_required=False,
    why="条例で定めると、首長や担当が替わっても計画が続くからです。任意の項目です。",
    asks=(Ask("text", "条例との関係を述べた文", ("ch3", "ch4"), "ordinance_refs"),),
)
def by_ordinance(content: PlanContent, on: date) -> Iterator[Finding]:
    named = [row.text("title") for row in rows(answers(content, "ch3"), "ordinance_refs")]
    if named:
        yield seen("関係する条例が書かれています。", facts=named)
    else:
        yield not_applicable(
            "条例による明確化は任意です。条例の記入がないので、判定しません。", Place("ch3", "ordinance_refs")
        )


RULES = (published_with_contact, updated_promptly, across_departments, by_ordinance)
