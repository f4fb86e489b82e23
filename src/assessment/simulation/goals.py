"""Answers to the goals: four overlapping types, seen through each respondent's response style.

Ratings follow an ordered probit with a random shift (some rate everything high) and a random
extremity (some use the ends of the scale); the top three follow a Plackett–Luce draw from the same
importance. Model as in the study of response style the typology is tested with.
"""

from dataclasses import dataclass

import numpy as np

from assessment.simulation.assumptions import Assumptions
from assessment.simulation.randomness import Streams, quota, shuffled


@dataclass(frozen=True, slots=True, eq=False)
class GoalAnswers:
    """Types and goal answers of a sample."""

    types: np.ndarray
    """Type id (B, O, S, C) per municipality: the truth behind the answers."""
    ratings: np.ndarray
    """1–5, shape (n, goals), in the order of ``GoalAssumptions.items``."""
    picks: np.ndarray
    """Index of the three goals named first, second, third; shape (n, 3)."""
    style: np.ndarray
    """Tendency to rate high or to agree, standardised, shape (n,)."""
    straight: np.ndarray
    """True where a respondent gave every goal the same rating."""


def draw_types(streams: Streams, assumptions: Assumptions) -> np.ndarray:
    """Type of each municipality by quota; in wave 2 a declared share has changed."""
    shares = assumptions.goals.types
    counts = quota(list(shares.values()), streams.n)
    types = shuffled(list(shares), counts, streams.generator("types", wave=1))
    if streams.wave == 1:
        return types
    generator = streams.generator("types")
    anew = shuffled(list(shares), counts, generator)
    stays = generator.random(streams.n) < assumptions.change.same_type_percent / 100
    return np.where(stays, types, anew)


def draw_goals(streams: Streams, assumptions: Assumptions, types: np.ndarray) -> GoalAnswers:
    """Draw ratings, picks and response style for municipalities of the given types."""
    given = assumptions.goals
    n, goals = streams.n, len(given.items)
    keep = assumptions.change.goal_persistence
    profile = np.array([given.profiles[kind] for kind in given.types])
    # Only relative priorities tell types apart: each profile sums to zero.
    profile = profile - profile.mean(axis=1, keepdims=True)
    row = {kind: index for index, kind in enumerate(given.types)}
    importance = given.separation * profile[[row[t] for t in types]] + np.array(given.popularity)
    style = streams.normal("style shift", keep)[:, 0]
    extremity = np.exp(
        given.style_log_extremity_sd * streams.normal("style extremity", keep)[:, :1]
    )
    felt = importance + streams.normal("goal noise", keep, goals)
    latent = given.style_shift_sd * style[:, None] + extremity * felt
    ratings = 1 + (latent[:, :, None] > np.array(given.thresholds)).sum(axis=2)
    straight = np.zeros(n, dtype=bool)
    count = round(given.straight_liner_percent / 100 * n)
    generator = streams.generator("straight-liners")
    straight[generator.choice(n, count, replace=False)] = True
    ratings[straight] = generator.choice([3, 4, 5], size=(count, 1))
    gumbel = streams.generator("picks").gumbel(size=(n, goals))
    picks = np.argsort(-(given.pick_sharpness * importance + gumbel), axis=1)[:, :3]
    return GoalAnswers(types, ratings, picks, style, straight)
