"""Choosing the picture of a field: its own page, because a step saves text only."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from planwizard.accounts.tenancy import acting_for
from planwizard.document import check
from planwizard.manuscript.compose import compose
from planwizard.plans import exchange, pictures, versions
from planwizard.plans.read import content_of
from tests.factories import NOW, fill, make_municipality, make_user, member_for, part_of
from tests.inspector import parse
from tests.wizard.screens import press, sheet_on, step_url, write

pytestmark = pytest.mark.django_db

PATH = "foreword_photo"
NO_PICTURE = "画像が見つかりません"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def here(version):
    return reverse("wizard:picture", args=[version.pk, "basics", PATH])


def png(size=(40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, "PNG")
    return out.getvalue()


def choose(client, here, data=None, alt="庁舎の写真", **changes):
    sheet = sheet_on(client.get(here))
    fields = {**sheet.fields, "go": "choose", "alt": alt, **changes}
    return client.post(here, fields | {"file": SimpleUploadedFile("p.png", png() if data is None else data)})


def chosen(version):
    values = part_of(version, "basics").values
    return {name: values.get(f"{PATH}.{name}") for name in ("asset", "alt", "width_mm")}


def test_a_picture_is_kept_with_its_words_and_shown(client, version, here):
    answer = choose(client, here)
    assert answer["Location"] == f"{step_url(version, 'basics')}#id_{PATH}"
    found = chosen(version)
    assert (found["alt"], found["width_mm"]) == ("庁舎の写真", 120)
    assert (
        client.get(reverse("wizard:asset", args=[version.pk, found["asset"]]))["Content-Type"] == "image/png"
    )


def test_a_picture_is_taken_away_again(client, version, here):
    choose(client, here)
    press(client, sheet_on(client.get(here)), "go=remove")
    assert chosen(version)["asset"] is None


@pytest.mark.parametrize(
    ("data", "alt"),
    [
        (b"GIF89a" + bytes(20), "写真"),
        (b"", "写真"),
        (png(), " "),
        (png(), "\x07\u2028"),
        (png()[:60], "写真"),
    ],
    ids=["no picture", "empty", "no words", "words that vanish", "cut short"],
)
def test_what_is_no_picture_says_what_to_do_and_keeps_the_words(client, version, here, data, alt):
    answer = choose(client, here, data, alt)
    assert answer.status_code == 422
    assert "入力内容を確認してください" in parse(answer).words
    assert sheet_on(answer).shown("alt") == alt or not alt.strip()
    assert chosen(version)["asset"] is None


def test_a_page_that_was_overtaken_is_told_and_changes_nothing(client, version, here, member):
    old = sheet_on(client.get(here)).fields
    fill(version, "basics", {"contact_tel": "000-000-0000"}, by=member)
    answer = choose(client, here, edit_no=old["edit_no"])
    assert answer.status_code == 422
    assert chosen(version)["asset"] is None


def test_a_frozen_version_says_that_it_is_frozen(client, version, here):
    versions.freeze(version)
    assert "確定している" in parse(choose(client, here)).words


def test_a_page_that_does_not_say_what_it_is_saves_nothing(client, version, here):
    assert choose(client, here, edit_no="").status_code == 422
    assert chosen(version)["asset"] is None


def test_who_may_not_write_chooses_no_picture(viewer, stranger, here):
    fields = {"go": "choose", "alt": "写真", "edit_no": "1", "save_id": uuid4()}
    assert viewer.post(here, fields).status_code == 403
    assert stranger.post(here, fields).status_code == 404


# Hashes that a form may not name


def of_another_town(data):
    officer = member_for(make_user(municipality=make_municipality("993018")))
    with acting_for(officer.municipality):
        return pictures.store(data, by=officer, at=NOW).sha256


@pytest.mark.parametrize("which", ["another town's", "nobody's", "no hash", "nothing that can be stored"])
def test_a_picture_that_the_town_does_not_keep_is_not_taken_from_a_form(client, version, which):
    sha256 = {
        "another town's": of_another_town(png((50, 50))),
        "nobody's": "a" * 64,
        "no hash": "../../etc/passwd",
        "nothing that can be stored": "a\x00" * 32,
    }[which]
    write(client, step_url(version, "basics"), **{f"{PATH}__asset": sha256, f"{PATH}__alt": "写真"})
    assert chosen(version)["asset"] is None
    page = client.get(step_url(version, "basics"))
    assert NO_PICTURE in parse(page).words
    assert check.check(compose(content_of(version))) == []


def test_choosing_a_picture_mends_one_that_was_not_found(client, version, here):
    write(client, step_url(version, "basics"), **{f"{PATH}__asset": "a" * 64, f"{PATH}__width_mm": "広め"})
    choose(client, here)
    page = client.get(step_url(version, "basics"))
    assert NO_PICTURE not in parse(page).words
    assert sheet_on(page).shown(f"{PATH}.width_mm") == "広め"
    assert chosen(version)["asset"]


def test_a_picture_whose_file_is_lost_leaves_the_plan_whole(client, version, here):
    choose(client, here)
    sha256 = chosen(version)["asset"]
    pictures.path_of(version.municipality_id, sha256).unlink()
    assert client.get(reverse("wizard:asset", args=[version.pk, sha256])).status_code == 404
    assert client.get(reverse("wizard:preview", args=[version.pk])).status_code == 200
    assert exchange.to_json(version)["assets"] == []
    write(client, step_url(version, "basics"), contact_tel="000-000-0000")
    assert chosen(version)["asset"] == sha256


def test_the_width_is_chosen_in_steps_that_the_document_prints(client, version, here):
    choose(client, here, width_mm="80")
    assert chosen(version)["width_mm"] == 80
    choose(client, here, width_mm="81")
    assert chosen(version)["width_mm"] == 80


def test_words_and_width_change_without_sending_the_picture_again(client, version, here):
    choose(client, here)
    before = chosen(version)["asset"]
    sheet = sheet_on(client.get(here))
    client.post(here, {**sheet.fields, "go": "choose", "alt": "新しい庁舎の写真", "width_mm": "160"})
    assert chosen(version) == {"asset": before, "alt": "新しい庁舎の写真", "width_mm": 160}


def test_a_width_typed_on_the_form_is_offered_and_stays(client, version, here):
    choose(client, here)
    write(client, step_url(version, "basics"), **{f"{PATH}__width_mm": "95"})
    assert sheet_on(client.get(here)).shown("width_mm") == "95"
    press(client, sheet_on(client.get(here)), "go=choose")
    assert chosen(version)["width_mm"] == 95


def test_the_page_tells_how_much_of_the_quota_is_taken(client, here):
    assert "500.0 MBのうち0 バイト" in parse(client.get(here)).words


def test_a_drawn_figure_is_shown_as_it_prints_and_a_picture_takes_its_place(client, version):
    fill(
        version,
        "ch3",
        {"legal_basis": [], "parent_plans": ["kaaaaaaaaa"], "parent_plans.kaaaaaaaaa.title": "第3次総合計画"},
        by=member_for(version.created_by),
    )
    here = reverse("wizard:picture", args=[version.pk, "ch3", "position_diagram"])
    words = parse(client.get(here)).words
    assert "第3次総合計画" in words
    assert "いまは、入力から自動で作ったこの図や表が印刷されます。" in words
    choose(client, here, alt="計画の関係図")
    page = parse(client.get(here))
    assert "画像を外すと、入力から自動で作ったものに戻ります。" in page.words
    assert [each.get("alt") for each in page.all("img")].count("計画の関係図") == 1
    beside = client.get(reverse("wizard:preview_beside", args=[version.pk, "ch3"])).content.decode()
    assert 'alt="計画の関係図"' in beside
