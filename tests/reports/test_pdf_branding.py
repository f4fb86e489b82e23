"""Colours that can be read, coats of arms that can do nothing."""

import io
import struct
import zlib
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_cases import demo_document
from PIL import Image, PngImagePlugin

from assessment.remarks import InputRefused
from assessment.reports.branding import (
    Branding,
    checked_crest,
    contrast_note,
    contrast_on_white,
    readable_colours,
)
from assessment.reports.document import Paragraph
from assessment.reports.pdf.writer import pdf_bytes

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


def svg(inside: str, root: str = 'viewBox="0 0 100 120"', before: str = "") -> bytes:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {root}>{inside}</svg>'
    ).encode()


def png(width: int, height: int, **saved: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "#AA3333").save(written, "PNG", **saved)
    return written.getvalue()


@pytest.mark.parametrize(
    ("colour", "expected"),
    # Known values: black, white, the darkest grey that fails and the lightest that passes AA.
    [("#000000", 21.0), ("#FFFFFF", 1.0), ("#777777", 4.48), ("#767676", 4.54), ("#FF0000", 4.0)],
)
def test_contrast_is_that_of_wcag(colour: str, expected: float) -> None:
    assert contrast_on_white(colour) == pytest.approx(expected, abs=0.005)


@settings(deadline=None)
@given(COLOURS, COLOURS)
def test_colours_can_always_be_read(primary: str, secondary: str) -> None:
    branding = Branding(primary, secondary)
    kept = readable_colours(branding)
    assert contrast_on_white(kept.text) >= 4.5
    assert contrast_on_white(kept.drawing) >= 3.0
    assert (kept.text == primary) == (contrast_on_white(primary) >= 4.5)
    changed = (kept.text, kept.drawing) != (primary, secondary)
    assert bool(contrast_note(branding)) == changed


def test_a_colour_too_light_is_named_with_its_shade() -> None:
    assert contrast_note(Branding("#777777")) == (
        "Die Farbe #777777 ist für Überschriften auf weißem Papier zu hell (Kontrast 4,5 : 1, "
        "nötig 4,5 : 1); gedruckt wird der dunklere Ton #757575."
    )


SHIELD = '<path id="p" d="M0 0H100V70A50 50 0 0 1 0 70Z" fill="url(#g)"/>'
GRADIENT = '<linearGradient id="g"><stop offset="0" stop-color="#f00"/></linearGradient>'


