"""What a frozen latent class model keeps: its parameters and how answers are prepared for them."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from assessment.typology.acceleration import MixtureParameters
from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.mixture_em import MixtureProblem, Regularisation
from assessment.typology.ordinal_part import OrdinalParameters
from assessment.typology.ranking_part import RankingParameters
from assessment.typology.response_style import Preparation, centre, learn_preparation

_CHUNK = 20_000
_DIGITS = 10


def select(data: GoalData, method: Method) -> GoalData:
    """The part of the data a method reads, in the form it reads it.

    A latent class model without response style takes steps of a scale as categories and named
    options as yes or no.
    """
    if method is Method.JOINT:
        return data
    if method is Method.RESPONSE_STYLE:
        return replace(data, orders=None, options=0, links=())
    if method is Method.PLACKETT_LUCE:
        return replace(data, rated=None, steps=0, links=())
    if data.categories is not None:
        return replace(data, rated=None, orders=None, numbers=None)
    parts, sizes = [], []
    if data.rated is not None:
        parts.append(data.rated)
        sizes += [data.steps] * data.rated.shape[1]
    elif data.orders is not None and data.orders.shape[1] >= data.options - 1:
        # Of a full ranking every option is named: its place is what differs.
        places = np.full((data.n, data.options), -1, dtype=np.int16)
        rows, place = np.nonzero(data.orders >= 0)
        places[rows, data.orders[rows, place]] = place
        parts.append(places)
        sizes += [data.orders.shape[1]] * data.options
    elif data.ticks is not None:
        parts.append(np.nan_to_num(data.ticks, nan=-1.0).astype(np.int16))
        sizes += [2] * data.options
    return GoalData(n=data.n, categories=np.hstack(parts), sizes=tuple(sizes))


def prepared_rating(data: GoalData, preparation: Preparation | None) -> np.ndarray | None:
    """Centred and scaled ratings (n, goals), 0 where there is none; ``None`` without ratings."""
    if data.rated is None or preparation is None:
        return None
    return centre(rated_values(data), preparation).values


def rated_values(data: GoalData) -> np.ndarray:
    """Ratings as 0–100, ``NaN`` = no answer."""
    assert data.rated is not None
    return np.where(data.rated < 0, np.nan, 100.0 * data.rated / (data.steps - 1))


def learnt(data: GoalData) -> Preparation | None:
    """How these ratings are centred; ``None`` without ratings."""
    return None if data.rated is None else learn_preparation(rated_values(data))


@dataclass(frozen=True, slots=True, eq=False)
class MixtureMeasurement:
    """Places municipalities by a latent class model; any answers may be missing."""

    method: Method
    parameters: MixtureParameters
    preparation: Preparation | None
    dependent: bool

    def probabilities(self, data: GoalData) -> np.ndarray:
        """Membership probabilities (n, k); a row without any answer gets the class shares."""
        chosen = select(data, self.method)
        parts = [
            self._part(chosen.take(np.arange(begin, min(begin + _CHUNK, data.n))))
            for begin in range(0, data.n, _CHUNK)
        ]
        return np.vstack(parts) if parts else np.zeros((0, len(self.parameters.shares)))

    def _part(self, data: GoalData) -> np.ndarray:
        rating = prepared_rating(data, self.preparation)
        problem = MixtureProblem(data, rating, Regularisation(dependent=self.dependent))
        return problem.posterior(self.parameters)[0]

    def with_classes(self, order: list[int]) -> "MixtureMeasurement":
        """The same model with its classes in another order."""
        p = self.parameters
        ordinal = p.ordinal and replace(p.ordinal, location=p.ordinal.location[order])
        ranking = p.ranking and replace(
            p.ranking,
            worth=p.ranking.worth[order],
            class_rating=None if p.ranking.class_rating is None else p.ranking.class_rating[order],
        )
        category = None if p.category is None else p.category[order]
        return replace(
            self, parameters=MixtureParameters(p.shares[order], ordinal, ranking, category)
        )

    def as_plain(self) -> dict[str, Any]:
        """For JSON; numbers with ten significant digits."""
        p = self.parameters
        plain: dict[str, Any] = {
            "kind": "mixture",
            "method": str(self.method),
            "shares": plain_numbers(p.shares),
            "dependent": self.dependent,
        }
        if self.preparation is not None:
            plain["preparation"] = {
                "item_means": plain_numbers(self.preparation.item_means),
                "variance": plain_number(self.preparation.variance),
            }
        if p.ordinal is not None:
            plain["ordinal"] = {
                "threshold": plain_numbers(p.ordinal.threshold),
                "location": plain_numbers(p.ordinal.location),
                "shift": plain_number(p.ordinal.shift),
                "extremity": plain_number(p.ordinal.extremity),
            }
        if p.ranking is not None:
            plain["ranking"] = {
                "worth": plain_numbers(p.ranking.worth),
                "own_rating": plain_number(p.ranking.own_rating),
                "class_rating": None
                if p.ranking.class_rating is None
                else plain_numbers(p.ranking.class_rating),
            }
        if p.category is not None:
            plain["category"] = plain_numbers(p.category)
        return plain


def mixture_from_plain(plain: dict[str, Any]) -> MixtureMeasurement:
    """Read back what ``as_plain`` wrote; raises ``KeyError``, ``ValueError`` or ``TypeError``."""
    ordinal = ranking = preparation = None
    if "ordinal" in plain:
        part = plain["ordinal"]
        ordinal = OrdinalParameters(
            finite(part["threshold"], 2),
            finite(part["location"], 2),
            float(part["shift"]),
            float(part["extremity"]),
        )
    if "ranking" in plain:
        part = plain["ranking"]
        mean = part["class_rating"]
        ranking = RankingParameters(
            finite(part["worth"], 2),
            float(part["own_rating"]),
            None if mean is None else finite(mean, 2),
        )
    if "preparation" in plain:
        part = plain["preparation"]
        preparation = Preparation(finite(part["item_means"], 1), float(part["variance"]))
    category = finite(plain["category"], 2) if "category" in plain else None
    shares = finite(plain["shares"], 1)
    for rows in (
        ordinal and ordinal.location,
        ranking and ranking.worth,
        category,
    ):
        if rows is not None and len(rows) != len(shares):
            raise ValueError("shapes differ")
    if not any(part is not None for part in (ordinal, ranking, category)):
        raise ValueError("a mixture without parts")
    parameters = MixtureParameters(shares, ordinal, ranking, category)
    return MixtureMeasurement(
        Method(plain["method"]), parameters, preparation, bool(plain["dependent"])
    )


def plain_number(value: float) -> float:
    """Ten significant digits: the last ones depend on threads and compilers."""
    return float(f"{float(value):.{_DIGITS}g}")


def plain_numbers(values: np.ndarray) -> list[Any]:
    """A nested list of such numbers."""
    return [plain_numbers(row) if np.ndim(row) else plain_number(row) for row in np.asarray(values)]


def finite(values: Any, dimensions: int) -> np.ndarray:
    """A float array of the given dimensions; ``ValueError`` for anything else."""
    found = np.asarray(values, dtype=float)
    if found.ndim != dimensions or not found.size or not np.isfinite(found).all():
        raise ValueError("not a table of finite numbers")
    return found
