"""Expectation–maximisation for latent class models built of an ordinal, ranked, categorical part.

Given the class, the parts multiply; a joint model is nothing but two of them. One run goes from
starting memberships to a maximum of the penalised likelihood; many runs share one prepared problem.
"""

from dataclasses import dataclass, replace

import numpy as np

from assessment.typology import category_part, ordinal_part, ranking_part
from assessment.typology.acceleration import MixtureParameters, leap
from assessment.typology.goal_data import GoalData
from assessment.typology.style_nodes import NodeExpectation, StyleNodes

_LEAST_SHARE = 1e-8
_CHECK_FROM = 5


@dataclass(frozen=True, slots=True)
class Regularisation:
    """Weak priors that keep estimates finite; zero gives maximum likelihood."""

    ranking: float = ranking_part.PRIOR
    category: float = 0.0
    dependent: bool = True
    """Whether a ranking beside ratings is conditioned on the municipality's own ratings."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run of the algorithm. ``posterior`` (n, k) is not weighted."""

    parameters: MixtureParameters
    log_likelihood: float
    objective: float
    """Penalised log-likelihood: what is maximised and compared between starts."""
    posterior: np.ndarray
    rounds: int
    converged: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Weighted:
    """Weights of one run, and the one-hot categories multiplied by them."""

    weights: np.ndarray
    category: np.ndarray | None


@dataclass(frozen=True, slots=True, eq=False)
class _Expected:
    log_likelihood: float
    posterior: np.ndarray
    rated: NodeExpectation | None
    worths: ranking_part.Worths | None


