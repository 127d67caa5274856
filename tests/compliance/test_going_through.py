"""磯波町 has answered every ◎ of a small start and nothing else: it is led through the rest of the checklist."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from planwizard.accounts.tenancy import acting_for
from planwizard.catalog import offers
from planwizard.catalog.models import NationalDocument
from planwizard.compliance import going_through, own_items
from planwizard.plans import versions
from planwizard.plans.models import Part
from planwizard.wizard import demo
from tests.compliance.small_start import isonami_plan
from tests.factories import NOW, client_of, fill, member_for, part_of
from tests.inspector import parse
from tests.wizard.screens import part_url, press, sheet_on, step_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def isonami(settings, tmp_path):
    """Of 磯波町's plan the answers to what a small start asks."""
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "accounts.json"
    version = isonami_plan()
    with acting_for(version.municipality_id):
        yield version


@pytest.fixture
def browser(isonami):
    return client_of(isonami.created_by)


def next_url(version):
    return reverse("compliance:next_stop", args=[version.pk])


def home_of(version):
    return reverse("wizard:home", args=[version.pk])


def first_button(page):
    return next(node.get("href") for node in page.all("a") if node.get("class") == "pw-button")


def item_of(address):
    return re.search(r"check=(\w+)%3A([A-Z]+-\d+)", address).groups()


def all_stops(browser, version):
    """The addresses to which 「あとにして次の項目へ」 leads, from the first to the checklist."""
    found, address = [], browser.get(next_url(version))["Location"]
    while "check=" in address:
        found.append(address)
        onward = parse(browser.get(address)).links()["あとにして次の項目へ"]
        address = browser.get(onward)["Location"]
    assert address == reverse("compliance:checklist", args=[version.pk])
    return found


def test_the_map_says_what_the_checklist_still_asks_and_leads_to_it(browser, isonami):
    page = parse(browser.get(home_of(isonami)))
    assert (
        "③ チェックリスト：公表前のチェック 18項目のうち3項目が合格、あと15項目（ほかに法律・手引などの検査 あと2項目）"
    ) in page.words
    assert "② 文書を作る：Word と PDF はこれで作れます" in page.words
    assert page.links()["必須の欄：すべて埋まりました"] == step_url(isonami, "done")


def test_the_map_says_nothing_of_it_while_something_required_is_missing(browser, isonami):
    part = part_of(isonami, "ch2")
    part.values = {path: kept for path, kept in part.values.items() if path != "purpose_workload"}
    part.save(update_fields=["values"])
    assert "チェックリストを順に進める" not in parse(browser.get(home_of(isonami))).links()


def test_what_was_counted_is_counted_again_only_after_an_edit(
    browser, isonami, django_assert_max_num_queries
):
    before = parse(browser.get(home_of(isonami))).words
    with django_assert_max_num_queries(12):
        browser.get(home_of(isonami))
    answer = press(
        browser, sheet_on(browser.get(step_url(isonami, "ch4") + "?fields=all")), ciso_title="副町長"
    )
    assert answer.status_code == 302
    assert "検査 あと2項目" in before
    assert "検査 あと1項目" in parse(browser.get(home_of(isonami))).words


def test_one_goes_from_the_first_to_the_last_and_each_page_has_its_field(browser, isonami):
    found = all_stops(browser, isonami)
    assert Counter(item_of(address)[0] for address in found) == {"write": 5, "back": 5, "choose": 16}
    for address in found:
        page, _, field = address.partition("#")
        html = browser.get(page).content.decode()
        assert not field or f'id="{field}"' in html, address


def test_saving_leads_on_and_what_was_written_is_no_more_among_the_stops(browser, isonami):
    first = browser.get(next_url(isonami))["Location"]
    assert item_of(first)[0] == "write"
    at_ciso = next(address for address in all_stops(browser, isonami) if "id_ciso_title" in address)
    sheet = sheet_on(browser.get(at_ciso.partition("#")[0]))
    answer = press(browser, sheet, "go=next_check", ciso_title="副町長")
    onward = browser.get(answer["Location"])["Location"]
    assert item_of(onward) == ("write", "L-11")
    assert not any("id_ciso_title" in address for address in all_stops(browser, isonami))


def test_a_save_on_the_way_stays_on_the_way(browser, isonami):
    address = browser.get(next_url(isonami))["Location"].partition("#")[0]
    answer = press(browser, sheet_on(browser.get(address)))
    assert answer["Location"] == address


