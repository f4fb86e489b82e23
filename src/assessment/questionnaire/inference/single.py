"""The kind of one column, or of the rows of a matrix that share their answers."""

import re
from dataclasses import dataclass

from assessment.questionnaire.inference.cell_lists import find_list
from assessment.questionnaire.inference.headers import plain
from assessment.questionnaire.inference.known import known, squeeze
from assessment.questionnaire.inference.options import by_frequency, make_options
from assessment.questionnaire.inference.scales import order_labels, prefix_number
from assessment.questionnaire.inference.values import ColumnValues, number_in
from assessment.questionnaire.model import ItemKind, Option, OptionKind, Role

NUMERIC_SHARE = 0.9
"""From this share of numbers on, a column is a number and the rest are slips."""
CLOSED_SHARE = 0.85
"""Share of answers that recurring values must cover in a closed question."""
MAX_OPTIONS = 40
MAX_LABEL = 200
SCALE_MAX = 10
DIRTY_SCALE = 5
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[+(]?[\d][\d\s()/–-]{5,}\d")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column is. ``reason`` is a German sentence, ``unclear`` a German question."""

    kind: ItemKind
    reason: str
    options: tuple[Option, ...] = ()
    unclear: str = ""
    roles: tuple[Role, ...] = ()
    picks: int | None = None
    minimum: float | None = None


def decide(values: ColumnValues) -> Decision:
    """The kind of a column by its values first and by its header where values leave it open."""
    header = plain(values.source.header)
    for attempt in (_contact, _blank, _labelled, _date, _listed, _numeric, _dirty_scale, _closed):
        found = attempt(values, header)
        if found is not None:
            return found
    return Decision(
        ItemKind.TEXT,
        f"{len(values.counts)} verschiedene Texte bei {values.answered} Angaben: freier Text.",
    )


def _contact(values: ColumnValues, header: str) -> Decision | None:
    words = known().headers["contact"]
    total = sum(values.sampled.values())
    mails = sum(n for text, n in values.sampled.items() if "@" in text and _EMAIL.search(text))
    if total and mails >= 0.2 * total:
        return Decision(ItemKind.CONTACT, f"{mails} von {total} Werten sind E-Mail-Adressen.")
    if not words.is_named_in(header) and not words.is_exactly(header):
        return None
    if words.is_exactly(header):
        return Decision(ItemKind.CONTACT, f"Die Überschrift „{header}“ nennt Kontaktdaten.")
    phones = sum(n for text, n in values.sampled.items() if _PHONE.fullmatch(text))
    if total and phones >= 0.2 * total and max(map(len, values.sampled)) > 5:
        return Decision(ItemKind.CONTACT, "Die Werte sehen wie Rufnummern aus.")
    if len(header) <= 60 and len(values.answers) > max(5, 0.5 * total) and values.number_share < 1:
        return Decision(
            ItemKind.CONTACT,
            "Die Überschrift nennt eine Person oder Adresse, fast jeder Wert ist anders.",
            unclear="Sind das Kontaktdaten?",
        )
    return None


def _blank(values: ColumnValues, header: str) -> Decision | None:
    if values.answers or values.special or values.labels:
        return None
    return Decision(
        ItemKind.TEXT,
        "Die Spalte enthält nur Platzhalter wie „NA“ oder Fehlerwerte.",
        unclear="Welche Antworten waren möglich?",
    )


def _special_options(values: ColumnValues) -> tuple[Option, ...]:
    return make_options((), values.special, value_labels=values.labels)


def _labelled(values: ColumnValues, header: str) -> Decision | None:
    labels = {
        value: label
        for value, label in values.labels.items()
        if value and value != label and value not in values.special
    }
    special = {**values.special}
    for value, label in values.labels.items():
        if value in values.declared_missing and value not in special:
            special[value] = known().special_kind(label) or OptionKind.DONT_KNOW
            labels.pop(value, None)
    named = sum(values.answers[value] for value in values.answers if value in labels)
    if not labels or named < 0.8 * max(1, sum(values.answers.values())):
        return None
    unnamed = [value for value in values.answers if value not in values.labels]
    ordering = order_labels(labels.values()) if len(labels) > 2 else None
    if ordering is not None:
        rank = {label: number for number, label in enumerate(ordering.labels)}
        ordered = sorted(labels, key=lambda value: (rank[labels[value]], value))
        kind, why = ordering.kind, f" ({ordering.reason})"
    else:
        ordered = sorted(
            labels, key=lambda value: (values.numbers.get(value, _float(value)), value)
        )
        kind, why = ItemKind.SINGLE, ""
    options = make_options([*ordered, *unnamed], special, value_labels=values.labels)
    return Decision(
        kind,
        f"Die Datei nennt {len(labels)} Antworttexte zu den Werten{why}.",
        options,
        unclear=f"{len(unnamed)} Werte ohne Antworttext: Was bedeuten sie?" if unnamed else "",
    )


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("inf")


def _date(values: ColumnValues, header: str) -> Decision | None:
    if values.date_share < NUMERIC_SHARE:
        return None
    return Decision(
        ItemKind.DATE,
        "Die Werte sind Datumsangaben.",
    )


def _listed(values: ColumnValues, header: str) -> Decision | None:
    found = find_list(values)
    if found is None:
        return None
    words = known()
    mentioned = {part: n for part, n in found.parts.items() if part not in found.one_offs}
    special = {
        part: OptionKind.NONE_OF_THESE if words.is_none_of_these(part) else kind
        for part in found.parts
        if (kind := words.special_kind(part) or _none(part)) is not None
    }
    special |= {text: kind for text, kind in values.special.items() if text not in special}
    main = [part for part in by_frequency(mentioned) if part not in special]
    rare = sorted(part for part in found.one_offs if part not in special)
    if not main:
        main, rare = rare, []
    sign = {";": "Semikolon", ",": "Komma", "|": "senkrechtem Strich", "\n": "Zeilenumbruch"}
    note = f" {len(rare)} Einzelnennungen stehen als eigene Optionen am Ende." if rare else ""
    options = make_options(main, special, rare)
    if found.ranking:
        return Decision(
            ItemKind.RANKING,
            "Die Zellen nennen dieselben Antworten in wechselnder Reihenfolge,"
            f" getrennt mit {sign[found.separator]}: Rangfolge.{note}",
            options,
            picks=found.longest,
            unclear="Steht das Wichtigste vorn?",
        )
    return Decision(
        ItemKind.MULTIPLE,
        f"Die Zellen enthalten mehrere wiederkehrende Antworten, getrennt mit"
        f" {sign[found.separator]}.{note}",
        options,
        unclear="Gehören die Einzelnennungen zu „Sonstiges“?" if rare else "",
    )


def _none(part: str) -> OptionKind | None:
    return OptionKind.NONE_OF_THESE if known().is_none_of_these(part) else None


def _numeric(values: ColumnValues, header: str) -> Decision | None:
    if not values.answers or values.number_share < NUMERIC_SHARE:
        return None
    if any(text[0] == "0" and len(text) > 1 and text.isdigit() for text in values.sampled):
        return None  # 01067 beside 80331: codes, whose zeros must not be lost
    whole = values.whole_numbers
    if whole is not None and values.number_share == 1:
        coded = _numeric_scale(values, header, whole)
        if coded is not None:
            return coded
    if values.number_share < 1 and len(values.answers) <= 12 and order_labels(values.answers):
        return None  # „5+“ or „10 (immer)“ beside plain numbers: named points or classes
    numbers = [values.numbers[text] for text in values.sampled if text in values.numbers]
    integer = all(number == int(number) for number in numbers)
    odd = 1 - values.number_share
    slips = "; einzelne Werte sind keine Zahlen" if odd > 0 else ""
    return Decision(
        ItemKind.INTEGER if integer else ItemKind.DECIMAL,
        f"Die Werte sind {'ganze Zahlen' if integer else 'Dezimalzahlen'}{slips}.",
        # Codes such as -9 must not be taken for measurements.
        minimum=0.0 if _has_undeclared_codes(values) and min(numbers) >= 0 else None,
        unclear="Wie sollen die Werte gelesen werden, die keine Zahlen sind?" if odd > 0 else "",
    )


def _dirty_scale(values: ColumnValues, header: str) -> Decision | None:
    """A scale 1–5 entered by hand: digits, some with their label, and slips beside them.

    A label such as „1 - trifft nicht zu“ proves the scale; the slips are left to the cleaning.
    """
    if order_labels(values.answers):
        return None  # a clean scale, whatever its length
    points = [n for n in values.numbers.values() if n == int(n) and 1 <= n <= DIRTY_SCALE]
    words = [text for text in values.answers if text not in values.numbers]
    labelled = any(prefix_number(text) in points for text in words)
    inside = sum(n for text, n in values.answers.items() if values.numbers.get(text) in points)
    total = sum(values.answers.values())
    if not (labelled and len(set(points)) >= 3 and inside >= 0.3 * total):
        return None
    if values.number_share < 0.5:
        return None
    return Decision(
        ItemKind.RATING,
        f"Ziffern von 1 bis {DIRTY_SCALE}, teils mit ihrem Text, und einzelne andere Werte: "
        "von Hand ausgefüllte Skala.",
        make_options([str(point) for point in range(1, DIRTY_SCALE + 1)], {}),
        unclear=f"Reicht die Skala von 1 bis {DIRTY_SCALE}?",
    )


def _has_undeclared_codes(values: ColumnValues) -> bool:
    """True for -9 and the like that the file itself doesn't declare as missing."""
    return any(
        number_in(text) is not None and text not in values.declared_missing
        for text in values.special
    )


def _numeric_scale(values: ColumnValues, header: str, whole: frozenset[int]) -> Decision | None:
    words = known().headers
    scale_named = words["scale"].is_named_in(header)
    if words["number"].is_named_in(header) and not scale_named:
        return None
    if words["postcode"].is_exactly(header) or min(whole) < 0 or max(whole) > SCALE_MAX:
        return None
    ordered = sorted(values.answers, key=lambda text: values.numbers[text])
    options = make_options(ordered, values.special)
    points = f"{min(whole)} bis {max(whole)}"
    if words["nominal"].is_named_in(header) or len(whole) < 3 or max(whole) - min(whole) < 3:
        if min(whole) > 1 or len(whole) < 2:
            return None
        return Decision(
            ItemKind.SINGLE,
            f"Nur {len(whole)} verschiedene Zahlen ({points}): Codes einer Einfachauswahl.",
            options,
            unclear="Was bedeuten die Codes?",
        )
    if min(whole) > 1 and not scale_named:
        return None
    unclear = "" if scale_named else "Ist das eine Bewertung, ein Code oder eine Anzahl?"
    return Decision(
        ItemKind.RATING,
        f"Ganze Zahlen von {points}: Bewertungsskala.",
        options,
        unclear=unclear,
    )


def _closed(values: ColumnValues, header: str) -> Decision | None:
    answers = values.answers
    if not answers:
        return Decision(
            ItemKind.SINGLE,
            "Nur Angaben wie „weiß nicht“ oder „keine Angabe“.",
            _special_options(values),
            unclear="Welche Antworten waren möglich?",
        )
    words = known()
    keys = {squeeze(text) or text for text in answers}
    if len(keys) == 2 and keys & words.yes and keys & words.no:
        ordered = sorted(answers, key=lambda text: squeeze(text) in words.no)
        return Decision(ItemKind.SINGLE, "Ja-Nein-Frage.", make_options(ordered, values.special))
    if max(map(len, answers)) > MAX_LABEL and len(answers) > 0.3 * sum(answers.values()):
        return None
    ordering = order_labels(answers) if len(answers) <= MAX_OPTIONS else None
    if ordering is not None and len(answers) > 2:
        return Decision(
            ordering.kind,
            f"{len(answers)} geordnete Antworten: {ordering.reason}.",
            make_options(ordering.labels, values.special),
        )
    return _nominal(values, ordering.labels if ordering else None)


def _nominal(values: ColumnValues, order: tuple[str, ...] | None) -> Decision | None:
    answers = values.answers
    total = sum(answers.values())
    enough = 1 if total < 8 else 2 if total < 400 else max(2, total // 400)
    recurring = {text: n for text, n in answers.items() if n >= enough}
    rare = sorted(text for text in answers if text not in recurring)
    covered = sum(recurring.values()) / total
    few = len(answers) <= 12 and total >= 2 * len(answers)
    few |= len(answers) <= 20 and total >= 10 * len(answers)
    short = max(map(len, answers)) <= 60
    if total < 8 and not (len(answers) <= 0.6 * total and short) and len(answers) > 1:
        return None
    if len(answers) == 1 and total < 3 and not short:
        return None
    if not few and (covered < CLOSED_SHARE or len(recurring) > MAX_OPTIONS):
        return None
    if len(rare) > MAX_OPTIONS or (recurring and total < 2.0 * len(answers) and total >= 8):
        return None
    if few:
        recurring, rare = dict(answers), []
    ordered = list(order) if order and not rare else by_frequency(recurring)
    said = f"{len(ordered)} wiederkehrende Antworten" if len(answers) > 1 else "Nur eine Antwort"
    note = f"; {len(rare)} Einzelnennungen stehen als eigene Optionen am Ende" if rare else ""
    return Decision(
        ItemKind.SINGLE,
        f"{said} bei {total} Angaben{note}.",
        make_options(ordered, values.special, rare),
        unclear="Gehören die Einzelnennungen zu „Sonstiges“?" if rare else "",
    )
