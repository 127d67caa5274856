"""3章 位置付け: the law, the plans of state and prefecture, the town's own plans, the scope, the period."""

from __future__ import annotations

from planwizard.blueprint.content import Answers
from planwizard.manuscript.drafting.entries import day, entries, names, our_town, titled, year
from planwizard.manuscript.drafting.wording import (
    bare,
    chapter,
    cited,
    is_noun_phrase,
    joined,
    listed,
    noted,
    paragraph,
    passage,
    quoted,
    said_of,
    section,
    some,
    told,
)
from planwizard.manuscript.material import Material

SHOWN = 6  # names of plans in one sentence


def draft(material: Material) -> str:
    answers = material.answers("ch3")
    return chapter(
        section(
            "法との関係", paragraph(_law(material, answers), passage(answers.text("combined_statement")))
        ),
        section(
            "国と県の計画",
            paragraph(
                _followed(material, answers),
                _no_prefectural_plan(material, answers.at("prefectural_plan_ref")),
                _other_national(answers),
            ),
        ),
        section(
            f"{our_town(material)}の計画との関係",
            paragraph(_parents(answers), _related(answers), _superseded(material, answers)),
        ),
        section("範囲と条例", paragraph(_scope(material, answers), _ordinances(answers))),
        section("計画の期間", _period(material)),
    )


def _scope(material: Material, answers: Answers) -> str:
    return told(f"{material.short_title}の対象", answers.text("scope"), closing="とする")


# 根拠、国と県の計画 ----------------------------------------------------------------------------------------


def _law(material: Material, answers: Answers) -> str:
    laws = names(material, "law", answers.keys("legal_basis"))
    return f"{material.short_title}は、{joined(laws)}に基づき策定する。" if laws else ""


def _followed(material: Material, answers: Answers) -> str:
    """法9条3項: a town's plan follows the national plan (即し) and regards the prefecture's (勘案して)."""
    documents = names(material, "national_document", answers.keys("national_plan_ref"))
    national = f"国の{joined(map(cited, documents))}" if documents else ""
    prefectural = _prefectural_plan(material, answers.at("prefectural_plan_ref"))
    if national and prefectural:
        return f"策定に当たっては、{national}に即し、{prefectural}を勘案する。"
    if national:
        return f"策定に当たっては、{national}に即する。"
    return f"策定に当たっては、{prefectural}を勘案する。" if prefectural else ""


def _prefectural_plan(material: Material, plan: Answers) -> str:
    """The prefecture's plan; "" if there is said to be none, also when a title contradicts that."""
    title = bare(plan.text("title"))
    if not title or plan["none"] is True:
        return ""
    prefecture = material.basics.text("prefecture_name")
    owner = f"{prefecture}の" if prefecture and not title.startswith(prefecture) else ""
    return owner + quoted(title) + noted(day(material, plan.text("adopted_on"), "策定"))


def _no_prefectural_plan(material: Material, plan: Answers) -> str:
    """What is said if there is none; nothing if a title contradicts that."""
    if plan["none"] is not True or plan.text("title"):
        return ""
    owner = material.basics.text("prefecture_name") or "都道府県"
    return paragraph(f"{owner}の計画は、見つかっていない。", passage(plan.text("note")))


def _other_national(answers: Answers) -> str:
    titles = titled(answers.rows("other_national_refs"))
    return f"このほか、国の{some(titles, SHOWN)}を参照する。" if titles else ""


# 市の計画 ------------------------------------------------------------------------------------------------


def _parents(answers: Answers) -> str:
    return listed("上位計画", titled(answers.rows("parent_plans"), "period", "clause"), SHOWN)


def _related(answers: Answers) -> str:
    return listed("関連計画", titled(answers.rows("related_plans")), SHOWN)


def _superseded(material: Material, answers: Answers) -> str:
    topic = f"{material.short_title}の策定により廃止し、又は統合する計画"
    return listed(topic, titled(answers.rows("superseded_plans")), SHOWN)


def _ordinances(answers: Answers) -> str:
    return listed("関係する条例", entries(answers.rows("ordinance_refs"), "title", "number"), SHOWN)


# 期間 ----------------------------------------------------------------------------------------------------


def _period(material: Material) -> str:
    basics = material.basics
    years = _years(material, basics.year("period_start_fy"), basics.year("period_end_fy"))
    return paragraph(
        years,
        _reason(basics.text("period_reason"), years),
        told("見直しの時期", basics.text("review_policy"), closing="とする"),
    )


def _reason(reason: str, years: str) -> str:
    """Why the period is as long as it is; without the years the sentence names what it speaks of."""
    noun = told("期間をこのように定める理由" if years else "計画期間を定める理由", reason)
    return noun if years or is_noun_phrase(bare(reason)) else said_of("計画期間", reason)


def _years(material: Material, start: int | None, end: int | None) -> str:
    """The first and last year; a period that ends before it begins is left out."""
    if start is None or end is None or end < start:
        return ""
    if start == end:
        return f"計画期間は、{year(material, start)}の1年間とする。"
    return f"計画期間は、{year(material, start)}から{year(material, end)}までの{end - start + 1}年間とする。"
