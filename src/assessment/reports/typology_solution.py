"""Methodenbericht: the chosen solution – stability, types, goals, what other methods find."""

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from assessment.comparison.disclosure import guarded_counts
from assessment.german import format_number, format_percent, format_signed
from assessment.reports.markup import (
    NOTHING,
    Markup,
    figure,
    joined,
    paragraph,
    subheading,
    table,
)
from assessment.reports.typology_drawings import (
    ROWS_PER_DRAWING,
    ProfileColumn,
    profile_drawing,
)
from assessment.reports.typology_facts import (
    ONE_TYPE,
    ReportFacts,
    hidden_count,
    report_texts,
    singles_out,
    type_title,
)
from assessment.typology.catdes import TypeDescription
from assessment.typology.goal_importance import Importance, goal_importance
from assessment.typology.method import METHOD_NAMES, Method
from assessment.typology.model import Cluster, MembershipState
from assessment.typology.reference import load_reference

_STATES = {
    MembershipState.ASSIGNED: "sicher zugeordnet",
    MembershipState.LIKELY: "eher zugeordnet",
    MembershipState.MIXED: "zwischen zwei Typen",
    MembershipState.NOT_ASSIGNABLE: "nicht zuordenbar",
}
_GOALS_SHOWN = 6
TOO_SMALL = "Für Gruppen mit sehr wenigen Kommunen bleibt das Profil verdeckt."


def stability_section(known: ReportFacts) -> Markup:
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


def solution_section(known: ReportFacts) -> Markup:
    """Names, sizes, certainty and goal profiles."""
    texts = report_texts()["reading"]
    return joined(_names(known), paragraph(texts["names"], "note"), _certainty(known),
                  paragraph(texts["certainty"], "note"), _profiles(known))  # fmt: skip


def goals_section(known: ReportFacts) -> Markup:
    """How much each goal tells about the type, and how the types differ in it."""
    texts = report_texts()["reading"]
    if known.k < 2:
        return paragraph(ONE_TYPE)
    found = goal_importance(
        known.usable.data, known.membership.probability.to_numpy()[known.study.rows]
    )
    rows = [
        (
            _question(known, one),
            format_percent(one.share),
            format_number(one.bits, 2),
            format_number(one.n),
        )
        for one in sorted(found, key=lambda one: -one.bits)
    ]
    effects = [
        _effects(cluster, one, hidden=n is None)
        for cluster, one, n in zip(
            known.model.clusters, known.described.types, known.sizes, strict=True
        )
        if known.shown(cluster) and known.k > 1
    ]
    return joined(
        table(
            "Was eine einzelne Antwort über den Typ sagt",
            ("Frage", "Anteil", "Bit", "n"),
            rows,
        ),
        paragraph(texts["importance"], "note"),
        paragraph(texts["goals"]) if effects else NOTHING,
        *effects,
    )


def baselines_section(known: ReportFacts) -> Markup:
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
    )


def _names(known: ReportFacts) -> Markup:
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


def _certainty(known: ReportFacts) -> Markup:
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


def _profiles(known: ReportFacts) -> Markup:
    shown = [cluster for cluster in known.model.clusters if known.shown(cluster)]
    if not shown:
        return paragraph(TOO_SMALL)
    goals = [column.label for column in known.model.columns]
    reach = max(
        (
            abs(value) + width
            for cluster in shown
            for value, width in zip(cluster.centre, _widths(cluster), strict=True)
        ),
        default=1.0,
    )
    drawn = []
    for begin in range(0, len(goals), ROWS_PER_DRAWING):
        part = slice(begin, begin + ROWS_PER_DRAWING)
        columns = [
            ProfileColumn(cluster.id, cluster.name, cluster.centre[part], _widths(cluster)[part])
            for cluster in shown
        ]
        drawn.append(
            figure(
                profile_drawing(goals[part], columns, reach or 1.0, _alternative(goals, shown)),
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


def _question(known: ReportFacts, one: Importance) -> str:
    goals = known.model.goals
    if one.part == "ranked" and goals.ranked is not None:
        return f"{goals.ranked.labels[one.column]} (vorn genannt)"
    if one.part == "categories":
        return goals.categories[one.column].label
    return goals.columns[one.column].label


def _effects(cluster: Cluster, described: TypeDescription, *, hidden: bool) -> Markup:
    clearest = [
        trait for trait in described.goals if trait.effect is not None and not singles_out(trait)
    ]
    rows = [
        (
            trait.text if trait.category is None else f"{trait.text}: {trait.category}",
            "Bewertung" if trait.category is None else "Anteil",
            format_signed(trait.effect, 2)
            if trait.category is None
            else f"{format_signed(None if trait.effect is None else 100 * trait.effect)} Punkte",
            hidden_count(None if hidden else trait.n),
        )
        for trait in clearest[:_GOALS_SHOWN]
    ]
    return table(
        f"{type_title(cluster)}: deutlichste Unterschiede zu den übrigen",
        ("Ziel", "Angabe", "Unterschied", "n"),
        rows,
        texts=2,
        note="Bewertung: Unterschied in Standardabweichungen; Anteil: in Prozentpunkten.",
    )
