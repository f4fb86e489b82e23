"""The ledger's entries for rows, columns, changes and remarks, in places of the original file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from assessment.importing.mapping import ColumnMapping, ColumnTarget
from assessment.importing.recognition import Recognition
from assessment.ledger import Change, ColumnEntry, Fate, RowEntry
from assessment.remarks import Remark
from assessment.table import column_letter


def row_entries(
    recognition: Recognition,
    keys: Sequence[str],
    aside: Mapping[int, str],
    mapping: ColumnMapping,
) -> tuple[RowEntry, ...]:
    """One entry per row below or above the header; ``aside``: index of data row → reason."""
    entries = list(recognition.set_aside_rows)
    if recognition.turned is not None:
        entries += [_question_row(target, keys[0]) for target in mapping.targets]
        return tuple(sorted(entries, key=lambda entry: entry.row))
    for index, number in enumerate(recognition.row_numbers.tolist()):
        if index in aside:
            entries.append(RowEntry(number, Fate.SET_ASIDE, aside[index], keys[index]))
        else:
            entries.append(RowEntry(number, Fate.TAKEN, "übernommen", keys[index]))
    return tuple(sorted(entries, key=lambda entry: entry.row))


def _question_row(target: ColumnTarget, key: str) -> RowEntry:
    fate, reason = _fate(target)
    if fate is Fate.TAKEN:
        reason = f"Antwort auf {target.item}: {reason}"
    return RowEntry(target.position, fate, reason, key)


def _fate(target: ColumnTarget) -> tuple[Fate, str]:
    if target.needs_decision:
        said = f"noch zu entscheiden, vielleicht {target.item}: {target.how}"
        return Fate.SET_ASIDE, said
    return (Fate.SET_ASIDE if target.item is None else Fate.TAKEN), target.how


def column_entries(recognition: Recognition, mapping: ColumnMapping) -> tuple[ColumnEntry, ...]:
    """One entry per column of the sheet."""
    turned = recognition.turned
    if turned is not None:
        entries = [
            ColumnEntry(turned.question, "Frage", Fate.TAKEN, "Wortlaut der Fragen"),
            ColumnEntry(turned.answer, "Antwort", Fate.TAKEN, "Antworten der Organisation"),
            *(
                ColumnEntry(position, header, Fate.SET_ASIDE, "Angabe neben der Antwort")
                for position, header in turned.others
            ),
        ]
        return tuple(sorted(entries, key=lambda entry: entry.position))
    entries = [
        ColumnEntry(position, header, Fate.SET_ASIDE, reason)
        for position, header, reason in recognition.set_aside_columns
    ]
    headers = {column.column.position: column.header for column in recognition.columns}
    for target in mapping.targets:
        fate, reason = _fate(target)
        taken = fate is Fate.TAKEN
        entries.append(
            ColumnEntry(
                target.position,
                headers[target.position],
                fate,
                reason,
                target.item if taken else None,
                target.option if taken else None,
                target.confidence,
            )
        )
    return tuple(sorted(entries, key=lambda entry: entry.position))


def original_changes(recognition: Recognition, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with rows and columns as in the file, also where the table was turned."""
    if recognition.turned is None:
        return tuple(changes)
    answer = recognition.turned.answer
    return tuple(
        replace(change, position=answer, rows=np.array([change.position], dtype=np.int32))
        for change in changes
    )


def original_remarks(
    recognition: Recognition, placed: Sequence[Remark], remarks: Sequence[Remark]
) -> tuple[Remark, ...]:
    """All remarks; those on the turned table (``remarks``) get the places of the file."""
    if recognition.turned is None:
        return (*placed, *remarks)
    lines = {
        column_letter(column.column.position): column.column.position
        for column in recognition.columns
    }
    answer = column_letter(recognition.turned.answer)
    # Sentences name the one row of the turned table, which is a column of the file.
    said = f"(Zeile {recognition.turned.answer})"
    turned = (
        replace(
            remark,
            message=remark.message.replace(said, f"(Zeile {lines[remark.column]})"),
            row=lines[remark.column],
            column=answer,
        )
        if remark.column in lines
        else remark
        for remark in remarks
    )
    return (*placed, *turned)
