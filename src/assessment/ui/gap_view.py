"""The page of gaps: heat map of all fields, sortable, and the priority with its formula."""

from collections import Counter
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
    gap_sentence,
    sorted_lines,
)
from assessment.profiles.texts import sentence
from assessment.ui.components import bullet_list, origin_beside, plain_table, show_figure
from assessment.ui.markdown import esc_md

SIGNS = {
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
        **{one.id.value: f"Größter Abstand: {one.name}" for one in profile.references},
        BY_PRIORITY: "Höchste Priorität zuerst",
        BY_ORDER: "Wie im Fragebogen",
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
            width=320,
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
    return sorted_lines(lines, by or next(iter(orders)))


def block_shown(lines: Sequence[GapLine], profile: GapProfile) -> str:
    """Name of the block these lines are, ``""`` where they are all fields.

    A single field joined to a block goes by the block's name.
    """
    if not lines or len(lines) == len(profile.lines):
        return ""
    counts = Counter(line.block_name for line in lines)
    return counts.most_common(1)[0][0]


def shown_names(lines: Sequence[GapLine]) -> list[str]:
    """Names as they stand beside each other in one list."""
    several = len({line.block for line in lines}) > 1
    return [line.listed if several else line.name for line in lines]


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
                name,
                tuple(_cell(line.gap(one.id), line.own) for one in profile.references),
                line.priority,
                line.own,
            )
            for name, line in zip(shown_names(lines), lines, strict=True)
        ],
        [one.name for one in profile.references],
        question="Wo ist der Abstand am größten?",
        sentence=gap_sentence(
            lines, [one.id for one in profile.references], block_shown(lines, profile)
        ),
        last="Priorität",
        theme=theme,
    )


def _cell(gap: GapText | None, own: int | None) -> GapCell:
    if gap is None:
        # No target was given; where there is no own value either, that is said by the others.
        return GapCell(CellSign.UNKNOWN, note="" if own is None else sentence("gap.no_target"))
    return GapCell(SIGNS[gap.state], gap.shortfall, gap.reason, gap.value, gap.low, gap.high, gap.n)


def show_gap_map(
    profile: GapProfile, lines: Sequence[GapLine], group: str, theme: ThemeName
) -> None:
    """The heat map with its sentence and table, and where the own targets come from."""
    figure = map_figure(profile, lines, theme)
    show_figure(figure, key="gap-map", heading=False, origin=origin_beside(group))
    if profile.target_note:
        st.caption(esc_md(profile.target_note))


def show_priorities(profile: GapProfile) -> None:
    """Fields by priority class; how it is worked out is one click away."""
    st.header("Was hat Priorität?", anchor=False)
    ranked = [line for line in sorted_lines(profile.lines, BY_PRIORITY) if line.priority_class]
    if not ranked:
        st.markdown("Kein Feld hat einen deutlichen Abstand, zu dem der Katalog etwas vorschlägt.")
        return
    plain_table(
        ("Feld", "Priorität"),
        [[line.listed, line.priority] for line in ranked[:_MOST_FIRST]],
        alt="Felder mit der höchsten Priorität",
        header=False,
    )
    panel = st.expander(
        "Wie wird das gerechnet?", type="compact", key="gap-formula", on_change="rerun"
    )
    if panel.open:
        with panel:
            plain_table(
                ("Feld", "Priorität", "Rechnung"),
                [[line.listed, line.priority, line.formula] for line in ranked],
                alt="Rechnung zur Priorität",
            )
            st.caption(esc_md(profile.formula_note))
            st.caption(esc_md(profile.order_note))


def show_reading(profile: GapProfile) -> None:
    """How the map is read, one click away."""
    panel = st.expander("Wie ist das zu lesen?", type="compact", key="gap-how", on_change="rerun")
    if panel.open:
        with panel:
            bullet_list(
                [*(f"{one.name}: {one.explanation}" for one in profile.references), *profile.notes]
            )
