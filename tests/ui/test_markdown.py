"""``esc_md``: what a file says is shown, never obeyed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assessment.ui.markdown import esc_md

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(markdown: str) -> str:
    """Text content of rendered Markdown; fails on any element beside the paragraph."""
    tokens = PARSER.parse(markdown)
    kinds = [token.type for token in tokens]
    assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"]), kinds
    if not tokens:
        return ""
    children = tokens[1].children or []
    assert all(child.type in ("text", "text_special") for child in children), children
    return "".join(child.content for child in children)


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://127.0.0.1:9/p.png)",
        "[klick](javascript:alert(1))",
        "<script>alert(1)</script>",
        "# Überschrift",
        "1. Liste",
        "- Liste",
        "$x^2$",
        ":material/home: :red[rot]",
        '=HYPERLINK("http://127.0.0.1:9")',
        "a | b",
        "`code` **fett** _kursiv_ ~weg~",
        "&lt;b&gt;",
        "<http://127.0.0.1:9>",
    ],
)
def test_dangerous_texts_stay_texts(text: str) -> None:
    assert shown(esc_md(text)).replace("\u2060", "") == text


@given(st.text(alphabet=string.printable + "äöüß„“–", max_size=40))
def test_any_text_is_shown_as_written(text: str) -> None:
    assert shown(esc_md(text)).replace("\u2060", "") == " ".join(text.split())


def test_number_and_unit_stay_together() -> None:
    assert esc_md("12\u00a0% da") == "12\u00a0% da"


def test_bare_addresses_are_not_linked() -> None:
    for text in ("http://a.de", "www.a.de", "x@a.de", "HTTPS://A.DE"):
        escaped = esc_md(text)
        assert "\u2060" in escaped
        assert escaped.replace("\u2060", "").replace("\\", "") == text
