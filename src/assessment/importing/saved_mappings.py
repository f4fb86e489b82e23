"""Mappings confirmed once are found again: one JSON file per set of headers and questionnaire."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from assessment.importing.header_checks import header_key
from assessment.importing.mapping import ColumnMapping
from assessment.importing.recognition import Recognition
from assessment.questionnaire.model import Questionnaire
from assessment.remarks import InputRefused

FORMAT = 1


def header_fingerprint(recognition: Recognition) -> str:
    """Fingerprint of the headers, whatever their order; 16 hexadecimal digits."""
    names = sorted("\x1f".join(name) for name in _names(recognition).values())
    text = "\x1e".join([recognition.dialect, *names])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def save_mapping(
    folder: Path,
    recognition: Recognition,
    mapping: ColumnMapping,
    questionnaire: Questionnaire,
) -> Path:
    """Write the mapping to ``folder`` and return the file; an older one is replaced.

    Open questions are not written: only what was decided is found again.
    """
    names = _names(recognition)
    entries = [
        {
            "header": names[target.position][0],
            "occurrence": int(names[target.position][1]),
            "item": target.item,
            "option": target.option,
        }
        for target in mapping.targets
        if not target.needs_decision
    ]
    content = {
        "format": FORMAT,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "dialect": recognition.dialect,
        "columns": entries,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = _path(folder, recognition, questionnaire)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def find_mapping(
    folder: Path, recognition: Recognition, questionnaire: Questionnaire
) -> dict[int, tuple[str | None, str | None]] | None:
    """Targets by column position from a saved mapping of the same headers, or ``None``.

    Raises:
        InputRefused: ``MAPPING_INVALID`` if the file was damaged or names unknown items.
    """
    path = _path(folder, recognition, questionnaire)
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        saved = {
            (entry["header"], str(entry["occurrence"])): (entry["item"], entry["option"])
            for entry in content["columns"]
        }
    except (ValueError, KeyError, TypeError) as error:
        raise InputRefused(
            "MAPPING_INVALID",
            f"Die gespeicherte Zuordnung {path.name} ist beschädigt; bitte löschen und die Spalten "
            "neu zuordnen.",
        ) from error
    unknown = {item for item, _ in saved.values() if item} - set(questionnaire.item_by_id)
    if unknown:
        raise InputRefused(
            "MAPPING_INVALID",
            f"Die gespeicherte Zuordnung {path.name} nennt die unbekannte Frage "
            f"„{min(unknown)}“; bitte löschen und die Spalten neu zuordnen.",
        )
    return _by_position(recognition, saved)


def _by_position(
    recognition: Recognition,
    saved: Mapping[tuple[str, str], tuple[str | None, str | None]],
) -> dict[int, tuple[str | None, str | None]]:
    names = _names(recognition)
    return {position: saved[name] for position, name in names.items() if name in saved}


def _names(recognition: Recognition) -> dict[int, tuple[str, str]]:
    """Column position → (folded header, which of the columns with this header)."""
    seen: Counter[str] = Counter()
    names = {}
    for column in recognition.columns:
        key = header_key(column.header)
        seen[key] += 1
        names[column.column.position] = (key, str(seen[key]))
    return names


def _path(folder: Path, recognition: Recognition, questionnaire: Questionnaire) -> Path:
    """The names in the path are our own: an id may contain anything but blanks."""
    which = f"{questionnaire.id}\x1f{questionnaire.version}"
    kind = hashlib.sha256(which.encode()).hexdigest()[:8]
    return folder / f"{header_fingerprint(recognition)}-{kind}.json"
