"""Which sheet of a workbook holds the answers.

Hidden sheets are never chosen silently; that they exist was said when the file was opened.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessment.german import fold
from assessment.importing.dialects.answers_workbook import find_table
from assessment.importing.dialects.extent import find_header
from assessment.importing.dialects.not_answers import refuse_summary
from assessment.importing.dialects.view import SheetView
from assessment.remarks import InputRefused, Remark, Severity
from assessment.table import Sheet, SheetState

_BESIDE = re.compile(
    r"(codebuch|codebook|legende|hinweise?|info|deckblatt|anleitung|readme|variablen|choices"
    r"|settings|metadaten|lies ?mich|werte|impressum)\b.*"
)


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """The sheet with the answers and what is to be said about the others."""

    view: SheetView
    remarks: tuple[Remark, ...]


def choose_sheet(sheets: Sequence[Sheet], wanted: str | None) -> SheetChoice:
    """The sheet named ``wanted``, else the visible sheet that looks most like answers.

    Raises:
        InputRefused: ``NO_SUCH_SHEET``, ``NO_DATA``, ``ONLY_HIDDEN_SHEETS``, ``SUMMARY_WORKBOOK``.
    """
    if wanted is not None:
        return _named(sheets, wanted)
    views = [SheetView(sheet) for sheet in sheets if sheet.state is SheetState.VISIBLE]
    with_cells = [view for view in views if len(view.columns_in_use)]
    hidden = [sheet for sheet in sheets if sheet.state is not SheetState.VISIBLE]
    if not with_cells:
        if any(sheet.n_rows for sheet in hidden):
            names = ", ".join(f"„{sheet.name}“" for sheet in hidden)
            raise InputRefused(
                "ONLY_HIDDEN_SHEETS",
                f"Nur ausgeblendete Blätter ({names}) enthalten Zellen; bitte das Blatt mit den "
                "Antworten in der Tabellenkalkulation einblenden und die Datei neu speichern.",
            )
        raise InputRefused(
            "NO_DATA", "Die Datei enthält keine Zellen mit Inhalt; bitte den Export wiederholen."
        )
    own = [view for view in with_cells if find_table(view) is not None]
    if own:
        others = [view for view in with_cells if view is not own[0]]
        return SheetChoice(own[0], (_others_remark(own[0], others),) if others else ())
    refuse_summary(with_cells)
    ranked = sorted(with_cells, key=_likeness, reverse=True)
    chosen = ranked[0]
    others = ranked[1:]
    return SheetChoice(chosen, (_others_remark(chosen, others),) if others else ())


def _named(sheets: Sequence[Sheet], wanted: str) -> SheetChoice:
    for sheet in sheets:
        if sheet.name == wanted:
            return SheetChoice(SheetView(sheet), ())
    names = ", ".join(f"„{sheet.name}“" for sheet in sheets)
    raise InputRefused(
        "NO_SUCH_SHEET",
        f"Das Blatt „{wanted}“ gibt es in der Datei nicht; vorhanden: {names}.",
    )


def _likeness(view: SheetView) -> tuple[bool, int]:
    """Beside-the-data names last; otherwise the number of filled cells below the header."""
    header = find_header(view)
    below = view.row_counts[max(header, default=-1) + 1 :]
    beside = bool(_BESIDE.fullmatch(fold(view.sheet.name)))
    answers_per_row = int(below.sum()) if len(view.columns_in_use) > 1 else 0
    return not beside and answers_per_row > 0, answers_per_row


def _others_remark(chosen: SheetView, others: Sequence[SheetView]) -> Remark:
    """Worth a warning only where another sheet could be meant just as well."""
    names = ", ".join(f"„{view.sheet.name}“" for view in others)
    rival = _likeness(others[0])
    doubtful = rival[0] and rival[1] >= 0.3 * _likeness(chosen)[1]
    return Remark(
        "SEVERAL_SHEETS",
        Severity.WARNING if doubtful else Severity.INFO,
        f"Eingelesen wird das Blatt „{chosen.sheet.name}“; nicht eingelesen werden: {names}. "
        "Ein anderes Blatt kann gewählt werden.",
        sheet=chosen.sheet.name,
    )
