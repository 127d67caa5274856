from __future__ import annotations

import io

import pytest
from PIL import Image

from planwizard.document import svg
from tests.document import sample


@pytest.mark.parametrize(
    "drawing",
    [
        "",
        "<svg",
        "<p>x</p>",
        "<svg width='1' height='1'/>",
        "<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'><text>&x;</text></svg>",
    ],
)
def test_what_is_no_drawing_is_refused(drawing: str) -> None:
    with pytest.raises(ValueError):
        svg.Drawing.read(drawing)


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        "<image href='http://example.com/x.png'/>",
        "<use href='#a'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<foreignObject/>",
        "<style>@import 'x'</style>",
        "<rect onload='alert(1)'/>",
        "<rect style='fill:red'/>",
        "<rect fill='url(http://example.com/x)'/>",
        "<rect fill='URL( \"file:///etc/passwd\")'/>",
        "<p xmlns='http://www.w3.org/1999/xhtml'>x</p>",
    ],
)
def test_nothing_but_shapes_and_text_passes(part: str) -> None:
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' width='9px' height='9'>{part}</svg>"
    with pytest.raises(ValueError, match="the drawing"):
        svg.Drawing.read(drawing)


def test_a_drawing_is_sized_in_millimetres_and_keeps_its_shape() -> None:
    sized = svg.Drawing.read(sample.DRAWING).sized(120, "説明 <&>").decode()
    assert 'width="120mm" height="40.00mm"' in sized
    assert "<title>説明 &lt;&amp;&gt;</title>" in sized


def test_a_drawing_becomes_a_picture_of_200_dots_an_inch() -> None:
    drawing = svg.Drawing.read(sample.DRAWING)
    data = svg.png(drawing.sized(120, "図"), 120, 40)
    image = Image.open(io.BytesIO(data))
    assert image.size == pytest.approx((945, 315), abs=2)
    assert len(image.convert("RGB").getcolors(100_000) or ()) > 2


def test_the_same_drawing_gives_the_same_bytes() -> None:
    drawing = svg.Drawing.read(sample.DRAWING).sized(50, "図")
    first = svg.png(drawing, 50, 16.7)
    svg.png.cache_clear()
    assert svg.png(drawing, 50, 16.7) == first
