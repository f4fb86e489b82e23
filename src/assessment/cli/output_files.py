"""What commands write: files in folders that may not exist yet, tables with their companion."""

from pathlib import Path

from assessment.profiles.provenance import ProvenanceRecord


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def describe(table: Path, content: str, record: ProvenanceRecord) -> None:
    """Write beside a results table what it rests on."""
    from assessment.reports.companion import companion, companion_path

    write(companion_path(table), companion(table, content, record))
