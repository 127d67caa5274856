"""Pictures come in through a child with limits and are kept drawn anew."""

import io
import os
import stat

import pytest
from PIL import Image

from planwizard.accounts.tenancy import acting_for
from planwizard.common.picture import PictureRefused, redraw
from planwizard.plans import pictures
from planwizard.plans.models import Asset
from planwizard.web import confined
from tests.factories import NOW, make_user, member_for


def picture(kind: str, size=(40, 30), **facts) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **facts)
    return out.getvalue()


@pytest.fixture
def member(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    found = member_for(make_user())
    with acting_for(found.municipality):
        yield found


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_kept_once_under_its_hash(member, kind):
    data = picture(kind)
    first, second = (pictures.store(data, by=member, at=NOW) for _ in range(2))
    assert first == second
    assert Asset.objects.count() == 1
    kept = pictures.read(member.municipality.pk, first.sha256)
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


def test_a_picture_is_on_the_disk_before_its_row_is(member, monkeypatch):
    synced = []

    def sync(handle):
        synced.append((stat.S_ISDIR(os.fstat(handle).st_mode), Asset.objects.count()))

    monkeypatch.setattr("planwizard.plans.pictures.os.fsync", sync)
    pictures.store(picture("PNG"), by=member, at=NOW)
    assert synced == [(False, 0), (True, 0)]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_what_was_drawn_anew_stays_as_it_is(kind):
    once = redraw(picture(kind))
    assert redraw(once.data) == once


def test_metadata_is_dropped():
    exif = Image.Exif()
    exif[0x010E] = "撮影した場所"
    drawn = redraw(picture("JPEG", exif=exif))
    assert not Image.open(io.BytesIO(drawn.data)).getexif()


def test_a_large_picture_is_made_smaller():
    assert redraw(picture("JPEG", size=(3000, 1500))).width == 2400


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (6000, 6000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n broken",
        picture("PNG")[:80],
        picture("JPEG")[:200],
        bomb(),
    ],
    ids=["empty", "svg", "gif", "broken", "cut-png", "cut-jpeg", "bomb"],
)
def test_what_is_no_good_picture_is_refused_with_a_reason(member, data):
    with pytest.raises(PictureRefused, match="。"):
        pictures.store(data, by=member, at=NOW)
    assert not Asset.objects.exists()


def test_a_child_that_dies_is_a_picture_that_cannot_be_read(member, monkeypatch):
    def die(module, data):
        raise confined.Gone(module)

    monkeypatch.setattr(confined, "run", die)
    with pytest.raises(PictureRefused, match="読めませんでした"):
        pictures.store(picture("PNG"), by=member, at=NOW)


def test_a_full_quota_refuses(member, monkeypatch):
    monkeypatch.setattr(pictures, "TOWN_QUOTA", 10)
    with pytest.raises(PictureRefused, match="500MB"):
        pictures.store(picture("PNG"), by=member, at=NOW)
