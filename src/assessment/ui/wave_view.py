"""Two waves on the page of gaps: own change, the others', the questionnaire's, the type."""

from collections.abc import Sequence

import streamlit as st

from assessment.figures.figure import Figure
from assessment.figures.style import ThemeName, with_letter
from assessment.figures.wave_change import WaveRow, wave_change
from assessment.profiles.texts import sentence
from assessment.profiles.wave_profile import TransitionText, WaveField, WaveProfile, wave_sentence
from assessment.ui.components import plain_table, show_figure
from assessment.ui.markdown import esc_md


def wave_figure(
    profile: WaveProfile, fields: Sequence[WaveField], theme: ThemeName, block: str = ""
) -> Figure:
    """Dots and arrows of some fields. ``block``: their name where they are not all there are."""
    several = len({field.block for field in fields}) > 1
    return wave_change(
        [
            WaveRow(
                field.listed if several else field.name,
                field.before,
                field.after,
                field.own,
                field.distinguishable,
                field.peers,
                field.questionnaire,
                field.note,
                field.n_peers,
            )
            for field in fields
        ],
        before=profile.before,
        after=profile.after,
        question=sentence("wave.question", before=profile.before),
        sentence=wave_sentence(fields, block),
        subtitle=profile.basis,
        theme=theme,
    )


def show_waves(
    profile: WaveProfile, dimensions: Sequence[str], theme: ThemeName, block: str = ""
) -> None:
    """The comparison of two waves for the fields the page shows; ``block``: their name."""
    if profile.refusal:
        st.markdown(esc_md(profile.refusal))
        return
    order = {dimension: place for place, dimension in enumerate(dimensions)}
    fields = sorted(
        (field for field in profile.fields if field.dimension in order),
        key=lambda field: order[field.dimension],
    )
    show_figure(wave_figure(profile, fields, theme, block), key="gap-waves", heading=False)
    if profile.type_sentence:
        st.markdown(esc_md(profile.type_sentence))
    st.caption(esc_md(profile.parts_note))
    if profile.left_out:
        panel = st.expander(
            profile.left_out_note, type="compact", key="wave-left-out", on_change="rerun"
        )
        if panel.open:
            with panel:
                plain_table(
                    ("Frage", "Warum nicht"),
                    [[f"{one.item} {one.text}", one.reason] for one in profile.left_out],
                    alt="Fragen, die sich nicht vergleichen lassen",
                )


def show_transitions(table: TransitionText, before: str, after: str) -> None:
    """Types of both waves against each other."""
    st.markdown(esc_md(table.sentence))
    if table.refusal:
        st.caption(esc_md(table.refusal))
    if table.counts:
        plain_table(
            (f"{before} (Zeilen), {after} (Spalten)", *map(_short, table.types)),
            [
                [with_letter(kind, name), *("verdeckt" if n is None else str(n) for n in row)]
                for kind, name, row in zip(table.types, table.names, table.counts, strict=True)
            ],
            alt=f"Typ {before} gegen Typ {after}",
        )


def _short(kind: str) -> str:
    """Letter or number of a type as heading of a narrow column."""
    return kind or "keiner"
