"""Where many files go, one after the other: into an archive or a folder, never all in memory.

An archive appears under its name only when it is whole; equal files in equal order are equal
bytes.
"""

import os
import tempfile
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from assessment.delivery.archive import archive_entry


class Sink(Protocol):
    """Takes files by name. A name given twice is an error of the caller."""

    def add(self, name: str, data: bytes) -> None: ...


class ArchiveSink:
    """A ZIP at ``path``; left as it was if writing ends with an error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".teil")
        os.close(handle)
        self._part = Path(name)
        self._archive = zipfile.ZipFile(self._part, "w")
        return self

    def add(self, name: str, data: bytes) -> None:
        """Raises ``ValueError`` for a name that is taken (also where only case differs)."""
        _claim(self._names, name)
        self._archive.writestr(archive_entry(name), data)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()
        if error is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)


class FolderSink:
    """Files in a folder, which is made where it is missing; what is finished stays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def add(self, name: str, data: bytes) -> None:
        """Raises ``ValueError`` for a name that is taken (also where only case differs)."""
        _claim(self._names, name)
        (self._folder / name).write_bytes(data)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass


def _claim(taken: set[str], name: str) -> None:
    if name.casefold() in taken:
        raise ValueError(f"two files of one delivery bear the same name: {name}")
    taken.add(name.casefold())
