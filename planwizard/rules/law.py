"""L: what the act and the guide ask for. Shown apart from the seed checklist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from planwizard.blueprint import blanks
from planwizard.blueprint.content import PlanContent
from planwizard.blueprint.edition import Pillar, edition_of
from planwizard.blueprint.values import stored_places
from planwizard.rules import coverage, wording
from planwizard.rules.measures import every_measure_has_a_kpi, plan_period
from planwizard.rules.operation import published_with_contact, updated_promptly
from planwizard.rules.reading import answers, blank
from planwizard.rules.rule import (
    AUTO,
    Check,
    Finding,
    Place,
    Rule,
    fail,
    needs_review,
    not_applicable,
    note,
    rule,
    seen,
)

ACT = "官民データ活用推進基本法（2021年9月1日現在）"
GUIDE = "市町村官民データ活用推進計画策定の手引"
_TEXTS = ("ch1", "ch2", "ch3", "ch4", "ch5", "ch7")


def _law(
    id: str, title: str, *, source: str, edition: str, why: str, same_as: tuple[str, ...] = ()
) -> Callable[[Check], Rule]:
    return rule(id, title, kind=AUTO, source=source, edition=edition, why=why, same_as=same_as)


@_law("L-01", "国計画に即す", source="法9条3項", edition=ACT, why="法9条3項は、国の基本計画に即して定めることを求めています。")  # fmt: skip
def follows_the_national_plan(content: PlanContent, on: date) -> Iterator[Finding]:
    code = answers(content, "ch3").text("national_plan_ref")
    if not code:
        yield fail("3章の「即する国計画の版」を選んでください。", Place("ch3", "national_plan_ref"))
        return
    yield seen("即する国計画が選ばれています。", facts=[content.name_of("national_document", code) or code])
    yield from (note(gap.words, gap.at) for gap in coverage.superseded_documents(content))


@_law("L-02", "県計画を勘案", source="法9条3項", edition=ACT, why="法9条3項は、都道府県計画を勘案して定めることを求めています。")  # fmt: skip
def considers_the_prefectures_plan(content: PlanContent, on: date) -> Iterator[Finding]:
    group = answers(content, "ch3").at("prefectural_plan_ref")
    if group.text("title").strip():
        yield seen("勘案する県計画が書かれています。", facts=[group.text("title")])
    elif group["none"] is not True:
        yield blank("ch3", "prefectural_plan_ref.title", "3章の「勘案する県計画」の計画名")
    elif not group.text("note").strip():
        yield fail(
            "県計画が見つからないことの説明を、備考に入力してください。",
            Place("ch3", "prefectural_plan_ref.note"),
        )
    else:
        yield seen("県計画がない理由が書かれています。", facts=[group.text("note")])


@_law("L-03", "目標と達成の時期", source="法8条3項の考え方", edition=ACT, same_as=("ME-03", "ME-04"), why="手引は、国の計画と同じく、具体的な目標と達成の時期を求めています。")  # fmt: skip
def goals_with_a_time(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from plan_period.check(content, on)
    yield from every_measure_has_a_kpi.check(content, on)


@_law("L-04", "公表", source="法9条4項", edition=ACT, same_as=("OP-01", "OP-02"), why="定めたときも変えたときも、遅滞なく公表しなければなりません。")  # fmt: skip
def published(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from published_with_contact.check(content, on)
    yield from updated_promptly.check(content, on)


@_law("L-05", "五つの柱の扱い", source="手引 Ⅱ 5章", edition=f"{GUIDE}（2019年10月）", why="書かない柱には理由を添えるのが親切で、オープンデータは法11条1項が自治体にも求めています。")  # fmt: skip
def every_pillar(content: PlanContent, on: date) -> Iterator[Finding]:
    used = {part.pillar for part in content.measures}
    for pillar in edition_of(content).pillars:
        if pillar.key not in used:
            yield from _without_measures(content, pillar)


def _without_measures(content: PlanContent, pillar: Pillar) -> Iterator[Finding]:
    policy = answers(content, "ch5").at(f"pillar_policy.{pillar.key}")
    name, at = pillar.short_name, coverage.place_of(pillar)
    stance, reason = policy.text("stance"), policy.text("skip_reason").strip()
    is_explained = (stance == "skip" and bool(reason)) or stance == "other_plan"
    if stance == "skip" and not reason:
        at = Place("ch5", f"pillar_policy.{pillar.key}.skip_reason")
        yield fail(f"「{name}」を見送る理由を入力してください。", at)
    elif not is_explained:
        yield fail(f"「{name}」の施策を1件以上書くか、5章で見送る理由を書いてください。", at)
    elif pillar.key == "open_data":
        yield needs_review(
            f"「{name}」の施策がありません。法11条1項は自治体にも措置を求めているので、理由を確かめてください。",
            at,
            role="open_data",
        )
    else:
        words = "ほかの計画による" if stance == "other_plan" else "見送る理由がある"
        yield note(f"「{name}」は施策がなく、{words}と書かれています。", at)


@_law("L-06", "サイバーセキュリティ・個人情報", source="手引 Ⅱ 7章", edition=f"{GUIDE}（2019年10月）", why="手引の7章は、二つの法律を守って適切に進めることを求めています。")  # fmt: skip
def security(content: PlanContent, on: date) -> Iterator[Finding]:
    ch7 = answers(content, "ch7")
    laws = {"cybersecurity-act": "サイバーセキュリティ基本法", "privacy-act": "個人情報の保護に関する法律"}
    for code, name in laws.items():
        if code not in ch7.keys("security_laws"):
            yield fail(f"7章の「遵守する法令」で{name}を選んでください。", Place("ch7", "security_laws"))
    if not answers(content, "ch4").text("ciso_title").strip():
        yield blank("ch4", "ciso_title", "4章の「CISO」")
    if not ch7.text("security_policy.version").strip():
        yield blank("ch7", "security_policy.version", "7章の「情報セキュリティポリシー」の版")


@_law("L-07", "サイバーセキュリティ方針の公表", source="地方自治法", edition="地方自治法（2026年4月1日施行の改正）", why="地方自治法は、方針を定めて公表することを求めています。")  # fmt: skip
def cyber_policy(content: PlanContent, on: date) -> Iterator[Finding]:
    day, since = content.decided_on or on, content.catalogue.in_force_from.get("local-autonomy-act")
    if since is not None and day < since:
        yield not_applicable("この版の日付では、まだ施行されていません。", Place("ch7", "cyber_policy"))
        return
    policy = answers(content, "ch7").at("cyber_policy")
    if policy["is_planned"] is True:
        yield needs_review(
            "サイバーセキュリティの方針は、まだ無い（策定予定）とのことです。地方自治法は、定めて公表することを求めています。"
            "それまでは、いつまでに定めるかを理由に一言残してください。定めて公表したら、「ある」を選びます。",
            Place("ch7", "cyber_policy.is_planned"),
            role="cyber_policy",
        )
    elif not policy.text("published_url").strip():
        yield blank("ch7", "cyber_policy.published_url", "7章の「サイバーセキュリティの方針」の公表ページURL")


@_law("L-08", "現行でない言葉", source="用語の変化", edition="2026年11月の用語表", why="手引の言葉には、いまは使われないものがあります。")  # fmt: skip
def current_words(content: PlanContent, on: date) -> Iterator[Finding]:
    for spot in wording.outdated(content, on):
        yield note(f"「{spot.words}」：いまは、{spot.now}と言います。", spot.at)
    for spot in wording.mixed_spellings(content):
        yield note(
            "「デジタルディバイド」と「デジタルデバイド」が混ざっています。どちらかにそろえてください。",
            spot.at,
        )


@_law("L-09", "課題と施策のつながり", source="手引 Ⅱ 6章", edition=f"{GUIDE}（2019年10月）", why="つながっていない課題や施策は、なぜ載せたかを説明できません。")  # fmt: skip
def issues_and_measures(content: PlanContent, on: date) -> Iterator[Finding]:
    for gap in coverage.issues_without_measures(content):
        yield needs_review(gap.words, gap.at, role=f"issue/{gap.at.path}")
    for gap in coverage.measures_without_issues(content):
        yield needs_review(gap.words, gap.at, role=f"measure/{gap.at.part}")
    for gap in coverage.lost_issues(content):
        yield needs_review(gap.words, gap.at, role=f"lost/{gap.at.part}")


@_law("L-10", "国の施策の版", source="手引 Ⅲ", edition=f"{GUIDE}（2019年10月）", why="国の施策は改められるので、古い版を指したままの施策を確かめます。")  # fmt: skip
def national_measures(content: PlanContent, on: date) -> Iterator[Finding]:
    yield from (note(gap.words, gap.at) for gap in coverage.superseded_measures(content))


@_law("L-11", "7章雛型の過不足", source="手引 Ⅱ", edition=f"{GUIDE}（2019年10月）", why="雛型の「○○」や空の章が残ったまま公開されることが、実際にあるからです。")  # fmt: skip
def whole(content: PlanContent, on: date) -> Iterator[Finding]:
    for key in _TEXTS:
        part = content.part(key)
        if part is not None and not part.answers.text(f"{key}_text").strip():
            title = blanks.filled(part.title, town=content.basics.text("municipality_name"), prefecture="")
            yield fail(f"「{title}」の本文を入力してください。", Place(key, f"{key}_text"))
    for spot in wording.left_over(content):
        yield fail(f"「{spot.words}」が残っています。", spot.at)
    yield from _unread(content)


def _unread(content: PlanContent) -> Iterator[Finding]:
    blueprint = edition_of(content)
    for part in content.parts:
        if not part.as_typed:
            continue
        sheet = blueprint.sheet_for(part.kind, part.key, part.pillar)
        places = stored_places(sheet, {**part.values, **part.as_typed})
        asked = {item.key for item in sheet.fields}
        for path, text in part.as_typed.items():
            if path.partition(".")[0] in asked:  # else of the area that a measure was moved from
                label = places[path].label if path in places else path
                yield fail(
                    f"{label}の「{text[:20]}」は読み取れませんでした。直すまで文書には出ません。",
                    Place(part.key, path),
                )


RULES = (
    follows_the_national_plan, considers_the_prefectures_plan, goals_with_a_time, published, every_pillar,
    security, cyber_policy, current_words, issues_and_measures, national_measures, whole,
)  # fmt: skip
