"""Does the survey show the hypothesised number of types? Three answers, and „keine Typen“.

BIC and ICL choose the number (Biernacki, Celeux and Govaert 2000: ICL asks for separated classes,
BIC for a fitting density); class sizes, stability against data without types and the likeness to
the published types decide whether that number is confirmed. Descriptive indices have no vote: on
surveys with four types silhouette and Calinski–Harabasz answer „two“.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.german import format_number
from assessment.typology.naming import LEAST_CORRELATION
from assessment.typology.solution import FitStatistics
from assessment.typology.study_types import Candidate, Stability, Verdict

LEAST_STABLE = 0.6
"""Below, a class is not to be trusted (Hennig 2007)."""
WELL_STABLE = 0.75
LEAST_SEPARATION = 0.6
"""Entropy R² from which classes count as separated."""
MOST_DOUBT = 0.05
"""Expected share of wrong assignments from which a confirmed number carries a warning."""
LEAST_SHOWN = 5
"""Smaller groups are never counted out in public texts."""
LEAST_DECIDABLE = 200
"""Fewer municipalities can't tell no types from types that are not seen (typology.md 3.2)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``k``: the number supported, 1 = none."""

    k: int
    verdict: Verdict
    sentence: str
    reasons: tuple[str, ...]


def supported_number(candidates: Sequence[Candidate]) -> int:
    """The number of types the criteria support before stability is looked at.

    Where the finer of BIC and ICL has a class that is too small, the coarser one counts. Methods
    without a likelihood go by stability: the largest number whose weakest class is stable.
    """
    fitted = {c.k: c.fit for c in candidates if c.fit is not None}
    if not fitted:
        stable = [
            c.k
            for c in candidates
            if c.quick_stability is not None
            and c.quick_stability.weakest >= WELL_STABLE
            and c.quick_stability.weakest > c.quick_stability.null_high
            and c.large_enough
        ]
        return max(stable, default=1)
    by_bic = min(fitted, key=lambda k: fitted[k].bic)
    by_icl = min(fitted, key=lambda k: fitted[k].icl)
    large = {c.k: c.large_enough for c in candidates}
    if by_bic > by_icl and not large[by_bic]:
        return by_icl
    return by_bic


def judge(
    candidates: Sequence[Candidate],
    stability: Mapping[int, Stability],
    hypothesis: int,
    n: int,
) -> Judgement:
    """Answer the hypothesis. ``stability``: of the study's method, for the numbers it was run."""
    k = supported_number(candidates)
    by_k = {candidate.k: candidate for candidate in candidates}
    fitted = {c.k: c.fit for c in candidates if c.fit is not None}
    by_icl = min(fitted, key=lambda number: fitted[number].icl) if fitted else k
    reasons = [_by_criteria(fitted)] if fitted else []
    if not fitted and all(candidate.quick_stability is None for candidate in candidates):
        return Judgement(
            1,
            Verdict.UNDECIDABLE,
            f"Ob es {_types(hypothesis)} gibt, ist nicht geprüft: Dieses Verfahren braucht dazu "
            "Wiederholungen; bitte mindestens 100 wählen.",
            (),
        )
    if k == 1:
        return _nothing(n, hypothesis, reasons)
    # With very many rows BIC splits types to repair small misfits; ICL doesn't.
    if k > hypothesis and by_icl == hypothesis and hypothesis in stability:
        k = hypothesis
    candidate = by_k[k]
    found = stability.get(k) or candidate.quick_stability
    reasons += [*_about(candidate, found)]
    firm = (
        candidate.large_enough
        and found is not None
        and found.weakest >= LEAST_STABLE
        and found.weakest > found.null_high
        and _separated(candidate)
        and by_icl == k
    )
    named = candidate.least_reference_r
    if k == hypothesis and firm and (named is None or named >= LEAST_CORRELATION):
        return Judgement(
            k,
            Verdict.CONFIRMED,
            f"Die Erhebung zeigt {_types(hypothesis)}: Die Zahl passt am besten zu den Antworten, "
            f"und alle Typen werden in Wiederholungen wiedergefunden.{_warning(candidate)}",
            tuple(reasons),
        )
    if k == hypothesis and firm:
        return Judgement(
            k,
            Verdict.UNDECIDABLE,
            f"Die Erhebung zeigt {hypothesis} Gruppen, aber nicht alle gleichen einem "
            "veröffentlichten Typ. Ob es die vier Typen sind, ist mit dieser Fallzahl nicht "
            "entscheidbar.",
            tuple(reasons),
        )
    if k < hypothesis and firm and found is not None and found.weakest >= WELL_STABLE:
        return Judgement(
            k,
            Verdict.FEWER,
            f"Die Erhebung zeigt weniger Typen: {k} statt {hypothesis}. Diese {k} sind klar "
            "getrennt und werden in Wiederholungen wiedergefunden.",
            tuple(reasons),
        )
    more = (
        f" Die Antworten sprechen eher für {k} Gruppen."
        if k > hypothesis and firm
        else " Die Gruppen überlappen sich oder werden in Wiederholungen nicht sicher gefunden."
    )
    return Judgement(
        k,
        Verdict.UNDECIDABLE,
        f"Ob es {_types(hypothesis)} gibt, ist mit dieser Fallzahl ({format_number(n)}) nicht "
        f"entscheidbar.{more}",
        tuple(reasons),
    )


