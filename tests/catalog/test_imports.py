"""An edition is looked at before it is brought in: five kinds of change, decided entry by entry, all or nothing."""

import subprocess
from pathlib import Path

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from planwizard.accounts.models import Membership, Role
from planwizard.catalog import exporting, imports
from planwizard.catalog.catalog_file import SECTIONS
from planwizard.catalog.columns import title_of
from planwizard.catalog.imported import CatalogImport, ImportedEntry
from planwizard.catalog.models import Edition, FundingSource, Law, NationalDocument, NationalMeasure, Term
from planwizard.catalog.reading_tables import TablesRefused
from planwizard.common.tables import csv_file
from planwizard.web.errors import Refused
from tests.catalog.tables import DOCUMENT, ENTRY, edition_file, rows_of, saved, workbook_of
from tests.common.test_tables import with_part
from tests.factories import NOW, client_of, make_user, member_for
from tests.inspector import parse

pytestmark = pytest.mark.django_db

CALC = Path("/usr/lib/libreoffice/program/libsclo.so")
XLSX = {"read": "xlsx"}
OTHERS = {
    "laws": {"code": "TEST-L1", "title": "試験法", "use": "その他", "effective_from": "2026-04-01", "in_force": "はい"},
    "funding_sources": {"code": "TEST-F1", "name": "試験交付金", "start_fy": 2026, "end_fy": 2027},
    "standard_indicators": {"code": "TEST-I1", "name": "試験の指標", "unit": "件"},
    "terms": {"code": "TEST-T1", "term": "試験語", "reading": "しけんご", "description": "試験の説明。"},
}  # fmt: skip
TRUST = {"source": "試験の出典", "verified": "はい", "is_on": "はい"}


@pytest.fixture
def person(db):
    return make_user(Role.OPERATOR)


@pytest.fixture
def member(person):
    return member_for(person)


@pytest.fixture
def browser(person):
    return client_of(person)


@pytest.fixture
def bring(member):
    """``bring(data) -> CatalogImport``: looked at, not yet decided."""
    return lambda data, asked=XLSX: imports.bring("版.xlsx", data, asked, by=member, at=NOW)


@pytest.fixture
def take(bring, member):
    """Bring a file and apply what is chosen beforehand."""

    def taken(data, asked=XLSX):
        brought = bring(data, asked)
        return imports.apply(brought, expected=brought.edit_no, by=member, at=NOW)

    return taken


def verdicts(brought):
    rows = brought.entries.filter(section="national_measures").values_list("reference", "verdict")
    return {reference.partition("/")[2]: verdict for reference, verdict in rows}


def mistakes(brought):
    return {cell: says for entry in brought.entries.all() for cell, says in entry.mistakes}


def snapshot():
    return {model: sorted(map(str, model.objects.values())) for model in SECTIONS.values()}


def first_edition():
    codes = ("TEST-001", "TEST-002", "TEST-003", "TEST-004")
    return edition_file(*({"code": code, "title": f"試験{code}"} for code in codes))


def second_edition():
    return edition_file(
        {"code": "TEST-001", "title": "試験TEST-001"},
        {"code": "TEST-002", "title": "新しい題", "summary": "新しい要約。"},
        {"code": "TEST-005", "title": "新しい施策"},
        {"code": "TEST-004", "title": "試験TEST-004", "area": "知らない柱"},
    )


# Looking


def test_a_file_shows_five_kinds_of_change_and_changes_nothing(bring, take):
    take(first_edition())
    before = snapshot()
    brought = bring(second_edition())
    assert verdicts(brought) == {
        "TEST-001": "same",
        "TEST-002": "changed",
        "TEST-003": "missing",
        "TEST-004": "error",
        "TEST-005": "new",
    }
    changed = brought.entries.get(verdict="changed", section="national_measures")
    assert changed.changes == [
        ("題", "試験TEST-002", "新しい題"),
        ("要約", "試験のための要約。", "新しい要約。"),
    ]
    assert snapshot() == before


def test_the_page_shows_old_and_new_and_where_the_mistake_is(browser, bring, take, look):
    take(first_edition())
    brought = bring(second_edition())
    words = {
        show: look(browser, f"{brought.get_absolute_url()}?show={show}").words
        for show in ImportedEntry.Verdict
    }
    assert "いま：試験TEST-002" in words["changed"]
    assert "ファイル：新しい題" in words["changed"]
    assert "新しい施策" in words["new"]
    assert "国の施策のF5（柱）：「知らない柱」という柱はありません。" in words["error"]
    assert "試験TEST-003" in words["missing"]


