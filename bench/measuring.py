"""The tables of the bench. Product and floor are measured in turn, in fresh processes; figures are medians."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from bench import others, plans, screen, start, traffic
from bench.office import Office
from bench.process import ROOT, Run, python
from bench.report import p95, seconds, table, verdict

PDF_BAR, PEAK_MB_BAR, DOCX_BAR, EVEN_BAR, READ_BAR, PREVIEW_BAR = 1.15, 1024, 0.5, 0.2, 0.25, 0.2
UPDATE_BAR = 1.0  # seconds; what is written is to be seen within one
READ_QUERIES_BAR, QUERIES_BAR, PAGE_BAR, START_BAR, USABLE_BAR = 6, 12, 6.0, 3.0, 1.0
FLOOR, BUSY = "bare Django view", "two PDFs being made"
LOOKS_EVERY, AT_ONCE = 0.2, 2  # seconds; files
WITHOUT_BAR = (FLOOR, "measure list")  # 200 rows, each with its own forms


@dataclass(frozen=True, slots=True)
class Effort:
    """How often each thing is done."""

    sizes: tuple[str, ...] = ("S", "M", "L")
    processes: int = 5
    layouts: Mapping[str, int] = field(default_factory=lambda: {"M": 3, "L": 1})  # turns, of P1 and P2
    rounds: int = 3  # of P7
    openings: int = 7  # of a page in a browser, each way: they differ by a third
    seconds_a_page: float = 4.0
    starts: int = 3
    formats: tuple[str, ...] = ("pdf", "docx", "html")

    def has_time_for(self, name: str) -> bool:
        return name not in ("starting", "screen") or self.starts > 0


QUICK = Effort(
    sizes=("S",),
    processes=1,
    layouts={"S": 1},
    rounds=1,
    openings=1,
    seconds_a_page=0.2,
    starts=0,
    formats=("html",),
)

Medians = Mapping[str, float]


# --- P3, P4 --------------------------------------------------------------------------------------------------

_TIMES = {
    "read": "read",
    "rules": "checklist (all rules, once read)",
    "compose": "compose",
    "check": "check",
    "html": "HTML",
    "docx": "DOCX, figures drawn too",
    "docx_again": "DOCX, figures drawn before",
    "docx_floor": "python-docx, the tables only",
}


def writing(office: Office, effort: Effort) -> str:
    found = _writing(office, effort)
    each = list(found.values())
    most = each[-1]
    p3 = [one["docx_again"] / one["docx_floor"] for one in each]
    p4 = [_before(one) / one["docx"] for one in each]
    rows = [
        ("measures", *(str(plans.SIZES[size]) for size in found), ""),
        *((words, *(seconds(one[name]) for one in each), "") for name, words in _TIMES.items()),
        ("P3 DOCX ÷ python-docx", *map("{:.2f}".format, p3), _bar(max(p3), DOCX_BAR)),
        ("P4 read + compose + check ÷ DOCX", *map("{:.2f}".format, p4), _bar(p4[-1], READ_BAR)),
        (
            "   the same, figures drawn before",
            *(f"{_before(one) / one['docx_again']:.2f}" for one in each),
            "",
        ),
        ("P4 queries", *(f"{one['queries']:.0f}" for one in each), _bar(most["queries"], READ_QUERIES_BAR)),
    ]
    return table("Read, compose, check and write (P3, P4)", ("", *found, "bar"), rows + _evenness(found))


def _writing(office: Office, effort: Effort) -> dict[str, Medians]:
    """Round after round over all sizes, so that a busy minute touches each alike."""
    runs: dict[str, list[Medians]] = {size: [] for size in effort.sizes}
    for _ in range(effort.processes):
        for size, found in runs.items():
            version = office.versions[size]
            found.append(office.inside("reading", version) | office.inside("writing", version))
    return {size: _medians(found) for size, found in runs.items()}


def _medians(runs: list[Medians]) -> Medians:
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _before(one: Medians) -> float:
    return one["read"] + one["compose"] + one["check"]


def _evenness(found: Mapping[str, Medians]) -> list[tuple[str, ...]]:
    """What one further measure takes, from S to M and from M to L: equal, or the writing is not linear."""
    sizes = list(found)
    if len(sizes) < 3:
        return []
    more = [_further(found, before, after) for before, after in zip(sizes, sizes[1:], strict=False)]
    shown = [f"{each * 1000:.2f} ms" for each in more]
    return [("P3 DOCX of one further measure", "", *shown, _bar(abs(more[1] / more[0] - 1), EVEN_BAR))]


def _further(found: Mapping[str, Medians], before: str, after: str) -> float:
    measures = plans.SIZES[after] - plans.SIZES[before]
    return (found[after]["docx_again"] - found[before]["docx_again"]) / measures


# --- P1, P2 --------------------------------------------------------------------------------------------------

_FORMATS = {"pdf": "PDF", "docx": "DOCX, laid out for its page numbers", "html": "HTML", "json": "plan.json"}


def exports(office: Office, effort: Effort) -> str:
    """Whole processes, from the command line to the file, and other ways to a PDF from the same plans."""
    rows = []
    for format_ in effort.formats:
        runs = [_export(office, size, format_) for size in effort.sizes]
        rows += [(_FORMATS[format_], *(f"{run.seconds:.1f} s" for run in runs), "")]
        bar = _bar(runs[-1].peak_mb, PEAK_MB_BAR) if format_ == "pdf" else ""
        rows += [("   peak memory", *(f"{run.peak_mb:.0f} MB" for run in runs), bar)]
        files = [(office.folder / f"{size}.{format_}").stat().st_size / 2**20 for size in effort.sizes]
        rows += [("   its file", *(f"{size:.1f} MB" for size in files), "")]
    if {"docx", "html"} <= set(effort.formats):
        rows += [(*row, "") for row in others.rows(office, effort.sizes)]
    return table("manage.py export_plan, whole processes (P2)", ("", *effort.sizes, "bar"), rows)


def layout(office: Office, effort: Effort) -> str:
    """Plans as PDF, by us and by WeasyPrint alone, in turn."""
    rows = []
    for size, turns in effort.layouts.items():
        taken = [(_export(office, size, "pdf").seconds, _bare(office, size).seconds) for _ in range(turns)]
        ours, bare = (median(turn[at] for turn in taken) for at in (0, 1))
        ratio = f"{ours / bare:.2f}"
        rows += [(size, f"{ours:.2f} s", f"{bare:.2f} s", ratio, _bar(ours / bare, PDF_BAR))]
    head = ("", "export_plan", "WeasyPrint bare", "PDF ÷ WeasyPrint bare", "bar")
    return table("Layout, memory collection off in both (P1, P2)", head, rows)


def _export(office: Office, size: str, format_: str) -> Run:
    output = str(office.folder / f"{size}.{format_}")
    command = ("manage.py", "export_plan", office.versions[size], "--format", format_, "--output", output)
    return python(*command, environment=office.environment)


def _bare(office: Office, size: str) -> Run:
    page, output = office.folder / f"{size}-print.html", office.folder / f"{size}-bare.pdf"
    said = office.inside("page_for_print", office.versions[size], str(page))
    command = (
        "-m",
        "bench.bare",
        str(page),
        str(output),
        said["identifier"],
        said["variant"],
        *said["styles"],
    )
    return python(*command, environment=office.environment)


# --- P5 ------------------------------------------------------------------------------------------------------


def previews(office: Office, effort: Effort) -> str:
    """Chapters of the largest plan as HTML, one after the other; and the first one after an edit."""
    times = office.inside("previews", office.versions[effort.sizes[-1]], str(effort.processes))
    rows = [
        (
            "any chapter, area or sheet",
            seconds(median(times["again"])),
            seconds(p95(times["again"])),
            _bar(p95(times["again"]), PREVIEW_BAR),
        ),
        ("the first one after an edit", seconds(median(times["first"])), seconds(p95(times["first"])), ""),
        (
            "beside the form, after a save",
            seconds(median(times["saved"])),
            seconds(p95(times["saved"])),
            _bar(p95(times["saved"]), UPDATE_BAR),
        ),
    ]
    return table("Previews of L, inside the process (P5)", ("", "p50", "p95", "bar"), rows)


# --- P6 ------------------------------------------------------------------------------------------------------


def queries(office: Office, effort: Effort) -> str:
    found = {size: office.inside("queries", office.versions[size]) for size in effort.sizes}
    few, many = found[effort.sizes[0]], found[effort.sizes[-1]]
    rows = [
        (
            name,
            str(few[name]),
            str(many[name]),
            _bar(many[name], QUERIES_BAR) if few[name] == many[name] else "UNEQUAL",
        )
        for name in few
    ]
    sizes = (f"{plans.SIZES[size]} measures" for size in (effort.sizes[0], effort.sizes[-1]))
    return table("Queries of every page (P6)", ("", *sizes, "bar"), rows)


# --- P7 ------------------------------------------------------------------------------------------------------


def pages(office: Office, effort: Effort) -> str:
    """Pages of the largest plan and the floor in turn, round after round, both servers standing."""
    asked = office.inside("visit", office.versions[effort.sizes[-1]])
    urls = {FLOOR: "/", **asked["urls"]}
    times: dict[str, list[float]] = {words: [] for words in urls}
    with ExitStack() as stack:
        product, floor = (
            stack.enter_context(traffic.serving(settings, asked["cookie"], office.environment))
            for settings in ("planwizard.settings", "bench.floor.settings")
        )
        for number in range(effort.rounds + 1):  # the first warms up
            for words, url in urls.items():
                took = (floor if words == FLOOR else product).times(url, effort.seconds_a_page)
                times[words] += took if number else []
    base = p95(times[FLOOR])
    rows = [
        (
            words,
            f"{len(took)}",
            seconds(median(took)),
            seconds(p95(took)),
            f"{p95(took) / base:.1f}",
            _page_bar(words, p95(took) / base),
        )
        for words, took in times.items()
    ]
    head = ("", "answers", "p50", "p95", "÷ floor", "bar")
    return table("Pages: one gunicorn worker, 10 connections (P7)", head, rows)


def beside(office: Office, effort: Effort) -> str:
    """A page while nothing else goes on, and while as many files are made as a town may have made at once."""
    size = effort.sizes[-1]
    asked = office.inside("visit", office.versions[size])
    url, seconds_each = asked["urls"]["measure sheet"], 2 * effort.seconds_a_page
    with traffic.serving("planwizard.settings", asked["cookie"], office.environment) as server:
        server.looked_at(url, 1, LOOKS_EVERY)
        alone = server.looked_at(url, seconds_each, LOOKS_EVERY)
        with _files_being_made(office, size):
            busy = server.looked_at(url, seconds_each, LOOKS_EVERY)
    rows = [
        (words, seconds(median(took)), seconds(p95(took))) for words, took in (("alone", alone), (BUSY, busy))
    ]
    return table(f"The measure sheet of {size} beside exports", ("", "p50", "p95"), rows)


@contextmanager
def _files_being_made(office: Office, size: str) -> Iterator[None]:
    """Each in a process of low priority, as the worker has it."""
    command = ["nice", "-n", "10", sys.executable, "manage.py", "export_plan", office.versions[size]]
    files = [
        subprocess.Popen(
            [*command, "--format", "pdf", "--output", str(office.folder / f"beside-{at}.pdf")],
            cwd=ROOT,
            env=office.environment,
        )
        for at in range(AT_ONCE)
    ]
    try:
        time.sleep(2)  # past the start, which reads the plan
        yield
    finally:
        for file in files:
            file.kill()
            file.wait()


def _page_bar(words: str, ratio: float) -> str:
    return "" if words in WITHOUT_BAR else _bar(ratio, PAGE_BAR)


def on_screen(office: Office, effort: Effort) -> str:
    """Pages of the largest plan in a browser whose processor is slowed down."""
    asked = office.inside("visit", office.versions[effort.sizes[-1]])
    with traffic.serving("planwizard.settings", asked["cookie"], office.environment) as server:
        try:
            with screen.open_screen(server.port, asked["cookie"]) as shown:
                rows = [
                    _screen_row(words, shown, url, effort.openings) for words, url in asked["urls"].items()
                ]
        except screen.NoBrowser:
            return "\n## Pages in a slow browser\n\nnot measured: Chromium or playwright is missing"
    head = (
        "",
        "page",
        "all it fetches",
        "nodes",
        "usable, nothing kept",
        "all at work",
        "after signing in",
        "again",
        "bar, nothing kept",
    )
    return table(f"Pages in a browser on a processor {screen.SLOWER} times slower", head, rows)


def _screen_row(words: str, shown: screen.Screen, url: str, openings: int) -> tuple[str, ...]:
    shown.opened(url)  # warms the server up
    ways = ((), screen.SIGNING_IN, (*screen.SIGNING_IN, url))
    seen = [[shown.opened(url, after=way) for _ in range(openings)] for way in ways]
    usable = [median(each.usable for each in way) for way in seen]
    at_work = median(each.at_work for each in seen[0])
    first = seen[0][0]
    page, fetched = (f"{size / 1024:.0f} KB" for size in (first.page, first.all))
    times = map(seconds, (usable[0], at_work, *usable[1:]))
    return words, page, fetched, f"{first.nodes}", *times, _bar(usable[0], USABLE_BAR)


# --- P9 ------------------------------------------------------------------------------------------------------


def starting(office: Office, effort: Effort) -> str:
    taken = [start.seconds_to_a_page(office.environment) for _ in range(effort.starts)]
    row = ("make run, not the first time", seconds(median(taken)), _bar(median(taken), START_BAR))
    return table("Start to a page (P9)", ("", "median", "bar"), [row])


def _bar(value: float, bar: float) -> str:
    return f"≤ {bar:g} {verdict(value, bar)}"
