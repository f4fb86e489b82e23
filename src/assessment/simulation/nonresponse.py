"""Who leaves what unanswered: clustered by respondent, with „Weiß nicht“ and break-offs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assessment.simulation.assumptions import Assumptions
from assessment.simulation.randomness import Streams, quota

ANSWERED, BLANK, DONT_KNOW, NOT_APPLICABLE = 0, 1, 2, 3
"""What becomes of a cell."""
FIRST_BREAK_OFF_PAGE = 4
"""Nobody leaves before the goals and levels are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Nonresponse:
    """Per wave: how likely each municipality is to leave a question out, and its last page."""

    propensity: np.ndarray
    """Probability per question, shape (n,)."""
    last_page: np.ndarray
    """Page number (from 1) up to which the municipality answered, shape (n,)."""
    pages: int

    @property
    def complete(self) -> np.ndarray:
        return self.last_page == self.pages


def draw_nonresponse(streams: Streams, assumptions: Assumptions, pages: int) -> Nonresponse:
    """Propensities (Beta, as unequal as declared) and break-offs for ``pages`` pages."""
    given = assumptions.nonresponse
    mean = given.mean_percent / 100
    alpha = given.concentration
    generator = streams.generator("nonresponse", wave=1)
    propensity = generator.beta(alpha, alpha * (1 - mean) / mean, streams.n)
    last_page = np.full(streams.n, pages)
    generator = streams.generator("break-off")
    count = round(given.break_off_percent / 100 * streams.n)
    quitting = generator.choice(streams.n, count, replace=False)
    last_page[quitting] = generator.integers(FIRST_BREAK_OFF_PAGE, max(pages, 5), count)
    return Nonresponse(propensity, last_page, pages)


def cell_states(
    streams: Streams,
    assumptions: Assumptions,
    nonresponse: Nonresponse,
    *,
    item: str,
    page: int,
    weight: float,
    dont_know: bool,
    not_applicable: np.ndarray | None = None,
) -> np.ndarray:
    """State of each municipality's answer to one item (:data:`ANSWERED` …), int8 of shape (n,)."""
    generator = streams.generator(f"nonresponse {item}")
    draws = generator.random((2, streams.n))
    silent = draws[0] < np.minimum(nonresponse.propensity * weight, 1.0)
    says_so = draws[1] < assumptions.nonresponse.dont_know_percent / 100
    state = np.zeros(streams.n, dtype=np.int8)
    state[silent] = np.where(says_so[silent] & dont_know, DONT_KNOW, BLANK)
    if not_applicable is not None:
        state[not_applicable] = NOT_APPLICABLE
    state[nonresponse.last_page < page] = BLANK
    return state


def not_applicable_mask(
    streams: Streams, kinds: np.ndarray, item: str, percent: Sequence[tuple[str, float]]
) -> np.ndarray:
    """Who is not responsible for an item: by quota within each kind, the same in both waves."""
    generator = streams.generator(f"not applicable {item}", wave=1)
    mask = np.zeros(streams.n, dtype=bool)
    for kind, share in percent:
        members = np.flatnonzero(kinds == kind)
        outside = quota([share, 100 - share], len(members))[0]
        mask[generator.permutation(members)[:outside]] = True
    return mask
