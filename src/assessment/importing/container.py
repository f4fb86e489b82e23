"""Check a zip container by its directory alone, before anything of it is unpacked.

The directory is read here and not by a library, because the checks are about what libraries
forgive: parts that overlap, names that occur twice, bytes before the archive. The parts found
are handed to the reading process, so that both see the same ones.
"""

import struct
from dataclasses import dataclass

from assessment.importing.limits import MIB, Limits
from assessment.importing.readers.messages import ENCRYPTED, MACRO_FILE
from assessment.remarks import InputRefused

_END = b"PK\x05\x06"
_END_SIZE = 22
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAG = 1
_SYMLINK = 0o120000
_UNKNOWN = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of the archive: where its packed bytes lie and what the directory says of them."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int
    """Offset of the packed bytes in the file."""


def has_archive_end(data: bytes) -> bool:
    """Whether a zip directory ends ``data``, whatever the first bytes pretend to be."""
    return _find_end(data) is not None


def check_archive(data: bytes, limits: Limits) -> tuple[Part, ...]:
    """Return the parts of a zip archive.

    Raises :class:`InputRefused` (``CORRUPT``, ``ENCRYPTED``, ``MACRO_FILE``, ``ARCHIVE_…``).
    """
    end = _find_end(data)
    if end is None:
        raise InputRefused(
            "CORRUPT",
            "Die Datei ist unvollständig: ihr Ende fehlt. Bitte erneut herunterladen oder in "
            "Excel öffnen und neu speichern.",
        )
    count, size, offset = struct.unpack_from("<HII", data, end + 10)
    if count > limits.entries:
        sheets = data.count(b"xl/worksheets/sheet", offset)
        if sheets * 2 > count:
            raise InputRefused(
                "TOO_MANY_SHEETS",
                f"Die Arbeitsmappe hat {sheets} Blätter, zulässig sind {limits.sheets}. Bitte nur "
                "das Blatt mit den Antworten in eine neue Arbeitsmappe kopieren.",
            )
        raise InputRefused(
            "ARCHIVE_TOO_MANY_ENTRIES",
            f"Die Datei besteht aus {count} Teilen, zulässig sind {limits.entries}. Bitte nur das "
            "Blatt mit den Antworten in eine neue Arbeitsmappe kopieren und diese einlesen.",
        )
    if offset + size > end:
        raise _inconsistent("ihr Inhaltsverzeichnis liegt außerhalb der Datei")
    parts, starts = _directory(data, offset, offset + size, count)
    _check_names(parts)
    _check_sizes(parts, len(data), limits)
    _check_layout(data, parts, starts, offset)
    return tuple(
        Part(p.name, p.method, p.crc, p.packed, p.size, _data_start(data, start))
        for p, start in zip(parts, starts, strict=True)
    )


def _find_end(data: bytes) -> int | None:
    at = len(data)
    while (at := data.rfind(_END, max(0, len(data) - 65_557), at)) != -1:
        if at + _END_SIZE <= len(data):
            (comment,) = struct.unpack_from("<H", data, at + 20)
            if at + _END_SIZE + comment == len(data):
                return at
    return None


def _directory(data: bytes, at: int, end: int, count: int) -> tuple[list[Part], list[int]]:
    parts: list[Part] = []
    starts: list[int] = []
    while at < end:
        if at + _ENTRY.size > end or data[at : at + 4] != b"PK\x01\x02":
            raise _inconsistent("ihr Inhaltsverzeichnis ist beschädigt")
        fields = _ENTRY.unpack_from(data, at)
        _, made_by, _, flags, method, _, _, crc, packed, size = fields[:10]
        name_size, extra_size, comment_size, _, _, attributes, start = fields[10:]
        raw_name = data[at + _ENTRY.size : at + _ENTRY.size + name_size]
        extra = data[at + _ENTRY.size + name_size :][:extra_size]
        size, packed, start = _wide(extra, size, packed, start)
        name = raw_name.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if flags & _ENCRYPTED_FLAG:
            raise _encrypted()
        if made_by >> 8 == 3 and (attributes >> 16) & 0o170000 == _SYMLINK:
            raise _bad_name(name)
        if method not in (_STORED, _DEFLATED):
            raise _inconsistent("sie ist mit einem unüblichen Verfahren gepackt")
        parts.append(Part(name, method, crc, packed, size, start))
        starts.append(start)
        at += _ENTRY.size + name_size + extra_size + comment_size
    if len(parts) != count:
        raise _inconsistent("ihr Inhaltsverzeichnis nennt eine falsche Zahl von Teilen")
    return parts, starts