class MixtureProblem:
    """Data of one model, prepared once. ``rating``: centred answers (n, goals), 0 = unknown."""

    def __init__(
        self,
        data: GoalData,
        rating: np.ndarray | None = None,
        regularisation: Regularisation | None = None,
    ) -> None:
        self.data = data
        self.regularisation = regularisation or Regularisation()
        self.rating = rating
        self._nodes = self._ranked = self._cells = None
        if data.rated is not None:
            self._nodes = StyleNodes(data.rated, data.steps)
        if data.orders is not None:
            own, known = linked_ratings(data, rating)
            self._ranked = ranking_part.ranked_rows(data.orders, data.options, own, known)
        if data.categories is not None:
            self._cells = category_part.cells(data.categories, data.sizes)

    @property
    def dependent(self) -> bool:
        """Whether the ranking is conditioned on own ratings."""
        own = self._ranked is not None and not self._ranked.alone
        return own and self.regularisation.dependent

    def run(
        self,
        posterior: np.ndarray,
        weights: np.ndarray | None = None,
        *,
        tolerance: float = 1e-4,
        most_rounds: int = 500,
    ) -> Run:
        """Improve starting memberships (n, k) until a round gains less than ``tolerance``."""
        weighted = self._weigh(weights)
        first = self._begin(posterior, weighted.weights)
        return self._improve(first, weighted, tolerance, most_rounds)

    def resume(
        self,
        parameters: MixtureParameters,
        weights: np.ndarray | None = None,
        *,
        tolerance: float = 1e-4,
        most_rounds: int = 500,
    ) -> Run:
        """Go on from given parameters, as of a rougher run or of one on a part of the rows."""
        return self._improve(parameters, self._weigh(weights), tolerance, most_rounds)

    def _weigh(self, weights: np.ndarray | None) -> _Weighted:
        if weights is None:
            return _Weighted(np.ones(self.data.n), self._cells)
        category = None if self._cells is None else self._cells * weights[:, None]
        return _Weighted(np.asarray(weights, dtype=float), category)

    def _improve(
        self,
        parameters: MixtureParameters,
        weighted: _Weighted,
        tolerance: float,
        most_rounds: int,
    ) -> Run:
        expected = self._expect(parameters, weighted)
        objective = expected.log_likelihood - self._penalty(parameters)
        rounds = 0
        while rounds < most_rounds:
            once, first, gain = self._step(parameters, expected, objective, weighted)
            twice, second, more = self._step(once, first, objective + gain, weighted)
            start, parameters, expected = parameters, twice, second
            objective += gain + more
            rounds += 2
            if rounds > _CHECK_FROM and more < tolerance:
                return self._ended(parameters, expected, objective, rounds, converged=True)
            far = leap(start, once, twice)
            if far is None:
                continue
            far = self._complete(far)
            beyond = self._expect(far, weighted)
            rounds += 1
            reached = beyond.log_likelihood - self._penalty(far)
            # A leap that overshoots is forgotten; the two plain steps before it stand.
            if np.isfinite(reached) and reached > objective:
                parameters, expected, objective = far, beyond, reached
        return self._ended(parameters, expected, objective, rounds, converged=False)

    def _step(
        self,
        parameters: MixtureParameters,
        expected: _Expected,
        objective: float,
        weighted: _Weighted,
    ) -> tuple[MixtureParameters, _Expected, float]:
        """One round: better parameters, what they make expect, and the gain in the objective."""
        better = self._maximise(parameters, expected, weighted)
        found = self._expect(better, weighted)
        return better, found, found.log_likelihood - self._penalty(better) - objective

    def _complete(self, parameters: MixtureParameters) -> MixtureParameters:
        """Categories' probabilities brought to sum 1 again after a leap."""
        if parameters.category is None:
            return parameters
        # Bounded: beyond it the exponential overflows.
        share = np.exp(np.minimum(parameters.category, 50.0))
        sizes = self.data.sizes
        return replace(parameters, category=category_part.log_probability(share, sizes, 0.0))

    @staticmethod
    def _ended(
        parameters: MixtureParameters,
        expected: _Expected,
        objective: float,
        rounds: int,
        *,
        converged: bool,
    ) -> Run:
        return Run(
            parameters, expected.log_likelihood, objective, expected.posterior, rounds, converged
        )

    def posterior(self, parameters: MixtureParameters) -> tuple[np.ndarray, float]:
        """Memberships (n, k) under given parameters, and the log-likelihood of all rows."""
        found = self._expect(parameters, self._weigh(None))
        return found.posterior, found.log_likelihood

    def parameter_count(self, k: int) -> int:
        """Free parameters of a model with ``k`` classes."""
        count = k - 1
        if self.data.rated is not None:
            goals = self.data.rated.shape[1]
            count += ordinal_part.parameter_count(goals, self.data.steps, k)
        if self._ranked is not None:
            count += ranking_part.parameter_count(self.data.options, k, dependent=self.dependent)
        if self._cells is not None:
            count += category_part.parameter_count(self.data.sizes, k)
        return count

    def _begin(self, posterior: np.ndarray, weights: np.ndarray) -> MixtureParameters:
        weighted = posterior * weights[:, None]
        found = MixtureParameters(self._shares(weighted))
        data = self.data
        if data.rated is not None:
            rating = np.zeros(data.rated.shape) if self.rating is None else self.rating
            first = ordinal_part.first_parameters(data.rated, data.steps, weighted, rating)
            found = replace(found, ordinal=first)
        if self._ranked is not None:
            ranking = ranking_part.first_parameters(self._ranked, weighted)
            found = replace(found, ranking=ranking)
        if self._cells is not None:
            counts = weighted.T @ self._cells + 0.1
            found = replace(found, category=category_part.log_probability(counts, data.sizes, 0.0))
        return found

    def _expect(self, parameters: MixtureParameters, weighted: _Weighted) -> _Expected:
        worths = None
        by_class = np.broadcast_to(np.log(parameters.shares), (self.data.n, len(parameters.shares)))
        if parameters.ranking is not None and self._ranked is not None:
            worths = ranking_part.worths_of(self._ranked, parameters.ranking)
            by_class = by_class + ranking_part.class_log_likelihood(self._ranked, worths)
        if parameters.category is not None and self._cells is not None:
            by_class = by_class + self._cells @ parameters.category.T
        if parameters.ordinal is None or self._nodes is None:
            log_total, posterior = _normalised(by_class)
            return _Expected(float(weighted.weights @ log_total), posterior, None, worths)
        rated = self._nodes.expect(parameters.ordinal, by_class, weighted.weights)
        log_likelihood = float(weighted.weights @ rated.log_total)
        return _Expected(log_likelihood, rated.posterior, rated, worths)

    def _maximise(
        self, parameters: MixtureParameters, expected: _Expected, weighted: _Weighted
    ) -> MixtureParameters:
        posterior = expected.posterior * weighted.weights[:, None]
        found = replace(parameters, shares=self._shares(posterior))
        if parameters.ordinal is not None and self._nodes is not None:
            assert expected.rated is not None
            ordinal = ordinal_part.improve(
                parameters.ordinal,
                expected.rated.counts,
                expected.rated.log_probability,
                self._nodes.grid,
            )
            found = replace(found, ordinal=ordinal)
        if parameters.ranking is not None and self._ranked is not None:
            assert expected.worths is not None
            ranking = ranking_part.improve(
                parameters.ranking,
                self._ranked,
                expected.worths,
                posterior,
                prior=self.regularisation.ranking,
                dependent=self.regularisation.dependent,
            )
            found = replace(found, ranking=ranking)
        if weighted.category is not None:
            counts = expected.posterior.T @ weighted.category
            category = category_part.log_probability(
                counts, self.data.sizes, self.regularisation.category
            )
            found = replace(found, category=category)
        return found

    def _penalty(self, parameters: MixtureParameters) -> float:
        total = 0.0
        if parameters.ordinal is not None:
            total += ordinal_part.penalty(parameters.ordinal)
        if parameters.ranking is not None:
            total += ranking_part.penalty(parameters.ranking, self.regularisation.ranking)
        if parameters.category is not None:
            prior = self.regularisation.category
            total += category_part.penalty(parameters.category, self.data.sizes, prior)
        return total

    @staticmethod
    def _shares(weighted: np.ndarray) -> np.ndarray:
        shares = np.maximum(weighted.sum(axis=0) / weighted.sum(), _LEAST_SHARE)
        return shares / shares.sum()


def _normalised(logarithm: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log of each row's sum of exponentials (n,), and the exponentials as shares of it."""
    most = logarithm.max(axis=1, keepdims=True)
    share = logarithm - most
    np.exp(share, out=share)
    total = share.sum(axis=1, keepdims=True)
    share /= total
    return (np.log(total) + most)[:, 0], share


def linked_ratings(
    data: GoalData, rating: np.ndarray | None
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Centred ratings in the order of the ranking's options, and where they are known (n, options).

    ``None`` where the ranking stands alone.
    """
    if rating is None or data.rated is None or all(link < 0 for link in data.links):
        return None, None
    links = np.array(data.links)
    own = np.where(links >= 0, rating[:, np.maximum(links, 0)], 0.0)
    known = np.where(links >= 0, (data.rated >= 0)[:, np.maximum(links, 0)], False)
    return own * known, known.astype(float)
