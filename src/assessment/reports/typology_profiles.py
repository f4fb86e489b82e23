"""Methodenbericht: what each type wants – goal profiles and first choices."""

from collections.abc import Sequence

import numpy as np

from assessment.german import format_number, format_percent, format_signed
from assessment.reports.typology_blocks import (
    NOTHING,
    Blocks,
    figure,
    joined,
    paragraph,
    subheading,
    table,
)
from assessment.reports.typology_drawings import ROWS_PER_DRAWING, ProfileColumn, profile_drawing
from assessment.reports.typology_facts import ReportFacts, column_titles, report_texts, type_title
from assessment.typology.mixture_measurement import MixtureMeasurement
from assessment.typology.model import Cluster

_NO_DIFFERENCE = 1e-6
TOO_SMALL = "Für Gruppen mit sehr wenigen Kommunen bleibt das Profil verdeckt."


def profiles(known: ReportFacts) -> Blocks:
    shown = [cluster for cluster in known.model.clusters if known.shown(cluster)]
    if not shown:
        return paragraph(TOO_SMALL)
    goals = column_titles(known)
    reach = max(
        (
            abs(value) + width
            for cluster in shown
            for value, width in zip(cluster.centre, _widths(cluster), strict=True)
        ),
        default=1.0,
    )
    if reach < _NO_DIFFERENCE:
        return paragraph("Im Profil unterscheiden sich die Typen nicht.")
    drawn = []
    for begin in range(0, len(goals), ROWS_PER_DRAWING):
        part = slice(begin, begin + ROWS_PER_DRAWING)
        columns = [
            ProfileColumn(cluster.id, cluster.name, cluster.centre[part], _widths(cluster)[part])
            for cluster in shown
        ]
        drawn.append(
            figure(
                "Zielprofile der Typen",
                profile_drawing(goals[part], columns, reach, _alternative(goals, shown)),
                report_texts()["reading"]["profile"],
            )
        )
    rows = [
        (goal, *(_interval(cluster, place) for cluster in shown))
        for place, goal in enumerate(goals)
    ]
    return joined(
        subheading("Zielprofile"),
        *drawn,
        table(
            "Zielprofile in Zahlen (± halber Vertrauensbereich, 95 %)",
            ("Ziel", *(type_title(cluster) for cluster in shown)),
            rows,
        ),
        paragraph(TOO_SMALL, "note") if len(shown) < known.k else NOTHING,
    )


def first_choices(known: ReportFacts) -> Blocks:
    """How likely each type puts each option first, where the model has a ranking."""
    measurement, ranked = known.model.measurement, known.model.goals.ranked
    part = measurement.parameters.ranking if isinstance(measurement, MixtureMeasurement) else None
    shown = [place for place, cluster in enumerate(known.model.clusters) if known.shown(cluster)]
    if part is None or ranked is None or not shown:
        return NOTHING
    first = np.exp(part.worth)
    first = first / first.sum(axis=1, keepdims=True)
    rows = [
        (label, *(format_percent(float(first[place, option])) for place in shown))
        for option, label in enumerate(ranked.labels)
    ]
    return joined(
        table(
            "Vorrang: an erster Stelle genannt",
            ("Ziel", *(type_title(known.model.clusters[place]) for place in shown)),
            rows,
        ),
        paragraph(report_texts()["reading"]["first_choice"], "note"),
    )


def _widths(cluster: Cluster) -> tuple[float, ...]:
    return cluster.half_width or (0.0,) * len(cluster.centre)


def _interval(cluster: Cluster, place: int) -> str:
    value = format_signed(cluster.centre[place], 2)
    width = _widths(cluster)[place]
    return f"{value} ± {format_number(width, 2)}" if width else value


def _alternative(goals: Sequence[str], shown: Sequence[Cluster]) -> str:
    """What the drawing says, type by type: its three most emphasised goals."""
    words = []
    for cluster in shown:
        first = sorted(range(len(goals)), key=lambda place: -cluster.centre[place])[:3]
        words.append(f"{type_title(cluster)}: {', '.join(goals[place] for place in first)}")
    return f"Zielprofile. Am stärksten betont sind bei {'; '.join(words)}. Werte in der Tabelle."
