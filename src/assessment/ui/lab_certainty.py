"""The lab's panel „Sicherheit“: how surely each municipality belongs, would the types return."""

import numpy as np
import streamlit as st

from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.figures.counts import HIDDEN
from assessment.figures.cross_table import FEW
from assessment.figures.membership_dots import MemberDot, MemberStrip, membership_dots
from assessment.figures.style import ThemeName
from assessment.german import format_number
from assessment.typology.model import MembershipState
from assessment.typology.study_types import Stability
from assessment.ui.components import plain_table
from assessment.ui.lab_result import STATE_NAMES, LabResult, at_least, part_of, sure_shares
from assessment.ui.lab_show import show_lab_figure
from assessment.ui.markdown import esc_md
from assessment.ui.wave_line import case_number

MOST_DRAWN = 1000
"""Marks per type; more would lie on top of each other."""


def show_certainty(result: LabResult, theme: ThemeName, *, scenario: bool) -> None:
    """Strips of memberships, counts of certainty, stability of each type."""
    thresholds = result.model.thresholds
    show_lab_figure(
        lambda: membership_dots(
            _strips(result),
            likely=thresholds.likely,
            assigned=thresholds.assigned,
            question="Wie sicher gehört jede Kommune zu ihrem Typ?",
            sentence="Jedes Zeichen ist eine Kommune. Weit rechts ist die Zuordnung eindeutig; "
            "hohle Zeichen stehen zwischen zwei Typen.",
            subtitle=f"{case_number(len(result.labels))} · Wahrscheinlichkeit des ersten Typs",
            theme=theme,
        ),
        key="lab-strips",
        drawn=result.drawn,
        scenario=scenario,
        theme=theme,
    )
    with st.container(key="stack-lab-certainty"):
        left, right = st.columns(2, gap="large")
    with left:
        _show_states(result)
    with right:
        _show_stability(result)


def _show_states(result: LabResult) -> None:
    st.header("Wie viele sind sicher zugeordnet?", anchor=False)
    st.caption(case_number(len(result.labels)))
    plain_table(
        ("Zuordnung", "Kommunen"),
        [[name, shown_count(result, state)] for state, name in STATE_NAMES.items()],
        alt="Sicherheit der Zuordnungen",
    )
    st.markdown("„Zwischen zwei Typen“ ist eine Aussage über die Kommune, kein Mangel.")


def shown_count(result: LabResult, state: MembershipState) -> str:
    """How many municipalities are in a state, as exactly as may be shown."""
    guarded, n = result.summary.states[state], result.state_count(state)
    if guarded is not None:
        return format_number(guarded)
    return FEW if n < MINIMUM_OTHERS else at_least(n / max(len(result.labels), 1))


def _strips(result: LabResult) -> list[MemberStrip]:
    strength = result.membership.strength.to_numpy(dtype=float)
    second = result.membership.second
    strips, sure = [], sure_shares(result)
    for place, cluster in enumerate(result.clusters):
        rows = np.flatnonzero(result.labels == place)
        count = result.summary.types[cluster.id]
        drawn = rows[np.linspace(0, len(rows) - 1, min(len(rows), MOST_DRAWN)).astype(int)]
        dots = tuple(
            MemberDot(
                result.name_at(row),
                float(strength[row]),
                result.names.get(str(second.iloc[row]), "") if result.k > 1 else "",
            )
            for row in drawn
        )
        number = HIDDEN if count.n is None else format_number(count.n)
        summary = f"{number} Kommunen, davon {part_of(count.sure, count.n, sure[place])} sicher"
        strips.append(MemberStrip(cluster.id, cluster.name, dots, summary))
    return strips


def _show_stability(result: LabResult) -> None:
    st.header("Kämen dieselben Typen wieder heraus?", anchor=False)
    stability = result.candidate.stability
    if stability is None:
        st.markdown(
            "Für diese Zahl der Typen ist das mit dem gewählten Verfahren noch nicht geprüft."
        )
        return
    st.caption(f"{format_number(stability.resamples)} Wiederholungen mit neu gezogenen Kommunen")
    rows = [
        [result.told(result.clusters[place].id), format_number(value, 2), told(value, stability)]
        for place, value in sorted(
            zip(result.class_places, stability.jaccard, strict=True), key=lambda pair: pair[0]
        )
        if place >= 0
    ]
    plain_table(("Typ", "Übereinstimmung", "Urteil"), rows, alt="Stabilität je Typ")
    st.markdown(
        esc_md(
            "Übereinstimmung: wie groß der gemeinsame Teil eines Typs und seines Gegenstücks in "
            "neu gezogenen Daten ist (höchstens 1). In Daten ganz ohne Typen liegt sie im Mittel "
            f"bei {format_number(stability.null_mean, 2)}, in 95 % der Fälle unter "
            f"{format_number(stability.null_high, 2)}."
        )
    )


def told(value: float, stability: Stability) -> str:
    """The stability of one type in words, measured by data without types."""
    if value <= stability.null_high:
        return "nicht mehr als Zufall"
    if value < (1 + stability.null_high) / 2:
        return "kehrt teilweise wieder"
    return "kehrt wieder"
