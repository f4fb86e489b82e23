"""What is to be said about the mapping: open questions, columns left over, contact data."""

from collections.abc import Sequence

from assessment.importing.mapping import ColumnMapping, ColumnTarget
from assessment.importing.recognition import Recognition
from assessment.questionnaire.model import Questionnaire
from assessment.remarks import Remark, Severity
from assessment.source_column import Part
from assessment.table import column_letter


def mapping_remarks(
    recognition: Recognition, mapping: ColumnMapping, questionnaire: Questionnaire
) -> list[Remark]:
    """Remarks on columns that were not taken although they may hold answers."""
    headers = {column.column.position: column.header for column in recognition.columns}
    answers = {c.column.position for c in recognition.columns if c.part is Part.ANSWER}
    remarks = [
        Remark(
            "MAPPING_UNCLEAR",
            Severity.WARNING,
            f"Spalte „{headers[target.position]}“ ist nicht sicher zuzuordnen, vielleicht zu "
            f"{target.item} ({target.how}); sie wird erst nach Ihrer Entscheidung eingelesen.",
            recognition.sheet,
            column=column_letter(target.position),
            value=target.item,
        )
        for target in mapping.open_questions
    ]
    left = [
        target
        for target in mapping.targets
        if target.position in answers
        and target.item is None
        and target.confidence == 0.0
        and not questionnaire.proposed
    ]
    if left:
        remarks.append(_left_over(recognition, left, headers))
    contacts = [t for t in mapping.targets if t.item is None and "ontaktdaten" in t.how]
    if contacts:
        remarks.append(_contacts(recognition, contacts))
    return remarks


def _named(targets: Sequence[ColumnTarget]) -> str:
    return f"{'Spalte' if len(targets) == 1 else 'Spalten'} {_letters(targets)}"


def _letters(targets: Sequence[ColumnTarget]) -> str:
    letters = [column_letter(target.position) for target in targets]
    rest = len(letters) - 10
    shown = ", ".join(letters[:10])
    return f"{shown} und {rest} weitere" if rest > 0 else shown


def _left_over(
    recognition: Recognition, targets: Sequence[ColumnTarget], headers: dict[int, str]
) -> Remark:
    first = headers[targets[0].position]
    return Remark(
        "COLUMNS_LEFT_OVER",
        Severity.WARNING,
        f"Zu keiner Frage des Fragebogens passen und nicht eingelesen werden: {_named(targets)}, "
        f"etwa „{first}“. Bitte zuordnen oder bestätigen.",
        recognition.sheet,
        column=column_letter(targets[0].position),
    )


def _contacts(recognition: Recognition, targets: Sequence[ColumnTarget]) -> Remark:
    return Remark(
        "CONTACT_COLUMNS",
        Severity.INFO,
        f"Kontaktdaten werden nicht eingelesen ({_named(targets)}); die Auswertung braucht sie "
        "nicht. Auf Wunsch können sie behalten werden.",
        recognition.sheet,
        column=column_letter(targets[0].position),
    )
