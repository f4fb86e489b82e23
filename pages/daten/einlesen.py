"""Take a survey in: upload, what was recognised, mapping, remarks, decisions, taking over."""

import streamlit as st

from assessment.german import format_number
from assessment.profiles.texts import sentence
from assessment.remarks import InputRefused
from assessment.ui.codebook_view import show_codebook
from assessment.ui.components import page_head, refusal
from assessment.ui.import_desk import LARGEST_MB, desk, open_upload
from assessment.ui.import_start import show_start
from assessment.ui.import_views import (
    show_duplicates,
    show_mapping,
    show_recognition,
    show_remarks,
)
from assessment.ui.markdown import esc_md
from assessment.ui.page_links import page_link
from assessment.ui.quality_tables import ledger_counts
from assessment.ui.state import current, take_over
from assessment.ui.survey_difference import replacing_sentence, show_difference

survey = current().survey
page_head("Daten einlesen", simulated=survey.simulated)

upload = st.file_uploader(
    "Datei der Erhebung: Excel, OpenDocument, CSV oder SPSS, wie die Umfragesoftware sie ausgibt",
    # Any file may be tried: the import says in German what is wrong with it and what helps.
    max_upload_size=LARGEST_MB,
)
if upload is None and not desk().resumed:
    show_start()
    st.stop()
if upload is None and st.button("Beiseitelegen und andere Datei wählen"):
    desk().resumed = False
    st.rerun()

try:
    with st.spinner("Die Datei wird gelesen und geprüft …", show_time=True):
        work = open_upload(upload)
        result = work.look()
except InputRefused as error:
    refusal(error)
    if desk().opened is not None and st.button("Entscheidungen verwerfen"):
        desk().use_questionnaire(None)
        desk().decide(sheet=None, dialect=None, header_rows=None, duplicates={})
        st.rerun()
    st.stop()

show_recognition(work, result)
if work.notice:
    st.caption(esc_md(work.notice))
counts = ledger_counts(result.ledger)
with st.container(key="pairs-metrics"):
    cells = st.columns(4)
    cells[0].metric("Zeilen", format_number(counts.rows_taken))
    cells[1].metric("Spalten zugeordnet", format_number(counts.columns_taken))
    cells[2].metric("Spalten offen", format_number(len(result.mapping.open_questions)))
    cells[3].metric("Hinweise zu prüfen", format_number(counts.warnings))
st.markdown(esc_md(counts.sentence if work.taken_over else counts.preview))

with st.container(horizontal=True, vertical_alignment="bottom"):
    wave = st.text_input(
        "Erhebungswelle", value=work.decisions.wave, placeholder="zum Beispiel 2026", width=220
    )
    if wave != work.decisions.wave:
        work.decide(wave=wave)
        st.rerun()
    taken = st.button("Übernehmen", type="primary", disabled=work.taken_over)
replacing = "" if work.taken_over else replacing_sentence(result.survey)
if replacing:
    st.info(esc_md(replacing))
if len(result.survey.keys) == 1 and not work.taken_over:
    st.info(sentence("page_bulk.one_municipality"))
if taken:
    try:
        with st.spinner("Punkte und Typen werden berechnet …", show_time=True):
            take_over(result.survey)
        work.keep_mapping()
        work.taken_over, work.resumed = True, upload is None
        st.rerun()
    except InputRefused as error:
        refusal(error)
if work.taken_over:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Übernommen.** Alle Seiten zeigen jetzt diese Erhebung.")
        page_link("auswertung/uebersicht.py", "Zur Übersicht")
        page_link("daten/qualitaet.py", "Zur Datenqualität")

VIEWS = (
    ("Zuordnung", lambda: show_mapping(work, result)),
    ("Hinweise", lambda: show_remarks(result)),
    ("Doppelte", lambda: show_duplicates(work, result)),
    ("Unterschiede", lambda: show_difference(result.survey)),
    ("Fragebogen", lambda: show_codebook(work, result)),
)
for tab, (_, show) in zip(
    st.tabs([name for name, _ in VIEWS], key="einlesen", on_change="rerun"), VIEWS, strict=True
):
    if tab.open:
        with tab:
            show()
