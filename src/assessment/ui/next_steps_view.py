"""Three next steps on the first screen: what, how much effort, until when, what kind of cost."""

from collections.abc import Sequence

import streamlit as st

from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.next_steps import NextStep, next_steps
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import basis_now
from assessment.ui.taken import TakenSurvey

_TITLES = {0: "Nächste Schritte", 1: "Ein nächster Schritt", 2: "Zwei nächste Schritte"}


def steps_now(
    taken: TakenSurvey, key: str, profile: MunicipalityProfile
) -> tuple[Sequence[NextStep], str]:
    """The steps of the profile; with an own catalogue or a plan those that follow from it.

    What the plan says is done is proposed no more, here and on the page of measures alike.
    """
    found = basis_now(taken, key)
    if found is None:
        return profile.next_steps, profile.next_steps_note
    basis, catalogue = found
    return next_steps(basis.advice, catalogue, taken.survey.questionnaire)


def show_next_steps(steps: Sequence[NextStep], note: str) -> None:
    """The steps, each with its title and one line; „Was, wenn nicht?“ is one click away."""
    st.header(_TITLES.get(len(steps), "Drei nächste Schritte"), anchor=False)
    for step in steps:
        line = " · ".join(part for part in (step.mark, step.line) if part)
        st.markdown(f"**{esc_md(step.title)}**  \n:small[{esc_md(line)}]")
    if not steps:
        st.caption(esc_md(note))
        return
    panel = st.expander(
        "Was kostet es ungefähr? Was, wenn nicht?",
        type="compact",
        key="step-without",
        on_change="rerun",
    )
    if panel.open:
        with panel:
            for step in steps:
                st.markdown(
                    f"**{esc_md(step.title)}**  \n:small[{esc_md(_cost(step))}]  \n"
                    f":small[{esc_md(step.without)}]"
                )
            st.caption(esc_md(note))


def _cost(step: NextStep) -> str:
    """Effort and kind of cost: „Aufwand hoch, einmalige und laufende Kosten“."""
    parts = (f"Aufwand {step.effort_word}, {step.cost_word}", step.step, step.note)
    return " · ".join(part for part in parts if part)
