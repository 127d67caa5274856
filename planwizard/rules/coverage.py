"""Maps of what is tied to what, and of what is left open. The law's rules and the full page read the same maps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planwizard.blueprint.content import PlanContent
from planwizard.blueprint.contradictions import contradictions
from planwizard.blueprint.edition import Pillar, edition_of
from planwizard.rules import wording
from planwizard.rules.reading import answers, of_effect, said
from planwizard.rules.rule import Place

EFFECTS = {
    "effect_civic": "地域住民・NPO等の自発的な課題解決",
    "effect_cost": "行政の運用コストの削減",
    "effect_digital_first": "デジタルファースト",
    "effect_one_stop": "コネクテッド・ワンストップ",
    "effect_once_only": "ワンスオンリー",
}


@dataclass(frozen=True, slots=True)
class Gap:
    words: str
    at: Place


@dataclass(frozen=True, slots=True)
class Map:
    title: str
    gaps: tuple[Gap, ...]
    fine: str  # what is said while there is no gap


def coverage(content: PlanContent, on: date) -> list[Map]:
    left = [Gap(f"「{spot.words}」が残っています。", spot.at) for spot in wording.left_over(content)]
    return [
        Map("施策のない課題", tuple(issues_without_measures(content)), "どの課題にも施策があります。"),
        Map("課題のない施策", tuple(measures_without_issues(content)), "どの施策も課題に結び付いています。"),
        Map("施策のない効果", tuple(effects_without_measures(content)), "どの効果にも施策があります。"),
        Map("施策のない柱", tuple(pillars_without_measures(content)), "五つの柱のどれにも施策があります。"),
        Map("計画の期間の外の指標・工程", tuple(outside_the_period(content)), "期間の外のものはありません。"),
        Map("残った○○・●●・（例）", tuple(left), "残っていません。"),
        Map(
            "古くなった国の文書・施策への参照",
            tuple(superseded(content)),
            "古くなったものへの参照はありません。",
        ),
    ]


def issues_without_measures(content: PlanContent) -> Iterator[Gap]:
    used = {key for part in content.measures for key in part.answers.keys("issues")}
    for number, row in enumerate(answers(content, "ch1").rows("issues"), 1):
        if row.key not in used and not row.is_blank:
            name = row.text("title") or f"{number}番目の課題"
            yield Gap(f"課題「{name}」に対応する施策がありません。", Place("ch1", f"{row.prefix}title"))


def measures_without_issues(content: PlanContent) -> Iterator[Gap]:
    for part in content.measures:
        if not part.answers.keys("issues"):
            yield Gap(f"{said(part)}の「対応する課題」が選ばれていません。", Place(part.key, "issues"))


def lost_issues(content: PlanContent) -> Iterator[Gap]:
    """Measures that point to an issue that is no more."""
    known = set(answers(content, "ch1").keys("issues"))
    for part in content.measures:
        if any(key not in known for key in part.answers.keys("issues")):
            yield Gap(
                f"{said(part)}が、もうない課題を指しています。選び直してください。", Place(part.key, "issues")
            )


def effects_without_measures(content: PlanContent) -> Iterator[Gap]:
    for effect, name in EFFECTS.items():
        if not of_effect(content, effect):
            at = Place("ch2", f"expected_effects.{effect}.measure_refs")
            yield Gap(f"効果「{name}」を実現する施策が選ばれていません。", at)


def pillars_without_measures(content: PlanContent) -> Iterator[Gap]:
    """Open data first and strongest: 法11条1項 binds towns too."""
    used = {part.pillar for part in content.measures}
    empty = [pillar for pillar in edition_of(content).pillars if pillar.key not in used]
    for pillar in sorted(empty, key=lambda each: each.key != "open_data"):
        law = "法11条1項は、自治体にもデータを使えるようにする措置を求めています。"
        yield Gap(
            f"「{pillar.short_name}」の施策が1件もありません。{law if pillar.key == 'open_data' else ''}",
            place_of(pillar),
        )


def place_of(pillar: Pillar) -> Place:
    return Place("ch5", f"pillar_policy.{pillar.key}.stance")


def outside_the_period(content: PlanContent) -> Iterator[Gap]:
    named = {part.key: said(part) for part in content.measures}
    for found in contradictions(content):
        if found.part in named:
            yield Gap(f"{named[found.part]}の{found.message}", Place(found.part, found.path))


def superseded(content: PlanContent) -> Iterator[Gap]:
    yield from superseded_documents(content)
    yield from superseded_measures(content)


def superseded_documents(content: PlanContent) -> Iterator[Gap]:
    code, newest = answers(content, "ch3").text("national_plan_ref"), content.catalogue.newest_national_plan
    if code and (code in content.catalogue.superseded or (newest and code != newest)):
        said_newest = content.name_of("national_document", newest)
        words = f"いまの最新は「{said_newest}」です。" if said_newest and newest != code else ""
        yield Gap(f"即する国計画が、最新の版ではありません。{words}", Place("ch3", "national_plan_ref"))


def superseded_measures(content: PlanContent) -> Iterator[Gap]:
    for part in content.measures:
        for adopted in part.adoptions:
            reference = f"{adopted.edition_code}/{adopted.code}"
            if adopted.status == "superseded" or reference in content.catalogue.superseded:
                successor = content.catalogue.superseded.get(reference, "")
                words = f"後継は「{successor}」です。" if successor else ""
                yield Gap(
                    f"{said(part)}が参照する国の施策「{adopted.title}」は、後の版に置き換わったか、終わりました。{words}",
                    Place(part.key, "national_measures"),
                )
