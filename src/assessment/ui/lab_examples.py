"""Below the map: municipalities that show their type at its clearest, and those between two."""

import streamlit as st

from assessment.german import format_number, format_percent
from assessment.typology.paragons import Example
from assessment.ui.components import plain_table
from assessment.ui.lab_explanation import Explanation
from assessment.ui.lab_result import LabResult

_TYPICAL_SHOWN = 4
_BORDERLINE_SHOWN = 8


def show_examples(result: LabResult, explanation: Explanation) -> None:
    """Names for the analyst; no page for others shows them."""
    typical, borderline = explanation.examples
    with st.container(key="stack-lab-examples"):
        left, right = st.columns(2, gap="large")
    with left:
        st.header("Welche Kommunen zeigen ihren Typ am deutlichsten?", anchor=False)
        plain_table(
            ("Typ", "Kommunen"),
            [
                [
                    result.told(result.clusters[place].id),
                    " · ".join(result.name_at(one.row) for one in rows[:_TYPICAL_SHOWN]) or "–",
                ]
                for place, rows in enumerate(typical)
            ],
            alt="Typische Kommunen",
        )
    with right:
        st.header("Welche liegen zwischen zwei Typen?", anchor=False)
        plain_table(
            ("Kommune", "zwischen", "Fragen beantwortet"),
            [_between(result, one) for one in borderline[:_BORDERLINE_SHOWN]],
            alt="Kommunen zwischen zwei Typen",
        )
    st.caption("Nur für die Auswertung: Diese Namen stehen auf keiner Seite für andere.")


def _between(result: LabResult, one: Example) -> list[str]:
    shares = [(one.first, one.probability)]
    if one.second is not None:
        shares.append((one.second, one.probability - one.gap))
    told = ", ".join(
        f"{result.clusters[place].name} {format_percent(share)}" for place, share in shares
    )
    return [result.name_at(one.row), told, format_number(one.answered)]
