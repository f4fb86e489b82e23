"""The line at the top of every page: which survey, how many municipalities, when, which version."""

from assessment.german import format_date, format_number
from assessment.survey import Survey


def wave_line(survey: Survey) -> str:
    """One line such as ``412 Kommunen · Stichtag 01.03.2026 · Fragebogen 2026.1``."""
    book = survey.questionnaire
    parts = [
        f"Erhebungswelle {survey.wave_label}" if survey.wave_label else "",
        _municipalities(len(survey.keys)),
        f"Stichtag {format_date(survey.reference_date)}" if survey.reference_date else "",
        "vorgeschlagener Fragebogen" if book.proposed else f"Fragebogen {book.version}",
        survey.provenance.file_name,
    ]
    return " · ".join(part for part in parts if part)


def survey_label(survey: Survey) -> str:
    """How a survey is called in a choice: ``2027 · welle.xlsx``."""
    return " · ".join(part for part in (survey.wave_label, survey.provenance.file_name) if part)


def case_number(n: int) -> str:
    """On how many municipalities a figure rests: ``n = 412 Kommunen``."""
    return f"n = {_municipalities(n)}"


def _municipalities(n: int) -> str:
    return "1 Kommune" if n == 1 else f"{format_number(n)} Kommunen"
