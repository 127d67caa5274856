"""Every declared field, typed as a browser sends it and found where it is declared to be.

In the page of its step, in plan.json, and in HTML, Word and PDF: *own* and *frame* always, *body* while the chapter's
text is empty, *never* nowhere. Budgets are switched on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pypdf
import pytest
from django.db import transaction
from django.test import Client
from lxml import html as lxml_html
from PIL import Image

from planwizard.accounts.models import Department
from planwizard.accounts.tenancy import acting_for
from planwizard.blueprint import values
from planwizard.blueprint.kinds import AnyField, Computed, Prints, Upload, YesNo
from planwizard.blueprint.plan_file import BESIDE_VALUES
from planwizard.catalog.models import Edition, Law, NationalDocument, NationalMeasure
from planwizard.document import docx, html, pdf
from planwizard.manuscript.compose import compose
from planwizard.manuscript.material import Options
from planwizard.plans import adoption, exchange, pictures, structure
from planwizard.plans.models import Part, PlanVersion
from planwizard.plans.read import content_of
from tests.document import reading
from tests.document.reading import normal
from tests.factories import NOW, client_of, make_measure, make_version, member_for, part_of
from tests.inspector import parse
from tests.manuscript import filled
from tests.wizard.screens import part_url, sheet_on, step_url

pytestmark = pytest.mark.django_db
OUTPUTS = ("html", "docx", "pdf")
EVERYTHING = Options(budgets=True)


@dataclass(frozen=True, slots=True)
class Walked:
    """What was typed, and what was found of it. ``said`` and ``said_without_texts``: the words of each output."""

    parts: list[tuple[str, filled.Filled]]
    names: dict[str, dict[str, str]]
    forms: dict[str, dict[str, list[str]]]  # by part: what its page would send again
    pages: dict[str, str]  # by part: the words of its page
    plan: dict
    said: dict[str, str]
    said_without_texts: dict[str, str]

    def leaves(self, *prints: Prints) -> Iterator[tuple[str, AnyField, list[str]]]:
        """(where, field, its words) of each field that is entered or computed and prints so."""
        for key, each in self.parts:
            for path, item, declared in each.leaves:
                if declared in prints and path_is_answered(path, item, each.values):
                    yield f"{key}:{path}", item, [normal(word) for word in each.said(path, item, self.names)]


def path_is_answered(path: str, item: AnyField, answers: Mapping[str, object]) -> bool:
    return isinstance(item, Computed) or path in answers or f"{path}.asset" in answers


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker) -> Walked:
    """One plan, typed twice: without the texts of its chapters, and with them. Nothing of it stays behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = walk()
        transaction.set_rollback(True)
    return found


def walk() -> Walked:
    version = make_version()
    with acting_for(version.municipality_id):
        return walk_through(version)


def walk_through(version: PlanVersion) -> Walked:
    client = client_of(version.created_by)
    wanted, parts = filled.whole(with_texts=True)
    make_targets(version, wanted.names)
    make_parts(version, parts)
    settle(version, parts)
    for key, each in parts:
        is_text = f"{key}_text"
        type_in(
            client,
            version,
            key,
            {path: value for path, value in each.values.items() if path != is_text},
            each,
        )
    said_without_texts = outputs(version)
    for key, each in parts:
        type_in(client, version, key, each.values, each)
    answers = {key: client.get(url_of(version, key)) for key, _ in parts}
    return Walked(
        parts,
        filled.all_names(content_of(version)),
        {key: sheet_on(answer).fields for key, answer in answers.items()},
        {key: parse(answer).words for key, answer in answers.items()},
        exchange.to_json(version),
        outputs(version),
        said_without_texts,
    )


# Making what the answers point to


