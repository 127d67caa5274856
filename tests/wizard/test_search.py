"""Search within a plan: words in any writing, filters, and the way to the very field."""

import json

import pytest
from django.urls import reverse

from planwizard.plans import exchange, structure
from tests.factories import NOW, fill, make_measure, part_of
from tests.wizard.screens import step_url, write

pytestmark = pytest.mark.django_db

ISSUE, KPI = "kaaaaaaaaa", "kbbbbbbbbb"


@pytest.fixture
def here(version):
    return reverse("wizard:search", args=[version.pk])


@pytest.fixture
def found(client, here, look):
    """``found(q="…", mine="1")``: the titles found, as links."""

    def ask(browser=client, **asked):
        response_url = here + "?" + "&".join(f"{name}={value}" for name, value in asked.items())
        page = look(browser, response_url)
        return [
            "".join(node.itertext()).strip()
            for node in page.all("a")
            if node.get("class") == "pw-found__title"
        ]

    return ask


@pytest.mark.parametrize("words", ["ｶﾞﾗｽ", "がらす", "ガラス窓", "６－①", "6-①-01", "予約 ガラス"])
def test_words_are_found_however_they_are_written(found, version, words):
    make_measure(version, title="窓口の予約", goal_statement="ガラス窓をなくす")
    wanted = [] if words == "６－①" else ["6-①-01　窓口の予約"]
    assert found(q=words) == wanted


@pytest.mark.parametrize("words", ["%", "_", "\\", "窓%約", "なかぶ", "'", "%00"])
def test_a_sign_stands_for_itself(found, version, words):
    make_measure(version, title="窓口の予約")
    assert found(q=words) == [] or words == "%00"


def test_a_hit_leads_to_its_field_and_shows_the_words_around(client, version, member, here, look):
    row = {
        "issues": [ISSUE],
        f"issues.{ISSUE}.title": "窓口が混む",
        f"issues.{ISSUE}.description": "待ち時間",
    }
    fill(version, "ch1", row, by=member)
    page = look(client, here + "?q=混む")
    assert page.links()["課題 1行目の課題"] == f"{step_url(version, 'ch1')}#id_issues.{ISSUE}.title"
    assert "窓口が混む" in page.words
    assert [mark.text for mark in page.all("mark")] == ["混む"]


def test_what_was_called_done_and_misses_something_is_unfinished_as_on_the_map(
    client, version, member, here, look
):
    measure = make_measure(version, title="窓口の予約")
    structure.hand_in(measure, by=member, at=NOW)
    page = look(client, here + "?unfinished=1&q=予約")
    assert [node.text for node in page.all("span") if node.get("class") == "pw-chip"][-1] == "直しがある"


def test_what_could_not_be_read_is_found_as_it_was_typed(client, version, here, look):
    write(client, step_url(version, "ch1"), population="約七万人")
    page = look(client, here + "?q=七万")
    assert page.links()["総人口（読み取れない入力）"] == f"{step_url(version, 'ch1')}#id_population"
    assert [mark.text for mark in page.all("mark")] == ["七万"]


def test_what_came_in_a_file_and_could_not_be_read_is_found_without_a_save(client, version, member, look):
    write(client, step_url(version, "ch1"), population="約七万人")
    file = json.dumps(exchange.to_json(version)).encode()
    loaded = exchange.load(file, by=member, at=NOW).version
    page = look(client, reverse("wizard:search", args=[loaded.pk]) + "?q=七万")
    assert page.links()["総人口（読み取れない入力）"] == f"{step_url(loaded, 'ch1')}#id_population"


def test_what_another_area_asked_and_could_not_read_has_no_field_to_lead_to(
    client, version, member, here, look
):
    measure = make_measure(version, title="窓口の予約")
    fill(version, measure.key, {}, by=member, as_typed={"nowhere": "約七万人"})
    assert "窓口の予約" in look(client, here + "?q=七万").words


def test_an_excerpt_is_short_and_right_where_letters_have_another_length(client, version, member, here, look):
    fill(version, "ch2", {"ch2_text": "㈱" * 40 + "　潮見野㈱と㌔を結ぶ。" + "あ" * 90}, by=member)
    page = look(client, here + "?q=潮見野(株)")
    assert [mark.text for mark in page.all("mark")] == ["潮見野㈱"]
    assert "あ" * 40 not in page.words


def test_filters_leave_what_is_mine_unfinished_or_without_a_kpi(
    found, client, drafter, version, department, member
):
    done = part_of(version, "ch6-online")
    structure.assign(done, department, by=member)
    structure.hand_in(done, by=member, at=NOW)
    make_measure(version, title="数えない施策", department=department)
    make_measure(version, title="測る施策", department=department, kpis=[KPI], **{f"kpis.{KPI}.name": "率"})
    make_measure(version, title="よその施策")
    own = ["6-①-01　数えない施策", "6-①-02　測る施策"]
    assert found(drafter, mine=1) == [str(done), *own]
    assert found(drafter, mine=1, unfinished=1) == own
    assert found(without_kpi=1) == [own[0], "6-①-03　よその施策"]
    assert "計画の基本情報" in found(mine=1)


def test_nothing_asked_and_nothing_found_say_what_to_do(client, here, look):
    assert "探す言葉を入れるか" in look(client, here).words
    assert "見つかりませんでした" in look(client, here + "?q=ない言葉").words
    assert "はじめの200文字で探しました" in look(client, f"{here}?q={'長' * 201}").words


def test_what_was_deleted_is_not_found(found, version, member):
    structure.delete(make_measure(version, title="消した施策"), by=member, at=NOW)
    assert found(q="消した") == []


def test_many_are_shown_page_by_page(client, version, here, look):
    for n in range(25):
        make_measure(version, title=f"予約{n}")
    page = look(client, here + "?q=予約")
    assert "25件" in page.words
    assert page.links()["次のページ"] == "?q=%E4%BA%88%E7%B4%84&page=2"
    look(client, here + "?q=予約&page=2")
    look(client, here + "?q=予約&page=abc")


def test_another_town_finds_nothing(stranger, here, version):
    assert stranger.get(here + "?q=予約").status_code == 404
