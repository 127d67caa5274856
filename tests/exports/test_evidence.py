"""証拠の一覧: which sentence fulfils which item, on which page of the plan's PDF."""

import io
from dataclasses import replace

import docx
import pytest
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.compliance.evidence import evidence_of
from planwizard.document import check, pdf, walk
from planwizard.document.nodes import Table
from planwizard.document.proof.pdf_objects import Pdf
from planwizard.document.proof.pdf_text import Texts
from planwizard.document.proof.truth import normal
from planwizard.exports import making, quote_pages
from planwizard.exports.asking import ask
from planwizard.exports.models import ExportJob
from planwizard.exports.order import Order, content_hash
from planwizard.manuscript import evidence_sheet
from planwizard.manuscript.compose import compose
from planwizard.manuscript.options import Options, Variant
from planwizard.plans.read import content_of
from planwizard.wizard import demo
from tests.factories import NOW, client_of, make_version, member_for

pytestmark = pytest.mark.django_db
EVIDENCE = Options(Variant.EVIDENCE)
SENTENCE = "様式の記入、書類の添付、窓口の往復を減らし、職員の転記と照合をなくす。"


@pytest.fixture
def shiomino(settings, tmp_path):
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "accounts.json"
    version = demo.load(at=NOW).plans[0]
    with acting_for(version.municipality_id):
        yield version


@pytest.fixture
def sheet(shiomino):
    return evidence_of(shiomino, on=NOW.date())


def words(document):
    return [walk.plain(piece) for block in walk.blocks(document) for piece in walk.inlines(block)]


def test_the_sheet_lists_every_item_with_its_sentences(shiomino, sheet):
    document = evidence_sheet.compose(content_of(shiomino), sheet, {})
    assert check.check(document) == []
    said = words(document)
    assert any("必須18項目のうち18件 合格" in text for text in said)
    assert any(SENTENCE in text for text in said)
    assert {line.id for _, lines in sheet.groups for line in lines} >= {"PU-01", "ME-04", "L-11"}
    assert len(sheet.quotes) == 18


def test_an_item_stands_once_beside_all_that_fulfils_it(shiomino, sheet):
    document = evidence_sheet.compose(content_of(shiomino), sheet, {})
    rows = [row for block in walk.blocks(document) if isinstance(block, Table) for row in block.rows]
    both = next(row for row in rows if walk.plain(row[0].inlines).startswith("PU-05"))
    assert [cell.rowspan for cell in both] == [2, 2, 1, 1, 1]
    assert len(rows[rows.index(both) + 1]) == 3
    assert all(line.reasons or line.quotes for _, lines in sheet.groups for line in lines)


def test_the_pages_are_those_on_which_the_sentences_are_printed(shiomino, sheet):
    plan = compose(content_of(shiomino))
    rendered = pdf.render(plan, assets={})
    found = quote_pages.pages_of(sheet.quotes, plan, rendered)
    assert set(found) == set(sheet.quotes)
    file = Pdf(rendered.data)
    texts, pages = Texts(file), [ref for ref, _ in file.pages()]
    for quote, number in found.items():
        at = int(number) - 1 + rendered.front
        here = "".join(normal("".join(texts.on(pages[each]).values())) for each in (at, at + 1))
        assert normal(quote.text)[:20] in here, (number, quote.text)


def test_an_order_carries_the_sheet_there_and_back(shiomino, sheet):
    order = Order("pdf", content_of(shiomino), "", EVIDENCE, evidence=sheet)
    assert Order.loads(order.dumps()).evidence == sheet


def test_another_confirmation_is_another_file(shiomino, sheet):
    content = content_of(shiomino)
    assert content_hash(content, EVIDENCE, evidence=sheet) != content_hash(
        content, EVIDENCE, evidence=replace(sheet, tally="必須18項目のうち17件 合格・1件 要確認・0件 未")
    )


def test_the_word_file_has_the_sentences_and_their_pages_and_says_how_far_it_is(shiomino, sheet):
    order = Order("docx", content_of(shiomino), "", EVIDENCE, evidence=sheet)
    told = []
    made = making.make(order, lambda *now: told.append(now))
    assert [percent for _, percent in told] == sorted(percent for _, percent in told)
    laid_out = [percent for stage, percent in told if stage == making.LAY_OUT]
    assert laid_out[0] == 3
    assert any(20 < percent < 80 for percent in laid_out)  # of the plan, whose pages are looked up
    assert any(85 < percent < 92 for percent in laid_out)  # of the sheet
    assert told[-1] == (making.EXAMINE, 92)
    tables = docx.Document(io.BytesIO(made.data)).tables
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    row = next(row for row in rows if SENTENCE in row[2])
    assert row[3].isdigit()


# Asking


@pytest.fixture
def version(officer):
    found = make_version(by=officer)
    with acting_for(found.municipality_id):
        yield found


def test_handing_out_with_failures_asks_for_a_reason_which_is_printed(version, officer):
    address, client = reverse("exports:exports", args=[version.pk]), client_of(officer)
    wish = {"variant": "evidence", "formats": ["pdf"]}
    answer = client.post(address, wish)
    assert "このまま出す理由を書いてください。" in answer.content.decode()
    assert not ExportJob.objects.exists()
    client.post(address, wish | {"reason": "素案の段階である。"})
    job = ExportJob.objects.get()
    assert (job.chosen.variant, job.chosen.reason) == (Variant.EVIDENCE, "素案の段階である。")
    sheet = evidence_of(version, on=NOW.date(), reason=job.chosen.reason)
    assert any(
        "素案の段階である。" in text for text in words(evidence_sheet.compose(content_of(version), sheet, {}))
    )


def test_a_town_may_forbid_to_hand_out_with_failures(version, officer):
    address, client = reverse("exports:exports", args=[version.pk]), client_of(officer)
    wish = {"variant": "evidence", "formats": ["pdf"], "reason": "素案の段階である。"}
    client.post(reverse("compliance:handing_out"), {"forbids_failures": "True", "prompt_days": "14"})
    assert "「未」をなくしてから出すことにしています。" in client.post(address, wish).content.decode()
    assert not ExportJob.objects.exists()
    client.post(reverse("compliance:handing_out"), {"forbids_failures": "False", "prompt_days": "14"})
    client.post(address, wish)
    assert ExportJob.objects.exists()


def test_without_failures_no_reason_is_asked(shiomino):
    client = client_of(shiomino.created_by)
    address = reverse("exports:exports", args=[shiomino.pk])
    client.post(address, {"variant": "evidence", "formats": ["docx"]})
    assert ExportJob.objects.get().told == ["証拠の一覧"]


def test_asking_twice_for_the_same_sheet_is_one_job(shiomino):
    by = member_for(shiomino.created_by)
    first, second = (ask(shiomino, ["pdf"], EVIDENCE, by=by, at=NOW) for _ in range(2))
    assert first == second
