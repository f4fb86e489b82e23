"""Whether a Visual Basic project in an .xls file holds any code.

Excel adds a project with empty modules to many old workbooks; only those with code are refused.
The modules are unpacked as text (MS-OVBA 2.4.1) and never interpreted.
"""

from assessment.importing.readers.compound_file import CompoundFile

_START = b"\0Attribut"
"""How each module's packed source begins (its first three bytes are the container's)."""
_LARGEST = 1 << 20


def has_macro_code(file: CompoundFile) -> bool:
    """True if any module has a line besides its attributes, or can't be unpacked."""
    for name in sorted(file.names()):
        stream = file.stream(name)
        if stream is None or _START not in stream:
            continue
        source = _unpack(stream[stream.index(_START) - 3 :])
        if source is None:
            return True
        for line in source.decode("cp1252", "replace").splitlines():
            words = line.strip()
            if words and not words.startswith(("Attribute ", "Option ", "'")):
                return True
    return False


def _unpack(packed: bytes) -> bytes | None:
    """The text of one packed module, ``None`` if it is malformed."""
    out = bytearray()
    at = 1
    while at + 2 <= len(packed) and len(out) < _LARGEST:
        header = int.from_bytes(packed[at : at + 2], "little")
        if (header >> 12) & 7 != 3:
            break  # behind the last chunk
        end = min(len(packed), at + (header & 0xFFF) + 3)
        if header >> 15 == 0:
            out += packed[at + 2 : end]
        elif not _unpack_chunk(packed[at + 2 : end], out):
            return None
        at = end
    return bytes(out)


def _unpack_chunk(chunk: bytes, out: bytearray) -> bool:
    start, at = len(out), 0
    while at < len(chunk):
        flags = chunk[at]
        at += 1
        for bit in range(8):
            if at >= len(chunk):
                break
            if not flags >> bit & 1:
                out.append(chunk[at])
                at += 1
                continue
            if at + 2 > len(chunk):
                return False
            token = int.from_bytes(chunk[at : at + 2], "little")
            at += 2
            bits = max(4, (len(out) - start - 1).bit_length())
            length = (token & (0xFFFF >> bits)) + 3
            offset = (token >> (16 - bits)) + 1
            if offset > len(out) - start:
                return False
            for _ in range(length):
                out.append(out[-offset])
    return True
