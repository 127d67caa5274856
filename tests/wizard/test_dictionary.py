"""わが町の用字用語: entered by hand or from a file, all of it or nothing, and switched rule by rule."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from planwizard.plans import wording
from planwizard.plans.models import DictionaryWord
from planwizard.wording.checking import rules
from planwizard.wording.dictionary_file import HEADS
from planwizard.wording.hint import TownWord
from tests.inspector import complaints, parse

pytestmark = pytest.mark.django_db
PAGE = "/dictionary/"
HEAD = ",".join(HEADS)


@pytest.fixture(autouse=True)
def here(version):
    """The town of the officer is the active one."""


def add(client, wrong="子供", right="こども", note=""):
    return client.post(PAGE, {"wrong": wrong, "right": right, "note": note})


def send(client, text, encoding="utf-8", written="utf-8"):
    data = text if isinstance(text, bytes) else text.encode(written)
    return client.post(
        f"{PAGE}import/", {"file": SimpleUploadedFile("words.csv", data), "encoding": encoding}
    )


def confirm(client, preview):
    body = preview.content.decode()
    sent = {name: re.search(rf'name="{name}" value="([^"]+)"', body)[1] for name in ("brought", "seen")}
    return client.post(f"{PAGE}import/", sent)


def test_a_word_is_entered_changed_and_dropped(client, look):
    assert add(client, note="令和8年の庁議").url == PAGE
    row = DictionaryWord.objects.get()
    look(client, PAGE)
    client.post(f"{PAGE}{row.pk}/", {"wrong": "子供", "right": "子ども", "note": ""})
    assert wording.words() == (TownWord("子供", "子ども"),)
    row = DictionaryWord.objects.get()
    assert "消しますか" in client.get(f"{PAGE}{row.pk}/drop/").content.decode()
    client.post(f"{PAGE}{row.pk}/drop/")
    assert wording.words() == ()


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("子供", "こども", "2回あります"),
        ("こども", "児童", "書き換え先です"),
        ("児童", "児童", "同じ言葉"),
        ("", "児童", "入力してください"),
        ("あ" * 61, "児童", "60文字まで"),
    ],
)
def test_a_word_that_cannot_be_is_refused_at_its_field(client, wrong, right, says):
    add(client)
    answer = add(client, wrong, right)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert len(wording.words()) == 1


def test_two_who_change_one_word_do_not_write_over_each_other(member):
    wording.put(TownWord("子供", "こども"), by=member)
    wording.put(TownWord("子供", "子ども"), instead_of=TownWord("子供", "こども"), by=member)
    assert wording.put(TownWord("子供", "児童"), instead_of=TownWord("子供", "こども"), by=member)
    assert wording.words() == (TownWord("子供", "子ども"),)


@pytest.mark.parametrize(
    ("encoding", "written"), [("utf-8", "utf-8"), ("utf-8", "utf-8-sig"), ("cp932", "cp932")]
)
def test_a_file_is_looked_at_and_then_taken_over(client, encoding, written):
    add(client)
    preview = send(client, f"{HEAD}\r\n子供,子ども,\r\nサーバ,サーバー,①\r\n", encoding, written)
    assert complaints(parse(preview)) == []
    assert "加わる語が 1 語、変わる語が 1 語" in preview.content.decode()
    assert wording.words() == (TownWord("子供", "こども"),)
    assert confirm(client, preview).url == PAGE
    assert set(wording.words()) == {TownWord("子供", "子ども"), TownWord("サーバ", "サーバー", "①")}


def test_what_the_file_does_not_name_stays(client):
    add(client)
    confirm(client, send(client, f"{HEAD}\n障害,障がい,\n"))
    assert [word.wrong for word in wording.words()] == ["子供", "障害"]


def test_the_same_file_twice_changes_nothing(client):
    text = f"{HEAD}\n障害,障がい,\n"
    confirm(client, send(client, text))
    assert "取り込んで変わる語はありません" in send(client, text).content.decode()


def test_a_dictionary_that_changed_meanwhile_is_looked_at_again(client):
    preview = send(client, f"{HEAD}\n障害,障がい,\n")
    add(client)
    assert confirm(client, preview).url == f"{PAGE}import/"
    assert wording.words() == (TownWord("子供", "こども"),)


def test_what_was_not_looked_at_is_not_taken_over(client):
    answer = client.post(f"{PAGE}import/", {"brought": "[]", "seen": wording.seen(())})
    assert answer.url == f"{PAGE}import/"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("違う,見出し\nあ,い\n", "1行目の見出し"),
        (f"{HEAD}\n", "2行目から"),
        (f"{HEAD}\n子供,\n", "2行：避ける書き方と"),
        (f"{HEAD}\n子供,{'あ' * 61},\n", "B2（わが町の書き方）：60文字まで"),
        (f"{HEAD}\n子供,こども,,余り\n", "D2：見出しのない列"),
        (f"{HEAD}\n子供,こども,\n\n子供,児童,\n", "4行：「子供」が2回"),
        (f'{HEAD}\n"子供,こども,\n', "引用符"),
        (f"{HEAD}\n".encode() + b"\xff\xfe\n", "2行：UTF-8の文字として読めません"),
        (b"PK\x03\x04zip", "CSV ではありません"),
        (f"{HEAD}\n" + "".join(f"語{n},言葉{n},\n" for n in range(1001)), "1,000語より多い"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_by_row_and_column_and_changes_nothing(client, text, says):
    answer = send(client, text)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert wording.words() == ()


def test_words_that_call_for_each_other_are_refused_with_those_that_stand(client):
    add(client)
    assert "書き換え先です" in send(client, f"{HEAD}\nこども,児童,\n").content.decode()


def test_a_formula_goes_out_harmless_and_comes_back_as_it_was(client):
    add(client, "=1+1", "-2", "@備考")
    data = client.get(f"{PAGE}export/").content
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=1+1,'-2,'@備考" in data.decode("utf-8-sig")
    assert "同じ語が 1 語" in send(client, data).content.decode()


def test_rules_are_switched_off_and_on(client):
    every = [rule.id for rule in rules()]
    client.post(f"{PAGE}rules/", {"chosen": "1", "rule": [each for each in every if each != "W-06"]})
    assert wording.silenced() == {"W-06"}
    client.post(f"{PAGE}rules/", {"chosen": "1", "rule": every})
    assert wording.silenced() == frozenset()
    client.post(f"{PAGE}rules/", {})
    assert wording.silenced() == frozenset()


def test_the_secretariat_alone_decides(viewer, drafter):
    for person in (viewer, drafter):
        assert person.get(reverse("wizard:dictionary")).status_code == 403
        assert add(person).status_code == 403
