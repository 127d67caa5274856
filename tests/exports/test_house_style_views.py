"""The screens of house styles: bring, look, map by hand, accept, choose for an export."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from planwizard.accounts.models import Role
from planwizard.accounts.tenancy import acting_for
from planwizard.document.docx import guard
from planwizard.exports.models import ExportJob, HouseStyle
from tests.document import house_files
from tests.factories import NOW, SPECIMEN, client_of, make_house_style, make_municipality, make_user

pytestmark = pytest.mark.django_db

LIST, ADD, PAPER = (reverse(f"exports:{name}") for name in ("house_styles", "add_house_style", "add_paper"))
SETTINGS = {
    "name": "規程の用紙",
    "font": "ms",
    "size_pt": "11",
    "pitch_pt": "20",
    "top_mm": "２５",
    "bottom_mm": "25",
    "left_mm": "30",
    "right_mm": "17",
}


@pytest.fixture
def client(officer):
    return client_of(officer)


@pytest.fixture(autouse=True)
def town(db):
    found = make_municipality()
    with acting_for(found):
        yield found


def file(data: bytes, name: str = "標準.dotx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def act(name: str, style: HouseStyle) -> str:
    return reverse(f"exports:{name}", args=[style.pk])


# --- bringing in -------------------------------------------------------------------------------------------------


def test_a_file_leads_to_its_report_and_is_accepted_after_it(client, look):
    answer = client.post(ADD, {"name": "潮見野市の標準", "file": file(house_files.japanese())})
    style = HouseStyle.objects.get()
    assert answer["Location"] == style.get_absolute_url()
    page = look(client, style.get_absolute_url())
    text = client.get(style.get_absolute_url()).content.decode()
    assert "行グリッドが付いています" in text
    assert "推し量った" in text
    assert "この書式で作った見本（Word）を受け取る" in page.links()
    client.post(act("accept_house_style", style))
    assert HouseStyle.objects.get().is_in_use
    assert "選んだスタイルで作り直す" not in client.get(style.get_absolute_url()).content.decode()


def test_a_style_is_chosen_by_hand(client):
    client.post(ADD, {"name": "潮見野市の標準", "file": file(house_files.japanese())})
    style = HouseStyle.objects.get()
    answer = client.post(style.get_absolute_url(), {"BodyText": "a", "Caption": "3"})
    assert answer["Location"] == style.get_absolute_url()
    uses = {use["role"]: (use["style"], use["how"]) for use in HouseStyle.objects.get().report["uses"]}
    assert uses["BodyText"] == ("a", "chosen")
    assert uses["Caption"] == ("3", "chosen")
    assert uses["Title"][1] == "added"


def test_a_style_that_is_not_in_the_file_is_no_choice(client):
    style = make_house_style()
    page = client.post(style.get_absolute_url(), {"BodyText": "nowhere"}).content.decode()
    assert page.count("本文のスタイルを一覧から選んでください。") == 2
    assert HouseStyle.objects.get().report == style.report


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, guard.OLD_DOC),
        (b"<html>", guard.NOT_WORD),
        (b"PK\x03\x04", guard.BROKEN),
    ],
)
def test_a_refused_file_is_told_at_its_field_and_keeps_the_name(client, data, says):
    page = client.post(ADD, {"name": "わが町の書式", "file": file(data, "x.docx")}).content.decode()
    assert page.count(says) == 2
    assert "<title>エラー：" in page
    assert 'value="わが町の書式"' in page
    assert not HouseStyle.objects.exists()


def test_what_is_missing_is_told(client):
    page = client.post(ADD, {}).content.decode()
    assert "書式の名前を入力してください" in page
    assert "Word のファイル（.docx か .dotx）を選んでください。" in page


def test_the_next_version_begins_with_the_name(client):
    assert 'value="標準"' in client.get(ADD, {"name": "標準"}).content.decode()


def test_a_hostile_name_stays_words(client):
    style = make_house_style(name="<b>太字</b>", original_name='"><script>alert(1)</script>.docx')
    for address in (LIST, style.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "<b>太字" not in page
        assert "<script>alert" not in page


# --- paper -------------------------------------------------------------------------------------------------------


def test_paper_is_read_in_any_writing_and_looked_at_before_it_is_used(client, look):
    answer = client.post(PAPER, SETTINGS)
    style = HouseStyle.objects.get()
    assert answer["Location"] == style.get_absolute_url()
    settings = style.paper_settings
    assert (settings.font, settings.size_pt, settings.pitch_pt) == ("ms", 11.0, 20.0)
    assert (settings.top_mm, settings.left_mm, settings.right_mm) == (25, 30, 17)
    look(client, style.get_absolute_url())
    assert client.get(act("house_style_sample", style)).content.startswith(b"PK")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"left_mm": "14"}, "左の余白は15から40までの整数（mm）で入力してください（例：25）。"),
        ({"left_mm": "約25"}, "左の余白は15から40までの整数（mm）で入力してください（例：25）。"),
        ({"left_mm": "20.5"}, "左の余白は15から40までの整数（mm）で入力してください（例：25）。"),
        ({"left_mm": "9" * 400}, "左の余白は15から40までの整数（mm）で入力してください（例：25）。"),
        ({"left_mm": ""}, "左の余白を入力してください。"),
        ({"size_pt": "12", "pitch_pt": "13"}, "行の間隔は、文字の大きさの1.2倍以上にしてください"),
        ({"size_pt": "8"}, "文字の大きさを一覧から選んでください。"),
        ({"font": "}body{"}, "フォントを一覧から選んでください。"),
        ({"name": ""}, "書式の名前を入力してください"),
    ],
)
def test_paper_that_cannot_be_is_told(client, wrong, says):
    page = client.post(PAPER, SETTINGS | wrong).content.decode()
    assert page.count(says) == 2
    assert not HouseStyle.objects.exists()


def test_changed_paper_begins_with_what_is(client):
    style = make_house_style(original="", paper={**SETTINGS_STORED})
    page = client.get(PAPER, {"from": str(style.pk)}).content.decode()
    assert f'value="{style.name}"' in page
    assert 'value="17"' in page
    assert client.get(PAPER, {"from": "x"}).status_code == 200


SETTINGS_STORED = {
    "font": "ms", "size_pt": 11.0, "pitch_pt": 20.0, "top_mm": 25, "bottom_mm": 25, "left_mm": 30, "right_mm": 17,
}  # fmt: skip


# --- deciding ----------------------------------------------------------------------------------------------------


def test_default_and_back(client):
    style = make_house_style(accepted_at=NOW)
    client.post(act("default_house_style", style), {"to": "on"})
    assert HouseStyle.objects.get().is_default
    assert "標準から外す" in client.get(LIST).content.decode()
    client.post(act("default_house_style", style), {"to": "off"})
    assert not HouseStyle.objects.get().is_default


def test_a_draft_is_thrown_away_and_no_default(client):
    style = make_house_style()
    client.post(act("default_house_style", style), {"to": "on"})
    assert not HouseStyle.objects.get().is_default
    client.post(act("discard_house_style", style))
    assert not HouseStyle.objects.exists()


def test_what_is_in_use_is_retired_not_thrown_away(client, look):
    style = make_house_style(accepted_at=NOW)
    client.post(act("discard_house_style", style))
    assert HouseStyle.objects.exists()
    client.post(act("retire_house_style", style))
    assert HouseStyle.objects.get().retired_at
    assert "使うのをやめた" in client.get(style.get_absolute_url()).content.decode()
    look(client, LIST)


def test_the_specimen_is_fetched_under_a_name(client):
    style = make_house_style(name="標準")
    answer = client.get(act("house_style_sample", style))
    assert answer.content == SPECIMEN
    assert "書式の見本_標準_第1版.docx" in unquote(answer["Content-Disposition"])
    style.path_of(style.sample).write_bytes(b"PK other")
    assert client.get(act("house_style_sample", style)).status_code == 404


def test_looking_changes_nothing(client):
    style = make_house_style()
    before = list(HouseStyle.objects.values())
    for address in (LIST, ADD, PAPER, style.get_absolute_url(), act("house_style_sample", style)):
        assert client.get(address).status_code == 200
    assert list(HouseStyle.objects.values()) == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DRAFTER, Role.TOWN_ADMIN])
def test_others_are_told_whom_to_ask(role):
    page = client_of(make_user(role)).get(LIST)
    assert page.status_code == 403
    assert "事務局" in page.content.decode()


# --- choosing for an export --------------------------------------------------------------------------------------


def export_url(version) -> str:
    return reverse("exports:exports", args=[version.pk])


def test_a_town_without_a_style_is_not_asked(client, version):
    assert 'name="house_style"' not in client.get(export_url(version)).content.decode()


def test_the_default_is_chosen_beforehand(client, version, look):
    make_house_style(accepted_at=NOW)
    style = make_house_style(accepted_at=NOW, is_default=True)
    look(client, export_url(version))
    page = client.get(export_url(version)).content.decode()
    assert f'<option value="{style.pk}" selected>' in page


def test_every_reader_may_choose(version):
    style = make_house_style(accepted_at=NOW)
    viewer = client_of(make_user(Role.VIEWER))
    viewer.post(export_url(version), {"formats": ["pdf"], "house_style": str(style.pk)})
    job = ExportJob.objects.get()
    assert job.house_style == style
    assert str(style) in viewer.get(job.get_absolute_url()).content.decode()


def test_only_what_is_in_use_in_this_town_can_be_chosen(client, version):
    make_house_style(accepted_at=NOW)
    theirs = make_house_style(make_municipality("993018"), accepted_at=NOW)
    for style in (make_house_style(), make_house_style(accepted_at=NOW, retired_at=NOW), theirs):
        page = client.post(export_url(version), {"formats": ["pdf"], "house_style": str(style.pk)})
        assert "書式を一覧から選んでください。" in page.content.decode()
    assert not ExportJob.objects.exists()