def _nothing(n: int, hypothesis: int, reasons: list[str]) -> Judgement:
    if n < LEAST_DECIDABLE:
        return Judgement(
            1,
            Verdict.UNDECIDABLE,
            f"Ob es {_types(hypothesis)} gibt, ist mit dieser Fallzahl ({format_number(n)}) nicht "
            "entscheidbar: Es sind keine zu erkennen, aber so wenige Kommunen könnten auch "
            "vorhandene Typen nicht zeigen.",
            tuple(reasons),
        )
    return Judgement(
        1,
        Verdict.NONE,
        "Die Erhebung zeigt keine Typen: Eine einzige Gruppe beschreibt die Antworten am besten. "
        "Jede Aufteilung wäre willkürlich.",
        tuple(reasons),
    )


def doubt(candidate: Candidate) -> float:
    """Expected share of municipalities placed in a type that isn't theirs, 0–1."""
    return float(1.0 - candidate.solution.posterior.max(axis=1).mean())


def _warning(candidate: Candidate) -> str:
    share = doubt(candidate)
    if share <= MOST_DOUBT:
        return ""
    return (
        f" Achtung: Die Typen überlappen sich. Von 100 Kommunen dürften etwa "
        f"{format_number(100 * share, 0)} nicht dem Typ angehören, dem sie zugeordnet sind."
    )


def _separated(candidate: Candidate) -> bool:
    return candidate.fit is None or candidate.fit.entropy_r2 >= LEAST_SEPARATION


def _by_criteria(fitted: Mapping[int, FitStatistics]) -> str:
    numbers = sorted(fitted)
    by_bic = min(fitted, key=lambda k: fitted[k].bic)
    by_icl = min(fitted, key=lambda k: fitted[k].icl)
    same = (
        "Beide Maße (BIC und das strengere ICL) nennen diese Zahl"
        if by_icl == by_bic
        else f"Das strengere Maß (ICL) nennt {by_icl}"
    )
    return (
        f"Geprüft sind {numbers[0]} bis {numbers[-1]} Gruppen; am besten beschreibt {by_bic} die "
        f"Antworten. {same}."
    )


def _about(candidate: Candidate, stability: Stability | None) -> list[str]:
    share = format_number(100 * candidate.smallest_share, 0)
    size = f"{format_number(candidate.smallest_n)} Kommunen ({share} %)"
    if candidate.smallest_n < LEAST_SHOWN:
        size = f"unter {LEAST_SHOWN} Kommunen"
    enough = "groß genug" if candidate.large_enough else "zu klein (nötig sind 5 % und 25 Kommunen)"
    reasons = [f"Die kleinste der {candidate.k} Gruppen hat {size}: {enough}."]
    if candidate.fit is not None:
        separation = format_number(100 * candidate.fit.entropy_r2, 0)
        reasons.append(
            f"Die Zuordnungen sind zu {separation} % eindeutig "
            f"(nötig sind {format_number(100 * LEAST_SEPARATION, 0)} %)."
        )
    if stability is not None:
        reasons.append(
            f"In {stability.resamples} Wiederholungen wird die unsicherste Gruppe zu "
            f"{format_number(100 * stability.weakest, 0)} % wiedergefunden; in Daten ohne Typen "
            f"wären es bis zu {format_number(100 * stability.null_high, 0)} %."
        )
    if candidate.least_reference_r is not None:
        reasons.append(
            "Die Ähnlichkeit mit den veröffentlichten Typen beträgt mindestens r = "
            f"{format_number(candidate.least_reference_r, 2)} "
            f"(nötig ist {format_number(LEAST_CORRELATION, 1)})."
        )
    return reasons


def _types(number: int) -> str:
    words = {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs", 7: "sieben", 8: "acht"}
    return f"{words.get(number, str(number))} Typen"
