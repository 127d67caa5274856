"""Two hundred texts from the keyboard to Word and PDF: the same at every stop, or the change was announced."""

from __future__ import annotations

import random
import re
import unicodedata
from uuid import uuid4

import pytest
from django.utils.html import escape

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.common.text import changed_count, clean
from planwizard.document import docx, pdf
from planwizard.manuscript.compose import compose
from planwizard.plans.read import content_of
from planwizard.wizard.strings import strings_of
from tests.document import reading, sample
from tests.factories import client_of, make_user, make_version, part_of
from tests.wizard.screens import sheet_on, step_url

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WRITTEN = (
    "　先頭の全角空白", "行の\n途中の\r\n改行", "一\u2028二\u2029三\x0b四\x85五", "表\t計算\tの行", "=SUM(A1)", "+81", "-1", "@a",
    "<b>太</b>", "&lt;&amp;", "]]>", "{{ 7|add:7 }}", "${7*7}", "'; DROP TABLE plans_part; --", "../../etc/passwd", "C:\\表\\能",
    "葛󠄀城市の辻󠄀と芦󠄂屋", "𠮷野家の髙﨑さん", "﨑塚晴凞", "㈱①Ⅲ㍻℡", "ｶﾞｷﾞｸﾞ１２３ＡＢＣ", "か\u3099は\u309aウ\u3099", "e\u0301a\u0308",
    "外字\ue000", "安全\u202eなな\u2066め\u200b\u2060", "鐘\x00\x01\x1b[31m\x7fが鳴る", "端\ufffe\uffff\U0001fffeの字", "\ufeff先頭の印",
    "■ 見出しのような行", "・点", "①丸", "（1）括弧", "〔注：脚注〕", "〔参照：nothing〕", "https://example.lg.jp/?a=1&b=2", "javascript:alert(1)",
    "「」『』【】〈〉", "～〜－−‐―—", "￥¥\\", "％%‰", "々〆ヶヵ", "ーｰ", "。。。、、、", "㎡㎏㏄", "℃℉", "々", "゛゜", "👩‍👩‍👧‍👦🏳️‍🌈🇯🇵1️⃣",
    *sample.HOSTILE,
)  # fmt: skip
ALPHABETS = (
    "あいうえおがぎぐげごぁっゃゔー", "アイウエオガギグゲゴァッャヴヷー", "国民計画課題施策市町村役場窓口手続電子申請", "𠮷𡈽𠀋𡑮𣘺", "髙﨑德濵瀨彅鄧",
    "①⑳ⅠⅩⅰ㈱㈲℡№㍑㌔", "ｱｲｳｴｵﾞﾟｰ｡｢｣", "ＡＺａｚ０９！＃", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "\x00\x07\x0b\x1f\x7f\x85\u2028\u202e\u2069\ufeff\ufffeあ",
    " 　\t\nい", "か\u3099ハ\u309a",
)  # fmt: skip


def texts() -> list[str]:
    """Written ones, and mixtures that are the same at each run."""
    chance = random.Random(200)  # noqa: S311 (no secret)
    found = list(dict.fromkeys(WRITTEN))
    while len(found) < 200:
        pieces = chance.choices("".join(chance.sample(ALPHABETS, 3)), k=chance.randint(1, 60))
        found.append("字" + "".join(pieces) + "末")
    return found


@pytest.fixture(scope="module")
def corpus():
    return {f"t{number:09d}": text for number, text in enumerate(texts(), 1)}


def path(key: str) -> str:
    return f"issues.{key}.description"


@pytest.fixture
def version():
    found = make_version(by=make_user(Role.SECRETARIAT))
    with acting_for(found.municipality_id):
        yield found


@pytest.fixture
def saved(version, corpus):
    """The answer to one save of them all, each in a row of its own."""
    client = client_of(version.created_by)
    sheet = sheet_on(client.get(step_url(version, "ch1")))
    rows = {path(key): text for key, text in corpus.items()} | {"issues": list(corpus)}
    form = {**sheet.fields, **rows, "save_id": str(uuid4())}
    return client.post(sheet.action, form, headers={"Accept": "application/json"})


def test_there_are_two_hundred(corpus):
    assert len(corpus) == 200


def test_what_is_stored_is_what_was_typed_or_the_change_was_announced(saved, version, corpus):
    assert saved.status_code == 200
    values = part_of(version, "ch1").values
    stored = {key: values.get(path(key), "") for key in corpus}
    assert stored == {key: clean(text) if clean(text).strip() else "" for key, text in corpus.items()}
    gone = {key: changed_count(text, clean(text)) for key, text in corpus.items()}
    announced = {item["path"]: item["characters"] for item in saved.json()["cleaned"]}
    assert announced == {path(key): count for key, count in gone.items() if count}


def test_what_is_shown_again_saves_as_the_same(saved, version, corpus):
    before = part_of(version, "ch1")
    client = client_of(make_user(Role.SECRETARIAT))
    page = client.get(step_url(version, "ch1"))
    shown = page.content.decode()
    assert [text for text in map(clean, corpus.values()) if text.strip() and escape(text) not in shown] == []
    form = strings_of(before, "wareki") | {
        name: sheet_on(page).fields[name] for name in ("edit_no", "save_id", "end")
    }
    assert client.post(step_url(version, "ch1"), {**form, "go": "save"}).status_code == 302
    after = part_of(version, "ch1")
    assert (after.values, after.edit_no) == (before.values, before.edit_no)


def test_word_and_pdf_hold_every_text(saved, version, corpus):
    document = compose(content_of(version))
    rendered = pdf.render(document, assets={})
    paper = said_by_pdf(reading.of_pdf(rendered.data))
    word = reading.normal(reading.Word(docx.render(document, assets={}, pages={})).text())
    unprintable = set(pdf.glyphless(rendered.warnings))
    for text in map(clean, corpus.values()):
        assert reading.normal(text) in word
        if not is_turned(text) and not unprintable & set(text):
            assert said_by_pdf(text) in paper


def said_by_pdf(text: str) -> str:
    """As its reader has it: without emoji, two voicing marks one over the other as one."""
    plain = reading.normal(re.sub("[\U0001f000-\U0001faff]", "", text))
    return re.sub("([\u3099\u309a])\\1+", r"\1", plain)


def is_turned(text: str) -> bool:
    """Words from right to left come out of a PDF reversed."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
