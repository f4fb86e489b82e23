"""ZIP archives with equal bytes for equal files: no clock, no order of a file system."""

import io
import zipfile
from collections.abc import Iterable

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The format's first day; stands for „no time“."""
STORED = frozenset({"docx", "xlsx", "pptx", "zip", "png"})
"""Endings of files that are compressed already; of a PDF only the streams are, not its tags."""


def archive_bytes(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files with their names in this order.

    Raises ``ValueError`` for two equal names (also where only case differs): some systems would
    keep only one of the files.
    """
    buffer = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files:
            if name.casefold() in taken:
                raise ValueError(f"two files of one archive bear the same name: {name}")
            taken.add(name.casefold())
            archive.writestr(archive_entry(name), data)
    return buffer.getvalue()


def archive_entry(name: str) -> zipfile.ZipInfo:
    """Head of one file: nothing of the clock or the machine that packs."""
    entry = zipfile.ZipInfo(name, EARLIEST)
    packed = name.rpartition(".")[2].lower() in STORED
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    # Otherwise both depend on the machine that packs.
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
