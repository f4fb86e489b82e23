"""The lab's panel „Erklärung“: which goals make the types, what else is different about them."""

import streamlit as st

from assessment.figures.share_dots import share_dots
from assessment.figures.style import ThemeName
from assessment.german import format_number, format_percent, format_signed
from assessment.profiles.goal_words import short_goal
from assessment.typology.catdes import Description, Trait
from assessment.typology.outside_items import NAMED
from assessment.typology.short_form import Question
from assessment.ui.components import plain_table
from assessment.ui.lab_explanation import Explanation, question_text
from assessment.ui.lab_result import LabResult
from assessment.ui.lab_show import show_lab_figure
from assessment.ui.markdown import esc_md
from assessment.ui.wave_line import case_number

_GOALS_SHOWN = 12
_TRAITS_SHOWN = 8
_LARGE, _MEDIUM = 0.8, 0.5
_LARGE_SHARE, _MEDIUM_SHARE = 0.25, 0.12
OUTSIDE_NOTE = (
    "Verglichen wird nur mit Fragen, die nicht in die Typen eingegangen sind. Als Unterschied "
    "zählt, was auch nach so vielen Vergleichen kein Zufall sein dürfte: Unter allem, was hier "
    "steht, sind im Mittel höchstens 5 % Zufallsfunde (q, Verfahren von Benjamini und Hochberg). "
    "Der v-Test sagt, wie weit der Wert vom Zufall entfernt ist; ab etwa 2 wird er einzeln "
    "auffällig."
)


def show_importance(
    result: LabResult, explanation: Explanation, theme: ThemeName, *, scenario: bool
) -> None:
    """Which goals tell most about the type."""
    parts = explanation.importance
    goals = {name for shares in parts.values() for name in shares}
    more = len(goals) - _GOALS_SHOWN
    show_lab_figure(
        lambda: share_dots(
            parts,
            column="Ziel",
            most=_GOALS_SHOWN,
            question="Welche Ziele machen die Typen aus?",
            sentence="Der Punkt sagt, wie viel von der Ungewissheit über den Typ schon die "
            "Antwort auf dieses eine Ziel nimmt (0 % = nichts, 100 % = alles)."
            + (f" {more} weitere Ziele sagen weniger." if more > 0 else ""),
            subtitle=case_number(result.study.n),
            theme=theme,
        ),
        key="lab-importance",
        drawn=result.drawn,
        scenario=scenario,
        theme=theme,
    )


@st.fragment
def show_outside(result: LabResult, explanation: Explanation) -> None:
    """What else is different about one type, in words and figures."""
    st.header("Worin unterscheiden sich die Typen sonst?", anchor=False)
    found = explanation.outside
    if not found.tests:
        st.markdown("Außer den Zielen enthält die Erhebung keine Fragen zum Vergleich.")
        return
    st.caption(
        esc_md(
            f"{format_number(found.tests)} Vergleiche, {format_number(found.found)} zählen als "
            "Unterschied. Prozent: Anteil mit dieser Antwort; sonst Mittelwerte, Bewertungen in "
            "Punkten von 0 bis 100."
        )
    )
    place = st.segmented_control(
        "Typ",
        range(result.k),
        default=0,
        required=True,
        format_func=lambda one: result.told(result.clusters[one].id),
        label_visibility="collapsed",
        key=f"lab-outside-{result.k}",
    )
    _show_traits(result, found, int(place or 0))
    with st.expander("Wie ist das zu lesen?", type="compact"):
        st.markdown(esc_md(OUTSIDE_NOTE))
    with st.expander("Ohne Zuordnungsfehler (BCH)", type="compact"):
        _corrected(result, explanation)


