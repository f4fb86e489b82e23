"""One field on the page of gaps: its questions, how levels spread, published values."""

import streamlit as st

from assessment.comparison.gap_types import GapState, Reference
from assessment.figures.figure import Figure, FigureTable
from assessment.figures.gap_dots import GapDot, gap_dots
from assessment.figures.gap_map import STATES, CellSign
from assessment.figures.level_spread import SpreadBand, level_spread
from assessment.figures.style import ThemeName
from assessment.german import format_number
from assessment.profiles.field_gaps import FieldGaps, ItemGap
from assessment.profiles.gap_profile import GapLine
from assessment.ui.components import origin_beside, plain_table, show_figure
from assessment.ui.gap_view import SIGNS
from assessment.ui.markdown import esc_md

_NO_STATE = STATES[CellSign.UNKNOWN]
FIELD = "feld"
"""Name of the field in the address."""


def choose_field(lines: tuple[GapLine, ...]) -> str | None:
    """The field to look into: from the address, else the one with the largest gap."""
    if not lines:
        return None
    names = {line.dimension: line.listed for line in lines}
    asked = st.query_params.get(FIELD)
    first = asked if asked in names else _widest(lines)
    options = list(names)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Was steckt hinter diesem Feld?", anchor=False, width="content")
        picked = st.selectbox(
            "Feld",
            options,
            index=options.index(first),
            format_func=names.__getitem__,
            key=f"gap-field-{first}",
            label_visibility="collapsed",
            width=380,
        )
    if picked is not None and picked != asked:
        st.query_params[FIELD] = picked
        if picked != first:
            st.rerun()
    return picked


def _widest(lines: tuple[GapLine, ...]) -> str:
    """The field to begin with: highest priority, then the largest gap to the group."""

    def size(line: GapLine) -> tuple[float, int]:
        gap = line.gap(Reference.PEER_MEDIAN)
        return line.priority_value, (gap.shortfall or 0) if gap else 0

    return max(lines, key=size).dimension


def items_figure(field: FieldGaps, own: str, target: str, theme: ThemeName) -> Figure:
    """Own answers beside the median of the group; ``target``: what is missing to the own target."""
    return gap_dots(
        [_dot(item) for item in field.items],
        question="Welche Antworten machen das aus?",
        sentence=" ".join(part for part in (field.sentence, target) if part),
        own=own,
        theme=theme,
    )


def _dot(item: ItemGap) -> GapDot:
    gap = item.gap(Reference.PEER_MEDIAN)
    if gap is None:
        return GapDot(
            item.text, item.own, None, None, None, False, "–", item.answer, state=_NO_STATE
        )
    clear = gap.state is GapState.SHORTFALL
    low = high = None
    if clear and item.own is not None and gap.low is not None and gap.high is not None:
        low, high = item.own + gap.low, min(item.own + gap.high, 100)
    word = format_number(gap.shortfall) if clear else _WORDS[gap.state]
    return GapDot(
        item.text,
        item.own,
        gap.value,
        low,
        high,
        clear,
        word,
        item.answer,
        gap.reason,
        gap.shortfall,
        STATES[SIGNS[gap.state]],
        gap.n,
    )


_WORDS = {
    GapState.INDISTINGUISHABLE: "≈",
    GapState.REACHED: "erreicht",
    GapState.UNKNOWN: "–",
}


def show_items(field: FieldGaps, line: GapLine, names: tuple[str, str], theme: ThemeName) -> None:
    """The questions of the field; the own answers in words follow below.

    ``names``: of the municipality and of its peer group.
    """
    own, group = names
    target = line.target_sentence
    if not field.items:
        st.markdown(esc_md(" ".join(part for part in (field.sentence, target) if part)))
        return
    figure = items_figure(field, own, target, theme)
    show_figure(figure, key="gap-items", origin=origin_beside(group))
    panel = st.expander(
        "Die eigenen Antworten im Wortlaut", type="compact", key="gap-answers", on_change="rerun"
    )
    if panel.open:
        with panel:
            plain_table(
                ("Frage", "eigene Antwort"),
                [[item.text, item.answer] for item in field.items],
                alt=f"Eigene Antworten im Feld {field.name}",
            )
    if field.sensitive_note:
        st.caption(esc_md(field.sensitive_note))


def spread_figure(field: FieldGaps, own: str, group: str, theme: ThemeName) -> Figure | None:
    """Levels of all participants, the own one marked; ``None`` without counts."""
    if field.spread is None:
        return None
    return level_spread(
        field.spread.counts,
        field.level_names,
        field.level,
        SpreadBand(group, field.score, field.median, field.low, field.high),
        own=own,
        question="Wie verteilen sich die Stufen?",
        sentence=" ".join(s for s in (field.spread_sentence, field.band_sentence) if s),
        subtitle="Zahl der teilnehmenden Kommunen je Stufe",
        theme=theme,
    )


def show_spread(field: FieldGaps, own: str, group: str, theme: ThemeName) -> None:
    """The distribution comes before the mean."""
    figure = spread_figure(field, own, group, theme)
    if figure is not None:
        show_figure(figure, key="gap-spread")


def show_published(field: FieldGaps) -> None:
    """Published values as rows of text; none of them is a line in a chart."""
    if not field.published:
        return
    st.header("Was ist anderswo veröffentlicht?", anchor=False)
    st.caption(esc_md(field.published_note))
    table = published_table(field)
    plain_table(
        table.columns,
        [[str(cell) for cell in row] for row in table.rows],
        alt="Veröffentlichte Werte",
    )


def published_table(field: FieldGaps) -> FigureTable:
    """Statement, share, own state, source and what limits the comparison."""
    return FigureTable(
        ("Die Befragten …", "veröffentlicht", "bei uns", "Quelle", "zu beachten"),
        tuple(
            (line.statement, line.share, line.own, f"{line.source} ({line.population})",
             line.caution)
            for line in field.published
        ),
    )  # fmt: skip
