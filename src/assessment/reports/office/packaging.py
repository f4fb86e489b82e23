"""Office files as bytes that depend on their content only."""

import io
import zipfile

_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day a ZIP directory can name: no clock in the file."""


def stable_package(data: bytes) -> bytes:
    """The same package with fixed times; order and content of its parts stay."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as stable,
    ):
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _DAY)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            stable.writestr(fixed, source.read(entry))
    return target.getvalue()
