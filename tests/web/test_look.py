"""The rules of the look that can be computed: colours, contrast, sizes, and what every page carries."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.web.static_files import SCREEN, flattened
from tests.factories import client_of, make_municipality, make_user
from tests.inspector import complaints, parse
from tests.security.access import ACCESS, DRAFTER, FILES, LET_IN, SECRETARIAT, TOWN_ADMIN, VIEWER
from tests.security.places import drafters_department
from tests.security.test_access import ROUTES

CSS, JS = Path("static/css"), Path("static/js")
PRINTED = {"document.css", "print.css"}  # of the documents, not of the screens
SHEETS = sorted(path for path in CSS.rglob("*.css") if path.name not in PRINTED)
ROLES = (SECRETARIAT, DRAFTER, VIEWER, TOWN_ADMIN)
TEXT, LINES = 4.5, 3.0
MOST_CSS, MOST_JS = 25 * 1024, 40 * 1024

TOKENS = dict(re.findall(r"(--pw-[a-z0-9-]+):\s*(#[0-9a-f]{6})", (CSS / "tokens.css").read_text()))
GROUNDS = ("ground", "ground-quiet", "key-tint")
# Words that inherit their ground: what may stand where.
ON = {
    "text": (*GROUNDS, "error-tint", "success-tint", "warning-tint"),
    "text-strong": (*GROUNDS, "error-tint", "success-tint", "focus-ground"),
    "text-support": ("ground", "ground-quiet", "key-tint"),
    "link": GROUNDS,
    "link-visited": GROUNDS,
    "link-hover": GROUNDS,
    "key": (*GROUNDS, "key-tint-strong"),
    "key-hover": (*GROUNDS, "key-tint-strong"),
    "error-text": ("ground", "error-tint"),
    "warning-text": ("ground", "warning-tint"),
    "success": ("ground",),
    "focus": ("focus-ground",),
}
# Lines and marks that say something: at least three to one against what is beside them.
MARKS = {"line-control": GROUNDS, "line-strong": ("ground",), "error": ("ground",), "focus": GROUNDS}


def compressed(text: str) -> int:
    return len(gzip.compress(text.encode()))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[f"--pw-{name}"]) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rules() -> Iterator[tuple[str, str, str]]:
    """(file, selector, body) of every rule of the screens' style sheets."""
    for path in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
            yield path.name, " ".join(selector.split()), body


def pairs() -> list[tuple[str, str, str]]:
    """(where, colour, ground) of every rule that sets both."""
    found = []
    for name, selector, body in rules():
        colour = re.search(r"(?<![-a-z])color:\s*var\(--pw-([a-z0-9-]+)\)", body)
        ground = re.search(r"background(?:-color)?:\s*var\(--pw-([a-z0-9-]+)\)", body)
        if colour and ground:
            found.append((f"{name} {selector}", colour[1], ground[1]))
    return found


@pytest.mark.parametrize(("where", "colour", "ground"), pairs())
def test_words_that_bring_their_ground_stand_out_from_it(where, colour, ground):
    assert contrast(colour, ground) >= TEXT


@pytest.mark.parametrize(("colour", "ground"), [(c, g) for c, grounds in ON.items() for g in grounds])
def test_words_stand_out_from_every_ground_that_they_may_stand_on(colour, ground):
    assert contrast(colour, ground) >= TEXT


@pytest.mark.parametrize(("colour", "ground"), [(c, g) for c, grounds in MARKS.items() for g in grounds])
def test_lines_that_say_something_can_be_seen(colour, ground):
    assert contrast(colour, ground) >= LINES - 0.05


def test_every_colour_of_words_is_among_those_that_are_computed():
    used = {
        name
        for _, _, body in rules()
        for name in re.findall(r"(?<![-a-z])color:\s*var\(--pw-([a-z0-9-]+)\)", body)
    }
    computed = {*ON, *MARKS, *(colour for _, colour, _ in pairs())}
    assert used - computed - {"link-active"} == set()  # while the button of the mouse is down


def test_only_the_tokens_name_a_colour():
    named = [
        f"{name} {selector}"
        for name, selector, body in rules()
        if name != "tokens.css" and re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", body)
    ]
    assert named == []


def test_nothing_is_set_in_pixels_but_lines():
    """A reader who sets a larger text gets larger everything."""
    found = [
        f"{name} {selector}: {size}"
        for name, selector, body in rules()
        for size in re.findall(r"font-size:\s*([0-9.]+px)", body)
    ]
    assert found == []


def test_what_moves_moves_only_where_motion_is_welcome():
    text = "".join(path.read_text() for path in SHEETS)
    welcome = "".join(
        re.findall(r"@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]|\{[^{}]*\})*\}", text)
    )
    for word in ("animation:", "transition:", "scroll-behavior: smooth"):
        assert text.count(word) == welcome.count(word), word


def test_style_sheets_and_scripts_stay_small():
    sheets = [flattened(SCREEN), *((CSS / name).read_text() for name in PRINTED)]
    scripts = [path.read_text() for path in JS.rglob("*.mjs")]
    assert sum(map(compressed, sheets)) <= MOST_CSS
    assert sum(map(compressed, scripts)) <= MOST_JS


# Every page


def shown_to(role: str) -> list[str]:
    return [
        name
        for name, route in ACCESS.items()
        if "GET" in route.methods.split() and route.answer_to("GET", role) == LET_IN and name not in FILES
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_inspector_has_nothing_to_complain_of_on_any_page(role):
    town = make_municipality()
    client = client_of(make_user(role, municipality=town, departments=(drafters_department(town),)))
    found = []
    for name in shown_to(role):
        place = ACCESS[name].place
        with acting_for(town):
            url = reverse(name, kwargs=place(town) if place else None)
        answer = client.get(url, follow=True)
        found += [
            f"{name}: {words}" for words in (*complaints(parse(answer)), *frame(name, parse(answer), town))
        ]
    assert found == []


def frame(name: str, page, town) -> list[str]:
    """Town, person and, within a plan, its title and version are always in the head."""
    heads = ["".join(node.itertext()) for node in page.all("header")]
    words = heads[0] if heads else ""
    found = [] if town.name in words else ["the head does not name the town"]
    if not [node for node in page.all("a") if "pw-header__person" in node.get("class", "")]:
        found.append("the head does not name the person")
    is_of_plan = "version_id" in ROUTES[name] or name == "exports:job"
    if is_of_plan and not ("潮見野市デジタル推進計画" in words and "第1版" in words):
        found.append("the head does not name plan and version")
    return found
