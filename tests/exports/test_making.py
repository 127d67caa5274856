"""The bytes of a file, and what an officer is told beside it."""

import hashlib
import io
from dataclasses import replace

import pytest
from PIL import Image

from planwizard.blueprint import plan_file
from planwizard.blueprint.content import Asset
from planwizard.document import check, walk
from planwizard.document.docx import archive
from planwizard.document.proof.problem import Problem
from planwizard.exports import making
from planwizard.exports.order import PACKAGE, Order
from planwizard.manuscript.compose import compose
from tests.manuscript import plans

DEMO = PACKAGE.parent / "fixtures" / "demo"


def made(content, format_="html", pictures=""):
    return making.make(Order(format_, content, str(pictures)), lambda *now: None)


def with_words(words):
    return plans.plan({**plans.CHAPTERS, "ch2": {"ch2_text": words}})


def with_picture(sha256):
    """A foreword with a photograph."""
    content = plans.plan()
    photo = {"foreword": "はじめに。", "foreword_photo.asset": sha256, "foreword_photo.caption": "市長"}
    parts = tuple(
        replace(part, values={**part.values, **photo}) if part.key == "basics" else part
        for part in content.parts
    )
    return replace(content, parts=parts, assets={sha256: Asset(sha256, "image/png", 20, 10)})


def test_a_character_without_a_glyph_is_named_with_its_place():
    (warning,) = made(with_words("古い文字\U0001e941を使う。"), "pdf").warnings
    assert warning.endswith(
        "」の「本文」に、この端末のフォントに無い文字があり、PDFでは〓になります：\U0001e941"
    )


def test_a_character_without_a_glyph_in_a_name_is_named_as_well():
    content = plans.plan()
    names = {**content.names, "department": dict.fromkeys(content.names["department"], "\U0001e941課")}
    warnings = made(replace(content, names=names), "pdf").warnings
    assert warnings == ("この端末のフォントに無い文字があり、PDFでは〓になります：\U0001e941",)


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_a_private_character_is_named_with_its_place(format_):
    (warning,) = made(with_words("外字\ue123を使う。"), format_).warnings
    assert "「潮見野市" in warning
    assert warning.endswith("」の「本文」に、外字があり、ほかの端末では読めません：\ue123")


def test_of_many_private_characters_the_first_places_are_named():
    measures = tuple(plans.measure(nth, actions="外字\U000f1234") for nth in range(1, 15))
    *named, more = made(plans.plan(measures=measures)).warnings
    assert len(named) == 10
    assert "の「取組内容」に" in named[0]
    assert more == "ほかに4か所で、外字があり、ほかの端末では読めません。"


def test_a_plan_that_every_font_can_write_has_no_warning():
    assert made(with_words("𠮷野家と髙﨑さん"), "pdf").warnings == ()


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_a_lost_picture_is_named(format_, tmp_path):
    assert made(with_picture("a" * 64), format_, tmp_path).warnings == (
        "「市長」の画像のファイルが見つからないため、画像なしで作りました。画像を入れ直してください。",
    )


def test_a_picture_is_part_of_the_page(tmp_path):
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "navy").save(out, "PNG")
    sha256 = hashlib.sha256(out.getvalue()).hexdigest()
    (tmp_path / sha256).write_bytes(out.getvalue())
    page = made(with_picture(sha256), "html", tmp_path)
    assert page.warnings == ()
    assert b'src="data:image/png;base64,' in page.data


def test_a_page_needs_no_other_file():
    page = made(plans.plan()).data.decode()
    assert 'rel="stylesheet" href="data:text/css;base64,' in page
    assert 'src="asset:' not in page


def test_an_unsound_tree_is_not_printed(monkeypatch):
    monkeypatch.setattr(check, "check", lambda document: ["ch2: the id is used twice"])
    with pytest.raises(making.CannotMake, match="システムの管理者") as refusal:
        made(plans.plan())
    assert refusal.value.details == ("ch2: the id is used twice",)


def test_without_a_layout_there_is_no_pdf_but_a_word_file_without_page_numbers(monkeypatch):
    monkeypatch.setattr(making, "_laid_out", lambda *args: None)
    with pytest.raises(making.CannotMake, match="PDFを作れません"):
        made(plans.plan(), "pdf")
    word = made(plans.plan(), "docx")
    assert word.data.startswith(b"PK")
    assert "ページ番号がありません" in word.warnings[0]


def test_what_could_not_be_taken_in_again_is_said_beside_plan_json():
    content = plans.plan({**plans.CHAPTERS, "ch2": {"no_such_field": "あ"}})
    warnings = made(content, "json").warnings
    assert warnings
    assert "no_such_field" in warnings[0]


def spoilt(render, old, new):
    """As ``render``, with a word of its file exchanged."""

    def spoil(document, **options):
        data = render(document, **options)
        parts = archive.unpack(data)
        text = parts["word/document.xml"].decode()
        assert old in text
        return archive.pack({**parts, "word/document.xml": text.replace(old, new, 1).encode()})

    return spoil


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("市民の声を聞いた。", "市民の声。", "の「本文」に、"),
        (
            "書かない窓口を広げる。",
            "窓口を広げる。",
            "「6-①-01 子育て手続をスマートフォンで完結させる」の「取組内容」に、",
        ),
    ],
)
def test_a_file_that_is_not_as_planned_is_kept_back_and_the_place_named(monkeypatch, old, new, place):
    measures = (plans.measure(1, actions="書かない窓口を広げる。"),)
    content = plans.plan({**plans.CHAPTERS, "ch2": {"ch2_text": "市民の声を聞いた。"}}, measures)
    monkeypatch.setattr(making.docx, "render", spoilt(making.docx.render, old, new))
    with pytest.raises(making.CannotMake, match="読み返したところ") as refusal:
        made(content, "docx")
    assert place in str(refusal.value)
    assert "the words are not those of the tree" in refusal.value.details[0]
    assert old not in "".join(refusal.value.details)


def test_a_fault_of_the_whole_file_has_no_place(monkeypatch):
    monkeypatch.setattr(making.html, "page", lambda *args, **options: "<html><section></section>")
    with pytest.raises(making.CannotMake, match="読み返したところ、計画のとおりに") as refusal:
        made(plans.plan())
    assert refusal.value.details == ("the page is not whole",)


def test_of_many_faults_the_first_places_are_named():
    content = plans.plan(measures=tuple(plans.measure(nth) for nth in range(1, 6)))
    document = compose(content)
    sheets = [block.id for block in walk.blocks(document) if getattr(block, "kind", "") == "sheet"]
    said = making._not_as_planned(content, document, [Problem("", sheet) for sheet in sheets])
    assert said.count("「6-") == 3
    assert "など5か所に、計画のとおりに" in said


@pytest.mark.parametrize("format_", ["pdf", "docx", "html"])
def test_a_long_plan_with_everything_passes(format_):
    data = (DEMO / "shiomino.json").read_bytes()
    assert made(plan_file.parse(data).content, format_).data
