"""The Methodenbericht as one HTML file: all a reviewer needs to judge a typology.

The same study and model give the same bytes: nothing in it depends on the clock or the machine.
"""

from assessment.content import data_path
from assessment.reports.markup import Markup, document, escaped, joined, paragraph, section
from assessment.reports.typology_facts import ReportFacts, report_facts
from assessment.reports.typology_html import html_of
from assessment.reports.typology_sections import (
    IN_SHORT,
    KIND,
    SECTIONS,
    facts_line,
    for_analysts,
    report_marks,
    summary,
)
from assessment.survey import Survey
from assessment.typology.model import TypologyModel
from assessment.typology.study_types import TypologyStudy


def method_report(survey: Survey, study: TypologyStudy, model: TypologyModel) -> bytes:
    """One self-contained HTML file. ``model`` is one of the study's candidates, frozen.

    Raises ``KeyError`` if the study has no candidate with as many types as the model.
    """
    known = report_facts(survey, study, model)
    made = [
        section(anchor, f"{number}. {title}", html_of(write(known)))
        for number, (anchor, title, write) in enumerate(SECTIONS, start=1)
    ]
    style = data_path("templates", "methodenbericht.css").read_text(encoding="utf-8")
    title = f"Methodenbericht: {survey.questionnaire.title}"
    body = joined(Markup("<main>"), _opening(known), _contents(), *made, Markup("</main>"))
    return document(title, f"{style}\n{_running_head(known)}", body)


def _opening(known: ReportFacts) -> Markup:
    return joined(
        Markup("<header>"),
        paragraph(KIND, "kicker"),
        Markup(f"<h1>{escaped(known.survey.questionnaire.title)}</h1>"),
        paragraph(facts_line(known), "kicker"),
        *(paragraph(mark, "mark") for mark in report_marks(known)),
        paragraph(for_analysts(), "note"),
        Markup("</header>"),
        section("kurz", IN_SHORT, html_of(summary(known))),
    )


def _running_head(known: ReportFacts) -> str:
    """What stands on every printed page: own words only, so nothing of a file gets into CSS."""
    words = ["Methodenbericht"]
    words += ["Szenario"] if known.model.official is None else ["amtlich festgelegt"]
    words += ["simulierte Daten"] if known.survey.simulated else []
    return (
        f'@page {{ @top-left {{ content: "{" · ".join(words)}" }} '
        '@bottom-right { content: counter(page) " / " counter(pages) } }'
    )


def _contents() -> Markup:
    lines = "".join(
        f'<li><a href="#{anchor}">{escaped(title)}</a></li>' for anchor, title, _ in SECTIONS
    )
    return Markup(f'<nav aria-label="Inhalt">\n<ol>{lines}</ol>\n</nav>')
