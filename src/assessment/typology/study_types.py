"""The results of a typology study: one candidate a number of types, and what speaks for which."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assessment.typology.method import Method
from assessment.typology.solution import FitStatistics, Solution


class Verdict(StrEnum):
    """Answer to the question whether the survey shows the hypothesised number of types."""

    CONFIRMED = "confirmed"
    """bestätigt"""
    FEWER = "fewer"
    """weniger Typen"""
    UNDECIDABLE = "undecidable"
    """mit dieser Fallzahl nicht entscheidbar"""
    NONE = "none"
    """keine Typen"""


VERDICT_NAMES = {
    Verdict.CONFIRMED: "bestätigt",
    Verdict.FEWER: "weniger Typen",
    Verdict.UNDECIDABLE: "mit dieser Fallzahl nicht entscheidbar",
    Verdict.NONE: "keine Typen",
}


@dataclass(frozen=True, slots=True)
class PartitionIndices:
    """Descriptive indices of a partition (as fpc ``cluster.stats``); printed, never decisive."""

    silhouette: float
    calinski_harabasz: float
    davies_bouldin: float
    dunn: float
    pearson_gamma: float
    wb_ratio: float
    within_ss: float


@dataclass(frozen=True, slots=True)
class Stability:
    """Clusterwise Jaccard under the bootstrap with full restarts, beside structureless data."""

    method: Method
    resamples: int
    jaccard: tuple[float, ...]
    """Mean per class, in the order of the classes; duplicates kept as weights."""
    jaccard_without_duplicates: tuple[float, ...] | None
    """The same in fpc's default convention (duplicates dropped); kinder. ``None``: not computed."""
    null_mean: float
    """Mean Jaccard of as many classes found in data without types."""
    null_high: float
    """95th percentile of the same."""

    @property
    def weakest(self) -> float:
        return min(self.jaccard)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One number of types under the study's method."""

    k: int
    solution: Solution
    smallest_n: int
    smallest_share: float
    large_enough: bool
    """Smallest class at least 5 % and at least 25 municipalities."""
    indices: PartitionIndices | None
    """``None`` for one class."""
    quick_stability: Stability | None
    """Of row-centred k-means with as many classes; ``None`` for one class or where not run."""
    stability: Stability | None
    """Of the study's own method; run for the chosen number only, unless asked for all."""
    least_reference_r: float | None
    """Smallest correlation with the published types after optimal assignment; ``None`` if the
    questions can't be compared with them."""

    @property
    def fit(self) -> FitStatistics | None:
        return self.solution.fit


@dataclass(frozen=True, slots=True, eq=False)
class BaselineResult:
    """Another method with the same number of types, matched to the study's classes."""

    method: Method
    solution: Solution
    labels: np.ndarray
    """int (n,) in the numbering of the chosen solution; -1 = unmatched class."""
    ari: float
    """Adjusted Rand index with the chosen solution."""


@dataclass(frozen=True, slots=True, eq=False)
class TypologyStudy:
    """All candidates of one method, the verdict on the hypothesis and the baselines."""

    method: Method
    seed: int
    n: int
    rows: np.ndarray
    """int (n,): rows of the survey that were fitted, in canonical order; arrays follow it."""
    candidates: tuple[Candidate, ...]
    hypothesis: int
    """Number of types that was asked about, usually 4."""
    supported_k: int
    """The number the criteria support; 1 = no types."""
    chosen_k: int
    """The number shown: the analyst's, else the supported one (at least 1)."""
    verdict: Verdict
    sentence: str
    """The verdict in one or two German sentences."""
    reasons: tuple[str, ...]
    """What speaks for it, one German sentence each, with figures."""
    baselines: tuple[BaselineResult, ...]
    bootstrap: int

    def candidate(self, k: int) -> Candidate:
        """The candidate with ``k`` types; ``KeyError`` if it was not fitted."""
        for candidate in self.candidates:
            if candidate.k == k:
                return candidate
        raise KeyError(k)
