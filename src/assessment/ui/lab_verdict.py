"""The lab's first screen: are there four types, which, and how sure."""

import streamlit as st

from assessment.figures.counts import HIDDEN
from assessment.figures.style import with_letter
from assessment.german import format_number
from assessment.profiles.typology_summary import changed_types, typology_summary
from assessment.typology.model import MembershipState
from assessment.typology.study_types import VERDICT_NAMES, TypologyStudy
from assessment.ui.components import bullet_list, plain_table
from assessment.ui.lab_desk import MOST_TYPES, Desk
from assessment.ui.lab_official import official_line, official_model
from assessment.ui.lab_result import LabResult, part_of, sure_shares
from assessment.ui.markdown import esc_md
from assessment.ui.taken import TakenSurvey

_WORDS = {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs", 7: "sieben", 8: "acht"}
_REASONS_SHOWN = 5


def show_verdict(study: TypologyStudy) -> None:
    """Question, verdict, and what speaks for it."""
    number = _WORDS.get(study.hypothesis, str(study.hypothesis))
    st.header(f"Zeigt diese Erhebung {number} Typen?", anchor=False)
    answer = VERDICT_NAMES[study.verdict]
    st.markdown(f"**{esc_md(answer[:1].upper() + answer[1:])}.** {esc_md(study.sentence)}")
    bullet_list(study.reasons[:_REASONS_SHOWN])
    if study.reasons[_REASONS_SHOWN:]:
        with st.expander("Weitere Gründe", type="compact"):
            bullet_list(study.reasons[_REASONS_SHOWN:])


def choose_number(study: TypologyStudy) -> int | None:
    """How many types to look at; the supported number unless the analyst chooses another.

    ``None`` where the survey shows no types and none were asked for.
    """
    fitted = [one.k for one in study.candidates if 2 <= one.k <= MOST_TYPES]
    if not fitted:
        return None
    supported = study.supported_k if study.supported_k in fitted else None
    begin = study.chosen_k if study.chosen_k in fitted else supported
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lab-number"):
        st.markdown("Zahl der Typen", width="content")
        chosen = st.segmented_control(
            "Zahl der Typen",
            fitted,
            default=begin,
            required=begin is not None,
            label_visibility="collapsed",
            key="lab-k",
        )
    st.caption(
        f"Die Prüfgrößen sprechen für {supported}."
        if supported
        else "Die Prüfgrößen sprechen für keine Einteilung. Zum Ansehen eine Zahl wählen."
    )
    return chosen


def show_meanwhile(taken: TakenSurvey) -> None:
    """While the first study is running: the types the other pages use."""
    typology, membership = taken.assessment.typology, taken.assessment.membership
    if typology is None or membership is None:
        return
    summary = typology_summary(membership)
    st.header("Bis dahin: die Typen der anderen Seiten", anchor=False)
    rows = []
    for cluster in typology.clusters:
        n = summary.types[cluster.id].n
        name = with_letter(cluster.id, cluster.name)
        rows.append([name, HIDDEN if n is None else format_number(n)])
    with st.container(width=480):
        plain_table(("Typ", "Kommunen"), rows, alt="Typen der anderen Seiten")


def show_types(result: LabResult, taken: TakenSurvey) -> None:
    """Which types, how many municipalities, how surely; what changes against the other pages."""
    table = type_table(result)
    plain_table(list(table), [list(row) for row in zip(*table.values(), strict=True)])
    st.markdown(esc_md(" ".join(filter(None, (_sure(result), change_sentence(result, taken))))))


def show_stability_pending(desk: Desk, k: int) -> None:
    """What a number of types other than the supported one still lacks."""
    if desk.waits_for_stability:
        st.caption(f"Die Stabilität von {k} Typen wird gerade geprüft; der Rest steht schon.")


def type_table(result: LabResult) -> dict[str, list[str]]:
    """One row a type: name, size, certainty."""
    counts = [result.summary.types[cluster.id] for cluster in result.clusters]
    return {
        "Typ": [result.told(cluster.id) for cluster in result.clusters],
        "Kommunen": [HIDDEN if count.n is None else format_number(count.n) for count in counts],
        "davon sicher": [
            part_of(count.sure, count.n, sure)
            for count, sure in zip(counts, sure_shares(result), strict=True)
        ],
    }


def _sure(result: LabResult) -> str:
    total = len(result.labels)
    found = part_of(
        result.summary.states[MembershipState.ASSIGNED],
        total,
        result.state_count(MembershipState.ASSIGNED) / max(total, 1),
    )
    return f"Sicher zugeordnet: {found} der Kommunen."


def change_sentence(result: LabResult, current: TakenSurvey) -> str:
    """How many municipalities get another type than on the other pages."""
    old = current.assessment.membership
    if old is None:
        return ""
    changed, both = changed_types(old, result.membership)
    if changed == 0:
        return "Gegenüber den anderen Seiten ändert sich kein Typ."
    return (
        "Gegenüber den anderen Seiten bekämen "
        f"{'weniger als 5' if changed is None else format_number(changed)} von "
        f"{format_number(both)} Kommunen einen anderen Typ."
    )


def show_scenario(result: LabResult, taken: TakenSurvey) -> None:
    """Whether this is a scenario or official, in one line."""
    fixed = official_model(result, taken)
    with st.container(key="lab-standing"):
        if fixed is not None and fixed.official is not None:
            st.markdown(esc_md(official_line(fixed.official)))
        else:
            st.markdown(
                "**Szenario.** Nur in dieser Sitzung; unter „Festhalten“ lässt es sich mit "
                "Begründung als amtlich festschreiben."
            )
