"""Methodenbericht: questions the types do not rest on, and the short form."""

import numpy as np

from assessment.comparison.disclosure import MINIMUM_OTHERS
from assessment.german import format_number, format_percent, format_signed
from assessment.reports.markup import shortened
from assessment.reports.typology_blocks import Blocks, joined, paragraph, subheading, table
from assessment.reports.typology_facts import (
    ONE_TYPE,
    ReportFacts,
    category_title,
    hidden_count,
    report_texts,
    singles_out,
    type_title,
)
from assessment.typology.bch import OutsideComparison, TypeMeans, outside_by_type
from assessment.typology.catdes import Trait
from assessment.typology.model import Cluster
from assessment.typology.multiple_testing import LEVEL
from assessment.typology.short_form import question_label, short_forms

_TRAITS_SHOWN = 10
_QUESTIONS_SHOWN = 15
_LONGEST = 140


def outside_section(known: ReportFacts) -> Blocks:
    """What else sets the types apart, chance findings held down."""
    if known.k < 2:
        return paragraph(ONE_TYPE)
    texts = report_texts()["reading"]
    found = known.described
    if not found.tests:
        return paragraph("Die Datei enthält keine weiteren Fragen, die sich vergleichen lassen.")
    tables = [
        _traits(known, cluster, one.traits, n)
        for cluster, one, n in zip(known.model.clusters, found.types, known.sizes, strict=True)
        if known.shown(cluster)
    ]
    return joined(
        paragraph(
            f"{format_number(found.tests)} Unterschiede wurden geprüft; "
            f"{format_number(found.found)} bestehen nach der Korrektur für so viele Prüfungen."
        ),
        paragraph(texts["outside"]),
        *tables,
        _by_type(known),
    )


def short_form_section(known: ReportFacts) -> Blocks:
    """The few questions that place a municipality nearly as all do."""
    if known.k < 2:
        return paragraph(ONE_TYPE)
    data, goals = known.usable.data, known.model.goals
    found = short_forms(known.model.measurement, data, seed=known.study.seed)
    if not found:
        return paragraph("Es gibt zu wenige Fragen für eine Kurzform.")
    rows, before = [], 0
    for form in found:
        added = [
            category_title(known, question.column)
            if question.part == "categories"
            else question_label(goals, question)
            for question in form.questions[before:]
        ]
        before = len(form.questions)
        rows.append((str(before), "; ".join(added), format_percent(form.agreement)))
    return joined(
        table(
            f"Kurzform (n = {format_number(found[0].n)})",
            ("Fragen", "hinzu kommt", "gleicher Typ wie mit allen"),
            rows,
            texts=2,
        ),
        paragraph(report_texts()["reading"]["short_form"], "note"),
    )


def _traits(
    known: ReportFacts, cluster: Cluster, traits: tuple[Trait, ...], n: int | None
) -> Blocks:
    clear = [trait for trait in traits if trait.stands_out]
    shown = [trait for trait in clear if not singles_out(trait)]
    title = f"{type_title(cluster)} (n = {hidden_count(n)})"
    if not clear:
        return joined(
            subheading(title),
            paragraph("Kein Unterschied zu den übrigen besteht nach der Korrektur."),
        )
    rows = [
        (
            shortened(_words(trait, known)),
            _value(trait, trait.in_type),
            _value(trait, trait.overall),
            _effect(trait),
            format_signed(trait.v_test, 1),
            _q(trait.q),
            hidden_count(None if n is None else trait.n),
        )
        for trait in shown[:_TRAITS_SHOWN]
    ]
    notes = []
    if len(rows) < len(shown):
        notes.append(f"Gezeigt sind die {len(rows)} deutlichsten von {len(shown)}.")
    if len(shown) < len(clear):
        notes.append(
            f"Nicht gezeigt: {len(clear) - len(shown)}, bei denen im Typ weniger als "
            f"{MINIMUM_OTHERS} so oder anders geantwortet haben."
        )
    if not rows:
        return joined(subheading(title), paragraph(" ".join(notes)))
    return table(
        title,
        ("Frage", "im Typ", "insgesamt", "Unterschied", "v", "q", "n"),
        rows,
        note=" ".join(notes),
    )


def _words(trait: Trait, known: ReportFacts) -> str:
    """The question; an option of a multiple choice comes with its question."""
    question = known.survey.questionnaire[trait.item].text
    if trait.category is None:
        return question
    if trait.text == question:
        return f"{question} – {trait.category}"
    return f"{shortened(question, _LONGEST)} – {trait.text}"


def _value(trait: Trait, value: float | None) -> str:
    return format_number(value, 1) if trait.category is None else format_percent(value)


def _effect(trait: Trait) -> str:
    """Standard deviations for means, percentage points for shares."""
    if trait.category is None:
        return f"{format_signed(trait.effect, 2)} SD"
    points = None if trait.effect is None else 100 * trait.effect
    return f"{format_signed(points)} Pp."


def _q(q: float | None) -> str:
    return "< 0,001" if q is not None and q < 0.001 else format_number(q, 3)


def _by_type(known: ReportFacts) -> Blocks:
    """Outside numbers by type, freed of the error of assigning; types too small are left out."""
    found = [
        one
        for one in outside_by_type(known.posterior, known.survey, without=known.model.goals.items)
        if isinstance(one.estimate, TypeMeans) and one.q is not None and one.q <= LEVEL
    ]
    texts = report_texts()["reading"]
    if not found:
        return joined(
            subheading("Mittelwerte je Typ, um unsichere Zuordnungen bereinigt (BCH)"),
            paragraph("Bei keiner Zahl oder Stufe unterscheiden sich die Typen nachweisbar."),
        )
    found.sort(key=lambda one: (one.q or 0.0, -_statistic(one)))
    kept = [place for place, cluster in enumerate(known.model.clusters) if known.shown(cluster)]
    rows = [
        (
            shortened(one.text, _LONGEST),
            *(_mean(one, place) for place in kept),
            _q(one.q),
            format_number(one.estimate.n),
        )
        for one in found[:_QUESTIONS_SHOWN]
    ]
    names = [type_title(known.model.clusters[place]) for place in kept]
    return joined(
        table(
            "Mittelwerte je Typ, um unsichere Zuordnungen bereinigt (BCH)",
            ("Frage", *names, "q", "n"),
            rows,
            note=f"Gezeigt sind {len(rows)} von {len(found)} Fragen mit q höchstens "
            f"{format_number(LEVEL, 2)}. Stufen und Bewertungen in Punkten 0–100.",
        ),
        paragraph(texts["bch"], "note"),
    )


def _mean(one: OutsideComparison, place: int) -> str:
    estimate = one.estimate
    if not isinstance(estimate, TypeMeans) or not np.isfinite(estimate.means[place]):
        return "–"
    mean, error = estimate.means[place], estimate.errors[place]
    decimals = 0 if abs(mean) >= 1000 else 1
    return f"{format_number(mean, decimals)} ({format_number(error, decimals)})"


def _statistic(one: OutsideComparison) -> float:
    return one.estimate.equality.statistic if one.estimate.equality else 0.0