def test_a_drawing_keeps_its_shapes_and_loses_the_rest() -> None:
    crest = checked_crest(
        svg(
            f"<title>x</title><metadata>secret</metadata><!-- secret --><defs>{GRADIENT}</defs>"
            f'<style>.a{{fill:#123456}}</style>{SHIELD}<use xlink:href="#p" class="a"/>'
            '<sodipodi:namedview xmlns:sodipodi="urn:x" sodipodi:docname="C:/secret"/>',
            before='<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">',
        ),
        "wappen.svg",
    )
    assert crest.format == "svg"
    names = [each.tag.rpartition("}")[2] for each in fromstring(crest.data).iter()]
    assert names == ["svg", "defs", "linearGradient", "stop", "style", "path", "use"]
    assert b"secret" not in crest.data
    assert b"DOCTYPE" not in crest.data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (svg("<script>alert(1)</script>"), "CREST_ACTIVE"),
        (svg("<g><ScRiPt/></g>".replace("ScRiPt", "script")), "CREST_ACTIVE"),
        (svg("<foreignObject/>"), "CREST_ACTIVE"),
        (svg(SHIELD, 'viewBox="0 0 9 9" onload="x()"'), "CREST_ACTIVE"),
        (svg('<path d="M0 0" onclick="x()"/>'), "CREST_ACTIVE"),
        (svg('<use href="http://x.example/a.svg#p"/>'), "CREST_ACTIVE"),
        (svg('<use xlink:href="file:///etc/passwd"/>'), "CREST_ACTIVE"),
        (svg('<image href="data:image/png;base64,AA"/>'), "CREST_ACTIVE"),
        (svg('<path d="M0 0" fill="url(http://x.example/#g)"/>'), "CREST_ACTIVE"),
        (svg('<path d="M0 0" style="fill: url( &quot;//x.example/#g&quot;)"/>'), "CREST_ACTIVE"),
        (svg("<style>@import 'http://x.example/a.css';</style>"), "CREST_ACTIVE"),
        (svg(r"<style>.a{fill:\75rl(http://x.example)}</style>"), "CREST_ACTIVE"),
        (svg("<a href='#x'/>"), "CREST_ACTIVE"),
        (
            svg(
                "<path d='&x;'/>", before='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            ),
            "CREST_ACTIVE",
        ),
        (svg("&x;", before='<!DOCTYPE svg [<!ENTITY x "a">]>'), "CREST_ACTIVE"),
        (svg("<text>Stadt</text>"), "CREST_WORDS"),
        (svg("<filter/>"), "CREST_PART"),
        (svg(SHIELD, ""), "CREST_SHAPE"),
        (svg(SHIELD, 'viewBox="0 0 0 9"'), "CREST_SHAPE"),
        (svg(SHIELD, 'width="100%" height="100%"'), "CREST_SHAPE"),
        (svg(SHIELD, 'width="10mm" height="100mm"'), "CREST_SHAPE"),
        (svg("<g>"), "CREST_DAMAGED"),
        (b"<svg>kein Namensraum</svg>", "CREST_DAMAGED"),
        (svg("<g>" * 60 + "</g>" * 60), "CREST_COMPLEX"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "CREST_COMPLEX"),
        (
            svg(
                '<g id="l0"><path d="M0 0"/></g>'
                + "".join(
                    f'<g id="l{n + 1}">{f"""<use href="#l{n}"/>""" * 10}</g>' for n in range(9)
                )
            ),
            "CREST_COMPLEX",
        ),
        (
            svg(
                "<style>"
                + "".join(f".c{n + 1}{{fill:url(#p{n})}}" for n in range(9))
                + "</style>"
                + "".join(
                    f'<pattern id="p{n}">{f"""<path class="c{n}" d="M0 0h9v9"/>""" * 10}</pattern>'
                    for n in range(10)
                )
            ),
            "CREST_COMPLEX",
        ),
        (b"", "CREST_EMPTY"),
        (b"x" * 1_000_001, "CREST_LARGE"),
        (b"GIF89a", "CREST_TYPE"),
        (b"\xff\xd8\xff\xe0", "CREST_TYPE"),
        (png(59, 80), "CREST_PIXELS"),
        (png(4001, 1500), "CREST_PIXELS"),
        (png(100, 401), "CREST_SHAPE"),
        (png(80, 80)[:-30], "CREST_DAMAGED"),
        # Without its last chunk, but with all pixels a decoder asks for.
        (png(80, 80)[:-12], "CREST_DAMAGED"),
        (svg('<path d="M0 0" style="fill:u/**/rl(http://x.example)"/>'), "CREST_ACTIVE"),
        (svg("<path " + " ".join(f'a{n}="1"' for n in range(61)) + "/>"), "CREST_COMPLEX"),
    ],
)
def test_what_is_more_than_a_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused) as refused:
        checked_crest(data, "../../geheim/wappen.svg")
    assert refused.value.code == code
    assert "geheim" not in refused.value.message
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "colour",
    ["#fff", "red", "", "#GGGGGG", "#12345", "#1234567", "＃FFFFFF", "#٣٣٣٣٣٣", "#FFF;#FF"],
)
def test_what_is_no_colour_is_refused(colour: str) -> None:
    for colours in ({"primary": colour}, {"secondary": colour}):
        with pytest.raises(InputRefused, match="keine Farbe"):
            Branding(**colours)


def test_a_bomb_of_pixels_is_refused_unread() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    with pytest.raises(InputRefused) as refused:
        checked_crest(bomb, "wappen.png")
    assert refused.value.code in {"CREST_PIXELS", "CREST_DAMAGED"}


def test_a_picture_is_written_anew_without_what_it_carried() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret")
    crest = checked_crest(png(1400, 1000, pnginfo=notes) + b"secret", "wappen.PNG")
    assert b"secret" not in crest.data
    with Image.open(io.BytesIO(crest.data)) as image:
        assert image.size == (700, 500)
        assert not image.info
        assert image.convert("RGB").getpixel((10, 10)) == (0xAA, 0x33, 0x33)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_taken_or_refused(data: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"<svg xmlns='http://www.w3.org/2000/svg'"):
        with pytest.raises(InputRefused):
            checked_crest(start + data, "x")


@pytest.mark.parametrize("data", [svg(SHIELD), png(300, 400)], ids=["svg", "png"])
def test_a_crest_is_printed(data: bytes) -> None:
    document = demo_document((Paragraph("Text"),))
    bare = pdf_bytes(document)
    assert b"Wappen von Musterstadt" not in bare
    printed = pdf_bytes(document, Branding(crest=checked_crest(data, "wappen")))
    assert b"/Alt(Wappen von Musterstadt)" in printed
