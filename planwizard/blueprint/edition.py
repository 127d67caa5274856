"""Editions of the template. ``edition(code)`` is the only entrance to the declared fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from planwizard.blueprint.chapters import appendix, basics, ch1, ch2, ch3, ch4, ch5, ch7, free_chapter
from planwizard.blueprint.chapters.areas import area_sheet
from planwizard.blueprint.content import PlanContent
from planwizard.blueprint.kinds import Sheet
from planwizard.blueprint.measure_sheet import measure_sheet
from planwizard.blueprint.town_words import CITY, in_words_of, kind_of

CURRENT = "municipal-2019-10"


class UnknownEdition(LookupError):
    """No blueprint has this code."""


@dataclass(frozen=True, slots=True)
class Pillar:
    """One of the five pillars (法10〜15条), which are also the five areas of chapter 6."""

    key: str
    name: str  # the formal name in the 手引
    short_name: str
    mark: str  # ① … ⑤
    part_key: str


# guide: 手引 6章の五つの取組
PILLARS = (
    Pillar(
        "online",
        "手続における情報通信の技術の利用等に係る取組",
        "手続オンライン化",
        "①",
        "ch6-online",
    ),
    Pillar(
        "open_data",
        "官民データの容易な利用等に係る取組",
        "オープンデータ・官民データの容易な利用",
        "②",
        "ch6-open-data",
    ),
    Pillar(
        "mynumber",
        "個人番号カードの普及及び活用に係る取組",
        "マイナンバーカード",
        "③",
        "ch6-mynumber",
    ),
    Pillar(
        "divide",
        "利用の機会等の格差の是正に係る取組",
        "デジタルデバイド是正",
        "④",
        "ch6-divide",
    ),
    Pillar(
        "standard",
        "情報システムに係る規格の整備及び互換性の確保等に係る取組",
        "標準化・互換性",
        "⑤",
        "ch6-standard",
    ),
)


@dataclass(frozen=True, slots=True)
class Phase:
    """Parts that are best written one after the other."""

    title: str
    part_keys: tuple[str, ...]


# The order in which a plan is best written, which is not that of its chapters: measures answer to issues and
# policies, and what the plan is for is said best when they are known. A recommendation, never a lock.
PHASES = (
    Phase("はじめに", ("basics", "ch1")),
    Phase("柱と施策", ("ch5", *(pillar.part_key for pillar in PILLARS))),
    Phase("目的・位置付け・体制", ("ch2", "ch3", "ch4")),
    Phase("仕上げ", ("ch7", "appendix")),
)


# Why a field stays out of the finished plan. A path is sheet key, then field keys.
NEVER_PRINTED: Mapping[str, str] = {
    "basics.plan_type": "効き目だけを持つ設定で、読み手には章立てとして見える",
    "basics.era_display": "効き目だけを持つ設定で、読み手には年号の書き方として見える",
    "measure.kpis.direction": "達成率の計算だけに使う",
    "measure.kpis.actuals": "年次評価の報告に出る",
    "measure.kpis.progress": "年次評価の報告に出る",
    "measure.review": "年次評価の報告に出る",
    "appendix.diff": "別の出力になる",
    "appendix.summary_version": "別の出力になる",
}


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """One edition of the template, whole.

    ``sheets`` are the fixed steps in the order in which they are walked; measures and free chapters have as many
    parts as a town makes.
    """

    code: str
    name: str
    sheets: tuple[Sheet, ...]
    pillars: tuple[Pillar, ...]
    measures: Mapping[str, Sheet]  # by pillar
    free_chapter: Sheet
    measures_title: str  # the title of chapter 6, which has areas and measures but no part of its own
    phases: tuple[Phase, ...]  # the order of work

    def sheet(self, part_key: str) -> Sheet:
        """The sheet of a fixed step. Raises KeyError for the key of a measure or free chapter."""
        for sheet in self.sheets:
            if sheet.key == part_key:
                return sheet
        raise KeyError(part_key)

    def measure(self, pillar: str) -> Sheet:
        """The sheet of a measure of one pillar. Raises KeyError."""
        return self.measures[pillar]

    def pillar(self, key: str) -> Pillar:
        """Raises KeyError."""
        for pillar in self.pillars:
            if pillar.key == key:
                return pillar
        raise KeyError(key)

    def phase_of(self, part_key: str) -> Phase:
        """When a step is best written; a free chapter comes last."""
        return next((phase for phase in self.phases if part_key in phase.part_keys), self.phases[-1])

    def in_order_of_work(self, part_keys: Iterable[str]) -> list[str]:
        """The keys of steps in the order of work; free chapters, as they come, before the appendix."""
        order = [key for phase in self.phases for key in phase.part_keys]
        place = {key: at for at, key in enumerate(order)}
        return sorted(part_keys, key=lambda key: place.get(key, len(order) - 1.5))

    def sheet_for(self, kind: str, key: str, pillar: str = "") -> Sheet:
        """The sheet of any part, from its three columns. Raises KeyError."""
        if kind == "measure":
            return self.measure(pillar)
        if kind == "chapter" and not self.is_fixed(key):
            return self.free_chapter
        return self.sheet(key)

    def is_fixed(self, part_key: str) -> bool:
        """True for a step that every plan has."""
        return any(sheet.key == part_key for sheet in self.sheets)

    def all_sheets(self) -> Iterator[Sheet]:
        """Every sheet there is: the fixed steps, one measure sheet per pillar, the free chapter."""
        yield from self.sheets
        yield from self.measures.values()
        yield self.free_chapter


@cache
def _municipal_2019_10() -> Edition:
    areas = tuple(area_sheet(pillar.part_key, pillar.name) for pillar in PILLARS)
    chapters = (basics.SHEET, ch1.SHEET, ch2.SHEET, ch3.SHEET, ch4.SHEET, ch5.SHEET)
    return Edition(
        code="municipal-2019-10",
        name="市町村版 2019年10月",
        sheets=(*chapters, *areas, ch7.SHEET, appendix.SHEET),
        pillars=PILLARS,
        measures={pillar.key: measure_sheet(pillar.key) for pillar in PILLARS},
        free_chapter=free_chapter.SHEET,
        measures_title="官民データ活用の推進に係る個別施策",
        phases=PHASES,
    )


_EDITIONS = {"municipal-2019-10": _municipal_2019_10}


@cache
def edition(code: str, kind: str = CITY) -> Edition:
    """The edition with this code in the words of a kind of town: 市, 町, 村 or 区. Raises UnknownEdition."""
    if code not in _EDITIONS:
        raise UnknownEdition(code)
    declared = _EDITIONS[code]()
    return declared if kind == CITY else _in_words_of(kind, declared)


def edition_of(content: PlanContent) -> Edition:
    """The edition of a plan in the words of its town."""
    return edition(content.edition, kind_of(content.basics.text("municipality_name")))


def _in_words_of(kind: str, declared: Edition) -> Edition:
    measures = {pillar: in_words_of(kind, sheet) for pillar, sheet in declared.measures.items()}
    return replace(in_words_of(kind, declared), measures=measures)
