"""What officers do with the product, done in Chromium from the keyboard to the file."""

from __future__ import annotations

import io
import signal

import docx
import pytest
from pypdf import PdfReader

from planwizard.exports import tasks
from planwizard.plans.models import Adoption
from tests.factories import PASSWORD, fill, make_measure, make_user, member_for, part_of
from tests.security import places
from tests.wizard.screens import part_url, step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TABS = 400
NEXT, SAVE = "保存して次へ", "一時保存"


def tab_to(page, target) -> None:
    """As a reader without a mouse would."""
    for _ in range(MOST_TABS):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("not reached by the keyboard")


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def rows_of(page, path: str) -> list[str]:
    return page.eval_on_selector_all(
        f'input[type=hidden][name="{path}"]', "nodes => nodes.map(node => node.value)"
    )


def test_a_chapter_is_written_by_keyboard_alone(live_server, new_context, version):
    person, page = make_user(), new_context().new_page()
    page.goto(f"{live_server.url}{step_url(version, 'ch2')}")
    tab_to(page, page.get_by_label("利用者ID"))
    page.keyboard.type(person.username)
    tab_to(page, page.get_by_label("パスワード"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="計画の目的").wait_for()
    tab_to(page, page.locator('[id="id_ch2_text"]'))
    page.keyboard.type("市民の暮らしを、データで支える。")
    tab_to(page, page.get_by_role("button", name=NEXT))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{step_url(version, 'ch3')}")
    assert part_of(version, "ch2").values["ch2_text"] == "市民の暮らしを、データで支える。"


def test_the_keyboard_skips_to_the_text(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "ch2"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_kpi_is_added_without_scripts(open_as, officer, version):
    measure = make_measure(version)
    page = open_as(officer, javascript=False)
    page.goto(part_url("measure", measure))
    page.fill('[id="id_goal_statement"]', "来庁しないで終える。")
    press(page, "指標を追加")
    [key] = rows_of(page, "kpis")
    page.fill(f'[id="id_kpis.{key}.name"]', "オンライン申請割合")
    press(page, SAVE)
    saved = part_of(version, measure.key)
    assert saved.values["kpis"] == [key]
    assert saved.values[f"kpis.{key}.name"] == "オンライン申請割合"
    assert saved.values["goal_statement"] == "来庁しないで終える。"


def test_rows_are_added_moved_and_removed_in_place(open_as, officer, version):
    measure = make_measure(version)
    page = open_as(officer)
    page.goto(part_url("measure", measure))
    for name in ("一つ目", "二つ目", "三つ目"):
        press(page, "指標を追加")
        page.fill(f'[id="id_kpis.{rows_of(page, "kpis")[-1]}.name"]', name)
    first, second, third = rows_of(page, "kpis")
    page.locator(f'button[value="up:kpis.{third}"]').click()
    page.locator(f'button[value="remove:kpis.{first}"]').click()
    assert page.locator(f'button[value="up:kpis.{third}"]').text_content() == "上へ（指標 1）"
    with page.expect_navigation():
        press(page, SAVE)
    saved = part_of(version, measure.key).values
    assert saved["kpis"] == [third, second]
    assert (saved[f"kpis.{third}.name"], saved[f"kpis.{second}.name"]) == ("三つ目", "二つ目")


def test_a_national_measure_is_adopted_with_one_click_and_edited(open_as, officer, version):
    entry = places.entry()
    page = open_as(officer)
    page.goto(step_url(version, "ch6-online"))
    page.get_by_role("link", name="国の施策から選ぶ").first.click()
    page.get_by_role("button", name="採用して施策を作る").click()
    page.get_by_role("heading", level=1, name=entry.title).wait_for()
    page.fill('[id="id_title"]', "窓口の手続をスマートフォンで終える")
    press(page, "保存して施策の一覧へ")
    page.get_by_role("link", name="窓口の手続をスマートフォンで終える").wait_for()
    adopted = Adoption.objects.get()
    assert (adopted.edition_code, adopted.code, adopted.title) == (
        entry.edition.code,
        entry.code,
        entry.title,
    )


def test_a_kpi_with_yearly_targets_is_in_the_preview(open_as, officer, version):
    measure = make_measure(version)
    page = open_as(officer)
    page.goto(part_url("measure", measure))
    press(page, "指標を追加")
    [key] = rows_of(page, "kpis")
    page.fill(f'[id="id_kpis.{key}.name"]', "オンライン申請割合")
    for year, value in zip(range(2026, 2031), ("３０", "４２", "５５．５", "60", "70"), strict=True):
        page.fill(f'[id="id_kpis.{key}.targets.{year}.value"]', value)
    press(page, "保存してプレビュー")
    page.get_by_role("heading", level=1, name="プレビュー").wait_for()
    words = page.locator("main").inner_text()
    assert [value for value in ("30", "42", "55.5", "60", "70") if value not in words] == []


def test_two_people_on_one_chapter_choose_between_their_texts(open_as, officer, colleague, version):
    mine, theirs = open_as(officer), open_as(colleague)
    for page in (mine, theirs):
        page.goto(step_url(version, "ch2"))
    theirs.fill('[id="id_ch2_text"]', "同僚の文。")
    press(theirs, SAVE)
    theirs.get_by_text("同僚 花子さんが").first.wait_for()
    mine.fill('[id="id_ch2_text"]', "私の文。")
    mine.fill('[id="id_vision"]', "待たせない町")
    press(mine, SAVE)
    mine.get_by_role("heading", level=1, name="ほかの人の保存と重なりました").wait_for()
    chapter = mine.get_by_role("group", name="本文")
    assert "同僚の文。" in chapter.inner_text()
    chapter.get_by_label("自分の文").check()
    press(mine, "選んだ内容で保存")
    mine.wait_for_url(f"**{step_url(version, 'ch2')}")
    saved = part_of(version, "ch2").values
    assert (saved["ch2_text"], saved["vision"]) == ("私の文。", "待たせない町")


def test_the_list_of_what_could_not_be_read_takes_the_focus_and_leads_to_the_field(open_as, officer, version):
    page = open_as(officer)
    page.goto(step_url(version, "ch1"))
    page.fill('[id="id_population"]', "約8万人")
    press(page, NEXT)
    page.locator('[data-module="error-summary"]').wait_for()
    assert page.title().startswith("エラー：")
    assert page.evaluate("document.activeElement.dataset.module") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_population"
    assert page.input_value('[id="id_population"]') == "約8万人"


@pytest.fixture
def worker(settings):
    """``worker()`` makes the files that wait, in this process; the pages are watched meanwhile."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield lambda most: tasks.work(most=most, reap=lambda: None)
    for number, handler in before.items():
        signal.signal(number, handler)


def test_both_files_are_made_fetched_and_hold_what_was_typed(open_as, officer, version, worker):
    typed = "市民の暮らしを、データで支える。"
    fill(version, "ch2", {"ch2_text": typed}, by=member_for(officer))
    page = open_as(officer)
    page.goto(step_url(version, "done"))
    page.get_by_role("link", name="Word と PDF を作る").click()
    press(page, "ファイルを作る")
    page.get_by_role("status").first.wait_for()
    worker(2)
    page.get_by_role("link", name="受け取る").nth(1).wait_for()
    word, paper = (fetched(page, ending) for ending in (".docx", ".pdf"))
    assert typed in "\n".join(each.text for each in docx.Document(word).paragraphs)
    assert typed in "".join(each.extract_text() for each in PdfReader(paper).pages).replace("\n", "")


def fetched(page, ending: str) -> io.BytesIO:
    """The file behind the link that names it."""
    with page.expect_download() as started:
        page.get_by_role("link", name=ending).click()
    download = started.value
    assert download.suggested_filename.endswith(ending)
    return io.BytesIO(download.path().read_bytes())


def test_a_link_to_a_field_in_a_folded_card_opens_the_card(open_as, officer, version):
    keys = [f"k{number:09d}" for number in range(6)]
    measure = make_measure(version, title="窓口の改善", by=officer)
    names = {f"kpis.{key}.name": f"指標{key}" for key in keys}
    fill(version, measure.key, {"kpis": keys, **names}, by=member_for(officer))
    page = open_as(officer)
    page.goto(step_url(version, "done"))
    page.locator(f'a[href$="#id_kpis.{keys[3]}.definition"]').first.click()
    page.locator(f'[id="id_kpis.{keys[3]}.definition"]').wait_for(state="visible")
    assert not page.locator(f'[id="id_kpis.{keys[2]}.definition"]').is_visible()
