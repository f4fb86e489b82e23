"""Rules 2 and 4: sums and means of amounts, and shares of a group."""

from typing import Literal

import numpy as np

from assessment.comparison.disclosure_rules import (
    COALITION,
    DOMINATED,
    MINIMUM_OTHERS,
    TOO_ALIKE,
    GuardedShare,
    GuardedValue,
    refusal_of,
    whole_points,
)
from assessment.german import NBSP

DOMINANCE = 0.85
"""The two largest must hold less than this share of the sum."""
P_PER_CENT = 0.10
"""What the others must hold at least, as a share of the largest."""
END = 0.10
"""Shares nearer than this to 0 or 1 are only said to be so."""
SENSITIVE_FROM = 10
"""Answers a sensitive question needs: in smaller groups any share says much about everybody."""


def guarded_amount(
    values: np.ndarray,
    *,
    kind: Literal["sum", "mean"] = "sum",
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
) -> GuardedValue:
    """Sum or mean of amounts of money, people, hours, … (rules 1, 2, 6, 9).

    ``values``: amounts from 0 of the others (the viewer's is not among them), ``NaN`` = not
    answered. Refused where the two largest hold 85 % or more, and where the largest could be
    estimated to within 10 %: what is left without it and its next rivals must be at least 10 % of
    it. The rule counts one rival, who knows the own amount; here two, who may talk to each other.
    Sums are rounded to whole units, means to one decimal.

    Raises ``ValueError`` for negative or infinite amounts and an unknown kind.
    """
    amounts = np.asarray(values, dtype=float)
    if kind not in ("sum", "mean") or amounts.ndim != 1:
        raise ValueError("kind is sum or mean, values have one dimension")
    known = np.sort(amounts[~np.isnan(amounts)])[::-1]
    if not np.isfinite(known).all() or (known < 0).any():
        raise ValueError("amounts must be finite and not negative")
    refusal = refusal_of(len(known), admitted, least)
    if refusal:
        return GuardedValue(refusal=refusal)
    total = float(known.sum())
    rest = float(known[1 + COALITION :].sum())
    # Written so that a total of 0, where everybody's amount is known, is refused as well.
    if not float(known[:2].sum()) < DOMINANCE * total or not rest >= P_PER_CENT * float(known[0]):
        return GuardedValue(refusal=DOMINATED)
    value = total if kind == "sum" else total / len(known)
    return GuardedValue(round(value, 0 if kind == "sum" else 1), len(known))


def guarded_share(
    part: int,
    n: int,
    *,
    sensitive: bool = False,
    admitted: bool = True,
    least: int = MINIMUM_OTHERS,
) -> GuardedShare:
    """Share of ``n`` others who say something (rules 1, 4, 6, 9).

    Shares under 10 % and over 90 % are said as such. In a small group that would still mean
    „nobody“ or „all“, so it is refused where the words leave fewer than three answers open beside
    nobody: for somebody in the group and a second one who put together what they answered.
    ``sensitive``: nothing is said of fewer than ten.

    Raises ``ValueError`` unless 0 ≤ ``part`` ≤ ``n`` in whole numbers.
    """
    if part != int(part) or n != int(n) or not 0 <= part <= n:
        raise ValueError("part must be a whole number from 0 to n")
    refusal = refusal_of(n, admitted, max(least, SENSITIVE_FROM) if sensitive else least)
    if refusal:
        return GuardedShare(refusal=refusal)
    fewer = min(part, n - part)
    if fewer < END * n:
        if END * n <= COALITION + 1:
            return GuardedShare(refusal=TOO_ALIKE)
        text = "unter" if part < n - part else "über"
        return GuardedShare(None, n, f"{text} {10 if text == 'unter' else 90}{NBSP}%")
    if fewer <= COALITION:
        return GuardedShare(refusal=TOO_ALIKE)
    percent = whole_points(100 * part / n)
    return GuardedShare(percent, n, f"{percent}{NBSP}%")
