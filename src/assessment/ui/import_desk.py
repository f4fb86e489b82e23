"""One file on its way in: opened once per upload, taken again with every decision.

Everything here lives in the session; no other session can reach it.
"""

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assessment.importing.importer import Decisions, ImportResult, take
from assessment.importing.opening import OpenedFile, open_file
from assessment.importing.saved_mappings import find_mapping, save_mapping
from assessment.ledger import ImportLedger
from assessment.questionnaire.model import Questionnaire
from assessment.remarks import InputRefused
from assessment.ui.loaders import register
from assessment.ui.navigation import ROOT

LARGEST_MB = 25
_KEY = "import_desk"


@dataclass
class Desk:
    """The file a session is working on and what has been decided about it so far."""

    file_id: str = ""
    opened: OpenedFile | None = None
    decisions: Decisions = field(default_factory=Decisions)
    questionnaire: Questionnaire | None = None
    """A codebook the analyst brought or corrected; ``None`` lets the program choose."""
    result: ImportResult | None = None
    taken_over: bool = False
    notice: str = ""
    """Something to tell about this file beside its remarks."""
    resumed: bool = False
    """Taken up again after a visit to other pages, where the uploader forgets its file."""
    searched: bool = False
    """Whether a saved mapping has been looked for."""

    def decide(self, **changes: object) -> None:
        """Change decisions; the file is taken again at the next look."""
        self.decisions = replace(self.decisions, **changes)
        self.result = None
        self.taken_over = False

    def map_columns(self, targets: Mapping[int, tuple[str | None, str | None]]) -> None:
        """Add decisions on columns to those made before."""
        self.decide(mapping={**self.decisions.mapping, **targets})

    def use_questionnaire(self, questionnaire: Questionnaire | None) -> None:
        """Read the file with another codebook; decisions on columns of the old one are dropped."""
        self.questionnaire = questionnaire
        self.decide(mapping={})

    def look(self) -> ImportResult:
        """The file as it would be taken over now.

        Raises:
            InputRefused: where the decisions don't fit the file or it can't be used.
        """
        if self.opened is None:
            raise InputRefused("NO_FILE", "Bitte zuerst eine Datei wählen.")
        if self.result is None:
            self.result = self._take(self.opened)
            if not self.searched:
                self.searched = True
                self._apply_saved_mapping(self.opened, self.result)
        return self.result

    def _take(self, opened: OpenedFile) -> ImportResult:
        return take(opened, self.questionnaire, self.decisions, register=register())

    def _apply_saved_mapping(self, opened: OpenedFile, result: ImportResult) -> None:
        try:
            saved = find_mapping(mappings_folder(), result.recognition, result.questionnaire)
        except InputRefused as error:
            self.notice = error.message
            return
        differing = {
            target.position: saved[target.position]
            for target in result.mapping.targets
            if saved is not None
            and target.position in saved
            and (target.needs_decision or saved[target.position] != (target.item, target.option))
        }
        if differing:
            self.decisions = replace(self.decisions, mapping=differing)
            self.result = self._take(opened)
            self.notice = (
                "Zu diesen Spaltenköpfen gibt es eine gespeicherte Zuordnung; sie ist angewendet."
            )

    def keep_mapping(self) -> None:
        """Save the confirmed mapping, so that the next export with these headers finds it."""
        if self.result is None:
            return
        try:
            save_mapping(
                mappings_folder(),
                self.result.recognition,
                self.result.mapping,
                self.result.questionnaire,
            )
        except OSError:
            # A read-only installation still takes surveys over; only the comfort is missing.
            self.notice = "Die Zuordnung ließ sich nicht speichern (kein Schreibzugriff)."


def mappings_folder() -> Path:
    """Where confirmed mappings lie: headers and question codes, never answers."""
    return Path(os.environ.get("ASSESSMENT_STATE") or ROOT / "out") / "zuordnungen"


def desk() -> Desk:
    """This session's desk."""
    return st.session_state.setdefault(_KEY, Desk())


def open_upload(upload: UploadedFile | None) -> Desk:
    """Open a new upload (once); decisions about an earlier file are forgotten.

    Without an upload the work on the file before goes on.

    Raises:
        InputRefused: where the file can't be read safely.
    """
    mine = desk()
    if upload is not None and mine.file_id != upload.file_id:
        fresh = Desk()
        fresh.opened = open_file(upload.getvalue(), upload.name)
        fresh.file_id = upload.file_id
        st.session_state[_KEY] = mine = fresh
    return mine


def duplicate_rows(ledger: ImportLedger) -> dict[str, list[int]]:
    """Municipality key → rows of the file, for keys that occur more than once."""
    rows: dict[str, list[int]] = defaultdict(list)
    for entry in ledger.rows:
        if entry.key:
            rows[entry.key].append(entry.row)
    return {key: found for key, found in rows.items() if len(found) > 1}