def test_a_sentence_is_chosen_first_thing_and_leads_on(browser, isonami):
    address = next(each for each in all_stops(browser, isonami) if item_of(each) == ("choose", "PU-01"))
    html = browser.get(address).content.decode()
    form = html[html.index('id="choose_text"') :].partition("</section>")[0]
    assert html.index('id="choose_text"') < html.index("① チェックリスト（典型的な要件の案）の言葉")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    sentence = re.search(r'name="sentence"[^>]*value="([^"]+)"', form)[1]
    action = re.search(r'action="([^"]+)"', form)[1]
    answer = browser.post(action, hidden | {"sentence": sentence}, follow=True)
    assert "として記録しました。" in answer.content.decode()
    assert item_of(answer.redirect_chain[-1][0]) == ("choose", "PU-03")


def test_a_backing_is_written_or_answered_with_a_reason(browser, isonami):
    address = next(each for each in all_stops(browser, isonami) if item_of(each) == ("back", "EX-04"))
    page = parse(browser.get(address))
    item = page.links()["理由を残します"]
    form = next(each for each in parse(browser.get(item)).all("form") if "/answer/" in each.get("action", ""))
    role = next(each for each in form.iter("input") if each.get("name") == "role").get("value")
    answer = browser.post(
        form.get("action"), {"role": role, "comment": "まとめる手続はまだない。"}, follow=True
    )
    assert "理由を記録しました。" in answer.content.decode()
    assert item_of(answer.redirect_chain[-1][0])[1] != "EX-04"


def test_the_checklist_page_leads_through_it_too_but_not_in_a_frozen_version(browser, isonami):
    address = reverse("compliance:checklist", args=[isonami.pk])
    assert parse(browser.get(address)).links()["順に進める"] == next_url(isonami)
    versions.freeze(isonami)
    assert "順に進める" not in parse(browser.get(address)).links()
    assert "チェックリストを順に進める" not in parse(browser.get(home_of(isonami))).links()


def test_a_mark_that_is_none_begins_at_the_first(browser, isonami):
    first = browser.get(next_url(isonami))["Location"]
    for mark in ("", "nonsense", "write:", "choose:XX-99", "fields"):
        assert browser.get(next_url(isonami), {"check": mark})["Location"] == first
    part = Part.objects.of(isonami).kept().measures().first()
    assert "保存して次の項目へ" not in parse(browser.get(part_url("measure", part) + "?check=nonsense")).words


def test_where_the_checklist_waits_for_nothing_the_document_is_next(settings, tmp_path):
    settings.DEMO_ACCOUNTS_FILE = tmp_path / "accounts.json"
    version = demo.load(at=NOW).plans[0]
    with acting_for(version.municipality_id):
        page = parse(client_of(version.created_by).get(home_of(version)))
        exports = reverse("exports:exports", args=[version.pk])
        assert "③ チェックリスト：公表前のチェック 18項目はすべて合格" in page.words
        assert "基本情報の策定年月日" in page.links()
        assert first_button(page) == exports
        checklist = parse(
            client_of(version.created_by).get(reverse("compliance:checklist", args=[version.pk]))
        )
        assert "公表前のチェックはすべて合格です。次は計画の文書を作ります。" in checklist.words
        assert first_button(checklist) == exports


def test_the_form_says_what_it_was_opened_for_and_when_that_is_done(browser, isonami):
    at_ciso = next(address for address in all_stops(browser, isonami) if "id_ciso_title" in address)
    address = at_ciso.partition("#")[0]
    page = parse(browser.get(address))
    assert "L-06 4章の「CISO」を入力してください。" in page.words
    assert "保存して次へ" not in page.words
    press(browser, sheet_on(browser.get(address)), ciso_title="副町長")
    assert "L-06 ここは済みました。" in parse(browser.get(address)).words


TECHNOLOGY = "端末と網を五年で入れ替え、標準の仕組みに載せる。"


@pytest.fixture
def beside_a_text(browser, isonami):
    """「技術的環境の形成」 is written while 5章 has a 本文: where one is led then."""
    part = part_of(isonami, "ch5")
    part.values = part.values | {"ch5_text": "本町は、窓口から始める。"}
    part.values.pop("policy_tech_env", None)
    part.save(update_fields=["values"])
    stop = next(each for each in all_stops(browser, isonami) if "id_policy_tech_env" in each)
    answer = press(
        browser, sheet_on(browser.get(stop.partition("#")[0])), "go=next_check", policy_tech_env=TECHNOLOGY
    )
    return browser.get(answer["Location"])["Location"]


def test_what_is_written_beside_a_text_leads_to_the_text(browser, isonami, beside_a_text):
    assert item_of(beside_a_text) == ("write", "ME-01")
    assert beside_a_text.endswith("#id_ch5_text")
    page = parse(browser.get(beside_a_text))
    assert "「技術的環境の形成」の欄の文は、まだ本文に入っていません。" in page.words
    sheet = sheet_on(browser.get(beside_a_text))
    answer = press(browser, sheet, "go=next_check", ch5_text=f"本町は、窓口から始める。{TECHNOLOGY}")
    assert "ch5_text" not in browser.get(answer["Location"])["Location"]


