"""Where a municipality falls short of what, what lies behind it, and what has changed."""

import streamlit as st

from assessment.ui.components import empty_state
from assessment.ui.gap_field_view import choose_field, show_items, show_published, show_spread
from assessment.ui.gap_page import open_gaps, show_analysts, show_wave_section
from assessment.ui.gap_view import choose_lines, show_gap_map, show_priorities, show_reading
from assessment.ui.municipality_page import open_municipality
from assessment.ui.page_links import municipality_links
from assessment.ui.theme import theme_name

taken, key = open_municipality("Lücken")
theme = theme_name()

page = open_gaps(taken, key)
if not page.gaps.lines:
    empty_state("Dieser Fragebogen enthält keine Punkte; ohne Punkte gibt es keine Abstände.")
    st.stop()

with st.container(key="stack-gaps"):
    left, right = st.columns([2, 1], gap="large")
    with left:
        lines = choose_lines(page.gaps)
        show_gap_map(page.gaps, lines, page.group, theme)
    with right, st.container(key="tight-gaps"):
        show_priorities(page.gaps)
        show_reading(page.gaps)

st.divider()
chosen = choose_field(page.gaps.lines)
if chosen is not None:
    field = page.field(chosen)
    with st.container(key="stack-field"):
        left, right = st.columns(2, gap="large")
        with left:
            show_items(field, page.line(chosen), (page.name, page.group), theme)
        with right:
            show_spread(field, page.name, page.group, theme)
    show_published(field)

show_wave_section(page, lines, theme)
show_analysts(page, tuple(line.dimension for line in lines), theme)
municipality_links(
    key,
    ("kommune/profil.py", "Zum Profil"),
    ("kommune/massnahmen.py", "Maßnahmen dazu"),
)
