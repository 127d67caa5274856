"""The checklist on screen: states, ways to the field, choosing a sentence without a script."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.core.management import call_command
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.compliance.models import Confirmation, HandingOut, OwnItem
from planwizard.plans import versions
from planwizard.plans.models import Part, PlanVersion
from planwizard.rules import RULES
from tests.factories import client_of, fill, make_department, make_measure, make_user
from tests.inspector import parse

pytestmark = pytest.mark.django_db
COMMENT = "防災課と確かめた。"


def url(name, version, *args):
    return reverse(f"compliance:{name}", args=[version.pk, *args])


@pytest.fixture
def sentence(client, version):
    """``sentence("…")``: the value of its choice on the page of PU-01."""

    def value(quote, item="PU-01"):
        html = client.get(url("item", version, item)).content.decode()
        found = re.search(r'value="([^"]+)"[^>]*><span>' + re.escape(quote), html)
        return unescape(found[1])

    return value


@pytest.fixture
def choose(client, version, sentence):
    def post(quote="防災の情報を公開する。", *, browser=None, **changes):
        said = {"part": "ch2", "role": "text", "sentence": sentence(quote), "comment": COMMENT}
        address = url("confirm", version, "PU-01")
        return (browser or client).post(address, said | changes, follow=True)

    return post


def test_the_list_shows_the_state_line_and_every_item(client, version, look):
    page = look(client, url("checklist", version))
    assert "公表前のチェック 18項目のうち1件 合格" in page.words
    assert {"自治体保有情報の活用", "国計画に即す"} <= set(page.links())


def test_a_reason_leads_to_the_very_field(client, version):
    links = parse(client.get(url("checklist", version))).links()
    step = reverse("wizard:step", args=[version.pk, "ch1"])
    assert links["1章に課題を1件以上書いてください。"] == f"{step}#id_issues"


@pytest.mark.parametrize("key", ["basics", "ch1", "ch2", "ch3", "ch4", "ch5", "ch7", "appendix"])
def test_every_field_that_a_reason_leads_to_is_on_its_page(client, version, key):
    step = reverse("wizard:step", args=[version.pk, key])
    links = parse(client.get(url("checklist", version))).links().values()
    wanted = {link.partition("#")[2] for link in links if link.startswith(f"{step}#")}
    html = client.get(step).content.decode()
    there = {each for each in wanted if f'id="{each}' in html}
    assert there == wanted


@pytest.mark.parametrize("key", ["basics", "ch1", "ch4", "ch5"])
def test_so_it_is_while_the_plan_starts_small(client, version, member, key):
    versions.start_small(version, True, by=member)
    step = reverse("wizard:step", args=[version.pk, key])
    links = parse(client.get(url("checklist", version))).links().values()
    wanted = {link for link in links if re.match(rf"{step}(\?fields=all)?#", link)}
    missing = {
        link for link in wanted if f'id="{link.partition("#")[2]}' not in client.get(link).content.decode()
    }
    assert (missing, bool(wanted)) == (set(), True)


def test_a_field_that_the_small_form_shows_is_reached_without_the_others(client, version, member):
    versions.start_small(version, True, by=member)
    links = parse(client.get(url("checklist", version))).links()
    assert links["1章に課題を1件以上書いてください。"].endswith("/write/ch1/#id_issues")
    assert links["5章の「技術的環境の形成」を入力してください。"].endswith(
        "/write/ch5/?fields=all#id_policy_tech_env"
    )


def test_a_place_to_mend_is_named_once(client, version):
    html = client.get(url("item", version, "ME-01")).content.decode()
    assert html.count("#id_policy_tech_env") == 1


def test_no_blank_of_the_template_is_shown(client, version):
    assert "○○市" not in parse(client.get(url("checklist", version))).words
    assert "○○市" not in parse(client.get(url("item", version, "L-11"))).words


def test_a_missing_sentence_leads_to_where_it_is_chosen(client, version):
    links = parse(client.get(url("checklist", version))).links()
    assert (
        links["自治体保有情報の活用を述べた文を選んでください。"]
        == f"{url('item', version, 'PU-01')}#choose_text"
    )


def test_an_item_says_what_is_asked_why_and_where_to_mend(client, version, look):
    page = look(client, url("item", version, "PU-01"))
    for words in (
        "① チェックリスト（典型的な要件の案）の言葉",
        "② なぜ要るか",
        "③ いまの判定",
        "④ 直すところ",
        "⑤ 根拠の文",
    ):
        assert words in page.words
    assert "○○市の現状及び課題" not in page.words


def test_an_item_is_called_by_its_words_and_its_number_comes_after(client, version, look):
    title = "自治体保有情報の活用"
    heads = ["".join(node.itertext()) for node in look(client, url("checklist", version)).all("th")]
    assert [head for head in heads if head.strip().startswith(title) and "項目番号 PU-01" in head]
    page = look(client, url("item", version, "PU-01"))
    assert "".join(page.all("h1")[0].itertext()).startswith(title)


def test_a_sentence_is_chosen_with_a_form(version, choose):
    page = parse(choose())
    kept = Confirmation.objects.get()
    assert (kept.quote, kept.comment, kept.part_key) == ("防災の情報を公開する。", COMMENT, "ch2")
    assert "として記録しました" in page.words
    assert kept.confirmed_by.name in page.words


def test_what_was_chosen_before_is_marked_and_sent_along(client, version, choose):
    choose()
    html = client.get(url("item", version, "PU-01")).content.decode()
    assert len(re.findall(r'name="sentence"[^>]* checked', html)) == 1
    assert f'name="expected" value="{Confirmation.objects.get().pk}"' in html


def test_a_second_choice_without_having_seen_the_first_is_told(version, choose):
    choose()
    page = parse(choose("職員の転記をなくす。"))
    assert "先にこの項目を確認しました" in page.words
    assert Confirmation.objects.get().quote == "防災の情報を公開する。"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sentence": ""}, "根拠の文を1つ選んでください。"),
        ({"sentence": "ch2_text|1|0000000000000000"}, "いまの本文にありません"),
        ({"role": "residents"}, "いまのチェックリストにありません"),
        ({"part": "ch4", "sentence": ""}, "根拠の文を1つ選んでください。"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(choose, changes, told):
    assert told in parse(choose(**changes)).words
    assert not Confirmation.objects.exists()


def test_a_sentence_that_was_edited_meanwhile_is_told(version, member, client, sentence):
    value = sentence("防災の情報を公開する。")
    fill(version, "ch2", {"ch2_text": "変えた文。"}, by=member)
    said = {"part": "ch2", "role": "text", "sentence": value}
    answer = client.post(url("confirm", version, "PU-01"), said, follow=True)
    assert "いまの本文にありません" in answer.content.decode()


def test_only_who_writes_a_part_confirms_in_it(version, choose):
    drafter = client_of(make_user(Role.DRAFTER, departments=(make_department(),)))
    assert choose(browser=drafter).status_code == 403
    Part.objects.of(version).filter(key="ch2").update(department=make_department())
    assert choose(browser=drafter).status_code == 200


def test_readers_see_and_do_not_choose(viewer, version, look):
    page = look(viewer, url("item", version, "PU-01"))
    assert "担当する課か事務局が選びます" in page.words
    assert not [form for form in page.all("form") if "/checklist/" in form.get("action", "")]


def test_a_frozen_version_is_shown_without_forms(client, version, look):
    versions.freeze(version)
    page = look(client, url("item", version, "PU-01"))
    assert "この版は確定しているので、選べません。" in page.words


def test_a_stranger_finds_nothing(stranger, version, choose):
    assert stranger.get(url("item", version, "PU-01")).status_code == 404
    assert stranger.post(url("confirm", version, "PU-01"), {"part": "ch2"}).status_code == 404


@pytest.mark.parametrize("item", ["XX-01", "T-01", "K1"])
def test_an_item_that_is_not_there_is_not_found(client, version, item):
    assert client.get(url("item", version, item)).status_code == 404
    assert client.post(url("confirm", version, item), {"part": "ch2"}).status_code == 404


def test_a_confirmation_is_withdrawn(client, version, choose):
    choose()
    client.post(url("withdraw", version, Confirmation.objects.get().pk))
    assert not Confirmation.objects.standing().exists()


def test_a_warning_is_answered_and_its_answer_withdrawn(client, version, choose):
    choose()
    client.post(url("answer", version, "PU-01"), {"role": "backing", "comment": "次の年度に調べる。"})
    page = parse(client.get(url("item", version, "PU-01")))
    assert "次の年度に調べる。" in page.words
    assert "⑤ 根拠の文" in page.words
    assert "合格" in page.words
    client.post(url("withdraw", version, Confirmation.objects.get(role="backing").pk))
    assert "要確認" in parse(client.get(url("item", version, "PU-01"))).words


def test_an_answer_without_a_reason_is_told(client, version):
    answer = client.post(url("answer", version, "PU-01"), {"role": "backing", "comment": " "}, follow=True)
    assert "理由を入力してください。" in answer.content.decode()


def test_an_optional_item_is_declined(client, version, member):
    fill(version, "ch2", {"purpose_private_data": "人流を使う。"}, by=member)
    client.post(url("decline", version, "PU-02"), {"comment": "協定ができてから扱う。"})
    assert "協定ができてから扱う。" in parse(client.get(url("item", version, "PU-02"))).words


def test_the_sentences_of_a_measure_that_an_effect_names_can_be_chosen(client, version, member, look):
    measure = make_measure(version, goal_statement="一度で終える。")
    fill(version, "ch2", {"expected_effects.effect_one_stop.measure_refs": [measure.key]}, by=member)
    page = look(client, f"{url('item', version, 'EX-04')}?part={measure.key}")
    assert "一度で終える。" in page.words


def test_the_maps_list_gaps_with_links_and_a_cell_for_each_element(client, version, look):
    measure = make_measure(version)
    page = look(client, url("maps", version))
    sheet = reverse("wizard:measure", args=[version.pk, measure.key])
    gap = next(words for words in page.links() if words.endswith("の「対応する課題」が選ばれていません。"))
    assert page.links()[gap] == f"{sheet}#id_issues"
    cells = [row for row in page.all("tr") if len(list(row)) == 12]
    assert len(cells) == 2


def test_the_checks_of_a_part_are_a_piece_with_what_waits_in_it(client, version):
    html = client.get(url("part_checks", version, "ch4")).content.decode()
    assert not html.lstrip().lower().startswith("<!doctype")
    assert "改定したときは速やかに内容を更新" in html
    assert "自治体保有情報の活用を述べた文" not in html


# The town's own items


def test_the_secretariat_adds_an_item_and_every_plan_asks_for_it(client, version, look):
    client.post(reverse("compliance:own_items"), {"title": "防災を扱うこと", "why": "議会の答弁による。"})
    assert "T-01" in look(client, reverse("compliance:own_items")).words
    page = look(client, url("item", version, "T-01"))
    assert "議会の答弁による。" in page.words
    assert "防災を扱うこと" in look(client, url("checklist", version)).words


def test_an_item_without_words_is_told(client, version):
    answer = client.post(reverse("compliance:own_items"), {"title": " "})
    assert "項目を入力してください。" in answer.content.decode()
    assert not OwnItem.objects.exists()


def test_a_retired_item_is_asked_no_more_and_its_number_not_given_again(client, version):
    client.post(reverse("compliance:own_items"), {"title": "防災を扱うこと"})
    client.post(reverse("compliance:retire_own_item", args=[OwnItem.objects.get().pk]))
    assert client.get(url("item", version, "T-01")).status_code == 404
    client.post(reverse("compliance:own_items"), {"title": "教育を扱うこと"})
    assert OwnItem.objects.in_use().get().code == "T-02"


def late_amendment(version, member):
    PlanVersion.objects.filter(pk=version.pk).update(stage="amendment")
    version.refresh_from_db()
    fill(version, "basics", {"adopted_on": "2026-03-01", "published_on": "2026-03-25"}, by=member)
    fill(version, "ch4", {"update_policy": "改めたときは、すぐに載せる。"}, by=member)
    record = {"publications": ["kaaaaaaaaa"], "publications.kaaaaaaaaa.published_on": "2026-03-25"}
    fill(version, "appendix", record, by=member)


def test_a_town_gives_itself_other_days_to_publish_an_amendment(client, version, member, look):
    late_amendment(version, member)
    late = "24日かかっています。14日を超えた理由"
    assert late in look(client, url("item", version, "OP-02")).words
    decided = {"forbids_failures": "False", "prompt_days": "３０"}
    client.post(reverse("compliance:handing_out"), decided)
    assert "かかっています" not in look(client, url("item", version, "OP-02")).words
    client.post(reverse("compliance:handing_out"), decided | {"prompt_days": "10"})
    assert "10日を超えた理由" in look(client, url("item", version, "OP-02")).words


@pytest.mark.parametrize("typed", ["", "0", "366", "二週間"])
def test_days_that_cannot_be_read_are_asked_again(client, version, typed):
    answer = client.post(
        reverse("compliance:handing_out"), {"forbids_failures": "True", "prompt_days": typed}
    )
    assert answer.status_code == 422
    assert "日数は1から365までの数で入力してください。" in answer.content.decode()
    assert not HandingOut.objects.exists()


def test_who_writes_the_part_takes_its_confirmation_back(client, version, choose, look):
    choose()
    name, page = "確認を取り消す：自治体保有情報の活用を述べた文", url("item", version, "PU-01")
    drafter = client_of(make_user(Role.DRAFTER, departments=(make_department(),)))
    assert name in look(client, page).words
    assert name not in look(drafter, page).words
    Part.objects.of(version).filter(key="ch2").update(department=make_department())
    assert name in look(drafter, page).words
    drafter.post(url("withdraw", version, Confirmation.objects.get().pk))
    assert not Confirmation.objects.standing().exists()


def test_a_rule_that_raises_is_shown_with_its_id_and_the_others_still_run(
    client, version, look, monkeypatch, capsys
):
    def broken(content, on):
        raise ZeroDivisionError

    rules = [replace(rule, check=broken) if rule.id == "PU-01" else rule for rule in RULES]
    monkeypatch.setattr("planwizard.compliance.judge.RULES", tuple(rules))
    says = "判定できません（規則 PU-01）。"
    assert says in look(client, url("checklist", version)).words
    assert says in look(client, url("item", version, "PU-01")).words
    assert says not in look(client, url("item", version, "PU-03")).words
    assert says in client.get(url("part_checks", version, "ch2")).content.decode()
    call_command("check_plan", str(version.pk))
    assert says in capsys.readouterr().out
