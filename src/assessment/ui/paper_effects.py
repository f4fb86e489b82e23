"""Climate check and further effects of the Vorlage."""

import streamlit as st

from assessment.measures.paper_editing import set_effect, set_paper
from assessment.measures.paper_types import ClimateJudgement
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.council.climate import climate_proposal, climate_rule
from assessment.profiles.council.headings import effect_choices
from assessment.profiles.texts import sentence
from assessment.ui.markdown import esc_md
from assessment.ui.paper_fields import Change, PaperFields

_PROPOSED = "proposed"


def show_effects(fields: PaperFields) -> None:
    """The climate check with the catalogue's proposal, and lines for further effects."""
    st.caption(sentence("page_paper.at_once"))
    with st.container(key="stack-paper-effects"):
        left, right = st.columns(2, gap="large")
    with left:
        _climate(fields)
    with right:
        st.markdown("**Weitere Auswirkungen**")
        st.caption(sentence("page_paper.effects"))
        now = fields.settings.effects
        # Those a plan holds besides the usual ones are kept and shown.
        for name in dict.fromkeys((*effect_choices(), *now)):
            fields.line(esc_md(name), f"effect-{name}", now.get(name, ""), _effect(name))


def _climate(fields: PaperFields) -> None:
    now = fields.settings
    st.markdown("**Klimarelevanz**")
    fields.tick(
        "Klimarelevanz in der Vorlage zeigen",
        "climate_shown",
        now.climate_shown,
        fields.setting("climate_shown"),
    )
    if not now.climate_shown:
        return
    proposal = climate_proposal(fields.page.plan.measures, fields.page.catalogue)
    st.markdown(
        esc_md(
            sentence(
                "page_paper.climate_proposal",
                judgement=proposal.judgement.value,
                reason=proposal.reason,
            )
        )
    )
    st.caption(esc_md(climate_rule()))
    fields.choice(
        "Beurteilung",
        "climate",
        [_PROPOSED, *ClimateJudgement],
        now.climate or _PROPOSED,
        _judged,
        shown=lambda one: "Vorschlag, noch nicht geprüft" if one == _PROPOSED else str(one.value),
    )
    fields.text(
        "Begründung in einem Satz",
        "climate_reason",
        now.climate_reason,
        fields.setting("climate_reason"),
        placeholder=proposal.reason,
        height=80,
        max_chars=200,
    )


def _judged(plan: MunicipalityPlan, value: object) -> MunicipalityPlan:
    return set_paper(plan, climate=None if value == _PROPOSED else value)


def _effect(name: str) -> Change:
    return lambda plan, text: set_effect(plan, name, text)
