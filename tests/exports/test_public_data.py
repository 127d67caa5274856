"""公開用（データ添付）: the files within the PDF, and nothing in them that the pages do not show."""

import csv
import io
import json

import page
import pypdfium2
import pytest

from planwizard.blueprint import plan_file
from planwizard.exports import making, public_data
from planwizard.exports.order import Order
from planwizard.manuscript.options import Options
from tests.manuscript import plans

PLAIN, WITH_BUDGETS = Options(with_data=True), Options(with_data=True, budgets=True)


def table(content, name, options=PLAIN):
    data = public_data.files(content, options, {})[name]
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_measure_is_a_row_with_a_number_every_machine_can_show():
    rows = table(plans.small(), "measures.csv")
    assert [row["measure_no"] for row in rows] == ["6-1-01", "6-4-02"]
    assert {row["municipality_code"] for row in rows} == {"992011"}


def test_a_target_is_a_row_with_its_fiscal_year():
    kpis = [
        {
            "name": "割合",
            "unit": "percent",
            "target_fy": 2030,
            "target_value": "70.0",
            "targets.2028.value": "42.5",
        }
    ]
    rows = table(plans.plan(measures=(plans.measure(1, kpis=kpis),)), "kpi.csv")
    assert [(row["target_fy"], row["target_value"]) for row in rows] == [("2028", "42.5"), ("2030", "70.0")]


@pytest.mark.parametrize("title", ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", " =1"])
def test_what_a_spreadsheet_would_run_is_text(title):
    content = plans.plan(measures=(plans.measure(1, goal_statement=title),))
    assert table(content, "measures.csv")[0]["goal_statement"] == f"'{title.strip()}"


def test_a_negative_number_stays_a_number():
    kpis = [{"name": "増減", "target_fy": 2030, "target_value": "-3.5"}]
    content = plans.plan(measures=(plans.measure(1, kpis=kpis),))
    assert table(content, "kpi.csv")[0]["target_value"] == "-3.5"


def test_budgets_are_in_the_data_only_if_they_are_printed():
    content = plans.small()
    plain, full = (public_data.files(content, options, {})["plan.json"] for options in (PLAIN, WITH_BUDGETS))
    assert b'"budget' not in plain
    assert b'"budget' in full


def test_what_could_not_be_read_and_the_review_stay_inside():
    measure = plans.measure(1, **{"review.grade": "A"})
    content = plans.plan(measures=(measure,))
    parts = json.loads(public_data.files(content, PLAIN, {})["plan.json"])["parts"]
    assert not any(part["as_typed"] for part in parts)
    assert not any(path.startswith("review.") for part in parts for path in part["values"])


def test_the_plan_in_the_pdf_can_be_read_again():
    data = public_data.files(plans.small(), PLAIN, {})["plan.json"]
    assert plan_file.parse(data).content.basics.text("plan_title") == plans.BASICS["plan_title"]


def attached(data):
    with pypdfium2.PdfDocument(data) as file:
        found = [file.get_attachment(at) for at in range(file.count_attachments())]
        return {each.get_name(): bytes(each.get_data()) for each in found}


def made(options):
    return making.make(Order("pdf", plans.small(), "", options), lambda *now: None).data


def test_the_files_ride_within_the_pdf_byte_by_byte():
    assert attached(made(PLAIN)) == public_data.files(plans.small(), PLAIN, {})


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_pdf_with_data_is_still_archival_and_accessible(profile):
    result = page.validate_pdf_bytes(made(PLAIN), profile=profile)
    assert [failure.message for failure in result.failures] == []


def test_the_same_plan_gives_the_same_bytes_with_its_data():
    assert made(PLAIN) == made(PLAIN)


def test_no_other_pdf_holds_a_file():
    assert attached(made(Options())) == {}
