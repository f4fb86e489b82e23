"""The line at the top of every page: which survey, how many municipalities, when, which version."""

from assessment.german import format_date, format_number
from assessment.survey import Survey


def wave_line(survey: Survey) -> str:
    """One line such as ``412 Kommunen · Stichtag 01.03.2026 · Fragebogen 2026.1``."""
    book = survey.questionnaire
    count = len(survey.keys)
    parts = [
        f"Erhebungswelle {survey.wave}" if survey.wave else "",
        f"{format_number(count)} Kommunen" if count != 1 else "1 Kommune",
        f"Stichtag {format_date(survey.reference_date)}" if survey.reference_date else "",
        "vorgeschlagener Fragebogen" if book.proposed else f"Fragebogen {book.version}",
        survey.provenance.file_name,
    ]
    return " · ".join(part for part in parts if part)
