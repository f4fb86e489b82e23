"""From a survey to a named, frozen typology: the one interface to all methods."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assessment import __version__
from assessment.questionnaire.model import Questionnaire
from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.expected import Expected, expected_of
from assessment.typology.goal_input import GoalInput, goal_input
from assessment.typology.method import METHODS_FOR, PRIMARY, Method
from assessment.typology.methods import solve
from assessment.typology.mixture_measurement import plain_number
from assessment.typology.model import Cluster, ModelProvenance, Thresholds, TypologyModel
from assessment.typology.naming import Match, name_clusters
from assessment.typology.ranking_reading import compare_readings
from assessment.typology.reference import load_reference
from assessment.typology.response_style import Centred, centre, learn_preparation
from assessment.typology.solution import Measurement, Solution, Starts
from assessment.typology.usable import FEW_ROWS, UsableGoals, placeable, usable

LEAST_ROWS_PER_TYPE = 5
MOST_TYPES = 12
_TYPE_COUNT = f"Die Zahl der Typen muss zwischen 2 und {MOST_TYPES} liegen."
_FEW_MEMBERS = 6
"""A centre of fewer is nearly the answers of single municipalities."""
_NORMAL_95 = 1.959964


def fit(
    survey: Survey,
    k: int = 4,
    seed: int = 0,
    *,
    method: Method | None = None,
    items: Sequence[str] | None = None,
    inverted: bool | None = None,
    starts: Starts | None = None,
) -> TypologyModel:
    """Group municipalities by their goals and freeze the result.

    ``method``: by default the one the input calls for (``PRIMARY``). ``items``: ids of the
    questions, by default the goals of the questionnaire. ``inverted``: how a full ranking is read;
    by default both readings are tried and the better-fitting one is taken. The result depends on
    the answers and these arguments only, not on the order of rows.

    Raises ``InputRefused``: ``TYPE_COUNT``, ``METHOD_UNFIT``, ``TOO_FEW_GOALS``,
    ``TOO_FEW_MUNICIPALITIES``, ``TOO_FEW_DIFFERENT``, ``EMPTY_TYPES`` and those of
    :func:`assessment.typology.goal_input.goal_input`.
    """
    if k < 2:
        raise InputRefused("TYPE_COUNT", _TYPE_COUNT)
    found = usable(survey, goal_input(survey, items))
    found = read_ranking(survey, found, seed, inverted)
    method = method or PRIMARY[found.goals.kind]
    check_request(found, method, k)
    solution = solve(found.data, method, k, seed, starts=starts)
    return freeze(survey, found, solution, seed)


def read_ranking(
    survey: Survey, found: UsableGoals, seed: int, inverted: bool | None = None
) -> UsableGoals:
    """Read a full ranking the way that fits better (or as told), with a remark that says so."""
    ranked = found.goals.ranked
    if ranked is None or not ranked.full:
        return found
    if inverted is None:
        test = compare_readings(found.data, seed)
        if test is None or not test.invert:
            return found
        remark = (
            f"„{ranked.item}“: Die Zahlen sind als Rang des Ziels gelesen, nicht als Ziel auf dem "
            "Rang; so passen die Antworten deutlich besser zusammen."
        )
    elif inverted == ranked.inverted:
        return found
    else:
        remark = f"„{ranked.item}“: Die Zahlen sind auf Wunsch als Rang des Ziels gelesen."
    turned = usable(survey, found.goals.inverted())
    return replace(turned, remarks=(*turned.remarks, remark))


def check_request(found: UsableGoals, method: Method, k: int) -> None:
    """Refuse what can't give a result that means anything."""
    if not 1 <= k <= MOST_TYPES:
        raise InputRefused("TYPE_COUNT", _TYPE_COUNT)
    if method not in METHODS_FOR[found.goals.kind]:
        raise InputRefused(
            "METHOD_UNFIT",
            "Dieses Verfahren passt nicht zur Art der gewählten Fragen; bitte ein anderes wählen.",
        )
    if found.data.n < LEAST_ROWS_PER_TYPE * max(k, 2):
        raise InputRefused(
            "TOO_FEW_MUNICIPALITIES",
            f"Für {k} Typen sind mindestens {LEAST_ROWS_PER_TYPE * max(k, 2)} Kommunen mit "
            f"auswertbaren Zielen nötig; vorhanden sind {found.data.n}.",
        )


