"""Text without characters that can't be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.importing.text_hygiene import clean_name, clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("A\x00B\x0bC", "ABC"),
        ("abc\u202etxt.exe", "abctxt.exe"),
        ("\ufeffBOM\u200b", "BOM"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("Mu\u0308hle", "Mühle"),
        ("\ud800", "\ufffd"),
        (" bleibt ", " bleibt "),
        ("Dorf \U0001f3d8", "Dorf \U0001f3d8"),
        ("\u00a0", "\u00a0"),
    ],
)
def test_what_is_removed_and_what_stays(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_clean_text_can_be_exported_anywhere(raw: str) -> None:
    text = clean_text(raw)
    assert clean_text(text) == text
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c in "\t\n" for c in text)
    text.encode("utf-8")


@given(st.text(max_size=600))
def test_names_are_one_short_line(raw: str) -> None:
    name = clean_name(raw)
    assert 0 < len(name) <= 200
    assert not set(name) & set("/\\\n\r\t")


def test_long_names_keep_their_ending() -> None:
    assert clean_name("x" * 300 + ".xlsx").endswith("….xlsx")
