"""Papers and tables of all municipalities, for analysts."""

import streamlit as st

from assessment.german import format_number
from assessment.profiles.texts import sentence
from assessment.ui.bulk_view import show_collection, show_job
from assessment.ui.catalogue_state import current_catalogue
from assessment.ui.components import page_head
from assessment.ui.plan_page import today
from assessment.ui.plan_state import plans_of_session
from assessment.ui.report_dossier import assessment_now, earlier_wave
from assessment.ui.report_tables import show_all_tables
from assessment.ui.state import current
from assessment.ui.wave_line import wave_line

taken = current()
survey = taken.survey
page_head("Alle Kommunen", wave_line(survey), simulated=survey.simulated)
st.markdown(sentence("page_bulk.answer", n=format_number(len(survey.keys))))
assessment = assessment_now(taken)
catalogue = current_catalogue()
mark = "\x1f".join((taken.identifier, catalogue.id, catalogue.version))
plans = {key: kept.plan for key, kept in plans_of_session(taken).items()}
show_job(assessment, earlier_wave(taken), today(), mark, plans)
show_collection(assessment, today())
show_all_tables(assessment, today())
