"""Text from files without characters that can't be seen but do harm.

Control characters make Word and Excel exports fail, bidirectional marks turn ``exe.xlsx`` into
something else on the screen, zero-width characters make equal headers unequal.
"""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls except tab and line breaks
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks of writing direction
    "\u200b\u2060\ufeff\ufff9-\ufffb]"  # zero-width space, word joiner, byte order mark
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n?|[\u0085\u2028\u2029]")
MAX_NAME = 200


def clean_text(text: str) -> str:
    """Return ``text`` as NFC without invisible control characters, line breaks as ``\\n``.

    Everything that can be seen stays as written, leading and trailing blanks included.
    Halves of surrogate pairs become U+FFFD, because no export can hold them.
    """
    if text.isascii():
        if text.isprintable():
            return text
    else:
        text = _SURROGATE.sub("\ufffd", unicodedata.normalize("NFC", text))
    return _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))


def clean_name(name: str) -> str:
    """Return a file name as display text: one line, at most 200 characters, never a path."""
    last = re.split(r"[/\\]", clean_text(name))[-1]
    last = " ".join(last.split())
    if len(last) > MAX_NAME:
        stem, dot, suffix = last.rpartition(".")
        tail = dot + suffix if stem and len(suffix) <= 8 else ""
        last = last[: MAX_NAME - 1 - len(tail)] + "…" + tail
    return last or "Datei ohne Namen"
