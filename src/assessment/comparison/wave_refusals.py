"""When two surveys are not two waves, in one sentence each."""

from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.german import format_date
from assessment.survey import Survey

SAME_ANSWERS = (
    "Weniger als 5 Kommunen antworten in den beiden Erhebungen verschieden; sie gelten als zwei "
    "Fassungen derselben Welle, und aus ihrem Unterschied ließe sich auf einzelne schließen."
)
NOT_CLOSED = (
    "Eine der Wellen ist noch nicht abgeschlossen; verglichen wird erst, wenn keine Antworten mehr "
    "hinzukommen."
)


def refusal_of_pair(before: Survey, after: Survey, closed: bool, panel: int) -> str:
    """Why two surveys can't be compared as waves, ``""`` if they can."""
    one, other = before.questionnaire, after.questionnaire
    if one.id != other.id:
        return (
            f"Die Erhebungen beruhen auf verschiedenen Fragebögen („{one.title}“ und "
            f"„{other.title}“); verglichen werden nur Wellen desselben Fragebogens."
        )
    if before.simulated != after.simulated:
        return "Simulierte und eingelesene Erhebungen werden nicht miteinander verglichen."
    if not closed:
        return NOT_CLOSED
    if before.provenance.data_hash == after.provenance.data_hash:
        return "Beide Erhebungen enthalten dieselben Antworten; es gibt nichts zu vergleichen."
    label = before.wave_label
    if label.casefold().strip() == after.wave_label.casefold().strip():
        named = f"zur Welle „{label}“" if label else "zu keiner benannten Welle"
        return (
            f"Beide Erhebungen gehören {named}; bitte beim Einlesen jeder Erhebung ihre eigene "
            "Welle angeben."
        )
    early, late = before.reference_date, after.reference_date
    if early is not None and late is not None and early >= late:
        return (
            f"Der Stichtag der früheren Welle ({format_date(early)}) liegt nicht vor dem der "
            f"späteren ({format_date(late)}); bitte die Wellen in zeitlicher Folge wählen."
        )
    if panel < 1:
        return "Keine Kommune hat an beiden Wellen teilgenommen; es gibt nichts zu vergleichen."
    return ""


def refusal_of_answers(differing: int, panel: int) -> str:
    """Rule 7: two versions of one wave that differ by few are not compared."""
    return SAME_ANSWERS if differing < min(MINIMUM_OTHERS, panel) else ""


def not_in_both(waves: tuple[str, str], *, in_later: bool) -> str:
    """Why one municipality has no comparison."""
    wave = waves[0] if in_later else waves[1]
    return (
        f"Die Kommune hat an der Welle {wave} nicht teilgenommen; ein Vergleich braucht beide "
        "Wellen."
    )
