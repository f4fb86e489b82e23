"""Files that are tables of something else than answers: refused with the reason."""

import re
from collections.abc import Sequence

import numpy as np

from assessment.german import fold
from assessment.importing.dialects.view import SheetView
from assessment.remarks import InputRefused
from assessment.table import Sheet

_QUESTION_SHEET = re.compile(r"(question|frage|q|f)\s*\d+")
_SYNTAX = re.compile(r"<-|\battributes\(|^names\(|^\s*(VARIABLE|VALUE) LABELS")
_COUNTS = {"answered", "skipped", "beantwortet", "uebersprungen", "total", "gesamt"}
_PARTICIPATORY_BUDGET = {"meta", "projects", "votes"}
_CODEBOOK_NAME = {"bezeichnung", "code", "name", "variable", "variablenname", "item", "id"}
_CODEBOOK_QUESTION = {"frage", "question", "text", "fragetext", "label", "questiontext"}
_CODEBOOK_OPTIONS = {
    *("auswahl", "antwortoptionen", "optionen", "answer_format", "options", "choices"),
    *("type/scale", "antworttyp", "type", "typ", "antworten", "werte", "values"),
}


def refuse_summary(views: Sequence[SheetView]) -> None:
    """Refuse a workbook of counts, one sheet per question.

    Raises:
        InputRefused: ``SUMMARY_WORKBOOK``.
    """
    if len(views) < 3:
        return
    named = sum(bool(_QUESTION_SHEET.fullmatch(fold(view.sheet.name))) for view in views)
    counted = sum(_has_counts(view.sheet) for view in views)
    if max(named, counted) >= 0.8 * len(views) and counted >= 0.5 * len(views):
        raise InputRefused(
            "SUMMARY_WORKBOOK",
            f"Die Datei enthält eine Auszählung je Frage ({len(views)} Blätter mit Häufigkeiten) "
            "und keine einzelnen Antworten; bitte im Umfrageprogramm die Einzelantworten "
            "(„Alle Antworten“, „Individual Responses“) als Tabelle exportieren.",
        )


def _has_counts(sheet: Sheet) -> bool:
    texts = {
        fold(value)
        for column in sheet.columns
        if len(column.values) < 2000
        for value in column.values
        if isinstance(value, str) and len(value) < 20
    }
    return bool(texts & _COUNTS)


def refuse_participatory_budget(view: SheetView) -> None:
    """Refuse a Pabulib file: three tables below each other in one sheet.

    Raises:
        InputRefused: ``NOT_A_TABLE``.
    """
    if not view.sheet.columns:
        return
    first = view.sheet.columns[0]
    words = {fold(value) for value in first.values if isinstance(value, str)}
    if words >= _PARTICIPATORY_BUDGET:
        raise InputRefused(
            "NOT_A_TABLE",
            "Die Datei enthält mehrere Tabellen untereinander (META, PROJECTS, VOTES), wie es bei "
            "Bürgerhaushalten üblich ist; bitte nur die Tabelle mit einer Zeile je Antwort "
            "als eigene Datei speichern.",
        )


def refuse_codebook(view: SheetView, header_rows: tuple[int, ...]) -> None:
    """Refuse a list of questions where answers are expected.

    Raises:
        InputRefused: ``IS_CODEBOOK``.
    """
    if len(header_rows) != 1:
        return
    headers = {fold(text) for text in view.row_texts(header_rows[0]) if text}
    named = headers & _CODEBOOK_NAME
    if named and headers & _CODEBOOK_QUESTION and headers & _CODEBOOK_OPTIONS:
        raise InputRefused(
            "IS_CODEBOOK",
            "Die Datei beschreibt Fragen und Antwortoptionen (ein Codebuch) und enthält keine "
            "Antworten; bitte als Fragebogen einlesen oder den Export der Antworten wählen.",
        )


def refuse_program_text(view: SheetView) -> None:
    """Refuse the R syntax that LimeSurvey writes beside its data file.

    Raises:
        InputRefused: ``NOT_A_TABLE``.
    """
    if not view.sheet.columns:
        return
    column = view.sheet.columns[0]
    code = np.array(
        [isinstance(value, str) and bool(_SYNTAX.search(value)) for value in column.values]
    )
    if code[column.codes].mean() > 0.3:
        raise InputRefused(
            "NOT_A_TABLE",
            "Die Datei enthält Programmtext (etwa R-Syntax) und keine Tabelle mit Antworten; bitte "
            "die Datendatei einlesen, die daneben liegt.",
        )
