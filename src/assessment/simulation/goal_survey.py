"""Surveys of priority goals with known types, to measure what a typology can recover.

Four types of municipalities rate twelve goals and name the three most important ones. Ratings are
an ordered probit of the importance a goal has, seen through each respondent's response style (a
random shift of all answers and a random extremity); the top three are a Plackett–Luce draw from the
same importance. A :class:`Scenario` says how far apart the types are and what else disturbs the
answers; who knows all of it reaches what :mod:`assessment.simulation.goal_oracle` says, and no
method can reach more. The same seed gives the same basic draws under every scenario: disturbances
draw from streams of their own.

The plain scenarios are those of the study the typology's figures come from. It measured the
disturbances without writing down their strength; here they are set so that its yardsticks (random
intercept model, k-means on centred answers) come out as measured there, see ``SCENARIOS``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from assessment.simulation.randomness import Streams

SHARES = np.array([0.35, 0.30, 0.20, 0.15])
"""Shares of the four types."""
_CONTRASTS = np.array(
    [
        # climate, energy, mobility, housing; economy, digital, jobs, finance; social, education, …
        [1.2, 1.0, 0.7, 0.1, -0.7, -0.3, -0.6, -0.9, -0.2, 0.1, -0.3, -0.1],
        [-0.9, -0.3, 0.0, -0.1, 1.2, 0.7, 0.9, 0.5, -0.6, -0.2, -0.7, -0.5],
        [-0.4, -0.5, -0.2, 0.9, -0.5, -0.3, 0.1, -0.7, 1.1, 0.6, 0.1, -0.2],
        [-0.2, -0.4, -0.3, -0.3, -0.3, 0.3, -0.5, 0.7, -0.2, -0.2, 0.8, 0.9],
    ]
)
PROFILES = _CONTRASTS - _CONTRASTS.mean(axis=1, keepdims=True)
"""What each type puts first, shape (types, goals); rows sum to 0: pure relative priorities."""
POPULARITY = np.array([0.5, 0.2, 0.3, 0.4, 0.5, 0.1, 0.4, 0.3, 0.3, 0.6, -0.3, -0.2])
"""How important everybody finds a goal, shape (goals,)."""
THRESHOLDS = np.array([-1.9, -1.1, -0.2, 0.8])
"""Where felt importance passes to the next step; six in ten answers are one of the upper two."""
SHARPNESS = 1.6
"""How closely the top three follow importance, against Gumbel noise of scale 1."""
STEPS = 5
PLACES = 3
TYPES, GOALS = PROFILES.shape

_STYLES = (
    # share, shift, extremity of the discrete style classes
    (0.5, 0.0, 1.0),
    (0.25, 1.4, 1.0),
    (0.25, 0.0, 1.9),
)
_FACTORS = 2
_TAIL_FREEDOM = 3


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the answers of a survey are made of; the defaults are the „medium“ one."""

    separation: float = 1.5
    """Length of the type profiles against a noise of sd 1; 0 = no types at all."""
    shift_sd: float = 0.8
    """Some rate everything high: sd of a shift common to all goals of a respondent."""
    extremity_sd: float = 0.3
    """Some use the ends of the scale: sd of the logarithm of a respondent's stretch."""
    missing: float = 0.1
    """Share of ratings not given."""
    missing_concentrated: bool = False
    """Gaps fall on few respondents (beta-distributed shares) instead of anywhere."""
    flat_level: float | None = None
    """The last type has no priorities: it finds every goal this much more important."""
    factor_sd: float = 0.0
    """Two further factors within types: sd of a goal's loading on each."""
    tail_scale: float | None = None
    """Noise of t with 3 degrees of freedom times this, instead of normal noise."""
    typeless: float = 0.0
    """Share of respondents who belong to no type; their truth is -1."""
    threshold_sd: float = 0.0
    """Thresholds differ between goals: sd of a goal's shift; single ones vary half as much more."""
    straightliners: float = 0.0
    """Share of respondents who give all goals the same rating (a 3, 4 or 5)."""
    style_classes: bool = False
    """Half answer plainly, a quarter says yes to all, a quarter uses the ends; no shades."""
    taste_sd: float = 0.0
    """Personal taste: sd of each respondent's own liking for single goals, which enters ratings and
    top three alike, so that the two depend on each other within a type."""

    @property
    def centres(self) -> np.ndarray:
        """Importance of each goal in each type, shape (types, goals)."""
        profiles = self.separation * PROFILES
        if self.flat_level is not None:
            profiles[-1] = self.flat_level
        return profiles + POPULARITY


