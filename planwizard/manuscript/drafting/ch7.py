"""7章 セキュリティ及び個人情報: laws and rules, policies, personal data, daily care, contracts, accidents."""

from __future__ import annotations

from planwizard.blueprint import options
from planwizard.blueprint.content import Answers
from planwizard.manuscript.drafting.entries import agreeing, day, entries, label, names
from planwizard.manuscript.drafting.wording import (
    bare,
    chapter,
    joined,
    listed,
    noted,
    paragraph,
    quoted,
    said_of,
    section,
    told,
)
from planwizard.manuscript.material import Material

SHOWN = 5


def draft(material: Material, *, brief: bool = False) -> str:
    """``brief``: without what the tables of assessments, training and audits say."""
    answers = material.answers("ch7")
    assessments, training, audit = ("", "", "") if brief else _from_tables(answers)
    return chapter(
        section("守る法令と方針", _rules(material, answers), _policies(material, answers)),
        section(
            "個人情報の扱い",
            paragraph(told("個人情報の扱い", answers.text("privacy_policy")), assessments),
            paragraph(
                told("匿名・統計への加工", answers.text("anonymized")),
                told("住民への説明", answers.text("transparency")),
            ),
        ),
        section(
            "日々の備え",
            paragraph(training, audit, told("事故への備え", answers.text("incident_response"))),
            paragraph(
                told("委託とクラウドの利用", answers.text("outsourcing")),
                said_of("生成AIの利用", answers.text("ai_policy")),
            ),
        ),
    )


def _from_tables(answers: Answers) -> tuple[str, str, str]:
    return _assessments(answers), _training(answers), _audit(answers)


# 法令と方針 ----------------------------------------------------------------------------------------------


def _rules(material: Material, answers: Answers) -> str:
    laws = names(material, "law", answers.keys("security_laws"))
    ordinances = entries(answers.rows("security_ordinances"), "title", "number")
    several = len(laws) > 1 or len(ordinances) > 1
    rules = ("並びに" if several else "及び").join(filter(None, (joined(laws), joined(ordinances))))
    return f"{material.short_title}に基づく取組は、{rules}を守って進める。" if rules else ""


def _policies(material: Material, answers: Answers) -> str:
    ciso = material.answers("ch4").text("ciso_title")
    return paragraph(
        said_of("最高情報セキュリティ責任者（CISO）", ciso, closing="とする"),
        _cyber_policy(material, answers.at("cyber_policy")),
        _security_policy(material, answers.at("security_policy")),
    )


def _cyber_policy(material: Material, policy: Answers) -> str:
    title = bare(policy.text("title"))
    if not title:
        return ""
    if policy["is_planned"] is True:
        return f"サイバーセキュリティを確保するための方針は、これから定める{noted(title)}。"
    adopted = noted(day(material, policy.text("adopted_on"), "策定"))
    page = policy.text("published_url")
    use = (
        f"既存の{quoted(title)}{adopted}を充てる" if policy["integrated"] is True else quoted(title) + adopted
    )
    closing = "。" if policy["integrated"] is True else "とする。"
    published = f"この方針は、ウェブサイト（{page}）で公表している。" if page else ""
    return f"サイバーセキュリティを確保するための方針は、{use}{closing}{published}"


def _security_policy(material: Material, policy: Answers) -> str:
    edition = noted(policy.text("version"), day(material, policy.text("revised_on"), "改訂"))
    return f"情報セキュリティの対策は、情報セキュリティポリシー{edition}による。" if edition else ""


# 個人情報 ------------------------------------------------------------------------------------------------


def _assessments(answers: Answers) -> str:
    """The tasks assessed; one with two different kinds of assessment is left out."""
    rows = [row for row in answers.rows("pia") if row.text("business")]
    agreed = agreeing(rows, lambda row: row.text("business"), "level")
    tasks = [
        bare(row.text("business")) + noted(label(options.PIA_LEVELS, row.text("level"))) for row in agreed
    ]
    return listed("特定個人情報保護評価の対象とする事務", tasks, SHOWN)


# 日々の備え ----------------------------------------------------------------------------------------------


def _training(answers: Answers) -> str:
    return listed("研修と訓練", entries(answers.rows("security_training"), "target", "frequency"), SHOWN)


def _audit(answers: Answers) -> str:
    return listed("監査と点検", entries(answers.rows("security_audit"), "kind", "frequency"), SHOWN)