def test_what_an_editor_changed_by_hand_is_not_overwritten_unasked(bring, take):
    take(edition_file({}))
    NationalMeasure.objects.update(summary="手で直した要約。")
    entry = bring(edition_file({})).entries.get(section="national_measures")
    assert (entry.verdict, entry.is_by_hand, entry.decision) == ("changed", True, "leave")


# Deciding


def test_decisions_are_kept_page_by_page_and_applied_together(browser, bring, take):
    take(first_edition())
    brought = bring(second_edition())
    missing = brought.entries.get(verdict="missing")
    new = brought.entries.get(verdict="new")
    decide = reverse("catalog:decide_import", args=[brought.pk])
    browser.post(decide, {"edit_no": "1", f"decision-{missing.pk}": "off", "go": "keep"})
    assert not NationalMeasure.objects.filter(is_on=False).exists()
    browser.post(decide, {"edit_no": "2", f"decision-{new.pk}": "leave", "go": "apply"})
    found = {row.code: (row.title, row.is_on) for row in NationalMeasure.objects.all()}
    assert found == {
        "TEST-001": ("試験TEST-001", True),
        "TEST-002": ("新しい題", True),
        "TEST-003": ("試験TEST-003", False),
        "TEST-004": ("試験TEST-004", True),
    }


@pytest.mark.parametrize("wrong", ["off", "delete", ""])
def test_a_decision_that_an_entry_cannot_have_changes_nothing(bring, member, wrong):
    brought = bring(edition_file({}))
    new = brought.entries.get(section="national_measures")
    imports.decide(brought, {new.pk: wrong}, expected=1, by=member)
    new.refresh_from_db()
    assert new.decision == "take"


def test_an_entry_of_another_file_is_not_decided_here(bring, member):
    one, other = bring(edition_file({})), bring(edition_file({}))
    theirs = other.entries.get(section="national_measures")
    imports.decide(one, {theirs.pk: "leave"}, expected=1, by=member)
    theirs.refresh_from_db()
    assert theirs.decision == "take"


def test_the_same_file_twice_changes_nothing(bring, take):
    take(first_edition())
    before = snapshot()
    assert set(bring(first_edition()).entries.values_list("verdict", flat=True)) == {"same"}
    assert take(first_edition()) == 0
    assert snapshot() == before


def test_what_was_taken_is_in_the_history_of_the_administration(take, person):
    take(edition_file({}))
    logged = LogEntry.objects.filter(user=person).values_list("object_repr", "change_message")
    assert ("TEST-001 試験の窓口", "取り込み（版.xlsx）") in logged


def test_an_import_is_applied_once(bring, member):
    brought = bring(edition_file({}))
    imports.apply(brought, expected=1, by=member, at=NOW)
    with pytest.raises(imports.Moved):
        imports.apply(brought, expected=1, by=member, at=NOW)


def test_an_import_that_was_given_up_is_not_applied(bring, member):
    brought = bring(edition_file({}))
    imports.discard(brought, by=member, at=NOW)
    with pytest.raises(imports.Moved):
        imports.apply(brought, expected=1, by=member, at=NOW)
    assert not NationalMeasure.objects.exists()


# Nothing half


@pytest.mark.parametrize("seen", ["same", "changed"])
def test_nothing_is_written_when_the_catalogue_moved_meanwhile(browser, bring, take, seen, look):
    take(first_edition())
    brought = bring(second_edition())
    reference = brought.entries.get(section="national_measures", verdict=seen).reference
    NationalMeasure.objects.filter(code=reference.partition("/")[2]).update(notes="いま直した。")
    before = snapshot()
    browser.post(reverse("catalog:decide_import", args=[brought.pk]), {"edit_no": "1", "go": "apply"})
    assert snapshot() == before
    assert "何も取り込んでいません" in look(browser, brought.get_absolute_url()).words
    assert brought.entries.get(reference=reference).verdict == "changed"


def test_decisions_made_by_a_colleague_meanwhile_are_seen_first(bring, member):
    brought = bring(edition_file({}))
    new = brought.entries.get(section="national_measures")
    imports.decide(brought, {new.pk: "leave"}, expected=1, by=member)
    with pytest.raises(imports.Moved):
        imports.apply(brought, expected=1, by=member, at=NOW)


def test_a_right_withdrawn_meanwhile_stops_it(bring, member, person):
    brought = bring(edition_file({}))
    Membership.all_municipalities.filter(user=person).update(role=Role.VIEWER)
    with pytest.raises(Refused):
        imports.apply(brought, expected=1, by=member, at=NOW)
    assert not NationalMeasure.objects.exists()


