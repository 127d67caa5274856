"""5章 施策の基本的な方針: the whole, each of the five pillars, key measures, means."""

from __future__ import annotations

from planwizard.blueprint import options
from planwizard.blueprint.content import Answers
from planwizard.manuscript.drafting.entries import labels, measures, measures_of, names, our_town
from planwizard.manuscript.drafting.wording import (
    bare,
    chapter,
    flowing,
    items,
    joined,
    listed,
    noted,
    paragraph,
    passage,
    quoted,
    section,
    told,
)
from planwizard.manuscript.material import Material

SHOWN = 5


def draft(material: Material) -> str:
    answers = material.answers("ch5")
    return chapter(
        section(
            "方針の総括",
            passage(answers.text("policy_overall")),
            paragraph(
                _own_pillars(material),
                _key_measures(material, answers),
                _national(material, answers),
            ),
        ),
        section("五つの柱の方針", *_pillars(material, answers)),
        section(
            "環境と対策",
            told("技術的環境の形成の方針", answers.text("policy_tech_env")),
            told("実現のための対策", answers.text("policy_enablers")),
        ),
        section(f"{our_town(material)}独自の重点", _own(answers)),
    )


def _own_pillars(material: Material) -> str:
    """A plan that stands for this one has pillars of its own, each mapped to some of the five."""
    pillars = [
        quoted(bare(row.text("title"))) + noted(*labels(options.PILLARS, row.keys("pillars")))
        for row in material.own_pillars
    ]
    return listed(f"{material.short_title}の柱", pillars)


def _key_measures(material: Material, answers: Answers) -> str:
    chosen = measures(material, answers.keys("key_measures"))
    return f"重点施策は、{joined(chosen)}とする。" if chosen else ""


def _national(material: Material, answers: Answers) -> str:
    chosen = names(material, "national_measure", answers.keys("pillar_national_refs"))
    return listed("関係する国の施策", [quoted(name) for name in chosen], SHOWN)


# 柱ごとの方針 --------------------------------------------------------------------------------------------


def _pillars(material: Material, answers: Answers) -> list[str]:
    policies = answers.at("pillar_policy")
    told = ((pillar.name, _pillar(material, pillar.key, policies)) for pillar in material.edition.pillars)
    return [f"□ {name}\n{text}" for name, text in told if text]


def _pillar(material: Material, pillar: str, policies: Answers) -> str:
    policy = policies.at(pillar)
    count = len(measures_of(material, pillar))
    match policy.text("stance"):
        case "skip":
            return _skipped(policy, count)
        case "other_plan":
            return paragraph(told("方針", policy.text("text")), "この柱は、他の計画により進める。")
        case _ if policy.is_blank:
            return ""
    return paragraph(told("方針", policy.text("text")), _weight(policy, count))


def _weight(policy: Answers, count: int) -> str:
    if policy["priority"] is True:
        return f"この柱に力を入れ、{count}件の施策に取り組む。" if count else "この柱に力を入れる。"
    return f"この柱では、{count}件の施策に取り組む。" if count else ""


def _skipped(policy: Answers, measure_count: int) -> str:
    """What is said of a pillar left aside; nothing if measures of that pillar contradict it."""
    if measure_count:
        return ""
    return paragraph("この柱への取組は、見送る。", told("見送る理由", policy.text("skip_reason")))


# 独自の重点 ----------------------------------------------------------------------------------------------


def _own(answers: Answers) -> str:
    rows = [row for row in answers.rows("own_priorities") if row.text("title")]
    lines = [
        f"{bare(row.text('title'))}：{flowing(row.text('description'))}".removesuffix("：") for row in rows
    ]
    return f"五つの柱に収まらない重点は、次のとおりである。\n{items(lines)}" if lines else ""
