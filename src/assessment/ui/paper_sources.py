"""What a generated statement rests on, in words: questions, fields and measures by their ids."""

from collections.abc import Sequence

import streamlit as st

from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.council.paper_parts import Said
from assessment.profiles.texts import sentence
from assessment.questionnaire.model import Questionnaire
from assessment.ui.components import plain_table
from assessment.ui.markdown import esc_md
from assessment.ui.plan_page import PlanPage


def show_sources(statements: Sequence[Said], page: PlanPage) -> None:
    """„Worauf beruht das?“: every statement with its ids, each id explained below."""
    given = [said for said in statements if said.text]
    if not given:
        return
    st.markdown("**Worauf beruht das?**")
    plain_table(
        ("Aussage", "Beruht auf"),
        [[said.text, ", ".join(said.ids) or sentence("page_paper.no_ids")] for said in given],
        alt="Aussagen des Abschnitts und worauf sie beruhen",
    )
    known = names_of(
        [each for said in given for each in said.ids],
        page.taken.survey.questionnaire,
        page.catalogue,
        page.plan,
    )
    if known:
        panel = st.expander(
            "Was bedeuten diese Kennungen?", type="compact", key="paper-ids", on_change="rerun"
        )
        if panel.open:
            with panel:
                st.markdown("\n".join(f"- **{esc_md(i)}** {esc_md(name)}" for i, name in known))


def names_of(
    ids: Sequence[str],
    questionnaire: Questionnaire,
    catalogue: Catalogue,
    plan: MunicipalityPlan,
) -> list[tuple[str, str]]:
    """Each id once with the wording of its question, field or measure; unknown ones are left."""
    named: list[tuple[str, str]] = []
    for each in dict.fromkeys(ids):
        if each in catalogue.by_id:
            named.append((each, catalogue.by_id[each].title))
        elif each in plan.by_id and plan.by_id[each].is_own:
            named.append((each, plan.by_id[each].own_title))
        elif each in questionnaire.item_by_id:
            named.append((each, questionnaire.item_by_id[each].text))
        elif each in questionnaire.dimension_by_id:
            named.append((each, questionnaire.dimension_by_id[each].name))
    return named
