"""The lab's panel „Typenzahl“: fit and stability by number of types, and the printed indices."""

import streamlit as st

from assessment.figures.fit_by_number import NumberFit, fit_by_number
from assessment.figures.stability_by_number import NumberStability, stability_by_number
from assessment.figures.style import ThemeName
from assessment.german import format_number, format_percent
from assessment.typology.method import METHOD_NAMES, Method
from assessment.typology.study_types import Candidate, TypologyStudy
from assessment.ui.components import plain_table
from assessment.ui.lab_show import Drawn, show_lab_figure
from assessment.ui.wave_line import case_number

INDEX_NOTE = (
    "Diese Kennzahlen stehen hier zum Vergleich mit anderen Auswertungen. Sie entscheiden nichts: "
    "In Proben mit vier bekannten Typen nannten Silhouette und Calinski–Harabasz fast immer zwei, "
    "und Davies–Bouldin fand sieben bis acht, wo gar keine waren."
)


def show_numbers(study: TypologyStudy, drawn: Drawn, theme: ThemeName, *, scenario: bool) -> None:
    """What speaks for how many types; ``drawn`` keeps the charts."""
    fits = [_fit(one) for one in study.candidates if one.fit is not None]
    if len(fits) > 1:
        best = min(fits, key=lambda fit: fit.bic).k
        both = best == min(fits, key=lambda fit: fit.icl).k
        show_lab_figure(
            lambda: fit_by_number(
                fits,
                question="Welche Zahl von Typen beschreibt die Antworten am besten?",
                sentence=f"Je höher der Punkt, desto besser. BIC wiegt Genauigkeit gegen Aufwand "
                f"ab und nennt {best}; ICL verlangt zusätzlich klare Zuordnungen"
                + (" und nennt dieselbe Zahl." if both else f" und nennt {_best_icl(fits)}."),
                subtitle=f"{case_number(study.n)} · Abstand zum jeweils besten Wert, 0 = am besten",
                theme=theme,
            ),
            key="lab-fit",
            drawn=drawn,
            scenario=scenario,
            theme=theme,
        )
    values = _stabilities(study)
    if values:
        show_lab_figure(
            lambda: stability_by_number(
                values,
                own=METHOD_NAMES[study.method],
                quick=METHOD_NAMES[Method.CENTRED_KMEANS],
                question="Kehren die Typen in neu gezogenen Daten wieder?",
                sentence="Jeder Punkt ist ein Typ. Das graue Feld reicht so hoch, wie Gruppen in "
                "Daten ganz ohne Typen kommen (durchgezogen: 95 % darunter, gepunktet: Mittel). "
                "Nur Typen über dem Feld kehren öfter wieder, als es der Zufall täte.",
                subtitle=f"{case_number(study.n)} · Übereinstimmung nach Jaccard, 0 bis 1 · "
                f"{format_number(study.bootstrap)} Wiederholungen",
                theme=theme,
            ),
            key="lab-stability",
            drawn=drawn,
            scenario=scenario,
            theme=theme,
        )
    with st.expander("Weitere Kennzahlen, ohne Einfluss auf das Urteil", type="compact"):
        st.markdown(INDEX_NOTE)
        _indices(study)


def _fit(one: Candidate) -> NumberFit:
    if one.fit is None:
        raise ValueError("this method has no likelihood")
    solution = one.solution
    return NumberFit(
        one.k,
        one.fit.bic,
        one.fit.icl,
        one.smallest_n,
        one.fit.parameters,
        f"{solution.starts_best} von {solution.starts_tried}",
    )


def _best_icl(fits: list[NumberFit]) -> int:
    return min(fits, key=lambda fit: fit.icl).k


def _stabilities(study: TypologyStudy) -> list[NumberStability]:
    found = []
    for one in study.candidates:
        for stability, own in ((one.quick_stability, False), (one.stability, True)):
            if stability is not None:
                found.append(
                    NumberStability(
                        one.k, stability.jaccard, stability.null_mean, stability.null_high, own
                    )
                )
    return found


def _indices(study: TypologyStudy) -> None:
    plain_table(
        (
            "Typen",
            "kleinster Typ",
            "groß genug",
            "Silhouette",
            "Calinski–Harabasz",
            "Davies–Bouldin",
            "Dunn",
            "Pearson γ",
            "Entropie-R²",
            "kleinstes r",
        ),
        [
            [
                str(one.k),
                f"{format_number(one.smallest_n)} ({format_percent(one.smallest_share)})",
                "ja" if one.large_enough else "nein",
                *_index_cells(one),
                format_number(one.fit.entropy_r2 if one.fit else None, 2),
                format_number(one.least_reference_r, 2),
            ]
            for one in study.candidates
        ],
        alt="Kennzahlen je Zahl der Typen",
    )


def _index_cells(one: Candidate) -> list[str]:
    found = one.indices
    if found is None:
        return ["–"] * 5
    return [
        format_number(found.silhouette, 3),
        format_number(found.calinski_harabasz, 1),
        format_number(found.davies_bouldin, 2),
        format_number(found.dunn, 3),
        format_number(found.pearson_gamma, 3),
    ]
