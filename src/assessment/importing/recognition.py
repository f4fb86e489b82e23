"""Recognise which table a file holds and which survey program wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from assessment.importing.dialects import answers_workbook
from assessment.importing.dialects.dialect import (
    Dialect,
    HeaderParts,
    RawColumn,
    Sighting,
    SpecialMeaning,
)
from assessment.importing.dialects.extent import Extent, find_extent, find_header
from assessment.importing.dialects.generic import counts_rows
from assessment.importing.dialects.not_answers import (
    refuse_codebook,
    refuse_participatory_budget,
    refuse_program_text,
)
from assessment.importing.dialects.one_organisation import DIALECT_ID, TITLE, Turned, turn
from assessment.importing.dialects.registry import DIALECTS, sightings
from assessment.importing.dialects.sheet_choice import choose_sheet
from assessment.importing.dialects.view import SheetView, restrict, tidy
from assessment.importing.header_checks import header_remarks, stray_columns, stray_remarks
from assessment.ledger import Fate, RowEntry
from assessment.remarks import InputRefused, Remark, Severity
from assessment.source_column import Part, SourceColumn
from assessment.table import Sheet, column_letter


class Opened(Protocol):
    """What recognition needs of an opened file (see ``importing.opening.OpenedFile``)."""

    @property
    def sheets(self) -> tuple[Sheet, ...]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Recognition:
    """The table as found; row numbers and column positions are those of the original file."""

    dialect: str
    title: str
    """German name of the dialect."""
    reasons: tuple[str, ...]
    """German sentences: why this dialect."""
    sheet: str
    header_rows: tuple[int, ...]
    """Empty for SPSS files and tables without a header."""
    row_numbers: np.ndarray
    """int32, shape (data rows,)."""
    columns: tuple[SourceColumn, ...]
    set_aside_rows: tuple[RowEntry, ...]
    set_aside_columns: tuple[tuple[int, str, str], ...] = ()
    """Columns without any content of the table: (position, header, German reason)."""
    remarks: tuple[Remark, ...] = ()
    alternatives: tuple[str, ...] = ()
    """Ids of the other dialects that showed signs."""
    turned: Turned | None = None
    """Set where the file holds one organisation's answers line by line: then columns of this
    recognition are lines of the file, and its only row is the column with the answers."""
    by_code: bool = False
    """The codes alone say which question a column answers (our own questionnaire)."""
    special: dict[str, str] = field(default_factory=dict)
    """Folded cell text → name of an ``AnswerStatus``, as the survey program means it."""

    @property
    def n_rows(self) -> int:
        return len(self.row_numbers)


def recognise(
    opened: Opened,
    *,
    sheet: str | None = None,
    dialect: str | None = None,
    header_rows: tuple[int, ...] | None = None,
) -> Recognition:
    """Find the table with the answers and the program that wrote it.

    ``sheet``, ``dialect`` (an id) and ``header_rows`` (original row numbers) overrule what would be
    recognised.

    Raises:
        InputRefused: where the file holds no answers (``NO_DATA``, ``SUMMARY_WORKBOOK``,
            ``NOT_A_TABLE``, ``IS_CODEBOOK``), or for an overruling that doesn't fit
            (``NO_SUCH_SHEET``, ``NO_SUCH_DIALECT``, ``NO_SUCH_ROW``).
    """
    choice = choose_sheet(opened.sheets, sheet)
    view = choice.view
    if header_rows is None and dialect in (None, answers_workbook.DIALECT_ID):
        header = answers_workbook.find_table(view)
        if header is not None:
            return _own_questionnaire(view, header, choice.remarks)
    refuse_participatory_budget(view)
    refuse_program_text(view)
    general = _wanted_rows(view, header_rows) if header_rows is not None else find_header(view)
    chosen, sighting, alternatives = _choose_dialect(view, general, dialect)
    rows = general if header_rows is not None else sighting.header_rows
    rows = general if rows is None else rows
    if header_rows is None and dialect is None:
        refuse_codebook(view, rows)
    turned = turn(view, rows) if dialect in (None, DIALECT_ID) else None
    if turned is not None:
        return _turned(view, rows, turned, alternatives, choice.remarks)
    extent = find_extent(view, rows)
    if not len(extent.data_rows):
        raise InputRefused(
            "NO_DATA",
            f"Das Blatt „{view.sheet.name}“ enthält unter der Kopfzeile keine Antworten; bitte "
            "den Export mit mindestens einer Antwort wiederholen.",
        )
    return _build(view, extent, chosen, sighting, alternatives, choice.remarks)


def _own_questionnaire(view: SheetView, header: int, remarks: Sequence[Remark]) -> Recognition:
    """Our own questionnaire, filled in by one municipality."""
    turned = answers_workbook.read_table(view, header)
    if answers_workbook.is_empty(turned):
        raise InputRefused(
            "NO_DATA",
            f"Im Fragebogen auf Blatt „{view.sheet.name}“ ist noch nichts eingetragen; bitte die "
            "Spalte „Antwort“ ausfüllen und die Datei speichern.",
        )
    without_code = tuple(
        Remark(
            "ANSWER_WITHOUT_CODE",
            Severity.WARNING,
            f"In Zeile {line} steht eine Antwort ohne Code; sie wird nicht eingelesen. Bitte den "
            "Code der Frage in die erste Spalte schreiben.",
            sheet=view.sheet.name,
            row=line,
        )
        for line, reason in turned.set_aside
        if reason == answers_workbook.WITHOUT_CODE
    )
    return Recognition(
        dialect=answers_workbook.DIALECT_ID,
        title=answers_workbook.TITLE,
        reasons=(answers_workbook.REASON,),
        sheet=view.sheet.name,
        header_rows=(int(view.sheet.row_numbers[header]),),
        row_numbers=np.array([turned.answer], dtype=np.int32),
        columns=turned.columns,
        set_aside_rows=tuple(RowEntry(n, Fate.SET_ASIDE, why) for n, why in turned.set_aside),
        remarks=(*remarks, *without_code),
        turned=turned,
        by_code=True,
        special={answers_workbook.NOT_ASKED: SpecialMeaning.NOT_ASKED},
    )


def _turned(
    view: SheetView,
    header_rows: tuple[int, ...],
    turned: Turned,
    alternatives: tuple[str, ...],
    remarks: Sequence[Remark],
) -> Recognition:
    """A filled-in questionnaire: every question a column, the organisation the only row."""
    if not turned.columns:
        raise InputRefused(
            "NO_DATA",
            f"Das Blatt „{view.sheet.name}“ enthält keine Antworten; bitte den ausgefüllten "
            "Fragebogen wählen.",
        )
    numbers = tuple(int(view.sheet.row_numbers[row]) for row in header_rows)
    reason = (
        "Die Spalten heißen Frage und Antwort: Jede Zeile ist eine Frage, die Datei enthält die "
        "Antworten einer einzigen Organisation."
    )
    return Recognition(
        dialect=DIALECT_ID,
        title=TITLE,
        reasons=(reason,),
        sheet=view.sheet.name,
        header_rows=numbers,
        row_numbers=np.array([turned.answer], dtype=np.int32),
        columns=turned.columns,
        set_aside_rows=tuple(RowEntry(n, Fate.SET_ASIDE, why) for n, why in turned.set_aside),
        remarks=(*remarks, *_position_remarks(view.sheet, numbers)),
        alternatives=alternatives,
        turned=turned,
    )


def _wanted_rows(view: SheetView, header_rows: tuple[int, ...]) -> tuple[int, ...]:
    index = {int(number): row for row, number in enumerate(view.sheet.row_numbers)}
    unknown = [number for number in header_rows if number not in index]
    if unknown:
        raise InputRefused(
            "NO_SUCH_ROW",
            f"Zeile {unknown[0]} gibt es im Blatt „{view.sheet.name}“ nicht oder sie ist leer; "
            "bitte eine andere Kopfzeile angeben.",
        )
    return tuple(sorted(index[number] for number in header_rows))


def _choose_dialect(
    view: SheetView, header_rows: tuple[int, ...], wanted: str | None
) -> tuple[Dialect, Sighting, tuple[str, ...]]:
    seen = sightings(view, header_rows)
    if wanted is None or wanted == DIALECT_ID:
        chosen, sighting = seen[0]
    elif wanted not in DIALECTS:
        raise InputRefused(
            "NO_SUCH_DIALECT",
            f"Das Exportformat „{wanted}“ ist nicht bekannt; möglich sind: {', '.join(DIALECTS)}.",
        )
    else:
        chosen = DIALECTS[wanted]
        found = chosen.look(view, header_rows)
        said = "Dieses Format wurde beim Einlesen ausdrücklich gewählt."
        sighting = replace(found, reasons=(said, *found.reasons)) if found else Sighting(1, (said,))
    alternatives = tuple(other.id for other, _ in seen if other.id != chosen.id)
    return chosen, sighting, alternatives


def _build(
    view: SheetView,
    extent: Extent,
    dialect: Dialect,
    sighting: Sighting,
    alternatives: tuple[str, ...],
    remarks: Sequence[Remark],
) -> Recognition:
    sheet = view.sheet
    numbers = sheet.row_numbers.astype(np.int32)
    kept, dropped = stray_columns(view, extent)
    raws = [_raw(view, extent, index) for index in kept]
    if dialect.id == "generic" and len(extent.header_rows) > 1:
        raws = _under_merged_titles(raws)
    parts = [_blank_or(part, raw) for part, raw in zip(dialect.read(raws), raws, strict=True)]
    columns = tuple(_source(raw, part) for raw, part in zip(raws, parts, strict=True))
    header_rows = tuple(int(numbers[row]) for row in extent.header_rows)
    said = [*remarks, *_position_remarks(sheet, header_rows)]
    said += header_remarks(sheet.name, columns)
    said += stray_remarks(view, extent, dropped)
    return Recognition(
        dialect=dialect.id,
        title=dialect.title,
        reasons=sighting.reasons,
        sheet=sheet.name,
        header_rows=header_rows,
        row_numbers=numbers[extent.data_rows],
        columns=columns,
        set_aside_rows=tuple(
            RowEntry(int(numbers[entry.row]), Fate.SET_ASIDE, entry.reason)
            for entry in extent.set_aside
        ),
        set_aside_columns=tuple(
            (sheet.columns[index].position, "", reason) for index, reason in dropped
        ),
        remarks=tuple(said),
        alternatives=alternatives,
        special=_special(dialect, columns),
    )


def _raw(view: SheetView, extent: Extent, index: int) -> RawColumn:
    column = restrict(view.sheet.columns[index], extent.data_rows)
    cells = tuple(view.text(row, index) for row in extent.header_rows)
    if view.sheet.labelled:
        cells = (tidy(column.name),)
    return RawColumn(cells, column.values, column)


def _under_merged_titles(raws: Sequence[RawColumn]) -> list[RawColumn]:
    """Give a title merged over several columns to each of them: ``Stimmen`` over ``in %``."""
    filled, title = [], ""
    for raw in raws:
        upper, *lower = raw.cells
        title = upper or (title if any(lower) else "")
        filled.append(replace(raw, cells=(title, *lower)))
    return filled


def _blank_or(part: HeaderParts, raw: RawColumn) -> HeaderParts:
    """A column without any header that counts the rows is a running number."""
    if not raw.header and counts_rows(raw):
        return HeaderParts(part=Part.METADATA)
    return part


def _special(dialect: Dialect, columns: Sequence[SourceColumn]) -> dict[str, str]:
    """The dialect's special values; ``NA`` only where R wrote it into the metadata as well.

    Elsewhere ``NA`` may be somebody's answer.
    """
    written_by_r = any(
        "NA" in column.column.values for column in columns if column.part is Part.METADATA
    )
    return dict(dialect.special) | ({"na": SpecialMeaning.MISSING} if written_by_r else {})


def _source(raw: RawColumn, part: HeaderParts) -> SourceColumn:
    header = raw.header or f"Spalte {column_letter(raw.column.position)}"
    if len(raw.cells) > 1 and not raw.cells[0] and part.question and part.option:
        # Below a merged question cell: say which question the option belongs to.
        header = f"{part.question} | {part.option}"
    question = part.question or ("" if part.code else header)
    return SourceColumn(raw.column, header, part.code, part.sub, question, part.option, part.part)


def _position_remarks(sheet: Sheet, header_rows: tuple[int, ...]) -> list[Remark]:
    if not header_rows:
        if sheet.labelled:
            return []
        return [
            Remark(
                "NO_HEADER",
                Severity.WARNING,
                "Es wurde keine Kopfzeile gefunden; die Spalten heißen nach ihren Buchstaben. "
                "Bitte die Zeile mit den Fragen angeben.",
                sheet=sheet.name,
            )
        ]
    first = header_rows[0]
    if first == int(sheet.row_numbers[0]) == 1 or first == 1:
        return []
    return [
        Remark(
            "HEADER_NOT_FIRST",
            Severity.WARNING,
            f"Die Kopfzeile steht in Zeile {first}; die Zeilen darüber werden als Titel beiseite "
            "gelegt. Bitte prüfen, ob das stimmt.",
            sheet=sheet.name,
            row=first,
        )
    ]
