"""Small files for the command line, and what its files must hold."""

import csv
import hashlib
from pathlib import Path
from typing import Any

from assessment import __version__

FOREIGN = [
    [
        "Gemeinde",
        "AGS",
        "Wie wichtig ist Klimaschutz?",
        "Wie wichtig ist Verkehr?",
        "Wie wichtig ist Bildung, auch für Erwachsene?",
        "Bemerkung, frei",
    ],
    *[
        [
            f"Ort {number}",
            "",
            str(1 + number % 5),
            str(1 + (number * 3) % 5),
            str(1 + number % 4),
            f"Text {number}",
        ]
        for number in range(1, 41)
    ],
]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_companion(described: dict[str, Any], table: str, survey_file: Path) -> None:
    """What every companion of a table made from the simulated sample says."""
    assert described["table"] == table
    assert described["simulated"] is True
    assert "keine Studienergebnisse" in described["note"]
    record = described["provenance"]
    assert record["questionnaire_id"] == "kommunal"
    assert record["questionnaire_version"] == "2026.1"
    assert record["file_sha256"] == hashlib.sha256(survey_file.read_bytes()).hexdigest()
    assert len(record["data_hash"]) >= 32
    assert record["scoring"]["least_coverage"] == 0.6
    assert record["program_version"] == __version__
