"""The four Steckbriefe and the D-Team, drawn from the type profiles."""

from collections.abc import Sequence

import streamlit as st

from assessment.figures.goal_profile import Series, goal_profile
from assessment.figures.heat_map import heat_map
from assessment.figures.membership_strip import type_mark
from assessment.figures.style import ThemeName
from assessment.german import format_number, format_percent, format_signed
from assessment.profiles.goal_words import basis_of, short_goals
from assessment.profiles.places import listed
from assessment.profiles.type_profile import SourcedText, TypeGoal, TypeProfile
from assessment.ui.components import bullet_list, plain_table, show_figure
from assessment.ui.markdown import esc_md

_CARDS_A_ROW = 4
_FILLED = "Gefüllt: dieser Typ. Hohl: die anderen."


def show_cards(types: Sequence[TypeProfile], theme: ThemeName) -> None:
    """All types at a glance: mark, name, size, what stands in the foreground."""
    with st.container(key="pairs-types"):
        cells = [
            cell
            for start in range(0, len(types), _CARDS_A_ROW)
            for cell in st.columns(min(len(types), _CARDS_A_ROW))[: len(types) - start]
        ]
        for cell, kind in zip(cells, types, strict=True):
            with cell, st.container(border=True, height="stretch"):
                with st.container(
                    horizontal=True,
                    vertical_alignment="center",
                    gap="small",
                    wrap=False,
                    key=f"card-{kind.type_id}",
                ):
                    st.image(type_mark(kind.type_id, theme=theme), width=40, alt="")
                    st.markdown(f"**{esc_md(kind.name)}**")
                if kind.n is not None and kind.share is not None:
                    share = format_percent(kind.share)
                    st.caption(esc_md(f"{format_number(kind.n)} Kommunen ({share})"))
                st.markdown(esc_md(kind.focus or kind.match_sentence))


def show_profile(kind: TypeProfile, types: Sequence[TypeProfile], theme: ThemeName) -> None:
    """The Steckbrief of one type."""
    with st.container(key=f"stack-type-{kind.type_id}"):
        left, right = st.columns([2, 3], gap="large")
        with left:
            st.markdown(esc_md(f"{kind.size_sentence} {kind.match_sentence}"))
            if kind.facts:
                st.header("Was die Studie beschreibt", anchor=False)
                bullet_list(fact.text for fact in (*kind.facts, *kind.published_strengths))
                _sources((*kind.facts, *kind.published_strengths), kind.unknown)
            st.header("Was diese Erhebung zeigt", anchor=False)
            bullet_list((kind.goals_sentence, kind.strong_sentence))
        with right:
            _goals(kind, types, theme)
    st.header("Was diese Kommunen von anderen lernen können", anchor=False)
    plain_table(
        ("Von", "Was", "In dieser Erhebung"),
        [[lesson.name, lesson.text or "–", lesson.sentence] for lesson in kind.lessons],
    )
    st.caption(esc_md(kind.teaches_note))
    with st.expander("Alle Felder dieses Typs als Tabelle", type="compact"):
        _fields(kind)


def _sources(texts: Sequence[SourcedText], unknown: Sequence[str]) -> None:
    with st.expander("Quellen, und was uns nicht bekannt ist", type="compact"):
        found = dict.fromkeys(source for text in texts for source in text.sources)
        bullet_list((*found, *unknown))


def _goals(kind: TypeProfile, types: Sequence[TypeProfile], theme: ThemeName) -> None:
    goals = sorted(kind.goals, key=lambda goal: -(goal.mean.value or -99.0))
    order = [goal.id for goal in goals]
    basis = basis_of(goal.mean for goal in kind.goals)
    series = []
    for other in types:
        value = {goal.id: goal.mean.value for goal in other.goals}
        series.append(
            Series(
                other.name,
                tuple(value.get(goal) for goal in order),
                other.type_id,
                emphasised=other.type_id == kind.type_id,
            )
        )
    show_figure(
        goal_profile(
            short_goals([goal.label for goal in goals]),
            series,
            question=f"Welche Ziele betont der Typ „{kind.name}“?",
            sentence=_joined_sentences(_goal_sentence(goals), _FILLED),
            unit=_joined("Stufen über oder unter dem eigenen Durchschnitt", basis),
            theme=theme,
        ),
        key=f"type-goals-{kind.type_id}",
    )


def _goal_sentence(goals: Sequence[TypeGoal]) -> str:
    """Which goals are emphasised most and least, as rounded in the chart; ``""`` without values."""
    means = [
        (goal.label, round(goal.mean.value, 1)) for goal in goals if goal.mean.value is not None
    ]
    values = [mean for _, mean in means]
    if len(set(values)) < 2:
        return ""
    names = dict(
        zip((goal.label for goal in goals), short_goals([g.label for g in goals]), strict=True)
    )
    parts = [
        f"{listed([names[label] for label, mean in means if mean == edge])} "
        f"({format_signed(edge, 1)})"
        for edge in (max(values), min(values))
    ]
    return f"Am stärksten betont: {parts[0]}; am wenigsten: {parts[1]}."


def _joined_sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _fields(kind: TypeProfile) -> None:
    plain_table(
        ("Feld", "Median dieses Typs", "Median aller", "Unterschied", "Kommunen", "Hinweis"),
        [
            [
                field.name,
                _points(field.score),
                _points(field.everybody),
                "–" if field.difference is None else format_signed(field.difference),
                format_number(field.n),
                field.refusal,
            ]
            for field in kind.fields
        ],
        alt="Felder des Typs",
    )


def _points(value: float | None) -> str:
    return "–" if value is None else format_number(value)


def show_team(types: Sequence[TypeProfile], theme: ThemeName) -> None:
    """The D-Team: what each type brings in, and where each is further."""
    st.markdown(esc_md(types[0].equality))
    plain_table(
        ("Typ", "Was die anderen von ihm lernen können", "Wo ihr Median höher liegt"),
        [[kind.name, kind.teaches or "–", kind.strong_sentence] for kind in types],
    )
    st.caption(esc_md(types[0].teaches_note))
    fields = types[0].fields
    if not fields:
        return
    show_figure(
        heat_map(
            [field.name for field in fields],
            [kind.name for kind in types],
            [
                [kind.fields[row].score if kind.fields else None for kind in types]
                for row in range(len(fields))
            ],
            question="Welchen Median haben die Typen in den Feldern?",
            sentence="Die Zahl ist der Median des Typs in Punkten. Ein Strich heißt: verdeckt, "
            "weil zu wenige Kommunen geantwortet haben.",
            theme=theme,
        ),
        key="team-fields",
    )