def _show_traits(result: LabResult, found: Description, place: int) -> None:
    described = found.types[place]
    name = result.told(result.clusters[place].id)
    if not result.summary.types[result.clusters[place].id].profile_shown:
        st.markdown("Dieser Typ hat zu wenige Kommunen, um ihn zu beschreiben.")
        return
    traits = [trait for trait in described.traits if trait.stands_out]
    if not traits:
        st.markdown(
            esc_md(
                f"Außerhalb der Ziele unterscheidet sich „{name}“ in nichts deutlicher, als der "
                "Zufall erwarten lässt."
            )
        )
        return
    plain_table(
        ("Merkmal", "dieser Typ", "alle", "Unterschied", "v-Test", "q", "n"),
        [_trait_cells(result, trait) for trait in traits[:_TRAITS_SHOWN]],
        alt=f"Auffällige Merkmale: {name}",
    )
    if len(traits) > _TRAITS_SHOWN:
        with st.expander(f"Alle {len(traits)} auffälligen Merkmale", type="compact"):
            plain_table(
                ("Merkmal", "dieser Typ", "alle", "Unterschied", "v-Test", "q", "n"),
                [_trait_cells(result, trait) for trait in traits],
                alt=f"Alle auffälligen Merkmale: {name}",
            )


def _trait_cells(result: LabResult, trait: Trait) -> list[str]:
    option = trait.category == NAMED
    text = question_text(result.survey, trait.item, trait.text, option)
    return [
        f"{text} {trait.category}" if trait.category and not option else text,
        _value(trait, trait.in_type),
        _value(trait, trait.overall),
        difference_words(trait),
        format_signed(trait.v_test, 1),
        "<\u00a00,001" if trait.q is not None and trait.q < 0.001 else format_number(trait.q, 3),
        format_number(trait.n),
    ]


def _value(trait: Trait, value: float | None) -> str:
    return format_percent(value) if trait.category else format_number(value, 1)


def difference_words(trait: Trait) -> str:
    """The size of a difference in words: what q says is real need not be large."""
    if trait.effect is None:
        return "–"
    large, medium = (_LARGE_SHARE, _MEDIUM_SHARE) if trait.category else (_LARGE, _MEDIUM)
    more, less = ("häufiger", "seltener") if trait.category else ("höher", "niedriger")
    size = abs(trait.effect)
    degree = "deutlich" if size >= large else "" if size >= medium else "etwas"
    return " ".join(filter(None, (degree, more if trait.effect > 0 else less)))


def _corrected(result: LabResult, explanation: Explanation) -> None:
    rows = explanation.corrected
    if isinstance(rows, str):
        st.markdown(esc_md(rows))
        return
    st.markdown(
        "Wer den Typ einer Kommune nur mit einer gewissen Wahrscheinlichkeit kennt, unterschätzt "
        "Unterschiede zwischen den Typen. Hier ist das herausgerechnet; ± ist der Bereich, in dem "
        "der Wert mit 95 % Sicherheit liegt."
    )
    plain_table(
        ("Frage", *(result.told(cluster.id) for cluster in result.clusters), "q", "n"),
        rows,
        alt="Merkmale je Typ ohne Zuordnungsfehler",
    )


def _label(result: LabResult, question: Question) -> str:
    goals = result.model.goals
    if question.part == "ranked" and goals.ranked is not None:
        return f"Die ersten {goals.ranked.places} Ziele ({goals.ranked.item})"
    if question.part == "categories":
        return short_goal(goals.categories[question.column].label)
    return result.goal_names[question.column]


def show_short_form(result: LabResult, explanation: Explanation) -> None:
    """The few questions that place a municipality nearly as all do."""
    st.header("Reichen weniger Fragen?", anchor=False)
    with st.spinner("Kurze Fassungen werden geprüft …"):
        forms = explanation.short_forms
    if not forms:
        st.markdown("Für eine kürzere Fassung sind es zu wenige Fragen.")
        return
    labels = [_label(result, question) for question in forms[-1].questions]
    first = len(forms[0].questions)
    rows = [[str(first), " · ".join(labels[:first]), format_percent(forms[0].agreement)]]
    rows += [
        [str(len(form.questions)), f"+ {labels[len(form.questions) - 1]}", told]
        for form in forms[1:]
        for told in [format_percent(form.agreement)]
    ]
    plain_table(("Fragen", "welche", "gleicher Typ"), rows, alt="Kurze Fassungen")
    st.markdown(
        esc_md(
            "„Gleicher Typ“: Anteil der Kommunen, die mit diesen Fragen allein zum selben Typ "
            "kommen wie mit allen; gemessen an Kommunen, nach denen die Fragen nicht ausgesucht "
            f"wurden ({case_number(forms[0].n)})."
        )
    )
