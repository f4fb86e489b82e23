"""Methodenbericht: how many types the data carry – verdict, fit and stability by number."""

from collections.abc import Callable
from statistics import fmean

from assessment.german import format_number, format_percent
from assessment.reports.typology_blocks import (
    CHOSEN,
    NOTHING,
    Blocks,
    boxed,
    bullets,
    figure,
    joined,
    paragraph,
    subheading,
    table,
)
from assessment.reports.typology_drawings import Curve, curves_drawing
from assessment.reports.typology_facts import ReportFacts, report_texts, small_count
from assessment.typology.solution import FitStatistics
from assessment.typology.study_types import (
    VERDICT_NAMES,
    Candidate,
    Stability,
)


def verdict_block(known: ReportFacts) -> Blocks:
    """The answer to the question about the hypothesised number of types."""
    study = known.study
    asked = (
        f"Frage: Zeigen die Daten {study.hypothesis} Typen? "
        f"Antwort: {VERDICT_NAMES[study.verdict]}."
    )
    return boxed(asked, study.sentence)


def number_section(known: ReportFacts) -> Blocks:
    """All numbers of types with everything that speaks for or against them."""
    study, texts = known.study, report_texts()["reading"]
    supported = (
        "Die Kriterien stützen keine Typen."
        if study.supported_k == 1
        else f"Die Kriterien stützen {study.supported_k} Typen."
    )
    chosen = f"Gezeigt wird die Lösung mit {known.k} Typen" + (
        " (Wahl der Auswertenden)." if known.k != study.supported_k else "."
    )
    return joined(
        paragraph(study.sentence),
        subheading("Gründe"),
        bullets(study.reasons),
        paragraph(f"{supported} {chosen}"),
        _curves(known),
        _fit_table(known),
        paragraph(texts["fit"], "note"),
        _stability_table(known),
        paragraph(texts["stability"], "note"),
        paragraph(texts["conventions"], "note"),
        _index_table(known),
        paragraph(texts["indices"], "note"),
    )


def stability_words(stability: Stability) -> tuple[str, str, str, str]:
    """Weakest and mean value, mean and 95th percentile without types."""
    return (
        format_number(stability.weakest, 2),
        format_number(fmean(stability.jaccard), 2),
        format_number(stability.null_mean, 2),
        format_number(stability.null_high, 2),
    )


def _fit_table(known: ReportFacts) -> Blocks:
    columns = (
        "Typen", "Log-Likelihood", "Parameter", "BIC", "ICL", "Entropie-R²", "kleinste Gruppe",
        "Anteil", "groß genug", "kleinstes r", "beste Anfänge",
    )  # fmt: skip

    def cells(one: Candidate) -> tuple[str, ...]:
        fit = one.fit
        hidden = small_count(one.smallest_n) != format_number(one.smallest_n)
        return (
            _of(fit, lambda f: f.log_likelihood, 1),
            _of(fit, lambda f: f.parameters, 0),
            _of(fit, lambda f: f.bic, 1),
            _of(fit, lambda f: f.icl, 1),
            _of(fit, lambda f: f.entropy_r2, 2),
            small_count(one.smallest_n),
            "–" if hidden else format_percent(one.smallest_share),
            "ja" if one.large_enough else "nein",
            format_number(one.least_reference_r, 2),
            f"{one.solution.starts_best} von {one.solution.starts_tried}",
        )

    rows = _by_number(known, cells)
    return table(
        f"Passung je Zahl der Typen (n = {format_number(known.study.n)})",
        columns,
        rows,
        note="← gewählte Lösung. „Kleinstes r“: schwächste Übereinstimmung mit den "
        "veröffentlichten Beschreibungen nach bester Zuordnung; „–“, wo sich nichts vergleichen "
        "lässt.",
    )