@dataclass(frozen=True, slots=True, eq=False)
class GoalSurvey:
    """A drawn survey of ``n`` municipalities."""

    ratings: np.ndarray
    """int16 (n, 12): step 0–4, -1 = no answer."""
    orders: np.ndarray
    """int16 (n, 3): goals put first, second, third."""
    truth: np.ndarray
    """int (n,): type 0–3; -1 = belongs to none."""

    @property
    def n(self) -> int:
        return len(self.truth)


_DISTURBED = Scenario(separation=1.25)

SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        "easy": Scenario(separation=2.0),
        "medium": Scenario(),
        "hard": Scenario(separation=1.0),
        "vhard": Scenario(separation=0.7),
        "structureless": Scenario(separation=0.0),
        "no_style": Scenario(separation=1.0, shift_sd=0.0, extremity_sd=0.0),
        "missing_concentrated": Scenario(missing=0.2, missing_concentrated=True),
        "everything_matters": Scenario(shift_sd=0.5, flat_level=1.0),
        "factors": replace(_DISTURBED, factor_sd=0.39),
        "heavy_tails": replace(_DISTURBED, tail_scale=0.77),
        "typeless": replace(_DISTURBED, typeless=0.15),
        "odd_thresholds": replace(_DISTURBED, threshold_sd=0.3),
        "straightliners": replace(_DISTURBED, straightliners=0.08),
        "style_classes": replace(_DISTURBED, style_classes=True),
        "taste_0.5": Scenario(taste_sd=0.5),
        "taste_0.8": Scenario(taste_sd=0.8),
        "taste_1.2": Scenario(taste_sd=1.2),
    }
)
"""The scenarios the benchmarks measure, by name."""


def draw_goal_survey(n: int, scenario: Scenario, seed: int) -> GoalSurvey:
    """Draw ``n`` municipalities; the same arguments give the same answers."""
    streams = Streams(seed, n)
    random = np.random.default_rng(seed)
    truth = random.choice(TYPES, n, p=SHARES)
    shift = random.normal(0, scenario.shift_sd, n)
    extremity = np.exp(random.normal(0, scenario.extremity_sd, n))
    noise = random.normal(size=(n, GOALS))
    gaps = _gaps(n, scenario, random)
    gumbel = random.gumbel(size=(n, GOALS))

    importance = scenario.centres[truth]
    if scenario.typeless:
        outside = streams.generator("typeless").random(n) < scenario.typeless
        importance[outside] = POPULARITY
        truth = np.where(outside, -1, truth)
    if scenario.factor_sd:
        factors = streams.generator("factors")
        loadings = factors.normal(0, scenario.factor_sd, (_FACTORS, GOALS))
        importance = importance + factors.normal(size=(n, _FACTORS)) @ loadings
    if scenario.taste_sd:
        importance = importance + streams.generator("taste").normal(
            0, scenario.taste_sd, (n, GOALS)
        )
    if scenario.tail_scale is not None:
        tails = streams.generator("tails").standard_t(_TAIL_FREEDOM, (n, GOALS))
        noise = scenario.tail_scale * tails
    if scenario.style_classes:
        shares, shifts, extremities = np.array(_STYLES).T
        style = streams.generator("style classes").choice(len(shares), n, p=shares)
        shift, extremity = shifts[style], extremities[style]

    felt = shift[:, None] + extremity[:, None] * (importance + noise)
    ratings = (felt[:, :, None] > _thresholds(scenario, streams)).sum(axis=2).astype(np.int16)
    if scenario.straightliners:
        lazy = streams.generator("straightliners")
        flat = lazy.random(n) < scenario.straightliners
        ratings[flat] = lazy.choice([2, 3, 4], size=(int(flat.sum()), 1))
    ratings[gaps] = -1
    orders = np.argsort(-(SHARPNESS * importance + gumbel), axis=1)[:, :PLACES]
    return GoalSurvey(ratings, orders.astype(np.int16), truth)


def _gaps(n: int, scenario: Scenario, random: np.random.Generator) -> np.ndarray:
    """Which ratings are not given, bool (n, goals); everybody rates at least one goal."""
    share: float | np.ndarray = scenario.missing
    if scenario.missing_concentrated:
        share = random.beta(0.3, 0.3 * (1 - scenario.missing) / scenario.missing, n)[:, None]
    gaps = random.random((n, GOALS)) < share
    gaps[gaps.all(axis=1), 0] = False
    return gaps


def _thresholds(scenario: Scenario, streams: Streams) -> np.ndarray:
    """Thresholds of each goal in ascending order, shape (goals, 4)."""
    random = streams.generator("thresholds")
    goal = random.normal(0, scenario.threshold_sd, (GOALS, 1))
    single = random.normal(0, scenario.threshold_sd / 2, (GOALS, len(THRESHOLDS)))
    return np.sort(THRESHOLDS + goal + single, axis=1)
