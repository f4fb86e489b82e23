"""What to tell the analyst about a proposed codebook, in a few German lines."""

from collections import Counter

from assessment.questionnaire.inference.proposal import ProposedQuestionnaire
from assessment.questionnaire.model import ItemKind, Role

SHOWN = 5
KIND_NAMES = {
    ItemKind.SINGLE: ("Einfachauswahl", "Einfachauswahlen"),
    ItemKind.RATING: ("Bewertung", "Bewertungen"),
    ItemKind.LEVEL: ("Stufenfrage", "Stufenfragen"),
    ItemKind.MULTIPLE: ("Mehrfachauswahl", "Mehrfachauswahlen"),
    ItemKind.RANKING: ("Rangfolge", "Rangfolgen"),
    ItemKind.INTEGER: ("ganze Zahl", "ganze Zahlen"),
    ItemKind.DECIMAL: ("Dezimalzahl", "Dezimalzahlen"),
    ItemKind.DATE: ("Datum", "Datumsangaben"),
    ItemKind.TEXT: ("Freitext", "Freitexte"),
    ItemKind.KEY: ("Schlüssel", "Schlüssel"),
    ItemKind.NAME: ("Name", "Namen"),
    ItemKind.CONTACT: ("Kontaktangabe", "Kontaktangaben"),
}


def write_proposal_notes(proposed: ProposedQuestionnaire) -> tuple[str, ...]:
    """German sentences for summary pages: how many items of which kind, what was unclear."""
    items = proposed.questionnaire.items
    counts = Counter(item.kind for item in items)
    parts = [
        f"{counts[kind]} {names[counts[kind] > 1]}"
        for kind, names in KIND_NAMES.items()
        if counts[kind]
    ]
    columns = _counted(len(proposed.mapping), "Spalte", "Spalten")
    lines = [
        f"{_counted(len(items), 'Frage', 'Fragen')} aus {columns} vorgeschlagen:"
        f" {', '.join(parts) or 'keine'}."
    ]
    lines.append(_key_line(proposed))
    goals = proposed.questionnaire.with_role(Role.GOAL)
    if goals:
        lines.append(f"{_counted(len(goals), 'Frage', 'Fragen')} als Ziele erkannt.")
    contacts = [item.text for item in items if item.kind is ItemKind.CONTACT]
    if contacts:
        lines.append(f"Kontaktdaten, zum Weglassen vorgeschlagen: {_listed(contacts)}.")
    if proposed.left_out:
        number = _counted(len(proposed.left_out), "Spalte", "Spalten")
        reasons = Counter(proposed.left_out.values())
        told = "; ".join(f"{reason.rstrip('.')} ({n})" for reason, n in sorted(reasons.items()))
        lines.append(f"{number} ohne Frage: {told}.")
    if proposed.unclear:
        by_question: dict[str, list[str]] = {}
        for item_id, question in proposed.unclear.items():
            by_question.setdefault(question, []).append(item_id)
        lines.extend(
            f"Zu klären – {question} Betrifft {_listed(ids)}."
            for question, ids in by_question.items()
        )
    return tuple(lines)


def _key_line(proposed: ProposedQuestionnaire) -> str:
    key = proposed.questionnaire.first(Role.KEY)
    if key is None:
        return "Kein Schlüssel gefunden: Die Zeilen werden nach ihrer Nummer benannt."
    return f"Schlüssel ist „{key.text}“. {proposed.reasons[key.id]}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(texts: list[str]) -> str:
    shown = ", ".join(f"„{text}“" for text in texts[:SHOWN])
    more = len(texts) - SHOWN
    return f"{shown} und {more} weitere" if more > 0 else shown
