"""Whatever is typed or pasted: no page breaks, nothing is lost, and the plan still composes."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from planwizard.blueprint import plan_file
from planwizard.document import check
from planwizard.manuscript.compose import compose
from planwizard.plans import exchange
from planwizard.plans.read import content_of
from tests.document.reading import truth
from tests.factories import make_measure, part_of
from tests.inspector import complaints, parse
from tests.wizard.screens import changed, part_url, press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><!--",
    "template": "{{ 7|add:7 }}{% now 'Y' %}${7*7}#{7*7}",
    "line grammar": "# 見出し\n- 箇条\n|表|の|よう|\n::: 図\n[字](javascript:alert(1))",
    "entity": "&lt;b&gt;&#x41;&amp;amp;",
    "formula": '=HYPERLINK("http://example.invalid/")\t+1\t@SUM(A1)',
    "path": "../../etc/passwd\\..\\..\\C:\\",
    "sql": "'; DROP TABLE plans_part; --",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇯🇵1️⃣",
    "variants": "葛󠄀城市の辻󠄀と祇󠄀園、𠮷野家、髙﨑、神",
    "combining": "か\u3099き\u3099ダ\u0301\u0301\u0301" + "は\u309a" * 50,
    "half width": "ｶﾞｷﾞｸﾞ１２３ＡＢＣ㈱①㍻℡",
    "direction": "安全\u202eなな\u2066め\u200b\u2060\ufeff",
    "control": "鐘\x00\x01\x07\x0b\x0c\x1b[31m\x7f\x85が鳴る",
    "not characters": "端\ufffe\uffff\U0001fffeの字",
    "private use": "外字\ue000\U000f0000です",
    "long word": "あ" * 20_000,
    "long latin": "a" * 20_000,
    "many lines": "行\n" * 3_000,
    "separators": "一\u2028二\u2029三\r四\r\n五\n\n\n\n六",
}
every_text = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())


@every_text
def test_a_text_in_every_field_of_a_chapter_breaks_nothing(client, version, text):
    for key in ("basics", "ch1"):
        sheet = sheet_on(client.get(step_url(version, key)))
        typed = {path: text for path in sheet.fields if path not in ("edit_no", "save_id", "end")}
        assert client.post(sheet.action, {**sheet.fields, **typed, "go": "save"}).status_code == 302
        assert_sound(client, step_url(version, key), part_url("preview_part", part_of(version, key)))
    assert_sound(client, step_url(version, "done"), reverse("wizard:home", args=[version.pk]))
    assert check.check(compose(content_of(version))) == []


@every_text
def test_a_text_in_every_field_of_a_sheet_breaks_nothing(client, version, measure, text):
    here = part_url("measure", measure)
    write(client, here, "act=add:kpis")
    sheet = sheet_on(client.get(here))
    kept = ("edit_no", "save_id", "end", "kpis")
    typed = {path: text for path in sheet.fields if path not in kept}
    assert client.post(sheet.action, {**sheet.fields, **typed, "go": "save"}).status_code == 302
    assert_sound(
        client,
        here,
        part_url("preview_part", measure),
        part_url("history", measure),
        part_url("answers", measure),
    )
    assert_sound(client, reverse("wizard:measures", args=[version.pk]), reverse("wizard:start"))
    assert check.check(compose(content_of(version))) == []


@every_text
def test_a_prose_text_comes_back_on_the_next_page_as_it_was_kept(client, version, text):
    write(client, step_url(version, "ch2"), ch2_text=text)
    first = part_of(version, "ch2")
    write(client, step_url(version, "ch2"))
    assert part_of(version, "ch2").values == first.values
    assert part_of(version, "ch2").edit_no == first.edit_no


def test_names_in_rare_characters_are_kept_to_the_last_selector(client, version):
    write(client, step_url(version, "ch2"), ch2_text=HOSTILE["variants"])
    assert HOSTILE["variants"] in truth(compose(content_of(version)))


def test_a_paragraph_of_20000_characters_is_kept_whole_and_printed(client, version):
    write(client, step_url(version, "ch2"), ch2_text="長" * 20_000)
    assert part_of(version, "ch2").values["ch2_text"] == "長" * 20_000
    assert truth(compose(content_of(version))).count("長") >= 20_000


@pytest.mark.parametrize("piece", ["%ED%A0%80", "%ED%BF%BF", "%ED%A0%BD"], ids=["high", "low", "half emoji"])
def test_a_lone_surrogate_never_breaks_a_save(client, version, piece):
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    fields = {name: values for name, values in sheet.fields.items() if name != "vision"}
    body = f"{urlencode(fields, doseq=True)}&go=save&vision={piece}{quote('町')}"
    form = "application/x-www-form-urlencoded"
    assert client.post(sheet.action, body, content_type=form).status_code == 302
    kept = part_of(version, "ch2").values["vision"]
    assert kept.endswith("町")
    kept.encode()


@pytest.mark.parametrize(
    "body",
    [b"%", b"a=%FF%FE", b"\xff\xfe\x00", b"=" * 500, b"&" * 5000, "vision=町".encode("cp932")],
    ids=["percent", "bytes", "binary", "equals", "ampersands", "Shift_JIS"],
)
def test_a_body_that_is_no_form_is_answered_with_a_japanese_page(client, version, body):
    answer = client.post(
        step_url(version, "ch2"), body, content_type="application/x-www-form-urlencoded; charset=utf-8"
    )
    assert 400 <= answer.status_code < 500
    assert complaints(parse(answer)) == []
    assert part_of(version, "ch2").edit_no == 0


FOREIGN = {
    "columns": {"is_frozen": "1", "edit_no_": "9", "municipality": "x", "measure_no": "9-9", "pillar": "divide"},
    "unknown": {"no_such": "x", "vision.deep.er": "x", "__class__": "x", "": "x", ".": "x", "..": "x"},
    "rows of another key": {"kpis": ["../../etc", "K", "", "kaaaaaaaaa", "kaaaaaaaaa"], "kpis.zz.name": "x"},
    "a row without its list": {"kpis.kaaaaaaaaa.name": "x"},
    "year": {"kpis": ["kaaaaaaaaa"], "kpis.kaaaaaaaaa.targets.99999.value": "1", "kpis.kaaaaaaaaa.targets.x.value": "1"},
    "act": {"act": "remove:kpis.kzzzzzzzzz"},
    "strange act": {"act": "add:municipality"},
}  # fmt: skip


@pytest.mark.parametrize("typed", FOREIGN.values(), ids=FOREIGN.keys())
def test_names_that_are_no_fields_change_nothing_else(client, version, measure, typed):
    sheet = sheet_on(client.get(part_url("measure", measure)))
    answer = client.post(sheet.action, {**sheet.fields, **typed})
    after = part_of(version, measure.key)
    assert answer.status_code == 302
    assert (after.pillar, after.measure_no, after.is_frozen) == ("online", measure.measure_no, False)
    assert_sound(client, part_url("measure", measure), step_url(version, "done"))
    assert check.check(compose(content_of(version))) == []


@pytest.mark.parametrize(
    "address",
    ["?words=%00", "?words=" + "あ" * 3000, "?page=-1", "?page=9" * 40, "?area=x&ministry=%FF", "?part=../"],
)
def test_a_strange_search_finds_nothing_and_breaks_nothing(client, version, address):
    assert_sound(client, reverse("wizard:national_measures", args=[version.pk]) + address)


def test_titles_of_every_kind_are_words_and_never_markup(client, version):
    for text in (HOSTILE["markup"], HOSTILE["template"]):
        make_measure(version, title=text)
        client.post(reverse("wizard:add_chapter", args=[version.pk]), {"title": text})
        client.post(reverse("wizard:new_plan"), {"title": text})
    pages = [
        reverse(f"wizard:{name}", args=[version.pk]) for name in ("measures", "chapters", "preview", "home")
    ]
    pages.append(reverse("wizard:search", args=[version.pk]) + f"?q={quote(HOSTILE['markup'][:20])}")
    assert_sound(client, *pages, reverse("wizard:start"), reverse("wizard:new_plan"))
    assert HOSTILE["markup"] in parse(client.get(pages[0])).words


def test_a_long_title_of_a_measure_is_kept_whole_and_told(client, version, measure):
    client.post(reverse("wizard:add_measure", args=[version.pk]), {"title": "題" * 5000, "pillar": "nowhere"})
    made = version.parts.get(kind="measure", title="題" * 5000)
    assert made.pillar == "online"
    write(client, part_url("measure", measure), title="名" * 300)
    assert part_of(version, measure.key).title == "名" * 300
    assert "いまは300文字" in parse(client.get(part_url("measure", measure))).words
    client.post(reverse("wizard:duplicate_measure", args=[version.pk, made.key]))
    assert version.parts.filter(title="題" * 5000 + "（写し）").exists()
    assert_sound(client, reverse("wizard:measures", args=[version.pk]), part_url("preview_part", made))
    assert check.check(compose(content_of(version))) == []
    assert plan_file.parse(plan_file.dumps(exchange.to_json(version)).encode())


def test_a_long_title_of_a_chapter_is_cut_and_told(client, version):
    answer = client.post(reverse("wizard:add_chapter", args=[version.pk]), {"title": "題" * 300}, follow=True)
    assert "はじめの200文字を保存しました" in parse(answer).words
    assert version.parts.filter(title="題" * 200).exists()


def test_a_long_name_of_a_plan_is_kept_whole_and_told(client):
    plan = client.post(reverse("wizard:new_plan"), {"title": "題" * 300})["Location"]
    page = client.get(f"{plan}write/basics/")
    assert sheet_on(page).shown("plan_title") == "題" * 300
    assert "いまは300文字" in parse(page).words


def test_what_is_kept_aside_in_a_refusal_is_escaped(version, client):
    sheet = sheet_on(client.get(step_url(version, "ch2")))
    answer = press(Client(), sheet, **changed(sheet, vision=HOSTILE["markup"]))
    assert HOSTILE["markup"] not in answer.content.decode()
    assert HOSTILE["markup"] in parse(answer).words


def assert_sound(client, *addresses):
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert complaints(parse(answer)) == [], address
