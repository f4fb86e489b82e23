"""What is to be said about the mapping: open questions, columns left over, contact data."""

from collections.abc import Sequence

from assessment.importing.mapping import ColumnMapping, ColumnTarget
from assessment.importing.recognition import Recognition
from assessment.questionnaire.model import ItemKind, Questionnaire
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
            f"{_place(recognition, target, headers)} ist nicht sicher zuzuordnen, vielleicht zu "
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
    if recognition.by_code:
        remarks += _missing_questions(recognition, mapping, questionnaire)
    contacts = [t for t in mapping.targets if t.item is None and "ontaktdaten" in t.how]
    if contacts:
        remarks.append(_contacts(recognition, contacts))
    return remarks


def _place(recognition: Recognition, target: ColumnTarget, headers: dict[int, str]) -> str:
    if recognition.turned is not None:
        return f"Zeile {target.position} „{headers[target.position]}“"
    return f"Spalte „{headers[target.position]}“"


def _missing_questions(
    recognition: Recognition, mapping: ColumnMapping, questionnaire: Questionnaire
) -> list[Remark]:
    """Questions without a row in a filled-in questionnaire."""
    found = {target.item for target in mapping.targets}
    missing = [
        item.id
        for item in questionnaire.items
        if item.id not in found and item.kind is not ItemKind.CONTACT
    ]
    if not missing:
        return []
    rest = len(missing) - 10
    named = ", ".join(missing[:10]) + (f" und {rest} weiteren" if rest > 0 else "")
    said = (
        f"Die Zeile zur Frage {named} fehlt; sie gilt"
        if len(missing) == 1
        else f"Die Zeilen zu den Fragen {named} fehlen; sie gelten"
    )
    message = f"{said} als nicht gefragt. Bitte ergänzen, falls es eine Antwort gibt."
    return [Remark("QUESTIONS_MISSING", Severity.WARNING, message, recognition.sheet)]


def _lines(targets: Sequence[ColumnTarget]) -> str:
    numbers = ", ".join(str(target.position) for target in targets[:10])
    rest = len(targets) - 10
    shown = f"{numbers} und {rest} weitere" if rest > 0 else numbers
    return f"{'Zeile' if len(targets) == 1 else 'Zeilen'} {shown}"


def _named(targets: Sequence[ColumnTarget], turned: bool = False) -> str:
    if turned:
        return _lines(targets)
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
        f"Zu keiner Frage des Fragebogens passen und nicht eingelesen werden: "
        f"{_named(targets, recognition.turned is not None)}, "
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
