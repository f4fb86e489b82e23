"""Tables of the Vorlage on the page: whole where there is room, in parts where there isn't."""

from zlib import crc32

import streamlit as st

from assessment.profiles.council.paper_parts import PaperTable
from assessment.ui.components import plain_table
from assessment.ui.markdown import esc_md

_NARROW = 2
"""Columns beside the first one that a narrow screen has room for."""


def show_paper_table(table: PaperTable) -> None:
    """A table with its caption and notes; no table is on a page twice."""
    st.caption(esc_md(table.caption))
    if len(table.columns) <= _NARROW + 1:
        plain_table(table.columns, table.rows, alt=table.caption)
    else:
        mark = f"{crc32(table.caption.encode()):08x}"
        with st.container(key=f"only-wide-paper-{mark}"):
            plain_table(table.columns, table.rows, alt=table.caption)
        with st.container(key=f"only-narrow-paper-{mark}"):
            _in_parts(table)
    for note in table.notes:
        st.caption(esc_md(note))


def _in_parts(table: PaperTable) -> None:
    for start in range(1, len(table.columns), _NARROW):
        part = slice(start, start + _NARROW)
        plain_table(
            (table.columns[0], *table.columns[part]),
            [(row[0], *row[part]) for row in table.rows],
            alt=table.caption,
        )
