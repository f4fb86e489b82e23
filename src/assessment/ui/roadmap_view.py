"""The page of the roadmap: when what happens, what needs attention, what it costs per year."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from assessment.figures.figure import Figure, FigureTable
from assessment.figures.gantt import NARROW, WIDE, GanttRow, gantt
from assessment.figures.style import ThemeName
from assessment.measures.roadmap_types import UNQUANTIFIED
from assessment.profiles.roadmap_profile import CostText, RoadmapProfile
from assessment.profiles.texts import sentence
from assessment.ui.components import bullet_list, downloads, drawing, plain_table, show_as_table
from assessment.ui.markdown import esc_md

QUESTION = "Wann geschieht was?"
_COLUMNS = ("Maßnahme", "Federführung", "Zeitraum", "Stand", "Beschluss", "Priorität")
_YEARS_WIDE, _YEARS_NARROW = 6, 3


def show_answer(profile: RoadmapProfile) -> None:
    """In one sentence; what needs attention right below it."""
    st.markdown(esc_md(profile.sentence))
    if profile.problems:
        with st.container(border=True, key="roadmap-problems"):
            n = len(profile.problems)
            st.markdown("**▲ Bitte klären**" if n == 1 else f"**▲ Bitte klären ({n})**")
            bullet_list(profile.problems)


def roadmap_figure(profile: RoadmapProfile, *, width: int, today: date, theme: ThemeName) -> Figure:
    """The dated measures by begin."""
    return gantt(
        [
            GanttRow(
                entry.id,
                entry.title,
                entry.start,
                entry.end,
                entry.status,
                entry.after,
                entry.short_note,
            )
            for entry in profile.dated
            if entry.start and entry.end
        ],
        question=QUESTION,
        sentence=profile.when,
        today=today,
        width=width,
        theme=theme,
    )


def show_gantt(profile: RoadmapProfile, today: date, theme: ThemeName) -> None:
    """One drawing for wide screens and one for narrow ones and paper; only one is ever shown."""
    if not profile.dated:
        return
    st.header(QUESTION, anchor=False)
    st.markdown(esc_md(profile.when))
    wide = roadmap_figure(profile, width=WIDE, today=today, theme=theme)
    with st.container(key="only-wide"):
        drawing(wide)
    with st.container(key="only-narrow"):
        drawing(roadmap_figure(profile, width=NARROW, today=today, theme=theme))
    st.caption(esc_md(" ".join((profile.duration_note, profile.undated))))
    show_as_table(wide.table, key="roadmap-gantt", stem="Roadmap")


def show_list(profile: RoadmapProfile) -> None:
    """Every measure with owner, period, state and decision, in the order of the plan."""
    st.header("Was steht in der Roadmap?", anchor=False)
    unstated = sentence("roadmap.no_priority")
    stated = any(entry.priority != unstated for entry in profile.entries)
    wide, narrow = [], []
    for entry in profile.entries:
        # Why something comes early belongs to its date, not only into the form.
        note = entry.reason or entry.short_note
        period = f"{entry.period} ({note})" if note else entry.period
        title = f"{entry.title} ({entry.id})"
        cells = [title, entry.owner, period, entry.status_shown, entry.decision, entry.priority]
        wide.append(cells if stated else cells[:-1])
        state = f"{entry.status_shown}; Beschluss: {entry.decision}"
        if entry.priority != unstated:
            state += f"; Priorität: {entry.priority}"
        narrow.append([title, f"{entry.owner}; {period}", state])
    with st.container(key="only-wide-list"):
        plain_table(_COLUMNS if stated else _COLUMNS[:-1], wide, alt="Roadmap als Tabelle")
    with st.container(key="only-narrow-list"):
        columns = ("Maßnahme", "Federführung und Zeitraum", "Stand")
        plain_table(columns, narrow, alt="Roadmap als Tabelle")
    st.caption(esc_md(profile.no_ranking))
    file = FigureTable(
        ("Nr.", *_COLUMNS, "Bemerkung"),
        tuple(
            (
                entry.id,
                entry.title,
                entry.owner,
                entry.period,
                entry.status,
                entry.decision,
                entry.priority,
                " ".join(entry.remarks) or "–",
            )
            for entry in profile.entries
        ),
    )
    with st.container(key="screen-only-list-files"):
        downloads(file, key="roadmap-list", stem="Roadmap")


def show_costs(profile: RoadmapProfile) -> None:
    """Sums per year; what is not in them is named."""
    costs = profile.costs
    if costs is None:
        return
    st.header("Was kostet es?", anchor=False)
    _by_years(costs.columns, costs.rows, "Summen je Jahr", "sums")
    for line in costs.sentences:
        st.markdown(esc_md(line))
    if costs.lines:
        panel = st.expander(
            "Alle Kostenzeilen", type="compact", key="roadmap-lines", on_change="rerun"
        )
        if panel.open:
            lines = []
            for title, kind, *cells, basis in costs.lines:
                stated = f" ({basis})" if basis != "–" else ""
                lines.append((f"{title} – {kind}{stated}", *cells))
            with panel:
                columns = ("Maßnahme und Zeile", *costs.columns[1:])
                _by_years(columns, lines, "Kosten je Maßnahme und Jahr", "lines")
                downloads(_cost_file(costs), key="roadmap-costs", stem="Kosten der Roadmap")


def _cost_file(costs: CostText) -> FigureTable:
    """Every cost row with its amounts as numbers; what is open is a word, never blank."""
    return FigureTable(
        ("Maßnahme", "Zeile", *costs.columns[1:], "Grundlage"),
        tuple(
            (
                line[0],
                line[1],
                *(UNQUANTIFIED if amount is None else amount for amount in amounts),
                line[-1],
            )
            for line, amounts in zip(costs.lines, costs.amounts, strict=True)
        ),
        decimals=2,
    )


def _by_years(columns: Sequence[str], rows: Sequence[Sequence[str]], alt: str, key: str) -> None:
    """A table of years, in parts of as many years as the screen is wide enough for."""
    for screen, most in (("wide", _YEARS_WIDE), ("narrow", _YEARS_NARROW)):
        with st.container(key=f"only-{screen}-{key}"):
            for start in range(1, len(columns), most):
                years = slice(start, start + most)
                plain_table(
                    (columns[0], *columns[years]),
                    [[row[0], *row[years]] for row in rows],
                    alt=alt,
                )
