"""The Methodenbericht: all a reviewer needs to judge a typology, as one HTML file.

The same study and model give the same bytes: nothing in it depends on the clock or the machine.
"""

from assessment.content import data_path
from assessment.german import format_number
from assessment.reports.ledger_workbook import SIMULATED
from assessment.reports.markup import (
    NOTHING,
    Markup,
    bullets,
    document,
    escaped,
    joined,
    paragraph,
    section,
)
from assessment.reports.typology_choice import number_section, verdict_block
from assessment.reports.typology_facts import (
    ReportFacts,
    list_of,
    report_facts,
    report_texts,
    type_title,
)
from assessment.reports.typology_goals import goals_section
from assessment.reports.typology_ground import data_section, method_section, questions_section
from assessment.reports.typology_origin import limits_section, origin_section, sources_section
from assessment.reports.typology_outside import outside_section, short_form_section
from assessment.reports.typology_solution import (
    baselines_section,
    solution_section,
    stability_section,
)
from assessment.survey import Survey
from assessment.typology.method import METHOD_NAMES, Method
from assessment.typology.model import TypologyModel
from assessment.typology.study_types import TypologyStudy

_SECTIONS = (
    ("daten", "Welche Daten", data_section),
    ("fragen", "Welche Fragen", questions_section),
    ("verfahren", "Welches Verfahren", method_section),
    ("zahl", "Wie viele Typen", number_section),
    ("stabilitaet", "Wie fest die gewählte Lösung steht", stability_section),
    ("typen", "Die Typen", solution_section),
    ("ziele", "Welche Ziele die Typen unterscheiden", goals_section),
    ("vergleich", "Was andere Verfahren finden", baselines_section),
    ("aussen", "Was die Typen außerdem unterscheidet", outside_section),
    ("kurzform", "Kurzform", short_form_section),
    ("grenzen", "Was der Bericht nicht sagt", limits_section),
    ("herkunft", "Herkunft und Wiederholbarkeit", origin_section),
    ("quellen", "Quellen", sources_section),
)


def method_report(survey: Survey, study: TypologyStudy, model: TypologyModel) -> bytes:
    """One self-contained HTML file. ``model`` is one of the study's candidates, frozen.

    Raises ``KeyError`` if the study has no candidate with as many types as the model.
    """
    known = report_facts(survey, study, model)
    made = [
        section(anchor, f"{number}. {title}", write(known))
        for number, (anchor, title, write) in enumerate(_SECTIONS, start=1)
    ]
    style = data_path("templates", "methodenbericht.css").read_text(encoding="utf-8")
    title = f"Methodenbericht: {survey.questionnaire.title}"
    body = joined(Markup("<main>"), _opening(known), _contents(), *made, Markup("</main>"))
    return document(title, f"{style}\n{_running_head(known)}", body)


def _opening(known: ReportFacts) -> Markup:
    study, model, survey = known.study, known.model, known.survey
    method = METHOD_NAMES[study.method]
    names = [type_title(cluster) for cluster in model.clusters]
    k = len(names)
    return joined(
        Markup("<header>"),
        paragraph("Methodenbericht der Typologie", "kicker"),
        Markup(f"<h1>{escaped(survey.questionnaire.title)}</h1>"),
        paragraph(
            " · ".join(
                part
                for part in (
                    f"{format_number(study.n)} Kommunen",
                    method,
                    f"{k} Typen" if k > 1 else "ein Typ",
                    f"Erhebung {survey.wave}" if survey.wave else "",
                )
                if part
            ),
            "kicker",
        ),
        *(paragraph(mark, "mark") for mark in _marks(known)),
        paragraph(report_texts()["analyst"], "note"),
        Markup("</header>"),
        Markup('<section aria-labelledby="kurz">\n<h2 id="kurz">Das Ergebnis in Kürze</h2>'),
        verdict_block(known),
        paragraph(f"Die gewählte Lösung: {list_of(names)}.") if k > 1 else NOTHING,
        bullets(model.remarks),
        Markup("</section>"),
    )


def _marks(known: ReportFacts) -> list[str]:
    """What everybody who sees a page of the report must know first."""
    marks = [SIMULATED] if known.survey.simulated else []
    official = known.model.official
    if official is None:
        marks.append("Szenario – nicht amtlich festgelegt")
    else:
        day = ".".join(reversed(official.on.split("-")))
        marks.append(
            f"Amtlich festgelegt am {day} von {official.person}. Begründung: {official.reason}"
        )
    if known.study.method is Method.RAW_KMEANS:
        marks.append("Gegenprobe: Dieses Verfahren ist nicht als Ergebnis gedacht")
    return marks


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
        f'<li><a href="#{anchor}">{escaped(title)}</a></li>' for anchor, title, _ in _SECTIONS
    )
    return Markup(f'<nav aria-label="Inhalt">\n<ol>{lines}</ol>\n</nav>')