def _wide(extra: bytes, size: int, packed: int, start: int) -> tuple[int, int, int]:
    """Sizes of an entry whose 32-bit fields point to the 64-bit field (zip64)."""
    if _UNKNOWN not in (size, packed, start):
        return size, packed, start
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 1 and at + 4 + length <= len(extra):
            numbers = list(struct.unpack_from(f"<{length // 8}Q", extra, at + 4))
            wide = [
                numbers.pop(0) if value == _UNKNOWN and numbers else value
                for value in (size, packed, start)
            ]
            return wide[0], wide[1], wide[2]
        at += 4 + length
    return size, packed, start


def _check_names(parts: list[Part]) -> None:
    seen: set[str] = set()
    for part in parts:
        plain = part.name.replace("\\", "/")
        steps = plain.split("/")
        if ".." in steps or ":" in plain or "\0" in plain or plain.startswith("//"):
            raise _bad_name(part.name)
        if plain.startswith("/") and not plain.startswith(("/xl/", "/_rels/", "/docProps/", "/[")):
            raise _bad_name(part.name)
        key = plain.lstrip("/").casefold()
        if key in seen:
            raise _inconsistent(f"ein Teil ({steps[-1][:60]}) ist doppelt vorhanden")
        seen.add(key)
    for name in seen:
        if name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("xl/macrosheets/"):
            raise _macro_file()


def _check_sizes(parts: list[Part], file_size: int, limits: Limits) -> None:
    total = sum(part.size for part in parts)
    packed = min(file_size, sum(part.packed for part in parts) or file_size)
    largest = max((part.size for part in parts), default=0)
    bomb = total > limits.ratio_from_bytes and total > limits.packing_ratio * packed
    bomb = bomb or any(
        part.size > limits.ratio_from_bytes and part.size > limits.packing_ratio * part.packed
        for part in parts
    )
    if bomb or total > limits.unpacked_bytes or largest > limits.part_bytes:
        raise InputRefused(
            "ARCHIVE_TOO_LARGE",
            f"Die Datei wäre ausgepackt {total // MIB} MB groß, das ist mehr als zulässig "
            f"({limits.unpacked_bytes // MIB} MB) oder als bei Umfragen möglich. Bitte nur die "
            "Zeilen und Spalten mit Antworten in eine neue Arbeitsmappe kopieren.",
        )


def _check_layout(data: bytes, parts: list[Part], starts: list[int], directory: int) -> None:
    order = sorted(range(len(parts)), key=starts.__getitem__)
    if order and starts[order[0]] != 0:
        raise _inconsistent("vor dem eigentlichen Inhalt stehen fremde Bytes")
    end = 0
    for i in order:
        if starts[i] < end:
            raise _inconsistent("Teile der Datei überlappen sich")
        if starts[i] + _LOCAL.size > directory or data[starts[i] : starts[i] + 4] != b"PK\x03\x04":
            raise _inconsistent("ein Teil steht nicht dort, wo das Inhaltsverzeichnis ihn nennt")
        local = _LOCAL.unpack_from(data, starts[i])
        if local[2] & _ENCRYPTED_FLAG:
            raise _encrypted()
        name = data[starts[i] + _LOCAL.size :][: local[9]]
        if name.decode("utf-8" if local[2] & 0x800 else "cp437", "replace") != parts[i].name:
            raise _inconsistent("ein Teil trägt zwei verschiedene Namen")
        end = _data_start(data, starts[i]) + parts[i].packed
        if end > directory:
            raise _inconsistent("ein Teil ragt über das Ende der Datei hinaus")


def _data_start(data: bytes, start: int) -> int:
    name_size, extra_size = struct.unpack_from("<HH", data, start + 26)
    return start + _LOCAL.size + name_size + extra_size


def _encrypted() -> InputRefused:
    """The refusal of a file that needs a password."""
    return InputRefused("ENCRYPTED", ENCRYPTED)


def _macro_file() -> InputRefused:
    """The refusal of a workbook that carries program code."""
    return InputRefused("MACRO_FILE", MACRO_FILE)


def _bad_name(name: str) -> InputRefused:
    shown = "".join(c for c in name if c.isprintable())[:60]
    return InputRefused(
        "ARCHIVE_BAD_NAME",
        f"Die Datei enthält einen Teil mit unzulässigem Namen („{shown}“), wie ihn keine "
        "Tabellenkalkulation schreibt. Bitte in Excel öffnen und als neue .xlsx-Datei speichern.",
    )


def _inconsistent(what: str) -> InputRefused:
    return InputRefused(
        "ARCHIVE_INCONSISTENT",
        f"Die Datei ist in sich widersprüchlich: {what}. Bitte in Excel öffnen und als neue "
        ".xlsx-Datei speichern.",
    )
