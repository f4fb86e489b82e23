"""Results as an Excel workbook, and the same tables as CSV.

Sheets: Überblick, Ergebnisse, Kommunentyp, Codebuch, Erfüllung, Protokoll, Herkunft. With codebook
and fulfilment every figure can be worked out again.
"""

import io
from collections.abc import Iterator
from datetime import date

import xlsxwriter

from assessment.profiles.dossier import Dossier
from assessment.profiles.public_check import check_variant
from assessment.profiles.results import Assessment
from assessment.reports.ledger_workbook import LedgerSheets, write_ledger
from assessment.reports.results_tables import ResultTables, results_of
from assessment.reports.table_files import CsvForm, table_csv
from assessment.reports.workbook_sheets import OPTIONS, SheetTable, SheetWriter, set_properties

PROTOCOL = "Protokoll – "
DECIMALS = 6


def results_workbook(subject: Assessment | Dossier, created: date) -> bytes:
    """The workbook of one municipality (its dossier) or of all (an assessment, for analysts).

    Same input and day, same bytes. Raises ``InputRefused`` where the dossier's variant would tell
    what it keeps back.
    """
    found = _checked(subject, created)
    survey = subject.assessment.survey if isinstance(subject, Dossier) else subject.survey
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        set_properties(book, found.title, created, found.mark)
        writer = SheetWriter(book, found.mark)
        for table in found.tables:
            writer.add(table)
        if not isinstance(subject, Dossier) and survey.ledger is not None:
            write_ledger(LedgerSheets(book, survey.simulated, PROTOCOL), survey, survey.ledger)
    return buffer.getvalue()


def results_csv(
    subject: Assessment | Dossier, created: date, form: CsvForm
) -> Iterator[tuple[str, bytes]]:
    """Each table as a name („Ergebnisse“) and the content of its CSV file.

    German: byte order mark, semicolon, decimal comma; machine: comma, decimal point, and words
    among numbers in a column of their own.
    """
    found = _checked(subject, created)
    for table in found.tables:
        header = [column.name for column in table.columns]
        data = table_csv(header, table.rows, form, decimals=DECIMALS, origin=found.mark)
        yield table.name, data


def _checked(subject: Assessment | Dossier, created: date) -> ResultTables:
    found = results_of(subject, created)
    if isinstance(subject, Dossier):
        texts = [found.title]
        for table in found.tables:
            texts += _texts(table)
        check_variant(texts, subject)
    return found


def _texts(table: SheetTable) -> Iterator[str]:
    """All cells as texts. The codebook is the same for everybody: it tells nobody's answer."""
    if table.name == "Codebuch":
        return
    for row in table.rows:
        yield from (str(cell) for cell in row if cell is not None)