def make_targets(version: PlanVersion, names: Mapping[str, Mapping[str, str]]) -> None:
    offered = {"is_on": True, "verified": True, "source": "テスト"}
    for key, name in names["department"].items():
        Department.objects.create(municipality_id=version.municipality_id, key=key, name=name)
    for code, name in names["national_document"].items():
        kind = NationalDocument.Kind.BASIC_PLAN
        NationalDocument.objects.create(code=code, title=name, kind=kind, **offered)
    for code, name in names["law"].items():
        Law.objects.create(code=code, title=name, use=Law.Use.PILLAR, **offered)


def make_parts(version: PlanVersion, parts: list[tuple[str, filled.Filled]]) -> None:
    """The measures and the free chapter, under the keys that other answers point to."""
    for key, each in parts:
        if each.sheet.kind == "measure":
            made = make_measure(version, str(each.values["pillar"]))
        elif not version.edition.is_fixed(key):
            made = structure.add_free_chapter(version, each.sheet.title, by=member_for(version.created_by))
        else:
            continue
        Part.objects.filter(pk=made.pk).update(key=key)


def settle(version: PlanVersion, parts: list[tuple[str, filled.Filled]]) -> None:
    """What acts set or a later act will enter is no business of the form; a picture is there before it is named."""
    member = member_for(version.created_by)
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), "navy").save(drawn, "PNG")
    picture = pictures.store(drawn.getvalue(), by=member, at=NOW).sha256
    for key, each in parts:
        part = part_of(version, key)
        if part.kind == "measure":
            adoption.cite(part, make_entry(key), by=member, at=NOW)
        for place in values.stored_places(each.sheet, each.values).values():
            if not values.is_entered(place.field) or is_due_later(place, each):
                each.values.pop(place.path, None)
            if isinstance(place.field, Upload):
                each.values[f"{place.path}.asset"] = picture
        each.values |= {path: value for path, value in part.columns.items() if path != "title"}


def is_due_later(place, each: filled.Filled) -> bool:
    """Inside a group or row of a later act (actuals, review)."""
    outer = {item.key for item in each.sheet.fields if not values.is_entered(item)}
    return place.path.split(".")[0] in outer or ".actuals." in place.path


def make_entry(key: str) -> NationalMeasure:
    edition = Edition.objects.get_or_create(code="2026-11-a", name="カタログ", is_active=True)[0]
    return NationalMeasure.objects.create(
        edition=edition,
        code=f"NM-{key[-3:]}",
        title=f"国の施策{key}号",
        area="online",
        is_on=True,
        verified=True,
    )


# Typing and reading


def url_of(version: PlanVersion, key: str) -> str:
    part = part_of(version, key)
    return part_url("measure", part) if part.kind == "measure" else step_url(version, key)


def type_in(client: Client, version: PlanVersion, key: str, answers: dict, each: filled.Filled) -> None:
    """Send the strings that a browser would, over the page that it has open."""
    url = url_of(version, key)
    page = sheet_on(client.get(url)).fields
    protocol = {name: page[name] for name in ("edit_no", "save_id", "end")}
    answer = client.post(url, {**values.to_form(each.sheet, answers, {}), **protocol, "go": "save"})
    assert answer.status_code == 302, (key, answer.status_code)
    assert part_of(version, key).as_typed == {}


def outputs(version: PlanVersion) -> dict[str, str]:
    """{output: all words that a reader meets in it, alternative texts included}."""
    content = content_of(version)
    document = compose(content, EVERYTHING)
    assets = {sha256: pictures.read(version.municipality_id, sha256) for sha256 in content.assets}
    rendered = pdf.render(document, assets=assets)
    found = {
        "html": words_of_html(html.page(document)),
        "docx": words_of_word(docx.render(document, assets=assets, pages=rendered.anchors)),
        "pdf": words_of_pdf(rendered.data),
    }
    return {output: normal(words) for output, words in found.items()}


def words_of_html(page: str) -> str:
    root = lxml_html.fromstring(page)
    return "\n".join([root.text_content(), *root.xpath("//@alt"), *root.xpath("//@data-status")])


