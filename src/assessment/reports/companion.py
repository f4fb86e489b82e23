"""What a results table rests on, as a JSON file beside it: the table itself stays a plain table."""

import json
from pathlib import Path
from typing import Any

from assessment.profiles.plain import as_plain
from assessment.profiles.provenance import ProvenanceRecord
from assessment.reports.ledger_workbook import SIMULATED

SCHEMA = 1


def companion_path(table: Path) -> Path:
    """``werte.csv`` → ``werte.meta.json``."""
    return table.with_suffix(".meta.json")


def companion(table: Path, content: str, record: ProvenanceRecord) -> bytes:
    """The companion of ``table``; ``content`` says what a row and its columns are (German)."""
    described: dict[str, Any] = {
        "schema": SCHEMA,
        "table": table.name,
        "content": content,
        "simulated": record.simulated,
        "note": SIMULATED if record.simulated else "",
        "provenance": as_plain(record),
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()