def _stability_table(known: ReportFacts) -> Blocks:
    def cells(one: Candidate) -> tuple[str, ...] | None:
        quick, own = one.quick_stability, one.stability
        if quick is None and own is None:
            return None
        kinder = quick.jaccard_without_duplicates if quick else None
        return (
            *(stability_words(quick) if quick else ("–",) * 4),
            format_number(fmean(kinder) if kinder else None, 2),
            *(stability_words(own) if own else ("–",) * 4),
        )

    rows = _by_number(known, cells)
    if not rows:
        return NOTHING
    quick = next(
        (one.quick_stability for one in known.study.candidates if one.quick_stability), None
    )
    own = next((one.stability for one in known.study.candidates if one.stability), None)
    runs = [
        f"Schnell: k-Means auf zentrierten Antworten, {quick.resamples} Ziehungen" if quick else "",
        f"eigenes: das Verfahren der Typologie, {own.resamples} Ziehungen" if own else "",
    ]
    return table(
        "Stabilität je Zahl der Typen (Jaccard; mehrfach Gezogene zählen mehrfach)",
        (
            "Typen",
            "schnell: schwächste",
            "schnell: Mittel",
            "ohne Typen: Mittel",
            "ohne Typen: 95 %",
            "schnell: Mittel nach fpc",
            "eigenes: schwächste",
            "eigenes: Mittel",
            "ohne Typen: Mittel",
            "ohne Typen: 95 %",
        ),
        rows,
        note="; ".join(run for run in runs if run)
        + ". „Ohne Typen“: dieselbe Rechnung auf Daten gleicher Größe, Lücken und Antwortstile, in "
        "denen es keine Typen gibt; 95 % dieser Werte liegen unter der zweiten Angabe.",
    )


def _index_table(known: ReportFacts) -> Blocks:
    def cells(one: Candidate) -> tuple[str, ...] | None:
        found = one.indices
        if found is None:
            return None
        return (
            format_number(found.silhouette, 3),
            format_number(found.calinski_harabasz, 1),
            format_number(found.davies_bouldin, 3),
            format_number(found.dunn, 3),
            format_number(found.pearson_gamma, 3),
            format_number(found.wb_ratio, 3),
            format_number(found.within_ss, 1),
        )

    rows = _by_number(known, cells)
    if not rows:
        return NOTHING
    return table(
        "Beschreibende Maße der Gruppen (nur zur Ansicht)",
        (
            "Typen", "Silhouette", "Calinski–Harabasz", "Davies–Bouldin", "Dunn", "Pearson-Gamma",
            "W/B", "Quadratsumme",
        ),
        rows,
    )  # fmt: skip


def _curves(known: ReportFacts) -> Blocks:
    """Fit and stability by number of types, beside the band of data without types."""
    candidates = known.study.candidates
    numbers = [one.k for one in candidates]
    panels: list[tuple[str, list[Curve]]] = []
    fitted = [(one.k, one.fit) for one in candidates if one.fit]
    if len(fitted) > 1:
        bic = Curve("BIC", tuple((k, fit.bic) for k, fit in fitted))
        icl = Curve("ICL", tuple((k, fit.icl) for k, fit in fitted), dashed=True)
        panels.append(("BIC und ICL (kleiner ist besser)", [bic, icl]))
    quick = [(one.k, one.quick_stability) for one in candidates if one.quick_stability]
    own = [(one.k, one.stability) for one in candidates if one.stability]
    if quick or own:
        curves = []
        if quick:
            curves.append(Curve("schwächste", tuple((k, s.weakest) for k, s in quick)))
        if own:
            points = tuple((k, s.weakest) for k, s in own)
            curves.append(Curve("eigenes Verfahren", points, dashed=True))
        panels.append(("Stabilität der schwächsten Gruppe", curves))
    if not panels or len(numbers) < 2:
        return NOTHING
    band = [(k, s.null_mean, s.null_high) for k, s in quick] if quick or own else []
    best = min(fitted, key=lambda pair: pair[1].bic)[0] if len(fitted) > 1 else None
    words = [f"BIC am kleinsten bei {best}" if best else ""]
    words += [
        f"Stabilität bei {k}: {format_number(s.weakest, 2)}" for k, s in quick if k == known.k
    ]
    described = "; ".join(word for word in words if word)
    return figure(
        "Passung und Stabilität je Zahl der Typen",
        curves_drawing(
            panels,
            numbers,
            f"Passung und Stabilität je Zahl der Typen. {described}. Werte in den Tabellen "
            "darunter.",
            band=band,
            chosen=known.k,
        ),
        "Fett auf der Achse: die gewählte Zahl der Typen."
        + (
            " Das graue Band reicht vom Mittel bis zum 95-%-Wert auf Daten ohne Typen; Stabilität "
            "zählt erst darüber."
            if band
            else ""
        ),
    )


def _by_number(
    known: ReportFacts, cells: Callable[[Candidate], tuple[str, ...] | None]
) -> list[tuple[str, ...]]:
    """One row a number of types (``None`` = no row); the chosen one carries its mark."""
    rows: list[tuple[str, ...]] = []
    for one in known.study.candidates:
        found = cells(one)
        if found is None:
            continue
        rows.append((f"{one.k}{CHOSEN if one.k == known.k else ''}", *found))
    return rows


def _of(fit: FitStatistics | None, part: Callable[[FitStatistics], float], decimals: int) -> str:
    return "–" if fit is None else format_number(part(fit), decimals)
