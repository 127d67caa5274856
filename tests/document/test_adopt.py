"""A town's own file becomes a base: what is taken over, what is added, what a plan written into it looks like."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace

import docx as python_docx
import pytest

from planwizard.document import docx
from planwizard.document.docx import archive, specimen
from planwizard.document.docx.adopt import Adopted, adopt
from planwizard.document.docx.bases import Base, ours
from planwizard.document.docx.guard import HouseStyleRefused, parsed
from planwizard.document.docx.roles import ROLES
from planwizard.document.docx.styles import Styles
from planwizard.document.docx.xml import twips
from planwizard.document.nodes import Heading
from planwizard.document.proof import word as proof
from tests.document import house_files, sample, test_docx
from tests.document.reading import W, Word, cover_words, normal, notes, truth

FILES = [*house_files.FILES, "numbered"]
OURS_COUNT = [*house_files.FILES]  # files whose headings get our numbers
every_file = pytest.mark.parametrize("name", FILES)
_MADE = {**house_files.FILES, "numbered": house_files.numbered}


@pytest.fixture(scope="module")
def adopted() -> dict[str, Adopted]:
    return {name: adopt(_MADE[name]()) for name in FILES}


@pytest.fixture(scope="module")
def plans(adopted: dict[str, Adopted]) -> dict[str, bytes]:
    plan = sample.plan()
    return {
        name: docx.render(plan, assets=sample.ASSETS, pages=test_docx.PAGES, base=each.base)
        for name, each in adopted.items()
    }


def word_of(data: bytes, base: Base) -> Word:
    return Word(data, base.styles)


def value(element, name: str = "val") -> str:
    return element.get(f"{W}{name}")


def codes(adopted: Adopted) -> list[str]:
    return [finding.code for finding in adopted.findings]


# --- a plan in each file ---------------------------------------------------------------------------------------


@every_file
def test_a_plan_in_the_file_is_right(plans, adopted, name) -> None:
    assert proof.problems(plans[name], sample.plan(), adopted[name].base) == ()


@pytest.mark.parametrize("name", OURS_COUNT)
def test_a_plan_in_the_file_holds_the_words_of_the_tree(adopted, name) -> None:
    base, plan = adopted[name].base, sample.plan()
    word = word_of(docx.render(plan, assets=sample.ASSETS, pages={}, base=base), base)
    assert normal(word.text()) == normal(f"{cover_words(plan.cover)}\n{truth(plan)}")
    assert [normal(note) for note in word.notes()] == [normal(note) for note in notes(plan)]


@every_file
def test_tables_fit_between_the_margins(plans, adopted, name) -> None:
    margins = adopted[name].base.margins
    widths = sorted(int(value(each, "w")) for each in Word(plans[name]).body.iter(f"{W}tblW"))
    assert widths[-2] == pytest.approx(min(twips(160), twips(210) - margins.sides), abs=1)
    assert widths[-1] == pytest.approx(min(twips(245), twips(297) - margins.sides), abs=1)


@every_file
def test_no_word_of_the_town_s_old_text_stays(plans, name) -> None:
    said = "".join(Word(plans[name]).document.itertext())
    assert "前の計画" not in said


@every_file
def test_the_same_file_gives_the_same_bytes(adopted, plans, name) -> None:
    again = adopt(_MADE[name]())
    assert again == adopted[name]
    plan = docx.render(sample.plan(), assets=sample.ASSETS, pages=test_docx.PAGES, base=again.base)
    assert plan == plans[name]


@every_file
def test_the_specimen_shows_every_role_that_is_reported(adopted, name) -> None:
    base = adopted[name].base
    data = docx.render(specimen.document(), assets=specimen.assets(), pages=specimen.PAGES, base=base)
    used = {value(each) for each in Word(data).document.iter(f"{W}pStyle", f"{W}tblStyle", f"{W}rStyle")}
    headers = {"Header", "Footer", "FootnoteText"}
    assert {use.style for use in adopted[name].uses if use.role not in headers} <= used


@every_file
def test_a_base_comes_back_from_its_facts(adopted, name) -> None:
    base = adopted[name].base
    assert Base.from_facts(base.data, json.loads(json.dumps(base.facts()))) == base


def test_our_own_file_is_adopted_as_it_is() -> None:
    found = adopt(archive.BASE.read_bytes())
    assert all(use.how == "name" for use in found.uses)
    assert found.base.styles == {role.key: role.key for role in ROLES}
    assert found.base.margins == ours().margins


# --- styles ----------------------------------------------------------------------------------------------------


def test_styles_are_found_by_name_whatever_their_ids(adopted) -> None:
    styles = adopted["japanese"].base.styles
    assert [styles[role] for role in ("Heading1", "Heading2", "BodyText", "Header")] == ["1", "2", "a3", "a4"]


def test_names_of_libreoffice_become_those_word_knows(adopted) -> None:
    file = python_docx.Document(io.BytesIO(adopted["libreoffice"].base.data))
    assert file.styles["Heading 1"].style_id == "Heading1"
    assert adopted["libreoffice"].base.styles["BodyText"] == "TextBody"


@every_file
def test_every_role_has_a_style_of_its_kind_under_a_name_of_its_own(adopted, name) -> None:
    root = Word(adopted[name].base.data).xml("word/styles.xml")
    kinds = {value(each, "styleId"): value(each, "type") for each in root.iter(f"{W}style")}
    assert [kinds[adopted[name].base.styles[role.key]] for role in ROLES] == [role.kind for role in ROLES]
    for found in (f"{W}name", f"{W}style"):
        said = [(value(each) or value(each, "styleId")).casefold() for each in root.iter(found)]
        assert Counter(said).most_common(1)[0][1] == 1


@every_file
def test_styles_lean_on_styles_that_exist(adopted, name) -> None:
    root = Word(adopted[name].base.data).xml("word/styles.xml")
    ids = {value(each, "styleId") for each in root.iter(f"{W}style")}
    assert {value(each) for each in root.iter(f"{W}basedOn", f"{W}next", f"{W}link")} <= ids


def test_a_style_of_the_town_with_an_id_of_ours_keeps_it(adopted) -> None:
    root = Word(adopted["japanese"].base.data).xml("word/styles.xml")
    names = {value(each, "styleId"): value(each.find(f"{W}name")) for each in root.iter(f"{W}style")}
    assert names["Header"] == "町の見出し付き段落"


def test_an_unsure_role_is_told_and_can_be_mapped_by_hand(adopted) -> None:
    assert "guess" in codes(adopted["japanese"])
    (body,) = (use for use in adopted["japanese"].uses if use.role == "BodyText")
    assert (body.name, body.how, body.font, body.size_pt) == ("本文", "guess", "ＭＳ 明朝", 11.0)
    by_hand = adopt(house_files.japanese(), {"BodyText": "a", "Caption": "3", "Title": ""})
    found = {use.role: (use.style, use.how) for use in by_hand.uses}
    assert found["BodyText"] == ("a", "chosen")
    assert found["Caption"] == ("3", "chosen")
    assert found["Title"][1] == "added"


@pytest.mark.parametrize(
    "chosen",
    [
        {"BodyText": "a0"},
        {"PlanTable": "a3"},
        {"BodyText": "nowhere"},
        {"Heading2": "1"},
        {"BodyText": '"/>'},
    ],
)
def test_a_choice_that_cannot_be_gets_our_style(chosen) -> None:
    (role,) = chosen
    (use,) = (use for use in adopt(house_files.japanese(), chosen).uses if use.role == role)
    assert use.how == "added"


def test_a_heading_of_another_name_is_found_for_contents_and_header() -> None:
    data = house_files.changed("word/styles.xml", '<w:name w:val="heading 1"/>', '<w:name w:val="大見出し"/>')
    base = adopt(data).base
    assert (base.chapter, base.styles["Heading1"]) == ('"大見出し"', "1")
    word = Word(docx.render(sample.plan(), assets=sample.ASSETS, pages={}, base=base))
    said = "".join(each.text for each in word.document.iter(f"{W}instrText"))
    assert 'TOC \\o "1-2" \\h \\z \\u' in said
    assert b'STYLEREF "\xe5\xa4\xa7' in b"".join(
        word.zip.read(n) for n in word.zip.namelist() if "/header" in n
    )


def test_an_indent_of_normal_does_not_reach_tables() -> None:
    indented = '<w:pPr><w:widowControl w:val="0"/><w:ind w:firstLine="240"/>'
    data = house_files.changed("word/styles.xml", '<w:pPr><w:widowControl w:val="0"/>', indented)
    root = Word(adopt(data).base.data).xml("word/styles.xml")
    (text,) = (each for each in root.iter(f"{W}style") if value(each, "styleId") == "PlanTableText")
    assert value(text.find(f"{W}pPr/{W}ind"), "firstLine") == "0"


def test_japanese_is_broken_as_japanese(adopted) -> None:
    for name in FILES:
        root = Word(adopted[name].base.data).xml("word/styles.xml")
        assert {value(each, "eastAsia") for each in root.find(f"{W}docDefaults").iter(f"{W}lang")} <= {
            "ja-JP"
        }


# --- lists -----------------------------------------------------------------------------------------------------


@every_file
def test_lists_are_in_order_and_bound_to_one_style_each(adopted, name) -> None:
    root = Word(adopted[name].base.data).xml("word/numbering.xml")
    tags = [each.tag for each in root]
    assert tags == sorted(tags, key=lambda tag: tag != f"{W}abstractNum")
    ids = [value(each, "abstractNumId") for each in root.iter(f"{W}abstractNum")]
    nums = [value(each, "numId") for each in root.iter(f"{W}num")]
    headings = {adopted[name].base.styles[f"Heading{level}"] for level in range(1, 6)}
    bound = [value(each) for each in root.iter(f"{W}pStyle") if value(each) in headings]
    for found in (ids, nums, bound):
        assert len(found) == len(set(found))


def test_headings_that_count_keep_their_numbers(adopted, plans) -> None:
    found = adopted["numbered"]
    assert "own-numbers" in codes(found)
    assert found.base.lists.counted == 3
    word = word_of(plans["numbered"], found.base)
    headings = [each for each in word.body.iter(f"{W}p") if word.style(each).startswith("Heading1")]
    assert [word.number(each) for each in headings][:3] == ["第1編", "第2編", "第3編"]


def test_deeper_levels_than_the_town_counts_are_written_as_text(adopted) -> None:
    base = adopted["numbered"].base
    blocks = (Heading("a", 1, "題", "第１章"), Heading("b", 2, "題", "１"), Heading("c", 3, "題", "(1)"))
    document = sample.document(*blocks, Heading("d", 4, "題", "ア"))
    word = word_of(docx.render(document, assets={}, pages={}, base=base), base)
    assert word.paragraphs()[-1].strip() == "ア\t題"


def test_numbers_that_do_not_count_on_are_replaced_by_ours() -> None:
    files = archive.unpack(house_files.numbered())
    first = b'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    assert first in files["word/styles.xml"]
    files["word/styles.xml"] = files["word/styles.xml"].replace(first, b"")
    found = adopt(archive.pack(files))
    assert "odd-numbers" in codes(found)
    document = sample.document(Heading("a", 1, "題", "第１章"), Heading("b", 2, "題", "１"))
    word = word_of(docx.render(document, assets={}, pages={}, base=found.base), found.base)
    assert [word.number(each) for each in word.body.iter(f"{W}p")] == ["第１章", "１"]


@every_file
def test_nothing_but_headings_and_lists_counts(adopted, name) -> None:
    base = adopted[name].base
    styles = Styles(parsed(archive.unpack(base.data)["word/styles.xml"]))
    quiet = [
        role.key
        for role in ROLES
        if role.kind == "paragraph" and not role.key.startswith(("Heading", "List"))
    ]
    for key in quiet:
        number = styles.found(styles.by_id(base.styles[key]), "w:pPr/w:numPr/w:numId")
        level = styles.found(styles.by_id(base.styles[key]), "w:pPr/w:outlineLvl")
        assert number is None or value(number) == "0", key
        assert level is None or value(level) == "9", key


def test_a_part_of_a_plan_goes_on_in_the_town_s_numbers(adopted) -> None:
    base = adopted["numbered"].base
    document = sample.document(Heading("a", 1, "題", "第６章"))
    word = word_of(docx.render(document, assets={}, pages={}, base=base), base)
    assert [word.number(each) for each in word.body.iter(f"{W}p")] == ["第6編"]


@pytest.mark.parametrize("name", OURS_COUNT)
def test_headings_without_numbers_get_ours(adopted, name) -> None:
    assert "our-numbers" in codes(adopted[name])
    base = adopted[name].base
    word = word_of(docx.render(specimen.document(), assets=specimen.assets(), pages={}, base=base), base)
    shown = [word.number(p) for p in word.body.iter(f"{W}p") if word.style(p).startswith("Heading")]
    assert shown == ["第１章", "１", "(1)", "ア", "(ア)", "第２章", "１"]


# --- header, footer, paper -------------------------------------------------------------------------------------


def test_the_letterhead_stays_above_our_lines(adopted, plans) -> None:
    word = word_of(plans["japanese"], adopted["japanese"].base)
    headers = [name for name in word.zip.namelist() if name.startswith("word/header")]
    assert len(headers) == 6
    for name in headers:
        said = word.words(word.xml(name))
        assert said.startswith(f"潮見野市役所{sample.META.title}")
        assert f"word/_rels/{name.removeprefix('word/')}.rels" in word.zip.namelist()
    assert [name for name in word.zip.namelist() if name.startswith("word/media/header")] == [
        "word/media/header-1.png"
    ]


def test_a_footer_with_the_number_of_the_page_is_enough(plans) -> None:
    word = Word(plans["japanese"])
    (footer,) = (name for name in word.zip.namelist() if name.startswith("word/footer"))
    assert word.zip.read(footer).count(b"PAGE") == 1


def test_without_a_footer_of_the_town_ours_stands(plans) -> None:
    word = Word(plans["libreoffice"])
    assert "－ 1 －" in word.words(word.xml("word/footer1.xml"))


def test_the_running_line_has_one_tab_at_the_right_margin(plans, adopted) -> None:
    word = word_of(plans["japanese"], adopted["japanese"].base)
    line = next(each for each in word.xml("word/header1.xml").iter(f"{W}tabs"))
    stops = [(value(each), value(each, "pos")) for each in line]
    right = str(twips(210) - adopted["japanese"].base.margins.sides)
    assert stops == [("clear", "4252"), ("clear", "8504"), ("right", right)]


def test_a_header_with_a_drawing_we_do_not_know_is_left_out() -> None:
    found = adopt(house_files.with_part("word/media/image1.png", b"\x01\x00\x00\x00EMF"))
    assert "no-header" in codes(found)
    assert "header" not in codes(found)


def test_what_the_page_looks_like_is_said(adopted) -> None:
    assert {"grid", "protected"} <= set(codes(adopted["japanese"]))
    assert "size" in codes(adopted["default"])
    assert "font" in codes(adopted["libreoffice"])
    for found in adopted.values():
        assert all(finding.text.endswith("。") for finding in found.findings)


def test_a_drawing_of_the_header_names_no_address() -> None:
    shape = '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="http://example.com/" alt="透かし"/></w:pict>'
    data = house_files.changed("word/header1.xml", "<w:drawing>", f"{shape}<w:drawing>")
    header = Word(adopt(data).base.data).zip.read("word/header1.xml")
    assert "透かし".encode() in header
    assert b"example.com" not in header


def test_our_tables_stay_close_on_a_line_grid(adopted) -> None:
    root = Word(adopted["japanese"].base.data).xml("word/styles.xml")
    (text,) = (each for each in root.iter(f"{W}style") if value(each, "styleId") == "PlanTableText")
    assert value(text.find(f"{W}pPr/{W}snapToGrid")) == "0"


def test_a_narrow_text_is_told_and_scaled() -> None:
    found = adopt(house_files.changed("word/document.xml", 'w:left="1701"', 'w:left="3000"'))
    assert "narrow" in codes(found)
    assert found.base.scale("upright") < 1


def test_no_room_for_text_is_refused() -> None:
    with pytest.raises(HouseStyleRefused, match="余白"):
        adopt(house_files.changed("word/document.xml", 'w:left="1701"', 'w:left="5000"'))


def test_the_pdf_gets_paper_as_near_as_can_be(adopted) -> None:
    found = adopted["japanese"].settings
    assert (found.size_pt, found.top_mm, found.left_mm, found.right_mm) == (11.0, 30, 30, 25)
    assert replace(found) == found  # valid


def test_protection_names_and_history_stay_behind(adopted) -> None:
    word = Word(adopted["japanese"].base.data)
    assert word.xml("word/settings.xml").find(f"{W}documentProtection") is None
    mode = word.xml("word/settings.xml").find(f"{W}compat/{W}compatSetting")
    assert value(mode) == "15"
    assert set(word.zip.namelist()) == {
        *archive.unpack(archive.BASE.read_bytes()),
        "word/header1.xml",
        "word/footer1.xml",
        "word/_rels/header1.xml.rels",
        "word/media/header-1.png",
    }
