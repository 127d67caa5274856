"""4章 推進体制: who is responsible, the bodies, people and money, how progress is judged and told."""

from __future__ import annotations

from planwizard.blueprint.content import Answers
from planwizard.manuscript.drafting.entries import agreeing, entries, names, number, year
from planwizard.manuscript.drafting.wording import (
    bare,
    chapter,
    is_noun_phrase,
    joined,
    listed,
    noted,
    paragraph,
    quoted,
    section,
    sentence,
    some,
    told,
    with_notes,
)
from planwizard.manuscript.material import Material

SHOWN = 4
MEMBERS_SHOWN = 8
OFFICERS = (
    ("head_title", "推進責任者"),
    ("cio_title", "最高情報統括責任者（CIO）"),
    ("cio_advisor", "CIO補佐官"),
    ("ciso_title", "最高情報セキュリティ責任者（CISO）"),
    ("caio_title", "AI統括責任者"),
)


def draft(material: Material) -> str:
    answers = material.answers("ch4")
    return chapter(
        section("責任者", paragraph(_officers(answers), _secretariat(material, answers))),
        section(
            "庁内の体制",
            paragraph(_council(answers.at("internal_org")), _groups(answers), _promoters(answers)),
            paragraph(_people(material, answers), told("財政の考え方", answers.text("budget_policy"))),
        ),
        section(
            "外部との関わり",
            _external(answers.at("external_body")),
            paragraph(*_outsiders(answers)),
        ),
        section(
            "進行管理と公表",
            paragraph(_pdca(answers.at("pdca")), _scale(answers)),
            paragraph(told("改定したときの更新", answers.text("update_policy")), _contact(material)),
        ),
    )


# 責任者 --------------------------------------------------------------------------------------------------


def _officers(answers: Answers) -> str:
    """推進責任者を市長、CIOを副市長とする。 A post that is not a plain title is told on its own."""
    filled = [(post, _holder(answers, path)) for path, post in OFFICERS if answers.text(path)]
    plain = [f"{post}を{holder}" for post, holder in filled if is_noun_phrase(holder)]
    others = [
        f"{post}については、{sentence(holder)}" for post, holder in filled if not is_noun_phrase(holder)
    ]
    return "".join([f"{'、'.join(plain)}とする。" if plain else "", *others])


def _holder(answers: Answers, path: str) -> str:
    name = answers.text("head_name") if path == "head_title" else ""
    return bare(answers.text(path)) + (f"　{bare(name)}" if name else "")


def _secretariat(material: Material, answers: Answers) -> str:
    offices = names(material, "department", answers.keys("secretariat"))
    return f"事務局は、{joined(offices)}に置く。" if offices else ""


# 庁内の体制、外部との関わり ----------------------------------------------------------------------------------------------


def _council(council: Answers) -> str:
    name = bare(council.text("name"))
    if not name:
        return ""
    return paragraph(
        f"庁内を横断する組織として、{quoted(name)}{noted(_after('根拠：', council.text('basis')))}を置く。",
        told("その長", council.text("chair"), closing="とする"),
        _members(council),
        _meetings(council),
    )


def _after(label: str, entry: str) -> str:
    return entry and label + entry


def _members(council: Answers) -> str:
    return listed("構成員", entries(council.rows("members"), "name"), MEMBERS_SHOWN)


def _meetings(council: Answers) -> str:
    times = number(council.text("meetings_per_year"), "回")
    months = council.text("meeting_months")
    return f"会議は、年{times}{noted(months)}開く。" if times else told("会議の時期", months)


def _groups(answers: Answers) -> str:
    groups = [quoted(name) for name in entries(answers.rows("working_groups"), "name")]
    return f"作業部会として、{some(groups, SHOWN)}を置く。" if groups else ""


def _promoters(answers: Answers) -> str:
    """The people in each department; left out, with their number, if there are said to be none."""
    promoters = answers.at("dept_promoters")
    if promoters["exists"] is not True:
        return ""
    people = noted(number(promoters.text("count"), "人"))
    return paragraph(f"各課に推進員{people}を置く。", told("推進員の役割", promoters.text("role")))


def _external(body: Answers) -> str:
    name = bare(body.text("name"))
    if not name:
        return ""
    times = number(body.text("meetings_per_year"), "回")
    return paragraph(
        f"外部の意見を聴く場として、{quoted(name)}{noted(body.text('legal_type'))}を置く。",
        told("委員の分野", body.text("members"), closing="とする"),
        f"会議は、年{times}開く。" if times else "",
    )


def _outsiders(answers: Answers) -> list[str]:
    """Who takes part from outside, as three tables tell it."""
    citizens = entries(answers.rows("citizen_participation"), "method", "timing")
    partners = entries(answers.rows("partnerships"), "partner", "content")
    joint = entries(answers.rows("joint_efforts"), "name", "content")
    return [
        listed("住民が関わる方法", citizens, SHOWN),
        listed("連携する相手", partners, SHOWN),
        listed("県や近隣と共同する取組", joint, SHOWN),
    ]


# 人材と財源 ----------------------------------------------------------------------------------------------


def _people(material: Material, answers: Answers) -> str:
    programs = [
        with_notes(bare(row.text("program")), row.text("target"), year(material, row.year("fy")))
        for row in answers.rows("hr_policy")
        if row.text("program")
    ]
    return listed("人材の確保と育成の内容", programs, SHOWN)


# 進行管理 ------------------------------------------------------------------------------------------------


def _pdca(pdca: Answers) -> str:
    return paragraph(
        told("点検の時期", pdca.text("frequency"), closing="とする"),
        told("点検を行う者", pdca.text("actor"), closing="とする"),
        told("実績データの使い方", pdca.text("data_use"), closing="とする"),
        told("意見を述べる者", pdca.text("reviewer"), closing="とする"),
        "点検の結果は、公表する。" if pdca["published"] is True else "",
    )


def _scale(answers: Answers) -> str:
    """The grades; a code with two different meanings is left out."""
    rows = [row for row in answers.rows("evaluation_scale") if row.text("code") and row.text("label")]
    agreed = agreeing(rows, lambda row: row.text("code"), "label")
    grades = entries(agreed, "code", "label")
    return f"評価は、{joined(grades)}の{len(grades)}段階で行う。" if len(grades) > 1 else ""


def _contact(material: Material) -> str:
    basics = material.basics
    offices = names(material, "department", basics.keys("contact_department"))
    ways = noted(basics.text("contact_phone"), basics.text("contact_email"))
    page = basics.text("publication_url")
    return paragraph(
        f"{material.short_title}についての問い合わせは、{joined(offices)}{ways}で受ける。" if offices else "",
        f"{material.short_title}は、ウェブサイト（{page}）で公表する。" if page else "",
    )
