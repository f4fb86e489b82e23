"""Answers as the baselines read them: one column each, then centred, or mapped linearly."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from assessment.typology.factor_axes import Axes, indicators
from assessment.typology.goal_data import GoalData
from assessment.typology.mixture_measurement import (
    finite,
    plain_number,
    plain_numbers,
    rated_values,
)
from assessment.typology.response_style import Centred, Preparation, centre


class Source(StrEnum):
    """Which part of the data a baseline reads."""

    RATED = "rated"
    ORDERS = "orders"
    CATEGORIES = "categories"
    NUMBERS = "numbers"


def source_of(data: GoalData) -> Source:
    """The first part there is; ratings before a ranking of the same goals."""
    for source in Source:
        if getattr(data, source) is not None:
            return source
    raise ValueError("no answers of any kind")


def columns_of(data: GoalData, source: Source) -> np.ndarray:
    """Answers (n, columns), ``NaN`` = none: ratings 0–100, named 1.0 or not 0.0, or numbers.

    Of a full ranking, where every option is named, the place is taken instead (last = 0).
    """
    if source is Source.RATED:
        return rated_values(data)
    if source is Source.CATEGORIES and data.categories is not None:
        return indicators(data.categories, data.sizes)
    if source is Source.ORDERS and data.orders is not None and data.ticks is not None:
        if data.orders.shape[1] < data.options - 1:
            return data.ticks
        points = np.zeros((data.n, data.options))
        rows, places = np.nonzero(data.orders >= 0)
        points[rows, data.orders[rows, places]] = data.options - 1.0 - places
        points[(data.orders < 0).all(axis=1)] = np.nan
        return points
    if source is Source.NUMBERS and data.numbers is not None:
        return data.numbers
    raise ValueError(f"no answers of the kind {source}")


@dataclass(frozen=True, slots=True, eq=False)
class LinearPreparation:
    """From answers to the space in which classes have centres."""

    source: Source
    style: Preparation | None
    """Rows centred and scaled, gaps left open."""
    axes: Axes | None
    """Or a linear map, a missing answer at the mean of its question."""

    def rows(self, data: GoalData) -> Centred:
        """Shape (n, axes or goals)."""
        columns = columns_of(data, self.source)
        if self.style is not None:
            return centre(columns, self.style)
        assert self.axes is not None
        placed = self.axes.place(columns)
        return Centred(placed, np.ones_like(placed))

    @property
    def width(self) -> int:
        """How many columns it reads."""
        if self.style is not None:
            return len(self.style.item_means)
        return len(self.axes.centre) if self.axes is not None else 0

    def as_plain(self) -> dict[str, Any]:
        """For JSON; numbers with ten significant digits."""
        plain: dict[str, Any] = {"source": str(self.source)}
        if self.style is not None:
            plain["style"] = {
                "item_means": plain_numbers(self.style.item_means),
                "variance": plain_number(self.style.variance),
            }
        if self.axes is not None:
            plain["axes"] = {
                "centre": plain_numbers(self.axes.centre),
                "loadings": plain_numbers(self.axes.loadings),
                "eigenvalues": plain_numbers(self.axes.eigenvalues),
            }
        return plain


def preparation_from_plain(plain: dict[str, Any]) -> LinearPreparation:
    """Read back what ``as_plain`` wrote; raises ``KeyError``, ``ValueError`` or ``TypeError``."""
    style = axes = None
    if "style" in plain:
        part = plain["style"]
        style = Preparation(finite(part["item_means"], 1), float(part["variance"]))
        if not style.variance > 0:
            raise ValueError("not a variance")
    elif "axes" in plain:
        part = plain["axes"]
        loadings, means = finite(part["loadings"], 2), finite(part["centre"], 1)
        if len(loadings) != len(means):
            raise ValueError("shapes differ")
        axes = Axes(means, loadings, finite(part["eigenvalues"], 1))
    else:
        raise ValueError("a preparation of no kind")
    return LinearPreparation(Source(plain["source"]), style, axes)