def freeze(survey: Survey, found: UsableGoals, solution: Solution, seed: int) -> TypologyModel:
    """Name the classes of a solution and keep what is needed to place others.

    Raises ``InputRefused`` (``EMPTY_TYPES``).
    """
    sizes = np.bincount(solution.labels, minlength=solution.k)
    if (sizes == 0).any():
        raise InputRefused(
            "EMPTY_TYPES",
            f"Von {solution.k} Gruppen bleibt mindestens eine leer; bitte weniger Typen wählen.",
        )
    preparation = learn_preparation(found.values)
    means, widths = class_profiles(centre(found.values, preparation), solution.posterior)
    reference = load_reference()
    naming = name_clusters(means, found.goals.columns, survey.questionnaire, reference)
    order = _order(sizes, means, naming.matches, reference.ids)
    clusters = _clusters(solution, sizes, means, widths, naming.matches, order)
    statistics = solution.fit
    measurement = solution.measurement.with_classes(order)
    return TypologyModel(
        goals=found.goals,
        measurement=measurement,
        item_means=tuple(plain_number(value) for value in preparation.item_means),
        row_variance=plain_number(preparation.variance),
        clusters=clusters,
        thresholds=Thresholds(),
        expected=_expected(survey, found.goals, measurement),
        provenance=ModelProvenance(
            questionnaire_id=survey.questionnaire.id,
            questionnaire_version=survey.questionnaire.version,
            data_hash=survey.provenance.data_hash,
            wave=survey.wave,
            simulated=survey.simulated,
            method=str(solution.method),
            input=str(found.goals.kind),
            k=solution.k,
            seed=seed,
            starts=solution.starts_tried,
            starts_best=solution.starts_best,
            n_fitted=found.data.n,
            n_left_out=len(survey.keys) - found.data.n,
            log_likelihood=statistics and round(statistics.log_likelihood, 4),
            parameters=statistics and statistics.parameters,
            bic=statistics and round(statistics.bic, 4),
            entropy_r2=statistics and round(statistics.entropy_r2, 6),
            naming_lead=naming.lead,
            reference_version=reference.version,
            program_version=__version__,
        ),
        remarks=(*found.remarks, *_cautions(found, clusters)),
    )


def class_profiles(rows: Centred, posterior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean centred answer per class and goal, and half its 95 % interval; shapes (k, goals).

    Weighted by membership over the answered goals; 0 and 0 where nobody answered.
    """
    weight = posterior.T @ rows.known
    safe = np.maximum(weight, 1e-9)
    means = posterior.T @ rows.values / safe
    squares = (posterior**2).T @ (rows.values**2)
    squares += -2.0 * means * ((posterior**2).T @ rows.values)
    squares += means**2 * ((posterior**2).T @ rows.known)
    return means, _NORMAL_95 * np.sqrt(np.maximum(squares, 0.0)) / safe


def reference_match(
    survey_questionnaire: Questionnaire, goals: GoalInput, means: np.ndarray
) -> float | None:
    """Smallest correlation of class profiles with the published types; ``None``: not comparable."""
    naming = name_clusters(means, goals.columns, survey_questionnaire, load_reference())
    found = [match.correlation for match in naming.matches if match.correlation is not None]
    return min(found) if found else None


def _expected(survey: Survey, goals: GoalInput, measurement: Measurement) -> Expected:
    data, reasons = placeable(goals, survey)
    posterior = measurement.probabilities(data)
    posterior[reasons != ""] = np.nan
    return expected_of(data, posterior)


def _cautions(found: UsableGoals, clusters: Sequence[Cluster]) -> list[str]:
    remarks: list[str] = []
    if found.data.n < FEW_ROWS:
        remarks.append(
            f"Nur {found.data.n} Kommunen sind eingegangen; unter {FEW_ROWS} kann die Einteilung "
            "leicht anders ausfallen."
        )
    remarks += [
        f"„{cluster.name}“ hat weniger als {_FEW_MEMBERS} Kommunen: Ihr Zielprofil verrät fast "
        "deren Antworten; bitte weniger Typen wählen."
        for cluster in clusters
        if cluster.n < _FEW_MEMBERS
    ]
    return remarks


def _order(
    sizes: np.ndarray, means: np.ndarray, matches: Sequence[Match], named: Sequence[str]
) -> list[int]:
    """Named classes in the fixed order of the types, then the others, largest first."""

    def place(group: int) -> tuple[int, int, tuple[float, ...]]:
        name = matches[group].type_id
        rank = named.index(name) if name else len(named)
        return rank, -int(sizes[group]), tuple(means[group])

    return sorted(range(len(matches)), key=place)


def _clusters(
    solution: Solution,
    sizes: np.ndarray,
    means: np.ndarray,
    widths: np.ndarray,
    matches: Sequence[Match],
    order: Sequence[int],
) -> tuple[Cluster, ...]:
    reference = load_reference()
    clusters: list[Cluster] = []
    unnamed = 0
    for number in order:
        match = matches[number]
        kind = reference.type_of(match.type_id) if match.type_id else None
        if kind is None:
            unnamed += 1
        clusters.append(
            Cluster(
                id=kind.id if kind else f"G{unnamed}",
                name=kind.name if kind else f"Gruppe {unnamed}",
                named=kind is not None,
                best=match.best,
                correlation=match.correlation,
                margin=match.margin,
                share=plain_number(solution.shares[number]),
                n=int(sizes[number]),
                centre=tuple(plain_number(value) for value in means[number]),
                half_width=tuple(plain_number(value) for value in widths[number]),
            )
        )
    return tuple(clusters)
