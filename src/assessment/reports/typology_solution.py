"""Methodenbericht: the chosen solution – stability, types, what other methods find."""

from statistics import fmean

import numpy as np

from assessment.comparison.disclosure import guarded_counts
from assessment.german import format_number, format_percent
from assessment.reports.typology_blocks import NOTHING, Blocks, joined, paragraph, table
from assessment.reports.typology_facts import (
    ONE_TYPE,
    ReportFacts,
    hidden_count,
    report_texts,
    type_title,
)
from assessment.reports.typology_profiles import first_choices, profiles
from assessment.typology.method import METHOD_NAMES, Method
from assessment.typology.model import Cluster, MembershipState
from assessment.typology.reference import load_reference

_STATES = {
    MembershipState.ASSIGNED: "sicher zugeordnet",
    MembershipState.LIKELY: "eher zugeordnet",
    MembershipState.MIXED: "zwischen zwei Typen",
    MembershipState.NOT_ASSIGNABLE: "nicht zuordenbar",
}


def stability_section(known: ReportFacts) -> Blocks:
    """Jaccard of every type beside what data without types give."""
    found = known.candidate.stability
    if known.k < 2:
        return paragraph("Eine einzige Gruppe kehrt immer wieder; zu prüfen gibt es nichts.")
    if found is None:
        # Quick values belong to the classes of k-means, not to these types.
        return paragraph(
            "Die gewählte Lösung wurde nicht mit ihrem eigenen Verfahren wiederholt; es gibt nur "
            "die schnelle Prüfung im vorigen Abschnitt."
        )
    kinder = found.jaccard_without_duplicates
    rows = []
    for title, value, other in (
        *(
            (type_title(cluster), found.jaccard[number], kinder[number] if kinder else None)
            for cluster, number in zip(known.model.clusters, known.class_of, strict=True)
        ),
        ("Mittel", fmean(found.jaccard), fmean(kinder) if kinder else None),
    ):
        above = "ja" if value > found.null_high else "nein"
        cells = (format_number(value, 2), *((format_number(other, 2),) if kinder else ()))
        rows.append((title, *cells, above))
    return joined(
        paragraph(
            f"Auf Daten ohne Typen erreicht dieselbe Rechnung mit {known.k} Gruppen im Mittel "
            f"{format_number(found.null_mean, 2)}; 95 % der Werte liegen unter "
            f"{format_number(found.null_high, 2)}."
        ),
        table(
            f"Stabilität je Typ ({found.resamples} Ziehungen, {METHOD_NAMES[found.method]})",
            (
                "Typ",
                "Jaccard",
                *(("Jaccard nach fpc",) if kinder else ()),
                "über dem 95-%-Wert ohne Typen",
            ),
            rows,
            note="Jaccard: welcher Teil des Typs in einer neuen Ziehung wiederkehrt (1 = ganz).",
        ),
    )


def solution_section(known: ReportFacts) -> Blocks:
    """Names, sizes, certainty, goal profiles and first choices."""
    texts = report_texts()["reading"]
    compared = any(cluster.best is not None for cluster in known.model.clusters)
    return joined(
        _names(known),
        paragraph(texts["names"], "note") if compared else NOTHING,
        _certainty(known),
        paragraph(texts["certainty"], "note"),
        profiles(known),
        first_choices(known),
    )


def baselines_section(known: ReportFacts) -> Blocks:
    """Other methods with as many types, and the negative control."""
    texts = report_texts()["reading"]
    if known.k < 2:
        return paragraph(ONE_TYPE)
    if known.k != known.study.chosen_k:
        return paragraph(
            f"Andere Verfahren wurden mit {known.study.chosen_k} Typen gerechnet, nicht mit "
            f"{known.k}; ein Vergleich ist hier nicht möglich."
        )
    if not known.study.baselines:
        return paragraph("Andere Verfahren wurden nicht gerechnet.")
    rows = [
        (
            METHOD_NAMES[one.method],
            "Gegenprobe" if one.method is Method.RAW_KMEANS else "Vergleich",
            format_number(one.ari, 2),
            format_percent(float(np.mean(one.labels == known.candidate.solution.labels))),
        )
        for one in known.study.baselines
    ]
    return joined(
        table(
            f"Übereinstimmung mit der gewählten Lösung (je {known.k} Typen, "
            f"n = {format_number(known.study.n)})",
            ("Verfahren", "Rolle", "angepasster Rand-Index", "gleiche Zuordnung"),
            rows,
            texts=2,
        ),
        paragraph(texts["baselines"], "note"),
        paragraph(texts["control"], "note") if known.model.goals.rated else NOTHING,
    )


def _names(known: ReportFacts) -> Blocks:
    strength = known.membership.strength.to_numpy()
    rows = []
    for place, cluster in enumerate(known.model.clusters):
        shown, n = known.shown(cluster), known.sizes[place]
        members = strength[known.labels == place]
        rows.append(
            (
                type_title(cluster),
                _named(cluster),
                format_number(cluster.correlation if shown else None, 2),
                format_number(cluster.margin if shown else None, 2),
                hidden_count(n),
                "–" if n is None else format_percent(cluster.share),
                format_percent(float(members.mean()) if shown else None),
            )
        )
    lead = known.model.provenance.naming_lead
    return table(
        "Namen und Größen",
        (
            "Typ",
            "Name",
            "r",
            "Abstand",
            "Kommunen",
            "geschätzter Anteil",
            "mittlere Wahrscheinlichkeit",
        ),
        rows,
        texts=2,
        note=""
        if lead is None
        else f"Die beste Verteilung der Namen liegt in der Summe der r um {format_number(lead, 2)} "
        "vor der zweitbesten.",
    )


def _named(cluster: Cluster) -> str:
    if cluster.named:
        return "passt"
    if cluster.best is None:
        return "nicht vergleichbar"
    published = load_reference().type_of(cluster.best)
    return f"zu schwach ({published.name if published else cluster.best})"


def _certainty(known: ReportFacts) -> Blocks:
    state = known.membership.state.to_numpy()
    counts = guarded_counts([int((state == one).sum()) for one in _STATES]).counts
    rows = [(words, hidden_count(n)) for words, n in zip(_STATES.values(), counts, strict=True)]
    strength = known.membership.strength.to_numpy()
    mean = float(np.nanmean(strength)) if np.isfinite(strength).any() else None
    fit = known.candidate.fit
    parts = [f"Mittlere Wahrscheinlichkeit des ersten Typs: {format_percent(mean)}."]
    if fit is not None and known.k > 1:
        parts.append(f"Entropie-R²: {format_number(fit.entropy_r2, 2)}.")
    return table(
        f"Sicherheit der Zuordnung ({format_number(len(strength))} Kommunen der Datei)",
        ("Zuordnung", "Kommunen"),
        rows,
        note=" ".join(parts),
    )
