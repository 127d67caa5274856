"""What the server says of a few fields while the form is being filled in."""

from tests.factories import fill, make_measure, member_for, part_of
from tests.wizard.screens import part_url

KEY, OTHER = "kaaaaaaaaa", "kbbbbbbbbb"


def asked(client, part, **data):
    strings = {name.replace("__", "."): value for name, value in data.items()}
    return client.post(part_url("said", part), strings).json()


def test_a_year_and_an_amount_in_a_row_are_said_back(client, version):
    measure = make_measure(version)
    said = asked(
        client,
        measure,
        budget=[KEY],
        **{f"budget__{KEY}__fy": "R9", f"budget__{KEY}__amount": "１２００"},
    )["said"]
    assert said[f"budget.{KEY}.fy"] == "令和9年度（2027年度）"
    assert said[f"budget.{KEY}.amount"] == "1,200千円（＝120万円）"


def test_what_cannot_be_read_says_why(client, version):
    said = asked(client, part_of(version, "ch1"), population="約8万人")["said"]
    assert "数で入力してください" in said["population"]


def test_what_is_worked_out_is_given_by_its_key(client, version):
    rows = {f"procedures__{key}__name": "手続" for key in (KEY, OTHER)}
    left = {"offline_procedures": [KEY], f"offline_procedures__{KEY}__name": "面談"}
    answer = asked(client, make_measure(version), procedures=[KEY, OTHER], **rows, **left)
    assert answer["computed"] == {"procedure_ratio": "2／3手続（66.7%）"}
    years = asked(client, part_of(version, "basics"), period_start_fy="令和8", period_end_fy="2030")
    assert years["computed"] == {"period_years": "5年"}


def test_nothing_is_saved_and_strange_data_are_no_matter(client, version):
    measure = make_measure(version)
    said = asked(client, measure, title="題", nothing="x", kpis=["?"])["said"]
    assert not any(said.values())
    assert part_of(version, measure.key).edit_no == 0


def test_after_a_save_the_page_says_what_was_read(client, version):
    measure = make_measure(version)
    row = {"budget": [KEY], f"budget.{KEY}.fy": 2027, f"budget.{KEY}.amount": "1200"}
    fill(version, measure.key, row, by=member_for(version.created_by))
    page = client.get(part_url("measure", measure)).content.decode()
    assert '<span class="pw-said">令和9年度（2027年度）</span>' in page
    assert '<span class="pw-said">1,200千円（＝120万円）</span>' in page
