"""From the bytes of a file to a survey with its ledger."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

import numpy as np
import pandas as pd

from assessment import __version__
from assessment.importing.checks import Quality, check_answers
from assessment.importing.cleaning import CleanedAnswers, CleanItem, clean_answers
from assessment.importing.conditions import all_hold
from assessment.importing.data_hash import data_hash
from assessment.importing.duplicates import settle_duplicates
from assessment.importing.ledger_entries import (
    column_entries,
    original_changes,
    original_remarks,
    row_entries,
)
from assessment.importing.many_columns import PLACE
from assessment.importing.mapping import (
    ColumnMapping,
    mapping_of_proposal,
    propose_mapping,
    with_decisions,
)
from assessment.importing.mapping_remarks import mapping_remarks
from assessment.importing.municipality_keys import MunicipalityKeys, find_keys
from assessment.importing.opening import OpenedFile, open_file
from assessment.importing.questionnaire_choice import fits
from assessment.importing.recognition import Recognition, recognise
from assessment.ledger import ImportLedger
from assessment.questionnaire.default import default_questionnaire
from assessment.questionnaire.inference import propose_questionnaire
from assessment.questionnaire.model import Item, ItemKind, Questionnaire, Role
from assessment.register import Register, load_register
from assessment.remarks import InputRefused, Remark, Severity
from assessment.survey import AnswerStatus, Provenance, Survey

_CELL_REMARKS = frozenset({"ERROR_CELLS", "FORMULA_WITHOUT_VALUE", "NON_FINITE", "BAD_DATES"})


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the analyst decided; everything left open is proposed by the program."""

    sheet: str | None = None
    dialect: str | None = None
    header_rows: tuple[int, ...] | None = None
    """Original row numbers."""
    mapping: Mapping[int, tuple[str | None, str | None]] = field(default_factory=dict)
    """Column position → (item, option); (None, None) sets the column aside."""
    duplicates: Mapping[str, int] = field(default_factory=dict)
    """Municipality key → row number that counts."""
    keep_contacts: bool = False
    wave: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ImportResult:
    """A survey and everything that explains how it came about."""

    survey: Survey
    recognition: Recognition
    mapping: ColumnMapping
    questionnaire: Questionnaire
    opened: OpenedFile
    quality: Quality

    @property
    def ledger(self) -> ImportLedger:
        """The account of this import."""
        assert self.survey.ledger is not None
        return self.survey.ledger


def import_survey(
    data: bytes,
    name: str,
    questionnaire: Questionnaire | None = None,
    decisions: Decisions = Decisions(),
    *,
    register: Register | None = None,
) -> ImportResult:
    """Read, recognise, map, clean and check one file; the same bytes give the same result.

    Without ``questionnaire`` ours is used where it fits, else one proposed from the file.

    Raises:
        InputRefused: with one German sentence where the file can't be used.
    """
    return take(open_file(data, name), questionnaire, decisions, register=register)


def take(
    opened: OpenedFile,
    questionnaire: Questionnaire | None = None,
    decisions: Decisions = Decisions(),
    *,
    register: Register | None = None,
) -> ImportResult:
    """Like :func:`import_survey` for a file already opened (another decision, the same bytes)."""
    recognition = recognise(
        opened,
        sheet=decisions.sheet,
        dialect=decisions.dialect,
        header_rows=decisions.header_rows,
    )
    chosen, mapping, remarks = _questionnaire_and_mapping(
        recognition, questionnaire, decisions, opened.name
    )
    cleaned = clean_answers(recognition, mapping, chosen)
    if not cleaned.items:
        raise InputRefused(
            "NO_ANSWERS",
            f"Keine Spalte des Blatts „{recognition.sheet}“ gehört zu einer Frage des "
            "Fragebogens; bitte die Spalten von Hand zuordnen oder einen anderen Fragebogen "
            "wählen.",
        )
    positions = {t.item: t.position for t in mapping.taken if t.item and t.option is None}
    keys = find_keys(recognition, cleaned.items, chosen, register or load_register(), positions)
    return _assemble(opened, recognition, chosen, mapping, cleaned, keys, decisions, remarks)


def _questionnaire_and_mapping(
    recognition: Recognition,
    questionnaire: Questionnaire | None,
    decisions: Decisions,
    name: str,
) -> tuple[Questionnaire, ColumnMapping, list[Remark]]:
    keep = decisions.keep_contacts
    candidate = questionnaire or default_questionnaire()
    mapping = propose_mapping(recognition, candidate, keep_contacts=keep)
    if questionnaire is None and not fits(recognition, mapping, candidate):
        proposed = propose_questionnaire(recognition.columns, PurePath(name).stem)
        candidate = proposed.questionnaire
        mapping = mapping_of_proposal(recognition, proposed.mapping, candidate, keep_contacts=keep)
        said = Remark(
            "PROPOSED_CODEBOOK",
            Severity.INFO,
            "Die Datei passt zu keinem vorhandenen Fragebogen; sie wurde mit einem aus ihr "
            "vorgeschlagenen Fragebogen gelesen. Bitte den Fragebogen prüfen und speichern.",
            recognition.sheet,
        )
        mapping = _decided(mapping, decisions, candidate)
        return candidate, mapping, [said, *mapping_remarks(recognition, mapping, candidate)]
    mapping = _decided(mapping, decisions, candidate)
    return candidate, mapping, mapping_remarks(recognition, mapping, candidate)


