"""Who changed type between two waves, and how much of that is the uncertainty of assigning.

Assigning is uncertain, so municipalities appear to change that did not. How many, follows from the
classification-error table of three-step latent class analysis: of those truly of a type, the share
assigned to each type (Bolck, Croon and Hagenaars 2004, Political Analysis 12, 3–27; estimated as in
Bakk, Tekle and Vermunt 2013). If nobody had changed and the errors of both waves were independent,
a municipality of type t would be assigned to two different types with the probability
1 − Σ C₁(t, s) · C₂(t, s). Who answers alike twice also errs alike twice, which makes the true
number smaller; in six simulated pairs of waves with lasting habits of answering, 12.5 of 369
unchanged municipalities appeared to change on average, and 12.4 were expected.
"""

from collections.abc import Mapping

import numpy as np

from assessment.comparison.wave_types import TypeTransition
from assessment.german import format_number
from assessment.typology.bch import bch_weights

SURE = 0.8
"""Probability from which a change of one municipality is spoken of, as for memberships."""
CENTRAL = (0.025, 0.975)


def transition_of(
    before: np.ndarray,
    after: np.ndarray,
    types: tuple[str, ...],
    names: Mapping[str, str],
    waves: tuple[str, str],
) -> TypeTransition:
    """One municipality; ``before``, ``after``: membership probabilities (types,), ``NaN`` = none.

    ``names``: type id → name as shown; ``waves``: labels of both waves.
    """
    first = [None if np.isnan(p).any() else types[int(p.argmax())] for p in (before, after)]
    if first[0] is None or first[1] is None:
        missing = [wave for wave, kind in zip(waves, first, strict=True) if kind is None]
        return TypeTransition(
            first[0],
            first[1],
            None,
            f"Ob sich der Typ geändert hat, ist nicht zu sagen: In der Welle "
            f"{' und in der Welle '.join(missing)} war keine Zuordnung möglich.",
        )
    changed = float(np.clip(1.0 - before @ after, 0.0, 1.0))
    old, new = names[first[0]], names[first[1]]
    if first[0] == first[1]:
        sentence = f"In beiden Wellen passt das Zielprofil am besten zu „{new}“."
    elif changed >= SURE:
        sentence = (
            f"Das Zielprofil hat sich sehr wahrscheinlich verschoben: in der Welle {waves[0]} "
            f"am ehesten „{old}“, in der Welle {waves[1]} am ehesten „{new}“."
        )
    else:
        sentence = (
            f"In der Welle {waves[0]} am ehesten „{old}“, in der Welle {waves[1]} am ehesten "
            f"„{new}“; bei der Unsicherheit der Zuordnung ist das von einem gleich gebliebenen Typ "
            "nicht zu unterscheiden."
        )
    return TypeTransition(first[0], first[1], changed, sentence)


def chance_of_apparent_change(before: np.ndarray, after: np.ndarray) -> np.ndarray | None:
    """Per municipality the probability of two different assignments if its type stayed the same.

    ``before``, ``after``: (n, types), no ``NaN``. ``None`` if there is nothing to estimate from.
    The type is unknown, so the probabilities of both waves together say which it is.
    """
    tables = [bch_weights(found) for found in (before, after)]
    if not len(before) or not all(one.types.any() for one in tables):
        return None
    both = tables[0].types & tables[1].types
    stays = (tables[0].classification * tables[1].classification).sum(axis=1)
    # A type that hardly anybody has gets the mean of the others: there is no table for it.
    stays = np.where(both, stays, stays[both].mean() if both.any() else 1.0)
    likely = (before + after) / 2
    return np.clip(1.0 - likely @ stays, 0.0, 1.0)


def number_distribution(probability: np.ndarray) -> np.ndarray:
    """Distribution of how many of independent events happen (Poisson binomial), shape (n + 1,)."""
    found = np.ones(1)
    for p in probability:
        found = np.append(found * (1 - p), 0.0) + np.append(0.0, found * p)
    return found


def central_numbers(distribution: np.ndarray) -> tuple[int, int]:
    """The numbers between which at least 95 % of the distribution lie."""
    reached = np.cumsum(distribution)
    low, high = (int(np.searchsorted(reached, end - 1e-12)) for end in CENTRAL)
    return low, min(high, len(distribution) - 1)


def table_sentence(
    typed: int | None,
    changed: int | None,
    expected: float | None,
    central: tuple[int, int] | None,
) -> str:
    """What the table says in words. ``typed``: municipalities with a type in both waves;
    ``changed``: those with another than before; ``None`` where they are hidden."""
    if typed is None or changed is None:
        return "Wie viele Kommunen einem anderen Typ zugeordnet sind als zuvor, bleibt verdeckt."
    said = (
        f"{format_number(typed)} Kommunen sind in beiden Wellen einem Typ zugeordnet, "
        f"{format_number(changed)} davon einem anderen als zuvor."
    )
    if expected is None or central is None:
        return said
    low, high = central
    more = changed > high
    return (
        f"{said} Auch wenn sich keine geändert hätte, wären allein durch die Unsicherheit der "
        f"Zuordnung rund {format_number(round(expected))} Wechsel zu erwarten "
        f"({format_number(low)} bis {format_number(high)}). "
        + (
            "Es haben also mehr gewechselt, als die Unsicherheit erklärt."
            if more
            else "Mehr Wechsel, als die Unsicherheit erklärt, sind das nicht."
        )
    )
