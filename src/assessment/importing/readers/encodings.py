"""Which character encoding a text file is written in; doubtful files are refused, not guessed."""

import codecs
import re

from assessment.importing import wire
from assessment.importing.wire import Notes, Refusal

# Characters that German and neighbouring survey texts really contain beyond ASCII. What cp1252
# decodes to something else was most likely written in another encoding.
_PLAUSIBLE = frozenset(
    "äöüÄÖÜßéèêëáàâãåçíìîïñóòôõúùûýÿøæœÉÈÊÁÀÂÅÇÑÓÔØÆŠšŽžÍÚ"
    "–—…„“”‚‘’«»‹›•·°§€£²³½¼¾±×µ´`©®™†‰ª¹º¿¡¨¬\xa0\xad"
)
# What umlauts of the old DOS and Mac code pages look like when they are read as cp1252.
_INSIDE_WORD = re.compile("[A-Za-z][„”‚‰•][a-z]|[a-z][ŠŽ§][a-z]")
_STRAY = 8
"""So few odd characters are strays in an otherwise plain text rather than another encoding."""
_SAMPLE = 64 * 1024


def decode_text(data: bytes, notes: Notes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Byte order mark, then UTF-8 without compromise, then Windows-1252 if it gives plausible
    letters. Raises :class:`Refusal` (``CSV_BINARY``, ``ENCODING_UNCERTAIN``).
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, "utf-16"), "utf-16"
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
        marked = True
    else:
        marked = False
    if b"\0" in data:
        guess = _utf16_without_mark(data)
        if guess:
            return _utf16(data, guess), guess
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise Refusal(
            "CSV_BINARY",
            f"Die Datei enthält in Zeile {line} Null-Bytes und ist damit keine Textdatei. Bitte in "
            "der Quelle erneut als CSV ausgeben.",
        )
    try:
        return data.decode("utf-8"), "utf-8-sig" if marked else "utf-8"
    except UnicodeDecodeError as error:
        if marked:
            raise _uncertain(data, error.start) from error
        return _cp1252(data, error.start, notes), "cp1252"


def _utf16(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _uncertain(data, error.start) from error
    if "\0" in text:
        raise Refusal(
            "CSV_BINARY",
            "Die Datei enthält Null-Zeichen und ist damit keine Textdatei. Bitte in der Quelle "
            "erneut als CSV ausgeben.",
        )
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a null byte in every second place."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) == 0:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _cp1252(data: bytes, first_bad: int, notes: Notes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _uncertain(data, error.start) from error
    # Some UTF-8 and some other bytes in one file: either reading would garble a part of it.
    if not data.decode("utf-8", "ignore").isascii():
        raise _uncertain(data, first_bad)
    beyond = [i for i, c in enumerate(text) if c > "\x7f"]
    implausible = any(text[i] not in _PLAUSIBLE for i in beyond) or _INSIDE_WORD.search(text)
    if implausible and len(beyond) > _STRAY:
        raise _uncertain(data, first_bad)
    if implausible:
        line = text.count("\n", 0, beyond[0]) + 1
        stray = "".join(text[i] for i in beyond)
        notes.add(
            "ENCODING_DOUBTFUL",
            wire.WARNING,
            f"Die Datei ist bis auf {len(beyond)} fremde Zeichen („{stray}“) reiner Text; diese "
            f"wurden als Windows-1252 gelesen, zuerst in Zeile {line}. Bitte dort den Text prüfen.",
            row=line,
            value=stray,
        )
    return text


def _uncertain(data: bytes, at: int) -> Refusal:
    line = data.count(b"\n", 0, at) + 1
    return Refusal(
        "ENCODING_UNCERTAIN",
        f"Die Zeichenkodierung ist nicht eindeutig: ab Zeile {line} passen Zeichen nicht zum Rest "
        "der Datei. Bitte in der Quelle als „CSV UTF-8“ oder als .xlsx ausgeben.",
    )
