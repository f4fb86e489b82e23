"""The first typology: k-means on goals freed of response style, named and frozen."""

from collections.abc import Sequence

import numpy as np

from assessment import __version__
from assessment.remarks import InputRefused
from assessment.survey import Survey
from assessment.typology.calibration import learn_spread
from assessment.typology.goals import GoalColumn, encode, goal_columns
from assessment.typology.kmeans import Partition, kmeans
from assessment.typology.model import Cluster, ModelProvenance, Thresholds, TypologyModel
from assessment.typology.naming import Match, name_clusters
from assessment.typology.reference import load_reference
from assessment.typology.response_style import centre, learn_preparation, not_assignable

METHOD = "centred_kmeans"
_LEAST_ROWS_PER_TYPE = 5
_FEW_ROWS = 100
_FEW_MEMBERS = 6
"""A centre of fewer is nearly the answers of single municipalities."""
_LEAST_GOALS = 3


def fit_typology(
    survey: Survey,
    *,
    items: Sequence[str] | None = None,
    k: int = 4,
    seed: int = 0,
    starts: int = 50,
) -> TypologyModel:
    """Group municipalities by the relative weight of their goals and freeze the result.

    ``items``: ids of the questions to use, by default the goals of the questionnaire. ``k``: number
    of types, 2–12. The result depends on the answers, ``items``, ``k``, ``seed`` and ``starts``
    only, not on the order of rows.

    Raises ``InputRefused``: ``TYPE_COUNT``, ``TOO_FEW_GOALS``, ``TOO_FEW_MUNICIPALITIES``,
    ``TOO_FEW_DIFFERENT`` and those of :func:`assessment.typology.goals.goal_columns`.
    """
    if not 2 <= k <= 12:
        raise InputRefused("TYPE_COUNT", "Die Zahl der Typen muss zwischen 2 und 12 liegen.")
    columns, values, remarks = _usable(goal_columns(survey, items), survey)
    left_out = len(survey.keys) - len(values)
    if len(values) < _LEAST_ROWS_PER_TYPE * k:
        raise InputRefused(
            "TOO_FEW_MUNICIPALITIES",
            f"Für {k} Typen sind mindestens {_LEAST_ROWS_PER_TYPE * k} Kommunen mit auswertbaren "
            f"Zielen nötig; vorhanden sind {len(values)}.",
        )
    if len(values) < _FEW_ROWS:
        remarks.append(
            f"Nur {len(values)} Kommunen sind eingegangen; unter {_FEW_ROWS} kann die Einteilung "
            "leicht anders ausfallen."
        )
    # A canonical order of rows makes sums and random starts independent of the file's order.
    values = values[np.lexsort(np.where(np.isnan(values), -1.0, values).T[::-1])]
    preparation = learn_preparation(values)
    rows = centre(values, preparation)
    try:
        partition = kmeans(rows, k, starts=starts, seed=seed)
    except ValueError as error:
        raise InputRefused(
            "TOO_FEW_DIFFERENT",
            f"Die Antworten sind zu gleichförmig für {k} Typen; bitte weniger Typen wählen.",
        ) from error
    reference = load_reference()
    naming = name_clusters(partition.centres, columns, survey.questionnaire, reference)
    order = _order(partition, naming.matches, reference.ids)
    spread = learn_spread(rows, partition.centres, seed)
    clusters = _clusters(partition, spread.shares, naming.matches, order)
    remarks += [
        f"„{cluster.name}“ hat weniger als {_FEW_MEMBERS} Kommunen: Ihr Zielprofil verrät fast "
        "deren Antworten; bitte weniger Typen wählen."
        for cluster in clusters
        if cluster.n < _FEW_MEMBERS
    ]
    return TypologyModel(
        columns=tuple(columns),
        item_means=tuple(_rounded(value) for value in preparation.item_means),
        row_variance=_rounded(preparation.variance),
        clusters=clusters,
        variance=_rounded(spread.variance),
        thresholds=Thresholds(),
        provenance=ModelProvenance(
            questionnaire_id=survey.questionnaire.id,
            questionnaire_version=survey.questionnaire.version,
            data_hash=survey.provenance.data_hash,
            wave=survey.wave,
            simulated=survey.simulated,
            method=METHOD,
            k=k,
            seed=seed,
            starts=starts,
            n_fitted=len(values),
            n_left_out=left_out,
            loss=_rounded(partition.loss),
            stretch=_rounded(spread.stretch),
            naming_lead=naming.lead,
            reference_version=reference.version,
            program_version=__version__,
        ),
        remarks=tuple(remarks),
    )


def _usable(
    columns: Sequence[GoalColumn], survey: Survey
) -> tuple[list[GoalColumn], np.ndarray, list[str]]:
    """Goals that vary among the municipalities that can be assigned by them, and their answers.

    Leaving out a goal can make a row unusable and the other way round, hence the loop. Left-out
    goals are named in the remarks.
    """
    kept, values, remarks = list(columns), encode(columns, survey), []
    while True:
        if len(kept) < _LEAST_GOALS:
            raise InputRefused(
                "TOO_FEW_GOALS",
                "Für eine Typologie sind mindestens drei Fragen mit unterschiedlichen Antworten "
                f"nötig; brauchbar sind {len(kept)}.",
            )
        rows = not_assignable(values, len(kept)) == ""
        varies = _varies(values[rows])
        if varies.all() or not rows.any():
            return kept, values[rows], remarks
        remarks += [
            f"„{column.id}“ bleibt außen vor: Alle haben gleich oder gar nicht geantwortet."
            for column, used in zip(kept, varies, strict=True)
            if not used
        ]
        kept = [column for column, used in zip(kept, varies, strict=True) if used]
        values = values[:, varies]


def _varies(values: np.ndarray) -> np.ndarray:
    """Per column, whether at least two different answers occur."""
    known = ~np.isnan(values)
    lowest = np.where(known, values, np.inf).min(axis=0, initial=np.inf)
    highest = np.where(known, values, -np.inf).max(axis=0, initial=-np.inf)
    return highest > lowest


def _order(partition: Partition, matches: Sequence[Match], named: Sequence[str]) -> list[int]:
    """Named clusters in the fixed order of the types, then the others, largest first."""
    sizes = np.bincount(partition.labels, minlength=len(matches))

    def place(cluster: int) -> tuple[int, int, tuple[float, ...]]:
        name = matches[cluster].type_id
        rank = named.index(name) if name else len(named)
        return rank, -int(sizes[cluster]), tuple(partition.centres[cluster])

    return sorted(range(len(matches)), key=place)


def _clusters(
    partition: Partition, shares: np.ndarray, matches: Sequence[Match], order: Sequence[int]
) -> tuple[Cluster, ...]:
    sizes = np.bincount(partition.labels, minlength=len(matches))
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
                share=_rounded(shares[number]),
                n=int(sizes[number]),
                centre=tuple(_rounded(value) for value in partition.centres[number]),
            )
        )
    return tuple(clusters)


def _rounded(value: float) -> float:
    """Ten significant digits: the last ones depend on threads and compilers."""
    return float(f"{float(value):.10g}")
