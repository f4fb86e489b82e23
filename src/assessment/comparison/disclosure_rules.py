"""Numbers, sentences and small predicates of the disclosure rules; who needs a statistic asks
:mod:`assessment.comparison.disclosure`.

Every sentence says why something stays hidden without telling what is hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MINIMUM_OTHERS = 5
"""Rule 1: others who answered that question."""
COALITION = 2
"""Municipalities that may put together what they know; their own answers they know anyway."""
MINIMUM_MEMBERS = MINIMUM_OTHERS + COALITION
"""What a page for everybody needs: its reader and a second one may be of the group. With six, four
would be left, and a median at the end of the scale would tell all of them (the attacker's find)."""
QUARTILES_FROM = 12
BOX_PLOT_FROM = 20

TOO_FEW = "Weniger als 5 andere haben hier geantwortet; der Vergleichswert bleibt verdeckt."
NO_QUARTILES = "Die mittlere Hälfte wird erst ab 12 anderen Kommunen gezeigt."
NO_BOX_PLOT = "Die Verteilung einzelner Werte wird erst ab 20 Kommunen gezeigt."
WOULD_REVEAL = (
    "Im Vergleich mit anderen gezeigten Gruppen ließe sich auf einzelne Kommunen schließen; "
    "der Wert bleibt verdeckt."
)
SMALL_CELL = "Zahlen unter 5 werden nicht gezeigt."
TOO_ALIKE = (
    "Die Antworten liegen zu nah beieinander, sodass sich auf einzelne Kommunen schließen ließe; "
    "die Zahlen bleiben verdeckt."
)
DOMINATED = (
    "Wenige Kommunen machen fast den ganzen Betrag aus; er bleibt verdeckt, weil sich auf "
    "einzelne schließen ließe."
)


@dataclass(frozen=True, slots=True)
class OrderStatistics:
    """Median and quartiles of others in whole points. ``n`` is ``None`` where it is too small."""

    n: int | None = None
    median: int | None = None
    low: int | None = None
    high: int | None = None
    refusal: str = ""
    """Why there is no median, ``""`` if there is one."""
    quartile_refusal: str = ""
    """Why there are no quartiles, ``""`` if there are."""


@dataclass(frozen=True, slots=True)
class GuardedValue:
    """A mean, sum, share or median of a group, or the sentence why there is none."""

    value: float | None = None
    n: int | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class GuardedShare:
    """A share as it may be said."""

    percent: int | None = None
    """Whole per cent; ``None`` where only ``text`` or nothing may be said."""
    n: int | None = None
    text: str = ""
    """„37 %“, „unter 10 %“, „über 90 %“; ``""`` if refused."""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class GuardedCounts:
    """Counts of a distribution whose total is known; ``None`` = hidden."""

    counts: tuple[int | None, ...]
    refusal: str = ""


def is_safe(n: int) -> bool:
    """Whether a number of municipalities may be told apart: none, or at least five."""
    return n == 0 or n >= MINIMUM_OTHERS


def counts_are_safe(counts: Sequence[int]) -> bool:
    """Whether every cell of a table may be shown as it is: empty or with at least five."""
    return all(is_safe(int(n)) for n in counts)


def box_plot_allowed(n: int) -> bool:
    """Rule 3: whether box plots, violins and bands of percentiles may be drawn of ``n`` others."""
    return n >= BOX_PLOT_FROM


def whole_points(value: float) -> int:
    """Rule 9: round half up, as people do (Python rounds half to even)."""
    return int(np.floor(value + 0.5))


def refusal_of(n: int, admitted: bool, least: int) -> str:
    """Rules 1 and 6: the sentence why a statistic of ``n`` answers is refused, ``""`` if not."""
    # „not n >= least“ refuses also what is no number.
    if not n >= max(least, MINIMUM_OTHERS):
        return TOO_FEW
    return "" if admitted else WOULD_REVEAL
