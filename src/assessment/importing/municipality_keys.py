"""Who answered: keys checked against the register, found by name, or made from the row number."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.importing.cleaning import CleanItem
from assessment.importing.column_changes import rows_in_words, shortened
from assessment.importing.key_problems import KeyProblems, simulated_remarks
from assessment.importing.recognition import Recognition
from assessment.ledger import Change
from assessment.questionnaire.model import Questionnaire, Role
from assessment.register import KeyCheck, KeyStatus, Register
from assessment.register.keys import KEY_LENGTHS
from assessment.remarks import Remark, Severity
from assessment.survey import AnswerStatus
from assessment.table import column_letter

ROW_KEY = "Zeile-"
"""Beginning of the keys made for rows nobody can be found for."""
LONGEST_KEY = 200
"""Longer identifiers fit into no plan and no address; their rows get keys of their own."""
LONGEST_NAME = 160
"""Characters of a name as pages and documents show it."""
PLAUSIBLE_SHARE = 0.5
"""Share of keys that must look like German keys before a guessed key column is checked."""
_LANDS = frozenset(f"{land:02d}" for land in range(1, 17))


@dataclass(frozen=True, slots=True, eq=False)
class MunicipalityKeys:
    """One key per data row (not yet unique), with names, remarks and changes."""

    keys: tuple[str, ...]
    names: Mapping[str, str]
    remarks: tuple[Remark, ...] = ()
    changes: tuple[Change, ...] = ()
    simulated: bool = False
    column: CleanItem | None = None
    """The key item with corrected keys, if the file has one."""


def find_keys(
    recognition: Recognition,
    items: Mapping[str, CleanItem],
    questionnaire: Questionnaire,
    register: Register,
    positions: Mapping[str, int],
) -> MunicipalityKeys:
    """A key for every data row.

    ``positions`` maps items to the column they came from. A key column of a proposed codebook is
    checked against the register only if it looks like one of German keys; other identifiers are
    taken as they stand, or not at all where they repeat.
    """
    key_item = questionnaire.first(Role.KEY)
    name_item = questionnaire.first(Role.NAME)
    names = _texts(items, name_item.id if name_item else None, recognition.n_rows)
    rows = [int(number) for number in recognition.row_numbers]
    if key_item is None or key_item.id not in items:
        return _without_keys(recognition, items, questionnaire, register, names, rows)
    texts = _texts(items, key_item.id, recognition.n_rows)
    checks = {text: register.check_key(text) for text in dict.fromkeys(texts) if text}
    if questionnaire.proposed and not _look_german(texts, checks):
        return _foreign_keys(texts, names, rows)
    letter = column_letter(positions[key_item.id]) if key_item.id in positions else None
    severity = Severity.INFO if questionnaire.proposed else Severity.WARNING
    problems = KeyProblems(recognition, letter, severity)
    land = _lands(items, questionnaire, recognition.n_rows)
    by_name = _name_finder(register)
    keys = []
    for row, text, name, where in zip(rows, texts, names, land, strict=True):
        check = checks.get(text)
        keys.append(_key_of(row, text, name, where, check, by_name, problems))
    simulated = any(check.status is KeyStatus.SIMULATED for check in checks.values())
    remarks = problems.remarks() + simulated_remarks(recognition, checks)
    return MunicipalityKeys(
        tuple(keys),
        _shown_names(keys, names, checks),
        tuple(remarks),
        _changes(recognition, positions.get(key_item.id), key_item.id, texts, keys, rows),
        simulated,
        _key_column(texts, checks, items[key_item.id]),
    )


def _texts(items: Mapping[str, CleanItem], item: str | None, rows: int) -> list[str]:
    """Answer texts of an item per row, ``""`` where there is none."""
    if item is None or item not in items:
        return [""] * rows
    values = items[item].values
    if not isinstance(values, pd.Categorical):
        return ["" if np.isnan(v) else str(int(v)) for v in values.tolist()]
    categories: list[str] = values.categories.tolist()
    return [categories[code] if code >= 0 else "" for code in values.codes.tolist()]


def _look_german(texts: Sequence[str], checks: Mapping[str, KeyCheck]) -> bool:
    filled = [text for text in texts if text]
    plausible = sum(_looks_german(text, checks[text]) for text in filled)
    return bool(filled) and plausible / len(filled) >= PLAUSIBLE_SHARE


def _looks_german(text: str, check: KeyCheck) -> bool:
    if check.status is KeyStatus.UNKNOWN:
        # Any long number becomes a key once a zero is put in front of it.
        return check.key[:2] in _LANDS and len(text.strip()) in KEY_LENGTHS
    return check.status is not KeyStatus.MALFORMED


def _foreign_keys(
    texts: Sequence[str], names: Sequence[str], rows: Sequence[int]
) -> MunicipalityKeys:
    """Identifiers of another kind: kept where they identify, else replaced by row keys."""
    # A plan and an address carry a key on one line.
    texts = [" ".join(text.split()) for text in texts]
    counts = Counter(text for text in texts if text)
    repeated = sum(count for count in counts.values() if count > 1)
    if not counts or repeated > 0.2 * len(texts):
        keys = [f"{ROW_KEY}{row}" for row in rows]
    else:
        known = (text if len(text) <= LONGEST_KEY else "" for text in texts)
        keys = [text or f"{ROW_KEY}{row}" for text, row in zip(known, rows, strict=True)]
    return MunicipalityKeys(tuple(keys), _shown_names(keys, names, {}))


def _without_keys(
    recognition: Recognition,
    items: Mapping[str, CleanItem],
    questionnaire: Questionnaire,
    register: Register,
    names: Sequence[str],
    rows: Sequence[int],
) -> MunicipalityKeys:
    """No key column: by name where the questionnaire is a confirmed one, else by row."""
    row_keys = [f"{ROW_KEY}{row}" for row in rows]
    if questionnaire.proposed or questionnaire.first(Role.KEY) is None:
        return MunicipalityKeys(tuple(row_keys), _shown_names(row_keys, names, {}))
    by_name = _name_finder(register)
    land = _lands(items, questionnaire, len(rows))
    found = [by_name(name, where) for name, where in zip(names, land, strict=True)]
    keys = [key or row_key for key, row_key in zip(found, row_keys, strict=True)]
    missing = [row for row, key in zip(rows, found, strict=True) if not key]
    message = "Die Datei hat keine Spalte mit dem Gemeindeschlüssel; "
    if missing:
        message += (
            f"auch ein eindeutiger Name fehlt ({rows_in_words(missing)}). Bitte die Schlüssel "
            "ergänzen."
        )
    else:
        message += "die Kommunen wurden am Namen erkannt. Bitte die Zuordnung prüfen."
    remark = Remark("NO_KEYS", Severity.WARNING, message, recognition.sheet)
    return MunicipalityKeys(tuple(keys), _shown_names(keys, names, {}), (remark,))


def _key_of(
    row: int,
    text: str,
    name: str,
    land: str,
    check: KeyCheck | None,
    by_name: Callable[[str, str], str | None],
    problems: KeyProblems,
) -> str:
    if check is None or check.status is KeyStatus.MALFORMED:
        return _key_by_name(row, text, name, land, check, by_name, problems)
    if check.status is KeyStatus.FORMER:
        problems.add(row, check.message, text)
    elif check.status is KeyStatus.UNKNOWN:
        if check.key[:2] not in _LANDS:
            problems.add(row, check.message, text)
        else:
            problems.unknown.append(row)
    elif check.corrected and text.strip() != check.key:
        digits = sum(character.isdigit() for character in text)
        if (check.status is KeyStatus.KNOWN and digits < len(check.key)) or not text.isdigit():
            problems.add(row, check.message, text)
        else:
            problems.converted.append(row)
    return check.key


def _key_by_name(
    row: int,
    text: str,
    name: str,
    land: str,
    check: KeyCheck | None,
    by_name: Callable[[str, str], str | None],
    problems: KeyProblems,
) -> str:
    found = by_name(name, land)
    said = check.message if check else "Der Gemeindeschlüssel fehlt."
    if found:
        problems.add(row, f"{said} Über den Namen „{shortened(name)}“ gefunden: {found}.", text)
        return found
    problems.add(
        row, f"{said} Die Zeile wird als „{ROW_KEY}{row}“ geführt, bis er ergänzt ist.", text
    )
    return f"{ROW_KEY}{row}"


def _name_finder(register: Register) -> Callable[[str, str], str | None]:
    """(name, land) → key if exactly one municipality bears the name."""
    known: dict[tuple[str, str], str | None] = {}

    def find(name: str, land: str) -> str | None:
        if not name.strip():
            return None
        if (name, land) not in known:
            found = register.find(name, land or None)
            known[name, land] = found[0].ags if len(found) == 1 else None
        return known[name, land]

    return find


def _lands(items: Mapping[str, CleanItem], questionnaire: Questionnaire, rows: int) -> list[str]:
    item = questionnaire.first(Role.LAND)
    if item is None or not item.kind.coded:
        return [""] * rows
    return _texts(items, item.id, rows)


def _shown_names(
    keys: Sequence[str], names: Sequence[str], checks: Mapping[str, KeyCheck]
) -> dict[str, str]:
    """Key → name as given, else as in the register.

    A name is shown in at most :data:`LONGEST_NAME` characters; the answer itself stays whole.
    """
    shown = {
        check.key: check.municipality.name
        for check in checks.values()
        if check.municipality is not None
    }
    given = {key: name for key, name in zip(keys, names, strict=True) if name.strip()}
    return shown | {key: shortened(name, LONGEST_NAME) for key, name in given.items()}


def _changes(
    recognition: Recognition,
    position: int | None,
    item: str,
    texts: Sequence[str],
    keys: Sequence[str],
    rows: Sequence[int],
) -> tuple[Change, ...]:
    if position is None:
        return ()
    header = next(c.header for c in recognition.columns if c.column.position == position)
    grouped: dict[tuple[str, str], list[int]] = {}
    for text, key, row in zip(texts, keys, rows, strict=True):
        if text != key:
            grouped.setdefault((text, key), []).append(row)
    return tuple(
        Change(
            position,
            header,
            item,
            text,
            key,
            "Schlüssel nach dem Gemeindeverzeichnis",
            np.array(numbers, dtype=np.int32),
        )
        for (text, key), numbers in grouped.items()
    )


def _key_column(texts: Sequence[str], checks: Mapping[str, KeyCheck], item: CleanItem) -> CleanItem:
    """The key item with the keys as they should be written.

    Unreadable keys are invalid; a key found by name is nobody's answer and is not filled in.
    """
    good = {
        text: check.key for text, check in checks.items() if check.status is not KeyStatus.MALFORMED
    }
    written = [good.get(text) for text in texts]
    unreadable = np.array([bool(text) and text not in good for text in texts], dtype=bool)
    status = np.where(unreadable, np.int8(AnswerStatus.INVALID), item.status).astype(np.int8)
    return CleanItem(pd.Categorical(pd.Series(written, dtype="str")), status)
