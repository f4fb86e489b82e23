"""The questionnaire as tables: what counts in which dimension, with which points and gates."""

from assessment.german import format_number
from assessment.questionnaire.model import Dimension, Item, OptionKind, Questionnaire

Table = dict[str, list]

_OPTION_KINDS = {
    OptionKind.DONT_KNOW: "zählt nicht, senkt die Abdeckung",
    OptionKind.NOT_APPLICABLE: "verlässt die Rechnung",
}


def items_table(questionnaire: Questionnaire, dimension: Dimension) -> Table:
    """Scored questions of a dimension with weight and points of each answer."""
    items = questionnaire.scored_items(dimension.id)
    return {
        "Frage": [item.id for item in items],
        "Wortlaut": [item.text for item in items],
        "Gewicht": [format_number(item.weight, 1) for item in items],
        "Antworten und Punkte": [_points(item) for item in items],
    }


def gate_sentences(questionnaire: Questionnaire, dimension: Dimension) -> list[str]:
    """What each gate of a dimension asks for."""
    return [
        f"Stufe {gate.level} setzt „{questionnaire[gate.item].text}“ ({gate.item}) mit mindestens "
        f"{format_number(gate.points)} Punkten voraus." + (f" {gate.reason}" if gate.reason else "")
        for gate in sorted(dimension.gates, key=lambda gate: gate.level)
    ]


def _points(item: Item) -> str:
    most = item.max_points or max(
        (option.points for option in item.options if option.points is not None), default=None
    )
    parts = []
    for option in item.options:
        if option.kind in _OPTION_KINDS:
            parts.append(f"{option.label}: {_OPTION_KINDS[option.kind]}")
        elif option.points is not None and most:
            parts.append(f"{option.label}: {format_number(100 * option.points / most)}")
        else:
            parts.append(option.label)
    return " · ".join(parts)
