"""What the import did to every row, column and cell, and how complete the answers are."""

import streamlit as st

from assessment.german import format_number
from assessment.reports.csv_files import answers_csv
from assessment.reports.ledger_workbook import ledger_workbook
from assessment.ui.components import empty_state, export_name, page_head, plain_table
from assessment.ui.markdown import esc_md
from assessment.ui.quality_tables import (
    changes_table,
    columns_table,
    item_completeness,
    ledger_counts,
    municipality_completeness,
    remarks_sentence,
    remarks_table,
    rows_table,
)
from assessment.ui.state import current
from assessment.ui.wave_line import case_number, wave_line

survey = current().survey
page_head("Datenqualität", wave_line(survey), simulated=survey.simulated)
ledger = survey.ledger
if ledger is None:
    empty_state("Zu dieser Erhebung gibt es kein Protokoll. Bitte die Datei neu einlesen.")
    st.stop()

counts = ledger_counts(ledger)
with st.container(key="pairs-metrics"):
    cells = st.columns(4)
    cells[0].metric("Zeilen übernommen", format_number(counts.rows_taken))
    cells[1].metric("Spalten übernommen", format_number(counts.columns_taken))
    cells[2].metric(
        "Zellen anders gelesen",
        format_number(counts.changed_cells),
        help="Zum Beispiel Y/N als Ankreuzfeld oder ein anders geschriebenes Datum. Jede Zelle "
        "steht unter „Änderungen“.",
    )
    cells[3].metric("Hinweise zu prüfen", format_number(counts.warnings))
st.markdown(esc_md(f"{counts.sentence} {remarks_sentence(counts, here=True)}"))

with st.container(horizontal=True):
    st.download_button(
        "Protokoll (Excel)",
        lambda: ledger_workbook(survey),
        export_name("protokoll", "xlsx"),
        on_click="ignore",
        help="Jeder Hinweis nennt Blatt, Zeile und Spalte der Originaldatei.",
    )
    st.download_button(
        "Antworten (CSV)",
        lambda: answers_csv(survey),
        export_name("antworten", "csv"),
        on_click="ignore",
        help="Mit Semikolon und Dezimalkomma, wie deutsche Tabellenprogramme es öffnen.",
    )

PROGRESS = st.column_config.ProgressColumn(
    "beantwortet", min_value=0, max_value=100, format="%.0f %%", width="medium"
)
WIDE = st.column_config.TextColumn(width="large")
names = ("Hinweise", "Zeilen", "Spalten", "Änderungen", "Fragen", "Kommunen")
tabs = st.tabs(names, key="qualitaet", on_change="rerun")
if tabs[0].open:
    with tabs[0]:
        if ledger.remarks:
            table = remarks_table(ledger)
            plain_table(list(table), [list(row) for row in zip(*table.values(), strict=True)])
        else:
            empty_state("Keine Hinweise: Die Datei ließ sich ohne Auffälligkeit lesen.")
if tabs[1].open:
    tabs[1].dataframe(rows_table(ledger), hide_index=True, column_config={"Begründung": WIDE})
if tabs[2].open:
    tabs[2].dataframe(
        columns_table(ledger),
        hide_index=True,
        column_config={"Überschrift": WIDE, "Begründung": WIDE},
    )
if tabs[3].open:
    with tabs[3]:
        if ledger.changes:
            st.dataframe(changes_table(ledger), hide_index=True)
        else:
            empty_state("Kein Wert wurde anders gelesen, als er in der Datei steht.")
if tabs[4].open:
    tabs[4].caption(
        f"{case_number(len(survey.keys))}. Anteil mit Antwort unter den Gefragten, daneben die "
        "Zahl der übrigen Fälle."
    )
    tabs[4].dataframe(
        item_completeness(survey),
        hide_index=True,
        column_config={"beantwortet": PROGRESS, "Wortlaut": WIDE},
    )
if tabs[5].open:
    tabs[5].caption(
        "Anteil der gestellten Fragen mit Antwort je Kommune, der niedrigste zuerst. "
        f"{case_number(len(survey.keys))}."
    )
    tabs[5].dataframe(
        municipality_completeness(survey), hide_index=True, column_config={"beantwortet": PROGRESS}
    )
