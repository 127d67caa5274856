"""Names that Windows, macOS and a browser take."""

import pytest

from planwizard.accounts.models import Municipality
from planwizard.exports.file_name import file_name
from planwizard.exports.models import ExportJob
from planwizard.plans.models import PlanVersion


def name(title="潮見野市デジタル推進計画", *, format_="docx", label="第1版", budgets=False):
    town = Municipality(name="潮見野市")
    version = PlanVersion(title=title, version_label=label, stage="draft")
    return file_name(
        ExportJob(municipality=town, version=version, format=format_, options={"budgets": budgets})
    )


def test_the_name_says_town_plan_version_and_stage():
    assert name() == "潮見野市_潮見野市デジタル推進計画_第1版_素案.docx"


def test_a_file_with_budgets_says_so():
    assert name(budgets=True) == "潮見野市_潮見野市デジタル推進計画_第1版_素案_予算あり.docx"


def test_a_plan_without_a_title_has_a_name_all_the_same():
    assert name("") == "潮見野市_計画_第1版_素案.docx"


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", 'a"; filename="b.exe', "一行\n二行", "CON:|<>?*", "C:\\plan", "…" * 200, "計" * 200],
)
def test_no_title_breaks_out_of_the_name(title):
    found = name(title, label=title[:40], budgets=True)
    assert not set(found) & set('\\/:*?"<>|\r\n;%')
    assert len(found.encode()) <= 255
    assert found.endswith(".docx")
