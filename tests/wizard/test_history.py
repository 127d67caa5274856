"""保存の記録: what the list says, what one save changed, and the page before going back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from planwizard.plans import saving, versions
from planwizard.plans.models import EditKind
from tests.factories import NOW, part_of
from tests.inspector import parse
from tests.wizard.screens import part_url, write

pytestmark = pytest.mark.django_db

ROW, OTHER = "kaaaaaaaaa", "kbbbbbbbbb"


@pytest.fixture
def save(version, member):
    """``save("ch2", minute, by=…, kind=…, path=value)``: a save of a part some minutes after NOW."""

    def saved(key: str, minute: int, *, by=member, kind="manual", as_typed=None, expected=None, **values):
        part = part_of(version, key)
        record = saving.Record(
            {path.replace("__", "."): value for path, value in values.items()}, as_typed or {}
        )
        return saving.save(
            part,
            record,
            expected=part.edit_no if expected is None else expected,
            save_id=uuid4(),
            by=by,
            at=NOW + timedelta(minutes=minute),
            kind=kind,
        )

    return saved


def edit_page(client, version, key: str, number: int, look, **more):
    part = part_of(version, key)
    found = part.edits.exclude(kind=EditKind.SET_ASIDE).get(edit_no=number)
    return look(client, part_url("edit", part, found.pk))


def rows_of(page) -> list[str]:
    return [" ".join("".join(row.itertext()).split()) for row in page.all("tr")[1:]]


def test_each_line_names_the_fields_that_changed(client, version, save, look):
    save("ch2", 0, ch2_text="はじめ。")
    save("ch2", 1, ch2_text="はじめ。", vision="待たせない町")
    newest, oldest, *_ = rows_of(look(client, part_url("history", part_of(version, "ch2"))))
    assert "本文" not in newest
    assert "いまの内容" in newest
    assert "本文" in oldest


def test_autosaves_are_folded_on_the_screen_only(client, version, save, look):
    for minute in range(5):
        save("ch2", minute, kind="auto", ch2_text=f"{minute}回目。")
    page = look(client, part_url("history", part_of(version, "ch2")))
    assert "から5回" in rows_of(page)[0]
    assert part_of(version, "ch2").edits.filter(kind="auto").count() == 5


def test_a_folded_line_shows_what_all_its_saves_changed(client, version, save, look):
    save("ch2", 0, ch2_text="窓口を減らす。")
    save("ch2", 1, kind="auto", ch2_text="窓口をなくす。")
    save("ch2", 2, kind="auto", ch2_text="窓口をなくす。紙も。")
    links = look(client, part_url("history", part_of(version, "ch2"))).links()
    page = look(client, next(url for url in links.values() if "?since=" in url))
    assert {node.tag: "".join(node.itertext()) for node in page.all("del")} == {"del": "削除減ら"}
    assert ["".join(node.itertext()) for node in page.all("ins")] == ["追加なく", "追加。紙も"]


def test_rows_that_came_went_and_moved_are_told_as_rows(client, version, save, look):
    one = {f"issues__{ROW}__title": "窓口が混む"}
    two = {f"issues__{OTHER}__title": "紙が多い"}
    save("ch1", 0, issues=[ROW], **one)
    save("ch1", 1, issues=[ROW, OTHER], **one, **two)
    save("ch1", 2, issues=[OTHER, ROW], **one, **two)
    save("ch1", 3, issues=[OTHER], **two)
    heads = [edit_page(client, version, "ch1", number, look).words for number in (2, 3, 4)]
    assert "2行目：行を追加" in heads[0]
    assert "紙が多い" in heads[0]
    assert "行の順を変更" in heads[1]
    assert "2行目：行を削除" in heads[2]
    assert "窓口が混む" in heads[2]


def test_numbers_are_told_as_one_reads_them_and_unread_ones_as_typed(client, version, save, look):
    save("ch1", 0, population="84312")
    save("ch1", 1, as_typed={"population": "約8万"})
    words = edit_page(client, version, "ch1", 2, look).words
    assert "84,312人" in words
    assert "約8万（読み取れない入力）" in words


def test_what_was_set_aside_is_compared_with_what_it_lost_to_and_can_be_copied(client, version, save, look):
    save("ch2", 0, ch2_text="相手の文。")
    outcome = save("ch2", 1, expected=0, ch2_text="自分の長い文。")
    part = part_of(version, "ch2")
    page = look(client, part_url("edit", part, outcome.set_aside.pk))
    assert "退避" in page.text("h1")
    assert "自分の長い文。" in "".join(page.all("details")[-1].itertext())
    assert part_url("restore", part, outcome.set_aside.pk) in page.links().values()


def test_what_going_back_would_change_is_shown_before_it_is_done(client, version, save, look):
    save("ch2", 0, ch2_text="はじめの文。")
    save("ch2", 1, ch2_text="あとの文。")
    part = part_of(version, "ch2")
    page = look(client, part_url("restore", part, part.edits.get(edit_no=1).pk))
    assert "次の1か所が変わります" in page.words
    assert part_of(version, "ch2").values["ch2_text"] == "あとの文。"


def test_going_back_to_a_number_that_was_given_anew_says_nothing_of_it(client, version, measure, look):
    write(client, part_url("measure", measure), title="予約")
    part = part_of(version, measure.key)
    old = part.edits.newest_first()[0]
    old.values["measure_no"] = "6-①-77"
    old.save(update_fields=["values"])
    page = look(client, part_url("restore", part, old.pk))
    assert "6-①-77" not in page.words


def test_a_long_history_is_paged(client, version, save, look):
    for minute in range(25):
        save("ch2", minute, ch2_text=f"{minute}回目。")
    here = part_url("history", part_of(version, "ch2"))
    assert len(rows_of(look(client, here))) == 20
    assert len(rows_of(look(client, f"{here}?page=2"))) >= 5
    assert len(rows_of(look(client, f"{here}?page=nonsense"))) == 20


@pytest.mark.parametrize("since", ["0", "-1", "9" * 30, "一", ""])
def test_an_odd_beginning_of_a_line_is_no_error(client, version, save, since):
    save("ch2", 0, kind="auto", ch2_text="はじめ。")
    part = part_of(version, "ch2")
    url = part_url("edit", part, part.edits.get(edit_no=1).pk)
    assert client.get(url, {"since": since}).status_code == 200


def test_hostile_text_is_only_text(client, version, save):
    save("ch2", 0, ch2_text="<script>alert(1)</script>")
    save("ch2", 1, ch2_text="<script>alert(2)</script></ins>")
    part = part_of(version, "ch2")
    for name in ("edit", "restore"):
        number = 2 if name == "edit" else 1
        page = parse(client.get(part_url(name, part, part.edits.get(edit_no=number).pk)))
        assert [node for node in page.all("script") if not node.get("src")] == []


def test_a_page_opened_before_a_freeze_leads_to_the_edit(client, version, save, member):
    save("ch2", 0, ch2_text="はじめ。")
    save("ch2", 1, ch2_text="あと。")
    versions.freeze(version)
    part = part_of(version, "ch2")
    url = part_url("restore", part, part.edits.get(edit_no=1).pk)
    assert client.get(url)["Location"] == part_url("edit", part, part.edits.get(edit_no=1).pk)
