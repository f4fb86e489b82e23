"""The lab's panel „Namen“: how like each type is to a published one, and which name is withheld."""

import streamlit as st

from assessment.german import format_number
from assessment.typology.model import Cluster
from assessment.typology.naming import LEAST_CORRELATION
from assessment.typology.reference import load_reference
from assessment.ui.components import bullet_list, plain_table
from assessment.ui.lab_result import LabResult
from assessment.ui.markdown import esc_md

_CLOSE = 0.15
"""With a smaller margin another name fits nearly as well."""


def show_naming(result: LabResult) -> None:
    """One row a type: most like whom, how much, and whether it carries the name."""
    st.header("Welcher Typ verdient welchen Namen?", anchor=False)
    if not result.comparable:
        st.markdown(
            "Diese Fragen lassen sich mit den veröffentlichten Typen nicht vergleichen; die "
            "Gruppen tragen Nummern."
        )
        return
    shown = [result.summary.types[cluster.id].profile_shown for cluster in result.clusters]
    plain_table(
        ("Gruppe", "gleicht am meisten", "r", "Abstand zum nächsten Namen", "Name"),
        [
            [
                result.told(cluster.id),
                _best(cluster),
                format_number(cluster.correlation, 2) if known else "verdeckt",
                format_number(cluster.margin, 2) if known else "verdeckt",
                verdict(cluster),
            ]
            for cluster, known in zip(result.clusters, shown, strict=True)
        ],
        alt="Ähnlichkeit mit den veröffentlichten Typen",
    )
    least = format_number(LEAST_CORRELATION, 1)
    bullet_list(
        [
            "r sagt, wie sehr die Ziele einer Gruppe denen der veröffentlichten Beschreibung "
            "gleichen (höchstens 1). Jeder Name wird nur einmal vergeben, und zwar so, dass alle "
            "zusammen am besten passen.",
            f"Unter r = {least} trägt eine Gruppe keinen Namen, sondern eine Nummer: In Proben mit "
            "bekannten Typen war dort jeder vierte Name falsch.",
            "Der Abstand sagt, wie viel besser dieser Name passt als der nächste; nahe 0 passen "
            "beide fast gleich gut, unter 0 passt für sich genommen ein anderer besser.",
        ]
    )
    lead = result.model.provenance.naming_lead
    if lead is not None:
        st.caption(
            esc_md(
                f"Vorsprung der gesamten Benennung vor der zweitbesten: {format_number(lead, 2)} "
                "(Summe der r)."
            )
        )
    st.caption(esc_md(load_reference().profile_note))


def verdict(cluster: Cluster) -> str:
    """Whether a type carries a name, in words."""
    if cluster.best is None:
        return "nicht vergleichbar"
    if not cluster.named:
        return "kein Name: zu wenig ähnlich"
    if cluster.margin is not None and cluster.margin < _CLOSE:
        return "passt, aber ein anderer fast ebenso"
    return "passt"


def _best(cluster: Cluster) -> str:
    if cluster.best is None:
        return "–"
    published = load_reference().type_of(cluster.best)
    return published.name if published else cluster.best
