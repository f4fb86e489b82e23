"""How firmly a score and its level hold: what robustness reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DimensionRobustness:
    """One municipality and one dimension, over all draws of weights, answer mapping and omitted
    questions. Points are whole, 0–100."""

    dimension: str
    same_level: float
    """Share of the draws with the level as scored, 0–1."""
    low: int
    high: int
    """Central 90 % of the draws' scores."""
    lowest: int
    highest: int
    """Worst and best case of the open answers (from the scores, no draws)."""
    draws: int
    fixed: bool
    """True where nothing can vary: a dimension of one level question."""
