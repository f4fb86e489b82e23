"""What the Methodenbericht says, section by section, before any layout."""

from collections.abc import Callable

from assessment.german import format_number
from assessment.reports.ledger_workbook import SIMULATED
from assessment.reports.typology_blocks import NOTHING, Blocks, bullets, joined, paragraph
from assessment.reports.typology_choice import number_section, verdict_block
from assessment.reports.typology_facts import ReportFacts, list_of, report_texts, type_title
from assessment.reports.typology_goals import goals_section
from assessment.reports.typology_ground import data_section, method_section, questions_section
from assessment.reports.typology_origin import limits_section, origin_section, sources_section
from assessment.reports.typology_outside import outside_section, short_form_section
from assessment.reports.typology_solution import (
    baselines_section,
    solution_section,
    stability_section,
)
from assessment.typology.method import METHOD_NAMES, Method

Section = tuple[str, str, Callable[[ReportFacts], Blocks]]
"""Anchor, title, and what writes it."""

KIND = "Methodenbericht der Typologie"
IN_SHORT = "Das Ergebnis in Kürze"
SECTIONS: tuple[Section, ...] = (
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


def summary(known: ReportFacts) -> Blocks:
    """The result in short."""
    names = [type_title(cluster) for cluster in known.model.clusters]
    return joined(
        verdict_block(known),
        paragraph(f"Die gewählte Lösung: {list_of(names)}.") if known.k > 1 else NOTHING,
        bullets(known.model.remarks),
    )


def facts_line(known: ReportFacts) -> str:
    """„412 Kommunen · Mischmodell · 4 Typen · Erhebung 2026“."""
    parts = (
        f"{format_number(known.study.n)} Kommunen",
        METHOD_NAMES[known.study.method],
        f"{known.k} Typen" if known.k > 1 else "ein Typ",
        f"Erhebung {known.survey.wave}" if known.survey.wave else "",
    )
    return " · ".join(part for part in parts if part)


def for_analysts() -> str:
    """Whom the report is for."""
    return report_texts()["analyst"]


def report_marks(known: ReportFacts) -> list[str]:
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
