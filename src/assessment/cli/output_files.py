"""What commands write: files in folders that may not exist yet, tables with their companion."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from assessment.profiles.provenance import ProvenanceRecord
from assessment.remarks import InputRefused

_REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENAMETOOLONG: "Der Name ist zu lang.",
        errno.EACCES: "Dort darf nicht geschrieben werden.",
        errno.EPERM: "Dort darf nicht geschrieben werden.",
        errno.EROFS: "Dort darf nicht geschrieben werden.",
        errno.ENOENT: "Dort lässt sich nichts anlegen.",
        errno.EEXIST: "Ein Teil des Pfads ist eine Datei und kein Ordner.",
        errno.ENOTDIR: "Ein Teil des Pfads ist eine Datei und kein Ordner.",
        errno.EISDIR: "Das ist ein Ordner, erwartet wird eine Datei.",
        errno.ENOSPC: "Der Datenträger ist voll.",
    }
)


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Whatever keeps ``target`` from being written is told with its name.

    Raises:
        InputRefused: ``CANNOT_WRITE``, with the reason as far as it is known.
    """
    try:
        yield
    except BrokenPipeError:
        # The reader of our messages has gone; nothing is wrong with the target.
        raise
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "Bitte ein anderes Ziel angeben.")
        raise InputRefused(
            "CANNOT_WRITE", f"„{target}“ lässt sich nicht schreiben. {reason}"
        ) from error


def write(path: Path, data: bytes) -> None:
    """Write a file; raises ``InputRefused`` like :func:`writing`."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def describe(table: Path, content: str, record: ProvenanceRecord) -> None:
    """Write beside a results table what it rests on."""
    from assessment.reports.companion import companion, companion_path

    write(companion_path(table), companion(table, content, record))