def test_the_draft_is_taken_on_the_way_and_the_sentence_is_offered_then(browser, isonami, beside_a_text):
    item = reverse("compliance:item", args=[isonami.pk, "ME-01"])
    stop = f"{item}?check=choose%3AME-01%3Atext"
    page = parse(browser.get(stop))
    assert TECHNOLOGY not in page.words
    assert any(words.endswith("：本文") and "#id_ch5_text" in url for words, url in page.links().items())
    draft = page.links()["本文の文案を入れ直す"]
    answer = press(browser, sheet_on(browser.get(draft)), "go=replace")
    assert answer["Location"].startswith(step_url(isonami, "ch5"))
    assert answer["Location"].endswith("check=choose%3AME-01%3Atext#id_ch5_text")
    back = press(browser, sheet_on(browser.get(answer["Location"])), "go=next_check")
    assert back["Location"] == stop
    page = parse(browser.get(stop))
    assert TECHNOLOGY in page.words
    assert "まだ本文に入っていません" not in page.words


def test_a_draft_taken_in_a_small_form_opens_the_text_that_it_leaves_out(browser, isonami):
    check = "check=write%3AL-11%3Ach1.ch1_text"
    draft = f"{part_url('draft', part_of(isonami, 'ch1'))}?{check}"
    answer = press(browser, sheet_on(browser.get(draft)), "go=replace")
    assert answer["Location"] == f"{step_url(isonami, 'ch1')}?fields=all&{check}#id_ch1_text"
    assert 'id="id_ch1_text"' in browser.get(answer["Location"]).content.decode()
    page = parse(browser.get(answer["Location"]))
    assert "保存して次の項目へ" in page.words


def sentences_offered(browser, isonami, item_id, role="text"):
    """(sentence, whether it is chosen), as the item offers them to who goes through the checklist."""
    item = reverse("compliance:item", args=[isonami.pk, item_id])
    html = browser.get(f"{item}?check=choose%3A{item_id}%3A{role}").content.decode()
    form = html[html.index(f'id="choose_{role}"') :].partition("</section>")[0]
    found = re.findall(r'name="sentence"[^>]*?(checked)?><span>([^<]*)</span>', form)
    return [(quote, is_chosen == "checked") for is_chosen, quote in found]


def test_the_sentence_written_for_an_item_comes_first_once_and_is_proposed(browser, isonami):
    part = part_of(isonami, "ch2")
    written = "町が持つ情報を、住民と分け合う。"
    part.values |= {
        "purpose_gov_data": written,
        "ch2_text": f"本町は小さな町である。\n\n{written}\n\n{written}",
    }
    part.save(update_fields=["values"])
    found = sentences_offered(browser, isonami, "PU-01")
    assert found[0] == (written, True)
    assert [quote for quote, _ in found].count(written) == 1
    assert sum(is_chosen for _, is_chosen in found) == 1
    assert any(item_of(stop) == ("choose", "PU-01") for stop in all_stops(browser, isonami))


def test_it_is_found_behind_the_name_that_a_draft_puts_before_it(browser, isonami):
    part = part_of(isonami, "ch2")
    written = "町が持つ情報を、住民と分け合う。"
    line = f"自治体保有情報の活用　{written}"
    part.values |= {"purpose_gov_data": written, "ch2_text": f"次のことを目的とする。\n（1）{line}"}
    part.save(update_fields=["values"])
    found = sentences_offered(browser, isonami, "PU-01")
    assert found[0] == (line, True)
    assert [quote for quote, _ in found if written in quote] == [line]


def test_where_one_field_holds_two_sentences_of_an_item_none_is_proposed(browser, isonami):
    assert not any(is_chosen for _, is_chosen in sentences_offered(browser, isonami, "PU-05", "businesses"))


def test_the_bar_says_how_many_items_are_left(browser, isonami):
    stops = all_stops(browser, isonami)
    count = len({item_of(stop)[1] for stop in stops})
    for stop in (stops[0], stops[-1]):
        assert f"あと{count}項目" in parse(browser.get(stop)).words


def test_one_judgement_serves_until_something_that_it_rests_on_changes(isonami):
    member = member_for(isonami.created_by)
    seen = [way(isonami)]
    assert way(isonami) is seen[0]
    item = own_items.add(title="防災の連携", by=member, at=NOW)
    seen.append(way(isonami))
    own_items.retire(item, by=member, at=NOW)
    fill(isonami, "ch4", {"ciso_title": "副町長"}, by=member)
    seen.append(way(isonami))
    NationalDocument.objects.update(title="名の変わった計画")
    offers.forget()
    seen.append(way(isonami))
    assert [each.left.items - seen[0].left.items for each in seen] == [0, 1, -1, -1]
    assert seen[3] is not seen[2]


def way(version):
    return going_through.way_through(version, on=NOW.date())
