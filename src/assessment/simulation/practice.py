"""Answers on the state of practice: latent variables cut at quotas, so that shares hold exactly.

Each answer stems from a latent variable: loadings on the factors size, capacity and strategy, the
effect of the municipality's type, for ratings the tendency to agree, and chance. Its thresholds are
set on the first wave so that the declared shares are met exactly among those who answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.questionnaire.model import Item, ItemKind, OptionKind
from assessment.simulation.assumptions import Assumptions
from assessment.simulation.goals import GoalAnswers
from assessment.simulation.randomness import Streams, classes, cut_points, quota
from assessment.simulation.structure import Structure


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """The factors behind the answers of one wave, each of shape (n,)."""

    streams: Streams
    size: np.ndarray
    capacity: np.ndarray
    strategy: np.ndarray
    style: np.ndarray
    types: np.ndarray

    @property
    def n(self) -> int:
        return len(self.size)


def situation(
    streams: Streams, assumptions: Assumptions, structure: Structure, goals: GoalAnswers
) -> Situation:
    """Factors of a wave; capacity and strategy grow between the waves as declared."""
    keep = assumptions.change.persistence
    growth = assumptions.change.growth * (streams.wave - 1)
    capacity = streams.normal("capacity", keep)[:, 0] + growth
    load = assumptions.factors.strategy
    own = np.sqrt(max(1 - load.size**2 - load.capacity**2, 0.0))
    strategy = (
        load.size * structure.size
        + load.capacity * capacity
        + own * streams.normal("strategy", keep)[:, 0]
        + growth
    )
    return Situation(streams, structure.size, capacity, strategy, goals.style, goals.types)


class Practice:
    """Turns situations into answers; thresholds come from the first wave's respondents."""

    def __init__(self, assumptions: Assumptions, first: Situation) -> None:
        self._assumptions = assumptions
        self._first = first
        self._effects: dict[str, dict[str, float]] = {}
        for effect in assumptions.type_effects:
            for name in effect.items:
                by_type = self._effects.setdefault(name, {})
                by_type[effect.type] = by_type.get(effect.type, 0.0) + effect.effect

    def level(self, item: Item, now: Situation, first: np.ndarray) -> np.ndarray:
        """Class number 0, 1, … of each municipality for a level or rating item.

        ``first``: who answered in the first wave (boolean, shape (n,)). Negatively worded ratings
        are turned round; municipalities that don't answer get a class too, which the caller drops.
        """
        shares = self._assumptions.distribution(item.id)
        cuts = cut_points(self._latent(item, self._first)[first], shares)
        return classes(self._latent(item, now), cuts)

    def options(
        self, item: Item, now: Situation, first: np.ndarray, coded: Mapping[str, np.ndarray]
    ) -> dict[str, np.ndarray]:
        """Option code → ticked (boolean, shape (n,)) for a multiple choice item.

        ``coded``: answers already given, for shares that depend on another answer.
        """
        shares = self._assumptions.options[item.id]
        ticked: dict[str, np.ndarray] = {}
        for code, share in shares.items():
            latent = self._option_latent(item, code, self._first)
            strata = self._stratum_masks(item.id, code, coded)
            now_latent = self._option_latent(item, code, now)
            ticked[code] = np.zeros(now.n, dtype=bool)
            for members, percent in strata or [(np.ones(now.n, dtype=bool), share)]:
                chosen = members & first
                base = latent[chosen] if chosen.any() else latent[members]
                if len(base) == 0:
                    continue
                cuts = cut_points(base, [100 - percent, percent])
                ticked[code] |= members & (classes(now_latent, cuts) == 1)
        components = self._assumptions.components
        if item.id == components.item:
            ticked.update(self._components(item, now, first))
        order = [option.code for option in item.options if option.kind is OptionKind.ANSWER]
        return {code: ticked[code] for code in order if code in ticked}

    def _stratum_masks(
        self, item: str, option: str, coded: Mapping[str, np.ndarray]
    ) -> list[tuple[np.ndarray, float]]:
        for stratum in self._assumptions.strata:
            if (stratum.item, stratum.option) == (item, option):
                inside = np.isin(coded[stratum.by].astype(str), stratum.codes)
                return [(inside, stratum.percent), (~inside, stratum.otherwise)]
        return []

    def _components(self, item: Item, now: Situation, first: np.ndarray) -> dict[str, np.ndarray]:
        """Ticks of the calibrated components: how many by quota, which by popularity and type."""
        given = self._assumptions.components
        name = f"{item.id} count"
        cuts = cut_points(self._named_latent(item, name, self._first)[first], given.count_percent)
        count = classes(self._named_latent(item, name, now), cuts)
        utility = np.array(given.popularity) + given.choice_sd * now.streams.normal(
            f"{item.id} choice", self._assumptions.change.persistence, len(given.options)
        )
        for column, code in enumerate(given.options):
            utility[:, column] += self._type_effect(f"{item.id}.{code}", now.types)
        rank = np.argsort(np.argsort(-utility, axis=1), axis=1)
        return {code: rank[:, column] < count for column, code in enumerate(given.options)}

    def _latent(self, item: Item, when: Situation) -> np.ndarray:
        if item.kind is ItemKind.RATING:
            style = self._assumptions.factors.rating_style * when.style
            return item.polarity * self._named_latent(item, item.id, when) + style
        return self._named_latent(item, item.id, when)

    def _option_latent(self, item: Item, code: str, when: Situation) -> np.ndarray:
        scale = self._assumptions.factors.option_scale
        own = self._type_effect(f"{item.id}.{code}", when.types)
        return self._named_latent(item, f"{item.id}.{code}", when, scale) + own

    def _named_latent(
        self, item: Item, name: str, when: Situation, scale: float = 1.0
    ) -> np.ndarray:
        load = self._assumptions.factors.of(item.dimension)
        keep = self._assumptions.change.persistence
        factors = self._assumptions.factors
        measures_it = item.id == factors.strategy_item
        own = factors.strategy_item_loading if measures_it else load.strategy
        return (
            scale * (load.size * when.size + load.capacity * when.capacity + own * when.strategy)
            + self._type_effect(item.id, when.types)
            + when.streams.normal(f"item {name}", keep)[:, 0]
        )

    def _type_effect(self, name: str, types: np.ndarray) -> np.ndarray:
        by_type = self._effects.get(name, {})
        return np.array([by_type.get(kind, 0.0) for kind in types])


def target_levels(
    current: np.ndarray, increases: tuple[float, ...], highest: int, generator: np.random.Generator
) -> np.ndarray:
    """Target level of each municipality: the current one plus a drawn increase."""
    counts = quota(increases, len(current))
    steps = generator.permutation(np.repeat(np.arange(len(increases)), counts))
    return np.minimum(current + steps, highest)
