"""The lab's panel „Vergleich“: other methods, the control, and any two solutions side by side."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from assessment.figures.cross_table import cross_table
from assessment.figures.style import ThemeName
from assessment.german import count_of, format_number, format_percent
from assessment.typology.agreement import shares_of_agreement
from assessment.typology.method import METHOD_NAMES, Method
from assessment.typology.study_types import BaselineResult
from assessment.ui.components import bullet_list, plain_table
from assessment.ui.lab_result import LabResult
from assessment.ui.lab_show import show_lab_figure
from assessment.ui.lab_solutions import (
    STYLE_FREE,
    Offer,
    SideBySide,
    agreement_words,
    level_share,
    side_by_side,
)
from assessment.ui.markdown import esc_md
from assessment.ui.wave_line import case_number


def show_methods(result: LabResult) -> None:
    """How far other methods agree, and what response style alone would have given."""
    st.header("Finden andere Verfahren dieselben Typen?", anchor=False)
    if not result.baselines:
        st.markdown(
            "Die anderen Verfahren sind für diese Zahl der Typen noch nicht gerechnet; sie folgen "
            "mit der Prüfung der Stabilität."
        )
        return
    plain_table(
        ("Verfahren", "Rand-Index", "in entsprechender Gruppe", "Urteil"),
        [
            [
                METHOD_NAMES[one.method],
                format_number(one.ari, 2),
                count_of(int((one.labels == _own(result)).sum()), len(one.labels)),
                agreement_words(one.ari),
            ]
            for one in sorted(result.baselines, key=lambda one: one.method is Method.RAW_KMEANS)
        ],
        alt="Andere Verfahren",
    )
    st.caption(
        "Bereinigter Rand-Index: 1 = dieselbe Einteilung, 0 = so viel wie bei Zufall. Einigkeit "
        "zählt nur zwischen Verfahren, die den Antwortstil herausrechnen."
    )
    lines = [line for line in (_unanimous(result),) if line]
    bullet_list(lines) if lines else None
    _show_control(result)


def _own(result: LabResult) -> np.ndarray:
    return np.asarray(result.candidate.solution.labels)


def _unanimous(result: LabResult) -> str:
    others = [one.labels for one in result.baselines if one.method in STYLE_FREE]
    if len(others) < 2:
        return ""
    shares = shares_of_agreement(_own(result), others)
    same, n = int((shares >= 1).sum()), len(shares)
    return (
        f"Bei {format_number(same)} von {format_number(n)} Kommunen ({format_percent(same / n)}) "
        "kommen alle Verfahren, die den Antwortstil herausrechnen, auf denselben Typ."
    )


def _show_control(result: LabResult) -> None:
    control = next((one for one in result.baselines if one.method is Method.RAW_KMEANS), None)
    if control is None:
        return
    st.header("Was der Antwortstil allein ergeben hätte", anchor=False)
    values = result.model.goals.values(result.survey)
    raw = result.baseline_labels(control)
    st.markdown(esc_md(_control_sentence(result, control, values, raw)))
    if result.model.goals.rated:
        plain_table(
            ("Gruppe der Rohwerte", "Kommunen", "durchschnittliche Bewertung (0–100)"),
            _levels(values, raw, control.solution.k),
            alt="Gruppen der Rohwerte",
        )


def _control_sentence(
    result: LabResult, control: BaselineResult, values: np.ndarray, raw: np.ndarray
) -> str:
    begin = (
        "Gegenprobe: Gruppen, die aus den Rohwerten gebildet sind, sind den Typen "
        f"{agreement_words(control.ari)} (Rand-Index {format_number(control.ari, 2)})."
    )
    if not result.model.goals.rated:
        return begin
    theirs, ours = level_share(values, raw), level_share(values, result.labels)
    return (
        f"{begin} Diese Gruppen erklären {format_percent(theirs)} der Unterschiede darin, wie hoch "
        f"eine Kommune alles zusammen bewertet; unsere Typen {format_percent(ours)}. Wer die "
        "Rohwerte gruppiert, trennt vor allem strenge von milden Bewertungen, nicht Ziele."
    )


def _levels(values: np.ndarray, labels: np.ndarray, k: int) -> list[list[str]]:
    known = ~np.isnan(values)
    means = np.where(known, values, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    rows = []
    for place in range(k):
        mine = (labels == place) & known.any(axis=1)
        rows.append((float(means[mine].mean()) if mine.any() else 0.0, int(mine.sum())))
    return [
        [
            f"Gruppe {number}",
            "1–4" if 0 < n < 5 else format_number(n),
            "–" if n < 6 else format_number(mean),
        ]
        for number, (mean, n) in enumerate(sorted(rows, reverse=True), start=1)
    ]


@st.fragment
def show_side_by_side(
    result: LabResult, offers: Sequence[Offer], theme: ThemeName, *, scenario: bool
) -> None:
    """Two solutions against each other; ``offers[0]`` is the one shown."""
    st.header("Zwei Lösungen gegenüberstellen", anchor=False)
    if len(offers) < 2:
        st.markdown("Noch gibt es keine zweite Lösung zum Vergleich.")
        return
    with st.container(key="stack-lab-compare"):
        left, right = st.columns(2)
    titles = range(len(offers))
    first = left.selectbox(
        "Erste Lösung",
        titles,
        format_func=lambda place: offers[place].title,
        key="lab-first",
    )
    others = [place for place in titles if place != first]
    second = right.selectbox(
        "Zweite Lösung",
        others,
        format_func=lambda place: offers[place].title,
        key="lab-second",
    )
    if first is None or second is None:
        return
    both = side_by_side(offers[first].load(), offers[second].load())
    with st.container(key="stack-lab-cross"):
        chart, beside = st.columns([3, 2], gap="large")
    with chart:
        show_lab_figure(
            lambda: cross_table(
                both.first.groups,
                both.second.groups,
                both.guarded,
                row_title=both.first.title,
                column_title=both.second.title,
                question="Wer bleibt zusammen?",
                sentence="Je dunkler ein Feld, desto größer sein Anteil an der Zeile. „1–4“ steht "
                "für so wenige Kommunen.",
                subtitle=f"{case_number(both.n)} · Zeilen: {both.first.title} · Spalten: "
                f"{both.second.title}",
                theme=theme,
            ),
            key="lab-cross",
            drawn={},
            scenario=scenario,
            theme=theme,
        )
    with beside:
        st.header("Wie ähnlich sind sie sich?", anchor=False)
        st.markdown(esc_md(both.sentence))
        _show_moved(result, both)


def _show_moved(result: LabResult, both: SideBySide) -> None:
    if not len(both.moved):
        return
    with st.expander(f"Wer wechselt: {format_number(len(both.moved))} Kommunen", type="compact"):
        plain_table(
            ("Kommune", "erste Lösung", "zweite Lösung"),
            [
                [
                    result.name_at(row),
                    both.first.groups[both.first.labels[row]],
                    both.second.groups[both.second.labels[row]],
                ]
                for row in sorted(both.moved[:2000], key=result.name_at)
            ],
            alt="Kommunen, die wechseln",
        )
