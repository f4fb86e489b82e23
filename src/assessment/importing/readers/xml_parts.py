"""Unpack one part of an archive piece by piece and check it as XML without building a tree.

A walk over every element in Python takes half a minute for the largest allowed workbook. The
checks here search the bytes instead (0.7 s), which is sound because every part has to be UTF-8.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Any

from assessment.importing.readers.messages import cell_too_long, corrupt
from assessment.importing.wire import Refusal

_STEP = 1 << 20
_DEPTH_STEP = 1 << 14
_TAG_WINDOW = 512
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_NO_DTD = re.compile(rb"<!(?!--|\[CDATA\[)")
_ENTITY = re.compile(r"&[^;]{1,10};")
_UTF8_NAMES = (b"utf-8", b"utf8", b"us-ascii", b"ascii")


class Part:
    """One entry of the archive as the directory describes it."""

    __slots__ = ("crc", "method", "name", "packed", "size", "start")

    def __init__(
        self, name: str, method: int, crc: int, packed: int, size: int, start: int
    ) -> None:
        self.name = name.replace("\\", "/").lstrip("/")
        self.method, self.crc, self.packed, self.size, self.start = method, crc, packed, size, start


def unpack(data: bytes, part: Part) -> Iterator[bytes]:
    """Yield the unpacked bytes of a part; size and checksum must be what the directory says."""
    packed = memoryview(data)[part.start : part.start + part.packed]
    pieces = iter([bytes(packed)]) if part.method == 0 else _inflate(packed)
    size = crc = 0
    for piece in pieces:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > part.size:
            break
        yield piece
    if size != part.size:
        raise Refusal(
            "ARCHIVE_INCONSISTENT",
            "Die Datei ist in sich widersprüchlich: ein Teil ist ausgepackt größer oder kleiner "
            "als angegeben. Bitte in Excel öffnen und als neue .xlsx-Datei speichern.",
        )
    if crc != part.crc:
        raise corrupt("Die Datei ist beschädigt: die Prüfsumme eines Teils stimmt nicht.")


def _inflate(packed: memoryview) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-15)
    source: bytes | memoryview = packed
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(source, _STEP)
            source = unpacker.unconsumed_tail
            if not piece and not source:
                break
            if piece:
                yield piece
    except zlib.error as error:
        raise corrupt() from error


def whole_tags(pieces: Iterator[bytes], marker: bytes, second: bytes = b"<") -> Iterator[bytes]:
    """Cut the stream before the last ``marker`` of each piece, so that no element is torn."""
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(marker)
        if cut <= 0:
            cut = rest.rfind(second)
        if cut <= 0:
            cut = rest.rfind(b"<")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > 2 * _STEP:
            if b">" in rest:
                raise cell_too_long(None, None, 32_767)
            raise _too_many_attributes()
    yield rest


class XmlCheck:
    """Checks that hold for every XML part; feed it pieces that begin with a tag."""

    def __init__(self, limits: Any, *, has_cells: bool = False) -> None:
        self._limits = limits
        self._has_cells = has_cells
        self._depth = 0
        self._first = True

    def piece(self, x: bytes) -> None:
        """Check one piece. Raises :class:`Refusal` (``XML_…``, ``CELL_TOO_LONG``, ``CORRUPT``)."""
        if self._first:
            self._first = False
            _check_encoding(x)
        if b"\0" in x:
            raise _wrong_encoding(x)
        if not x.isascii():
            try:
                x.decode("utf-8")
            except UnicodeDecodeError as error:
                raise _wrong_encoding(x) from error
        if b"<!" in x and _NO_DTD.search(x):
            raise dtd_refused()
        self._check_depth(x)
        for start, end in gaps(x, b">", _TAG_WINDOW):
            tag = x.find(b"<", start, end)
            if tag >= 0 and x[tag + 1 : tag + 2] != b"!":
                count = x.count(b'="', tag, end) + x.count(b"='", tag, end)
                if count > self._limits.xml_attributes:
                    raise _too_many_attributes()
        if self._has_cells:
            for start, end in gaps(x, b"<", self._limits.cell_characters):
                text = x[x.find(b">", start, end) + 1 : end].decode("utf-8", "replace")
                if len(_ENTITY.sub("x", text)) > self._limits.cell_characters:
                    raise cell_too_long(None, None, self._limits.cell_characters)

    def end(self) -> None:
        """Every element must have been closed."""
        if self._depth > 0:
            raise corrupt()

    def _check_depth(self, x: bytes) -> None:
        # Depth at fixed distances: what opens and closes in between is no danger to readers that
        # stream, and counting is all that is fast enough.
        self._depth -= x.count(b"<?") + x.count(b"<!")
        for at in range(0, len(x), _DEPTH_STEP):
            end = at + _DEPTH_STEP
            # "</" and "/>" are looked for across the edge, "<" is not, so that none is lost.
            self._depth += (
                x.count(b"<", at, end)
                - 2 * x.count(b"</", at, end + 1)
                - x.count(b"/>", at, end + 1)
            )
            if self._depth > self._limits.xml_depth:
                raise Refusal(
                    "XML_TOO_DEEP",
                    "Die Datei ist so tief verschachtelt, wie es keine Tabellenkalkulation "
                    "schreibt. Bitte in Excel öffnen und als neue .xlsx-Datei speichern.",
                )


def gaps(x: bytes, character: bytes, window: int) -> Iterator[tuple[int, int]]:
    """Stretches of more than ``window`` bytes without ``character``, found by leaps."""
    at, size = 0, len(x)
    while at + window < size:
        last = x.rfind(character, at, at + window)
        if last < 0:
            end = x.find(character, at + window)
            end = size if end < 0 else end
            yield at, end
            at = end + 1
        else:
            at = last + 1


def _check_encoding(x: bytes) -> None:
    if x.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong_encoding(x)
    match = _DECLARED.match(x.removeprefix(b"\xef\xbb\xbf")[:400])
    if match and match[1].lower() not in _UTF8_NAMES:
        raise _wrong_encoding(x)


def _wrong_encoding(x: bytes) -> Refusal:
    # An entity bomb in UTF-16 is still an entity bomb, and that is what should be said.
    if b"<!DOCTYPE" in x.replace(b"\0", b""):
        return dtd_refused()
    return Refusal(
        "XML_ENCODING",
        "Ein Teil der Datei ist nicht in UTF-8 geschrieben. Bitte in Excel öffnen und als neue "
        ".xlsx-Datei speichern.",
    )


def dtd_refused() -> Refusal:
    """The refusal of any document type definition: entity bombs and external entities need one."""
    return Refusal(
        "XML_DTD",
        "Die Datei enthält eine Dokumenttyp-Definition, wie sie nur in schädlichen Tabellen "
        "vorkommt. Bitte die Datei nicht weitergeben und bei der Quelle nachfragen.",
    )


def _too_many_attributes() -> Refusal:
    return Refusal(
        "XML_LIMIT",
        "Ein Element der Datei trägt so viele Angaben, wie es keine Tabellenkalkulation schreibt. "
        "Bitte in Excel öffnen und als neue .xlsx-Datei speichern.",
    )