def test_what_cites_an_entry_that_was_left_out_is_not_taken(bring, member):
    brought = bring(edition_file({"document": "TEST-D1"}, national_documents=[DOCUMENT]))
    document = brought.entries.get(section="national_documents")
    imports.decide(brought, {document.pk: "leave"}, expected=1, by=member)
    with pytest.raises(imports.NotApplied, match="「TEST-D1」も取り込んでください"):
        imports.apply(brought, expected=2, by=member, at=NOW)
    assert not Edition.objects.exists()


def test_successors_that_lead_round_in_a_circle_are_not_taken(bring, member):
    brought = bring(
        edition_file(
            {"replaced_by": "TEST-1/TEST-002"}, {"code": "TEST-002", "replaced_by": "TEST-1/TEST-001"}
        )
    )
    with pytest.raises(imports.NotApplied, match="元の施策に戻ります"):
        imports.apply(brought, expected=1, by=member, at=NOW)
    assert not NationalMeasure.objects.exists()


def test_a_successor_is_taken_with_its_measure(take):
    take(
        edition_file(
            {"replaced_by": "TEST-1/TEST-002", "status": "後の版に置き換わった、または終わった"},
            {"code": "TEST-002"},
        )
    )
    assert NationalMeasure.objects.get(code="TEST-001").replaced_by.code == "TEST-002"


# Every table


@pytest.mark.parametrize("section", OTHERS)
def test_every_table_is_brought_in_the_same_way(take, section):
    take(saved(workbook_of(**{section: [OTHERS[section] | TRUST]})))
    assert SECTIONS[section].objects.get().code == OTHERS[section]["code"]


def test_years_and_days_arrive_as_such(take):
    take(
        saved(
            workbook_of(
                **{name: [entry | TRUST] for name, entry in OTHERS.items()}, national_documents=[DOCUMENT]
            )
        )
    )
    assert FundingSource.objects.get().end_fy == 2027
    assert str(Law.objects.get().effective_from) == "2026-04-01"
    assert NationalDocument.objects.get().kind == "basic_plan"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_table_comes_as_csv_too(take, encoding):
    data = csv_file.write(rows_of("terms", [OTHERS["terms"] | TRUST]), encoding=encoding)
    take(data, {"read": "csv", "encoding": encoding, "name": title_of(Term)})
    assert Term.objects.get().description == "試験の説明。"


# Bad input


@pytest.mark.parametrize(
    ("change", "cell", "says"),
    [
        ({"area": "宇宙"}, "国の施策のF2（柱）", "「宇宙」という柱はありません"),
        ({"code": "TEST 001"}, "国の施策のB2（番号）", "番号は半角"),
        ({"code": 1}, "国の施策のB2（番号）", "文字列"),
        ({"title": None}, "国の施策のC2（題）", "空です"),
        ({"title": "=1+1"}, "国の施策のC2（題）", "数式です"),
        ({"status": "たぶん有効"}, "国の施策のT2（状態）", "「たぶん有効」は選べません"),
        ({"verified": "多分"}, "国の施策のW2（出典を確かめた）", "はいかいいえ"),
        ({"verified": "いいえ"}, "国の施策のY2（担当者に見せる）", "出典を確かめていない"),
        ({"edition": "TEST-9"}, "国の施策のA2（カタログの版）", "「TEST-9」"),
        ({"document": "TEST-D9"}, "国の施策のP2（出典の文書）", "「TEST-D9」"),
    ],
)
def test_a_mistake_is_named_by_sheet_and_cell_and_its_row_is_not_taken(bring, member, change, cell, says):
    brought = bring(edition_file(change, {"code": "TEST-002"}))
    assert says in mistakes(brought)[cell]
    imports.apply(brought, expected=1, by=member, at=NOW)
    assert list(NationalMeasure.objects.values_list("code", flat=True)) == ["TEST-002"]


def test_codes_that_occur_twice_name_each_other(bring):
    found = mistakes(bring(edition_file({}, {"title": "同じ番号"})))
    assert "3行" in found["国の施策のB2（番号）"]
    assert "2行" in found["国の施策のB3（番号）"]


def test_merged_cells_and_hidden_rows_are_not_guessed_at(bring):
    workbook = workbook_of(
        editions=[{"code": "TEST-1", "name": "試験の版"}],
        national_measures=[ENTRY, ENTRY | {"code": "TEST-002"}],
    )
    sheet = workbook["国の施策"]
    sheet.merge_cells("H2:I2")
    sheet.row_dimensions[3].hidden = True
    found = mistakes(bring(saved(workbook)))
    assert "結合したセル（H2:I2）" in found["国の施策のH2（原典の施策番号）"]
    assert "隠れた行" in found["国の施策の3行"]


