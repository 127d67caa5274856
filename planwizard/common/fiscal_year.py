"""年度 and 和暦: fiscal years run from April to March and are named by the year in which they begin."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal

EraDisplay = Literal["wareki", "seireki", "both"]

# 元号を改める政令: the day each era began. A new era is one line here.
ERAS = (
    (date(1868, 1, 25), "明治", "M"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1989, 1, 8), "平成", "H"),
    (date(2019, 5, 1), "令和", "R"),
)
_STARTS = [start for start, _, _ in ERAS]
_ERA_YEAR = re.compile(r"(明治|大正|昭和|平成|令和|[MTSHR])\s*(元|\d{1,2})\s*年?\s*度?\Z", re.IGNORECASE)
_WESTERN_YEAR = re.compile(r"(\d{4})\s*年?\s*度?\Z")
_ERA_DAY = re.compile(
    r"(明治|大正|昭和|平成|令和|[MTSHR])\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\Z",
    re.IGNORECASE,
)
_WESTERN_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\Z")


def _era_year(day: date) -> str:
    """令和9; before the first era the western year alone: a slip of the pen must not break every page with it."""
    at = bisect_right(_STARTS, day) - 1
    if at < 0:
        return str(day.year)
    start, name, _ = ERAS[at]
    number = day.year - start.year + 1
    return f"{name}{'元' if number == 1 else number}"


def _western(era: str, number: str) -> int:
    start = next(start for start, name, letter in ERAS if era.upper() in (name, letter))
    year = 1 if number == "元" else int(number)
    if year == 0:  # 令和0年 is a slip of the pen, not 平成30年
        raise ValueError(f"{era}{number}")
    return start.year + year - 1


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """The fiscal year that begins in April of ``start``."""

    start: int

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        """The fiscal year in which a day of Japan's calendar lies."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Read 令和9年度, R9, 2027, ２０２７年度. Raises ValueError."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if match := _ERA_YEAR.match(plain):
            return cls(_western(match[1], match[2]))
        if match := _WESTERN_YEAR.match(plain):
            return cls(int(match[1]))
        raise ValueError(text)

    @property
    def era_year(self) -> str:
        """令和9. 令和元年度 began in April 2019, before the era did, and is so called all the same."""
        return _era_year(date(self.start, 5, 1))

    @property
    def wareki(self) -> str:
        return f"{self.era_year}年度"

    @property
    def seireki(self) -> str:
        return f"{self.start}年度"

    def label(self, era: EraDisplay = "wareki") -> str:
        """令和9年度, 2027年度 or 令和9年度（2027年度）."""
        if era == "both":
            return f"{self.wareki}（{self.seireki}）"
        return self.seireki if era == "seireki" else self.wareki

    def short(self, era: EraDisplay = "wareki") -> str:
        """For the head of a narrow column: 令和9年度 or 2027年度."""
        return self.seireki if era == "seireki" else self.wareki


def period_label(start: FiscalYear, end: FiscalYear, era: EraDisplay = "wareki") -> str:
    """令和8～12年度（2026～2030年度）; one year is not a range."""
    if start == end:
        return start.label(era)
    seireki = f"{start.start}～{end.start}年度"
    names = _split_era(start.era_year), _split_era(end.era_year)
    last = names[1][1] if names[0][0] == names[1][0] else end.era_year
    wareki = f"{start.era_year}～{last}年度"
    if era == "both":
        return f"{wareki}（{seireki}）"
    return seireki if era == "seireki" else wareki


def _split_era(era_year: str) -> tuple[str, str]:
    return era_year[:2], era_year[2:]


def day_label(day: date, era: EraDisplay = "wareki") -> str:
    """令和9年3月25日, 2027年3月25日 or 令和9年（2027年）3月25日."""
    rest = f"{day.month}月{day.day}日"
    if era == "both" and day >= _STARTS[0]:
        return f"{_era_year(day)}年（{day.year}年）{rest}"
    return f"{day.year}年{rest}" if era == "seireki" else f"{_era_year(day)}年{rest}"


def parse_day(text: str) -> date:
    """Read 2027-03-25, 2027年3月25日, 令和9年3月25日, R9.3.25, with full-width digits. Raises ValueError."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _ERA_DAY.match(plain):
        return date(_western(match[1], match[2]), int(match[3]), int(match[4]))
    if match := _WESTERN_DAY.match(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    raise ValueError(text)