def _decided(
    mapping: ColumnMapping, decisions: Decisions, questionnaire: Questionnaire
) -> ColumnMapping:
    positions = {target.position for target in mapping.targets}
    for position, (item, option) in decisions.mapping.items():
        known = item is None or (
            item in questionnaire.item_by_id and _takes(questionnaire[item], option)
        )
        if position not in positions or not known:
            raise InputRefused(
                "BAD_MAPPING",
                f"Die Zuordnung von Spalte {position} zu „{item}“ passt nicht zur Datei oder zum "
                "Fragebogen; bitte die Zuordnung neu wählen.",
            )
    return with_decisions(mapping, decisions.mapping)


def _takes(item: Item, option: str | None) -> bool:
    """Whether a column may hold this part of an answer to ``item``."""
    if option is None:
        return True
    if item.kind is ItemKind.RANKING and option.startswith(PLACE):
        return option.removeprefix(PLACE).isdigit()
    return item.kind in (ItemKind.MULTIPLE, ItemKind.RANKING) and option in item.option_by_code


def _assemble(
    opened: OpenedFile,
    recognition: Recognition,
    questionnaire: Questionnaire,
    mapping: ColumnMapping,
    cleaned: CleanedAnswers,
    keys: MunicipalityKeys,
    decisions: Decisions,
    remarks: list[Remark],
) -> ImportResult:
    items = dict(cleaned.items)
    key_item = questionnaire.first(Role.KEY)
    if keys.column is not None and key_item is not None:
        items[key_item.id] = keys.column
    grid = np.column_stack([item.status for item in items.values()])
    answered = (grid == AnswerStatus.ANSWERED).sum(axis=1)
    kept, aside, doubled = settle_duplicates(recognition, keys.keys, answered, decisions.duplicates)
    index = pd.Index([keys.keys[i] for i in kept.tolist()], dtype="str", name="key")
    answers = pd.DataFrame(
        {item: _rows(clean, kept, len(keys.keys)) for item, clean in items.items()}, index=index
    )
    status = pd.DataFrame(grid[kept], index=index, columns=list(items))
    _mark_not_asked(questionnaire, answers, status)
    rows = recognition.row_numbers[kept].tolist()
    quality, found = check_answers(questionnaire, answers, status, rows, recognition.sheet)
    ledger = ImportLedger(
        file_name=opened.name,
        sha256=opened.sha256,
        size=opened.size,
        sheet=recognition.sheet,
        dialect=recognition.dialect,
        dialect_reasons=recognition.reasons,
        header_rows=recognition.header_rows,
        rows=row_entries(recognition, keys.keys, aside, mapping),
        columns=column_entries(recognition, mapping),
        changes=original_changes(recognition, (*cleaned.changes, *keys.changes)),
        remarks=original_remarks(
            recognition,
            (*_about(opened, recognition.sheet), *recognition.remarks),
            (*remarks, *cleaned.remarks, *keys.remarks, *doubled, *found),
        ),
        cells_by_status=_count_cells(status),
    )
    names = {key: keys.names[key] for key in index.tolist() if key in keys.names}
    if recognition.turned is not None:
        names = {key: names.get(key) or PurePath(opened.name).stem for key in index.tolist()}
    survey = Survey(
        questionnaire=questionnaire,
        answers=answers,
        status=status,
        provenance=Provenance(
            opened.name,
            opened.sha256,
            data_hash(answers, status),
            recognition.dialect,
            __version__,
        ),
        ledger=ledger,
        wave=decisions.wave,
        reference_date=_reference_date(questionnaire, answers),
        simulated=keys.simulated,
        names=names,
    )
    return ImportResult(survey, recognition, mapping, questionnaire, opened, quality)


def _rows(clean: CleanItem, kept: np.ndarray, n_rows: int) -> pd.Categorical | np.ndarray:
    """The values of the kept rows; untouched where all are kept."""
    return clean.values if len(kept) == n_rows else clean.values[kept]


def _mark_not_asked(
    questionnaire: Questionnaire, answers: pd.DataFrame, status: pd.DataFrame
) -> None:
    """Empty cells of questions whose condition did not hold were never asked."""
    for item in questionnaire.items:
        if item.condition and item.id in status:
            asked = all_hold(item.condition, questionnaire, answers)
            column = status[item.id].to_numpy(copy=True)
            column[(column == AnswerStatus.MISSING) & ~asked] = AnswerStatus.NOT_ASKED
            status[item.id] = column


def _about(opened: OpenedFile, sheet: str) -> list[Remark]:
    """What was said on opening, without single cells of sheets that are not read."""
    return [
        remark
        for remark in opened.remarks
        if remark.sheet in (None, sheet) or remark.code not in _CELL_REMARKS
    ]


def _count_cells(status: pd.DataFrame) -> dict[str, int]:
    """Number of cells per status; adds up to rows × items."""
    counts = Counter(dict(enumerate(np.bincount(status.to_numpy().ravel(), minlength=8).tolist())))
    return {state.name: counts[state.value] for state in AnswerStatus if counts[state.value]}


def _reference_date(questionnaire: Questionnaire, answers: pd.DataFrame) -> date | None:
    """The latest day any municipality gave as the day its answers hold for."""
    item = questionnaire.first(Role.REFERENCE_DATE)
    if item is None or item.kind is not ItemKind.DATE or item.id not in answers:
        return None
    days = answers[item.id].dropna().tolist()
    return max(days).date() if days else None