def words_of_word(data: bytes) -> str:
    word = reading.Word(data)
    frames = [name for name in word.zip.namelist() if re.match(r"word/(header|footer)\d*\.xml", name)]
    alts = [element.get("descr", "") for element in word.body.iter() if "docPr" in str(element.tag)]
    return "\n".join([word.text(), *word.notes(), *(word.words(word.xml(name)) for name in frames), *alts])


def words_of_pdf(data: bytes) -> str:
    return "\n".join([reading.of_pdf(data), *_alts(pypdf.PdfReader(io.BytesIO(data)))])


def _alts(file: pypdf.PdfReader) -> Iterator[str]:
    """The alternative texts of the tags."""
    waiting = [file.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if "/Alt" in node:
            yield str(node["/Alt"])
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        waiting += [
            kid for kid in (each.get_object() for each in kids) if isinstance(kid, dict) and "/K" in kid
        ]


# What is found


def test_every_answer_is_shown_again_by_the_page_of_its_step(walked):
    missing = []
    for key, each in walked.parts:
        fixed = {item.key for item in each.sheet.fields if item.is_fixed}
        for path, strings in values.to_form(each.sheet, each.values, {}).items():
            if path not in fixed and shown(walked.forms[key].get(path, [])) != sorted(strings):
                missing.append(f"{key}:{path}")
    assert missing == []


def shown(strings: list[str]) -> list[str]:
    """Browsers drop the line break that stands first in a textarea; inside a table this parser does not."""
    return sorted(text.removeprefix("\r\n") for text in strings)


def test_what_acts_set_and_what_is_computed_is_told_by_the_page(walked):
    told = [
        (key, path, each.said(path, item, walked.names)[0])
        for key, each in walked.parts
        for path, item, _ in each.leaves
        if (item.is_fixed or isinstance(item, Computed)) and path_is_answered(path, item, each.values)
    ]
    assert len(told) > 10
    assert [(key, path) for key, path, words in told if words not in walked.pages[key]] == []


def test_every_answer_is_in_the_plan_file(walked):
    stored = {part["key"]: part["values"] for part in walked.plan["parts"]}
    lost = [
        f"{key}:{path}"
        for key, each in walked.parts
        for path, value in each.values.items()
        if path not in BESIDE_VALUES.get(each.sheet.kind, ()) and stored[key].get(path) != value
    ]
    assert lost == []


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("prints", [Prints.OWN, Prints.FRAME], ids=str)
def test_what_prints_by_itself_is_in_each_output(walked, output, prints):
    found = list(walked.leaves(prints))
    assert len(found) > 10
    assert [
        where for where, _, words in found if not all(word in walked.said[output] for word in words)
    ] == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_material_of_a_text_is_in_each_output_while_there_is_no_text(walked, output):
    found = list(walked.leaves(Prints.BODY))
    said = walked.said_without_texts[output]
    assert len(found) > 20
    assert [where for where, _, words in found if not all(word in said for word in words)] == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_material_of_a_text_gives_way_to_the_text_in_each_output(walked, output):
    found = [item for item in walked.leaves(Prints.BODY) if has_words_of_its_own(item[1])]
    repeated = [where for where, _, words in found if any(word in walked.said[output] for word in words)]
    assert [where for where in repeated if not where.endswith("issue_refs")] == []  # issues have a table too


@pytest.mark.parametrize("output", OUTPUTS)
def test_what_is_never_printed_is_in_no_output(walked, output):
    found = [item for item in walked.leaves(Prints.NEVER) if has_words_of_its_own(item[1])]
    for said in (walked.said[output], walked.said_without_texts[output]):
        assert [where for where, _, words in found if any(word in said for word in words)] == []


def has_words_of_its_own(item: AnyField) -> bool:
    """Typed words and numbers are met nowhere else; labels of options and computed figures are."""
    return not isinstance(item, Computed | YesNo) and not hasattr(item, "options")
