"""The page of one municipality, drawn from its profile; the first screen says five things."""

import streamlit as st

from assessment.figures.figure import Figure
from assessment.figures.goal_profile import Series, goal_profile
from assessment.figures.level_profile import LevelRow, level_profile
from assessment.figures.membership_strip import type_mark
from assessment.figures.style import ThemeName
from assessment.german import format_date, format_number, format_signed
from assessment.profiles.fields import FieldBlock, FieldRow, NamedField
from assessment.profiles.goal_words import basis_of, short_goals
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.texts import sentence
from assessment.ui.components import origin_beside, plain_table, show_figure
from assessment.ui.markdown import esc_md

_COUNTS = {2: "Zwei", 3: "Drei"}


def show_head(profile: MunicipalityProfile) -> None:
    """Name, and on the right the facts that place the municipality."""
    header = profile.header
    facts = [
        header.kind,
        f"{format_number(header.population)} Einw." if header.population else "",
        header.land,
        f"Stichtag {format_date(header.reference_date)}" if header.reference_date else "",
    ]
    with st.container(horizontal=True, vertical_alignment="bottom", key="profile-head"):
        st.title(esc_md(header.name), anchor=False)
        st.caption(esc_md(" · ".join(fact for fact in facts if fact)), text_alignment="right")


def show_type(profile: MunicipalityProfile, theme: ThemeName) -> None:
    """Type in one sentence, how sure it is, and with whom is compared."""
    statement = profile.type
    with st.container(key="profile-type"):
        if statement is None:
            st.markdown(esc_md(profile.type_note))
            if profile.peers.short:
                st.markdown(esc_md(profile.peers.short), help=_why(profile))
            return
        shown = statement.first if statement.state in ("assigned", "likely") else "?"
        said = esc_md(f"{statement.focus or statement.sentence} {profile.peers.short}")
        head = _type_line(statement.headline, statement.certainty)
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.image(type_mark(shown or "?", theme=theme), width=44, alt="")
            st.markdown(f"{head}  \n{said}", width="stretch", help=_why(profile))


def _why(profile: MunicipalityProfile) -> str | None:
    """Why this group and no closer one; it also stands under „worauf beruht das?“."""
    return esc_md(profile.peers.reason) if profile.peers.reason else None


def _type_line(headline: str, certainty: str) -> str:
    """Type and certainty; where the headline is the certainty, it is said once."""
    if certainty.casefold().startswith(headline.casefold()):
        return f"**{esc_md(headline)}**{esc_md(certainty[len(headline) :])}"
    return f"**{esc_md(headline)}** · {esc_md(certainty)}"


def joined_blocks(profile: MunicipalityProfile) -> dict[str, tuple[FieldRow, ...]]:
    """Rows per block name; a block of a single dimension joins the one before it."""
    blocks: list[FieldBlock] = []
    for block in profile.blocks:
        if len(block.rows) == 1 and blocks:
            last = blocks[-1]
            blocks[-1] = FieldBlock(last.id, last.name, (*last.rows, *block.rows))
        else:
            blocks.append(block)
    return {block.name or "Alle Felder": block.rows for block in blocks}


def level_figure(
    profile: MunicipalityProfile, rows: tuple[FieldRow, ...], theme: ThemeName
) -> Figure:
    """The level profile of some fields."""
    return level_profile(
        [
            LevelRow(
                row.name,
                row.level,
                row.score,
                row.median,
                row.low,
                row.high,
                row.coverage,
                lowest=row.lowest,
                highest=row.highest,
            )
            for row in rows
        ],
        question="Wo stehen wir?",
        own=profile.header.name,
        group=profile.peers.name,
        theme=theme,
        least=profile.record.scoring.least_coverage,
    )


def show_levels(profile: MunicipalityProfile, theme: ThemeName) -> None:
    """The level profile, one block of fields at a time."""
    blocks = joined_blocks(profile)
    if not blocks:
        st.markdown("Dieser Fragebogen enthält keine Punkte; bewertet wird nichts.")
        return
    names = list(blocks)
    largest = max(names, key=lambda name: len(blocks[name]))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Wo stehen wir?", anchor=False)
        if len(names) > 1:
            chosen = st.segmented_control(
                "Felder",
                names,
                default=largest,
                required=True,
                label_visibility="collapsed",
                key="profile-block",
                persist_state="session",
            )
        else:
            chosen = largest
    figure = level_figure(profile, blocks[chosen or largest], theme)
    beside = origin_beside(profile.peers.name)
    show_figure(figure, key="profile-levels", heading=False, origin=beside)
    st.caption(esc_md(profile.robustness.sentence))


def show_named(profile: MunicipalityProfile) -> None:
    """Three strengths and three gaps."""
    _named(("Stärken", "Eine Stärke"), profile.strengths, profile.strengths_note)
    _named(("Lücken", "Eine Lücke"), profile.gaps, profile.gaps_note)
    if profile.strengths or profile.gaps:
        # How they were chosen matters only where others stood back; the hints say it in full.
        chosen = sentence("named.choice") in f"{profile.strengths_note} {profile.gaps_note}"
        st.caption(esc_md(sentence("named.measure_choice" if chosen else "named.measure")))


def _named(names: tuple[str, str], fields: tuple[NamedField, ...], note: str) -> None:
    many, one = names
    title = {0: many, 1: one}.get(len(fields), f"{_COUNTS.get(len(fields), '')} {many}".strip())
    st.header(title, anchor=False, help=esc_md(note) if fields and note else None)
    if fields:
        plain_table(
            ("Feld", "Punkte"),
            [[field.listed, format_signed(field.difference)] for field in fields],
            alt=title,
            header=False,
        )
    else:
        st.caption(esc_md(note))


def show_foot(profile: MunicipalityProfile) -> None:
    """Where the numbers come from, in one line."""
    line = " · ".join((profile.data.sentence, *profile.data.provenance))
    st.caption(esc_md(line))


def show_fields(profile: MunicipalityProfile) -> None:
    """Every field with its sentence."""
    for name, rows in joined_blocks(profile).items():
        st.header(esc_md(name), anchor=False)
        plain_table(
            ("Feld", "Was das heißt", "Diese Stufe bedeutet"),
            [[row.name, row.sentence, row.level_text or "–"] for row in rows],
            alt=name,
        )


def show_goals(profile: MunicipalityProfile, theme: ThemeName) -> None:
    """Goals against the own average, beside the group."""
    answered = [row for row in profile.goals if row.deviation is not None]
    if not answered:
        st.markdown("Zu den Zielen gibt es keine auswertbaren Antworten.")
        return
    rows = sorted(profile.goals, key=lambda row: -(row.deviation or -99.0))
    names = short_goals([row.label for row in rows])
    top = ", ".join(f"„{name}“" for name in names[:2])
    counted = basis_of(row.group for row in rows)
    basis = f"; Vergleichsgruppe: {counted}" if counted else ""
    figure = goal_profile(
        names,
        [
            Series(profile.header.name, tuple(row.deviation for row in rows)),
            Series(
                f"Mittel: {profile.goals_group}",
                tuple(row.group.value for row in rows),
                profile.type.first if profile.type else None,
                emphasised=False,
            ),
        ],
        question=f"Welche Ziele betont {profile.header.name}?",
        unit=f"Abweichung vom eigenen Durchschnitt aller Ziele{basis}",
        sentence=f"Am stärksten über dem eigenen Durchschnitt: {top}.",
        theme=theme,
    )
    show_figure(figure, key="profile-goals")
    if profile.priorities:
        st.markdown(esc_md("Vorrang haben: " + "; ".join(profile.priorities) + "."))
