"""The page of gaps: heat map of all fields, sortable, and the priority with its formula."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessment.comparison.gap_types import GapState
from assessment.figures.figure import Figure
from assessment.figures.gap_map import CellSign, GapCell, GapMapRow, gap_map
from assessment.figures.style import ThemeName
from assessment.profiles.gap_profile import (
    BY_ORDER,
    BY_PRIORITY,
    GapLine,
    GapProfile,
    GapText,
    sorted_lines,
)
from assessment.ui.components import bullet_list, plain_table, show_figure
from assessment.ui.markdown import esc_md

_SIGNS = {
    GapState.SHORTFALL: CellSign.NUMBER,
    GapState.INDISTINGUISHABLE: CellSign.EQUAL,
    GapState.REACHED: CellSign.REACHED,
    GapState.UNKNOWN: CellSign.UNKNOWN,
}
ALL = "Alle"
_MOST_FIRST = 5


def choose_lines(profile: GapProfile) -> tuple[GapLine, ...]:
    """Block of fields and order, chosen by the reader; kept while the session lasts.

    A block of a single field joins the one before it, as on the page of the municipality.
    """
    blocks = _blocks(profile.lines)
    orders = {
        BY_ORDER: "Reihenfolge: wie im Fragebogen",
        BY_PRIORITY: "Reihenfolge: nach Priorität",
        **{one.id.value: f"Reihenfolge: {one.name}" for one in profile.references},
    }
    with st.container(horizontal=True, vertical_alignment="center", key="gap-head"):
        st.header("Wo ist der Abstand am größten?", anchor=False)
        by = st.selectbox(
            "Reihenfolge",
            list(orders),
            format_func=orders.__getitem__,
            key="gap-order",
            persist_state="session",
            label_visibility="collapsed",
            width=300,
        )
    shown: str | None = ALL
    if len(blocks) > 1:
        shown = st.segmented_control(
            "Felder",
            [*blocks, ALL],
            default=_first_block(blocks),
            required=True,
            key="gap-block",
            persist_state="session",
            label_visibility="collapsed",
        )
    lines = blocks.get(shown or ALL, profile.lines)
    return sorted_lines(lines, by or BY_ORDER)


def _blocks(lines: Sequence[GapLine]) -> dict[str, tuple[GapLine, ...]]:
    found: dict[str, list[GapLine]] = {}
    for line in lines:
        found.setdefault(line.block_name or ALL, []).append(line)
    joined: dict[str, tuple[GapLine, ...]] = {}
    for name, block in found.items():
        if len(block) == 1 and joined:
            last = next(reversed(joined))
            joined[last] = (*joined[last], *block)
        else:
            joined[name] = tuple(block)
    return joined


def _first_block(blocks: Mapping[str, tuple[GapLine, ...]]) -> str:
    """The block with the field of the highest priority: where it matters most."""
    return max(blocks, key=lambda name: max(line.priority_value for line in blocks[name]))


def map_figure(profile: GapProfile, lines: Sequence[GapLine], theme: ThemeName) -> Figure:
    """The heat map of some lines."""
    return gap_map(
        [
            GapMapRow(
                line.name,
                tuple(_cell(line.gap(one.id)) for one in profile.references),
                line.priority,
            )
            for line in lines
        ],
        [one.name for one in profile.references],
        question="Wo ist der Abstand am größten?",
        sentence=profile.sentence,
        last="Priorität",
        theme=theme,
    )


def _cell(gap: GapText | None) -> GapCell:
    if gap is None:
        return GapCell(CellSign.UNKNOWN)
    return GapCell(_SIGNS[gap.state], gap.shortfall, gap.note)


def show_gap_map(profile: GapProfile, lines: Sequence[GapLine], theme: ThemeName) -> None:
    """The heat map with its sentence and table."""
    show_figure(map_figure(profile, lines, theme), key="gap-map", heading=False)


def show_priorities(profile: GapProfile) -> None:
    """Fields by priority class, the formula below."""
    st.header("Was hat Priorität?", anchor=False)
    ranked = [line for line in sorted_lines(profile.lines, BY_PRIORITY) if line.priority_class]
    if not ranked:
        st.markdown("Kein Feld hat einen deutlichen Abstand, zu dem der Katalog etwas vorschlägt.")
    else:
        plain_table(
            ("Feld", "Priorität"),
            [[line.name, line.priority] for line in ranked[:_MOST_FIRST]],
            alt="Felder mit der höchsten Priorität",
            header=False,
        )
        st.caption(esc_md(profile.formula_note))
    if not ranked:
        return
    panel = st.expander(
        "Wie wird das gerechnet?", type="compact", key="gap-formula", on_change="rerun"
    )
    if panel.open:
        with panel:
            plain_table(
                ("Feld", "Priorität", "Rechnung"),
                [[line.name, line.priority, line.formula] for line in ranked],
                alt="Rechnung zur Priorität",
            )
            st.caption(esc_md(profile.order_note))


def show_reading(profile: GapProfile) -> None:
    """How the map is read, one click away."""
    panel = st.expander("Wie ist das zu lesen?", type="compact", key="gap-how", on_change="rerun")
    if panel.open:
        with panel:
            bullet_list(
                [*(f"{one.name}: {one.explanation}" for one in profile.references), *profile.notes]
            )
