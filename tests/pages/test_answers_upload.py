"""A filled-in questionnaire comes back through the ordinary page for files."""

from streamlit.testing.v1 import AppTest

from assessment import pipeline
from assessment.reports.answers_workbook import answers_workbook


def test_a_filled_in_questionnaire_is_recognised_and_taken_over(app: AppTest) -> None:
    data = answers_workbook(pipeline.load_sample(), "03000002")
    page = app.run().switch_page("pages/daten/einlesen.py").run()
    page.file_uploader[0].set_value(("antworten.xlsx", data, "application/octet-stream"))
    page.run()
    assert not page.exception, page.exception
    assert any("110 Fragen an eine Organisation" in text.value for text in page.markdown)
    origin = next(box for box in page.selectbox if box.label == "Herkunft")
    assert origin.value == "answers_workbook"
    next(button for button in page.button if button.label == "Übernehmen").click().run()
    assert not page.exception, page.exception
    assert len(page.session_state["session_surveys"].taken) == 1