def wrong_heads():
    workbook = workbook_of(terms=[OTHERS["terms"]])
    workbook["用語"]["B1"], workbook["用語"]["C1"] = "ことば", "説明"
    return saved(workbook)


def test_wrong_columns_are_named_and_nothing_is_kept(bring):
    with pytest.raises(TablesRefused) as refused:
        bring(wrong_heads())
    told = "\n".join(refused.value.messages)
    assert "「用語」のB1：「ことば」という見出しはありません。" in told
    assert "「用語」のD1：見出し「説明」が2つあります。" in told
    assert "「用語」の1行：見出し「用語」の列がありません。" in told
    assert not CatalogImport.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空です"),
        (b"not a file", "xlsx のファイルではありません"),
        (wrong_heads(), "見出し"),
        (saved(workbook_of(terms=[])).replace(b"PK", b"PX", 1), "xlsx のファイルではありません"),
        (saved(openpyxl.Workbook()), "表に何も書かれていません"),
        (with_part(edition_file({}), "xl/vbaProject.bin", b"x"), "マクロ"),
        (
            with_part(edition_file({}), "xl/theme/big.xml", b"<a>" + b"0" * 150 * 2**20 + b"</a>"),
            "大きすぎる",
        ),
    ],
    ids=["empty", "text", "heads", "broken", "blank", "macro", "bomb"],
)
def test_a_file_that_is_no_catalogue_is_refused_at_its_field(browser, data, says):
    answer = browser.post(
        reverse("catalog:tables"),
        {"file": SimpleUploadedFile("版.xlsx", data), "form": "xlsx", "section": "terms"},
    )
    assert answer.status_code == 422
    assert says in parse(answer).words
    assert not CatalogImport.objects.exists()


def test_a_file_is_brought_on_the_screen(browser):
    answer = browser.post(
        reverse("catalog:tables"),
        {"file": SimpleUploadedFile("第2版.xlsx", edition_file({})), "form": "xlsx", "section": "terms"},
    )
    brought = CatalogImport.objects.get()
    assert answer["Location"] == brought.get_absolute_url()
    assert brought.file_name == "第2版.xlsx"


# Out and in again


def test_the_product_reads_what_it_hands_out(seeded, bring):
    brought = bring(exporting.as_xlsx(list(SECTIONS)))
    assert brought.entries.counts() == {"same": sum(model.objects.count() for model in SECTIONS.values())}


@pytest.mark.parametrize("section", SECTIONS)
def test_each_table_is_the_same_again_as_csv(seeded, bring, section):
    asked = {"read": "csv", "encoding": "utf-8", "name": title_of(SECTIONS[section])}
    brought = bring(exporting.as_csv(section), asked)
    assert brought.entries.counts() == {"same": SECTIONS[section].objects.count()}


def test_one_edition_is_handed_out_alone(browser, take):
    take(edition_file({}))
    Edition.objects.create(code="TEST-2", name="空の版")
    address = reverse("catalog:export")
    full = browser.get(address, {"form": "csv", "section": "national_measures"}).content.decode("utf-8-sig")
    none = browser.get(
        address, {"form": "csv", "section": "national_measures", "edition": "TEST-2"}
    ).content.decode("utf-8-sig")
    assert len(full.splitlines()) == 2
    assert len(none.splitlines()) == 1


@pytest.mark.parametrize(
    "asked", [{"form": "pdf"}, {"form": "csv"}, {"section": "users"}, {"edition": "TEST-9"}]
)
def test_a_table_that_does_not_exist_is_not_found(browser, asked):
    assert browser.get(reverse("catalog:export"), asked).status_code == 404


@pytest.mark.long
@pytest.mark.skipif(not CALC.exists(), reason="LibreOffice Calc is absent")
def test_a_table_edited_in_libreoffice_is_brought_in_again(tmp_path, seeded, bring, member):
    """soffice opens, saves as xlsx again, and the one edited cell is the one change."""
    workbook_file = tmp_path / "catalog.xlsx"
    workbook_file.write_bytes(exporting.as_xlsx(list(SECTIONS)))
    workbook = openpyxl.load_workbook(workbook_file)
    workbook["国の施策"]["C2"] = "試験で直した題"
    workbook.save(workbook_file)
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            out,
            workbook_file,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    brought = bring((out / "catalog.xlsx").read_bytes())
    assert [entry.title for entry in brought.entries.exclude(verdict="same")] == ["試験で直した題"]
    assert imports.apply(brought, expected=1, by=member, at=NOW) == 1
