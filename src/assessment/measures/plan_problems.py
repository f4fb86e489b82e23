"""What is wrong with a plan, in one German sentence with its place."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessment.questionnaire.problems import SENTENCES
from assessment.remarks import InputRefused

PLAN_INVALID = "PLAN_INVALID"

FIELD_NAMES: Mapping[str, str] = {
    "schema_version": "Fassung des Formats",
    "municipality": "Gemeindeschlüssel",
    "name": "Name",
    "wave": "Erhebungswelle",
    "questionnaire_version": "Fragebogenversion",
    "catalogue_id": "Katalog",
    "catalogue_version": "Katalogversion",
    "begins": "Beginn der Roadmap",
    "targets": "Ziele",
    "measures": "Maßnahmen",
    "strategy": "Strategie",
    "id": "Kennung",
    "own_title": "eigener Titel",
    "own_field": "eigenes Handlungsfeld",
    "own_horizon": "eigener Zeithorizont",
    "own_effort": "eigener Aufwand",
    "owner": "Federführung",
    "start": "Beginn",
    "end": "Ende",
    "override_note": "Grund für das Vorziehen",
    "priority": "Priorität",
    "status": "Stand",
    "decision": "Beschluss",
    "costs": "Kosten",
    "cost_kind": "Kostenart",
    "requires": "Voraussetzungen",
    "note": "Anmerkung",
    "cause": "Ursache",
    "option": "Option",
    "kind": "Zeile",
    "amounts": "Beträge",
    "basis": "Grundlage",
    "state": "Stand",
    "body": "Gremium",
    "day": "Datum",
    "vision": "Vision",
    "target_year": "Zieljahr",
    "fields": "Handlungsfelder",
    "blocks": "Strategiebausteine",
    "participation": "Beteiligung",
    "goal": "Ziel",
    "starting_point": "Ausgangslage",
    "challenges": "Herausforderungen",
    "chances": "Chancen",
    "projects": "Projekte",
    "later": "Folgejahre",
    "posts": "Stellen (VZÄ)",
    "later_posts": "Stellen (VZÄ) der Folgejahre",
    "funding": "Förderung",
    "programme": "Programm",
    "quota": "Förderquote",
    "checked": "geprüft am",
    "budget": "Haushalt",
    "product": "Produkt",
    "account": "Sachkonto",
    "budgeted": "veranschlagt",
    "extraordinary": "über- oder außerplanmäßig",
    "cover": "Deckungsvorschlag",
    "paper": "Vorlage",
    "operative": "Beschlusstext",
    "preset": "Reihenfolge",
    "number": "Vorlagennummer",
    "reference": "Aktenzeichen",
    "subject": "Betreff",
    "lead": "Federführung",
    "involved": "Beteiligte",
    "reporter": "Berichterstattung",
    "committee": "Fachausschuss",
    "interval": "Berichtsturnus",
    "next_report": "nächster Bericht",
    "consultations": "Beratungsfolge",
    "paragraph_per_body": "ein Absatz je Gremium",
    "headings": "Überschriften",
    "occasion": "Anlass",
    "choice": "Begründung der Auswahl",
    "alternatives": "Alternativen",
    "without_decision": "Folgen ohne Beschluss",
    "climate_shown": "Klimarelevanz zeigen",
    "climate": "Klimarelevanz",
    "climate_reason": "Begründung der Klimarelevanz",
    "effects": "weitere Auswirkungen",
    "texts": "eigene Texte",
    "gender": "Schreibweise",
    "plain_language": "einfache Sprache",
    "security_field_public": "Informationssicherheit öffentlich",
    "editorial_days": "Tage bis zum Redaktionsschluss",
    "role": "Rolle",
    "outcome": "Ergebnis",
    "vote": "Abstimmung",
    "yes": "Ja-Stimmen",
    "no": "Nein-Stimmen",
    "abstention": "Enthaltungen",
    "wording": "geänderter Wortlaut",
}
"""Field of the file → what people call it."""

ENTRIES: Mapping[str, str] = {
    "costs": "Kosten",
    "vision": "Vision",
    "participation": "Beteiligung",
    "requires": "Voraussetzung",
    "projects": "Projekt",
    "consultations": "Beratungsfolge",
}
"""Lists whose entries are counted in a place: „Vision, Eintrag 2“."""

_NUMBERS = {"posts", "later_posts", "quota"}
"""Numbers that are no amounts."""
_SENTENCES: Mapping[str, str] = {
    "missing": "Die Angabe fehlt; bitte ergänzen.",
    "string_type": "Hier wird Text erwartet; Zahlen und Codes bitte in Anführungszeichen setzen.",
    "string_pattern_mismatch": (
        "Eine Kennung besteht aus 1 bis 20 Buchstaben, Ziffern, Punkten, Binde- oder "
        "Unterstrichen; bitte anpassen."
    ),
    "string_too_short": "Die Angabe ist leer; bitte ergänzen.",
    "string_unicode": "Der Text enthält ungültige Zeichen; bitte neu eingeben.",
    "decimal_type": "Hier wird ein Betrag erwartet, zum Beispiel 12500.00.",
    "decimal_parsing": "Hier wird ein Betrag mit Dezimalpunkt erwartet, zum Beispiel 12500.00.",
    "finite_number": "Hier wird ein Betrag erwartet, zum Beispiel 12500.00.",
    "dict_type": "Hier werden Einträge „Name: Wert“ erwartet.",
    "model_type": "Hier werden Einträge „Name: Wert“ erwartet.",
    "tuple_type": "Hier wird eine Liste erwartet.",
}
"""Sentences of plans; others are those of questionnaires."""


def plan_refusal(error: ValidationError, data: Any = None, prefix: str = "") -> InputRefused:
    """The refusal for a validation error: place and sentence of its first problem.

    ``data``: the plain data that were validated, to name measures by their id; ``prefix``: what
    stands before the place, such as file and line.
    """
    problem = error.errors(include_url=False)[0]
    place = ", ".join(part for part in (prefix, place_of(problem["loc"], data)) if part)
    return _refusal(place, sentence_of(problem), PLAN_INVALID)


def refuse(place: str, sentence: str, code: str = PLAN_INVALID) -> NoReturn:
    """Raise the refusal of a plan."""
    raise _refusal(place, sentence, code)


def _refusal(place: str, sentence: str, code: str) -> InputRefused:
    # Names and values of a file may hold line breaks; a message is one line.
    return InputRefused(code, " ".join((f"{place}: {sentence}" if place else sentence).split()))


def sentence_of(problem: ErrorDetails) -> str:
    """One German sentence without the place."""
    kind, context = problem["type"], problem.get("ctx", {})
    location = [part for part in problem["loc"] if part != "[key]"]
    field = str(location[-1]) if location else ""
    if kind == "value_error":
        return str(context.get("error", problem["msg"]))
    if kind == "extra_forbidden":
        return f"Das Feld „{field[:40]}“ gibt es hier nicht; bitte entfernen oder umbenennen."
    if kind == "too_long":
        return f"Es sind höchstens {context['max_length']} Einträge möglich; bitte kürzen."
    if kind in ("decimal_type", "decimal_parsing", "finite_number") and _NUMBERS & set(location):
        return "Hier wird eine Zahl mit Dezimalpunkt erwartet, zum Beispiel 0.5."
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if kind == "enum" and problem["loc"][-1] == "[key]":
        return (
            f"Den Abschnitt „{field[:40]}“ gibt es nicht; möglich sind "
            f"{str(context.get('expected', '')).replace(chr(39), '').replace(' or ', ' oder ')}."
        )
    known = SENTENCES.get(kind)
    given = str(problem.get("input"))
    given = f"„{given if len(given) <= 40 else given[:39] + '…'}“"
    if known is None:
        return f"Der Wert {given} ist hier nicht zulässig; bitte berichtigen."
    return known(FIELD_NAMES.get(field, field[:40]), given, context)


def place_of(location: Sequence[str | int], data: Any = None) -> str:
    """Where in a plan: ``Maßnahme M018, Kosten, Jahr 2027``."""
    parts: list[str] = []
    above = ""
    for part in location:
        if part == "[key]":
            continue
        data = _below(data, part)
        if above == "measures":
            named = data.get("id") if isinstance(data, dict) else None
            parts[-1] = f"Maßnahme {str(named)[:20] if named else 'Nr. ' + str(_count(part))}"
        elif above == "costs":
            kind = data.get("kind") if isinstance(data, dict) else None
            parts[-1] = f"Kosten „{str(kind)[:40]}“" if kind else f"Kosten Nr. {_count(part)}"
        elif above == "amounts":
            parts[-1] = f"Jahr {str(part)[:20]}"
        elif above == "posts":
            parts[-1] = f"Stellen (VZÄ), Jahr {str(part)[:20]}"
        elif above in ("headings", "texts", "effects"):
            parts[-1] = f"{FIELD_NAMES[above]}, „{str(part)[:40]}“"
        elif above in ("targets", "fields", "blocks"):
            singular = {"targets": "Ziel", "fields": "Handlungsfeld", "blocks": "Strategiebaustein"}
            parts[-1] = f"{singular[above]} {str(part)[:40]}"
        elif isinstance(part, int):
            parts[-1] = f"{ENTRIES.get(above, above)}, Eintrag {part + 1}"
        else:
            parts.append(FIELD_NAMES.get(part, f"Feld „{part[:40]}“"))
        above = part if isinstance(part, str) else ""
    return ", ".join(parts)


def _below(data: Any, part: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(part, data.get(str(part)))
    if isinstance(data, list | tuple) and isinstance(part, int) and part < len(data):
        return data[part]
    return None


def _count(part: str | int) -> int:
    return part + 1 if isinstance(part, int) else 0
