"""Words around goals on pages and paper: short names, and how many stand behind them."""

from collections.abc import Iterable, Sequence

from assessment.comparison.disclosure import GuardedValue
from assessment.german import format_number

_LEAST_COMMON = 15
"""Characters several questions must begin with alike before that beginning is left out."""


def short_goal(text: str) -> str:
    """What a goal question asks for, without its common beginning and question mark."""
    short = text.rsplit(": ", 1)[-1].rstrip("?").strip()
    return short[:1].upper() + short[1:]


def short_goals(texts: Sequence[str]) -> list[str]:
    """Short names side by side: a beginning they all share says nothing and is left out.

    Questions of a matrix differ only at the end (``Wie sehr trifft zu? [Aussage]``), where a label
    would be cut.
    """
    shorts = [short_goal(text) for text in texts]
    if len(set(shorts)) < 2:
        return shorts
    first, last = min(shorts), max(shorts)
    alike = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), 0)
    # Up to the last end of a word, so that no word is torn apart.
    common = max(first.rfind(" ", 0, alike), first.rfind("[", 0, alike)) + 1
    if common < _LEAST_COMMON:
        return shorts
    return [_plain(text[common:]) or text for text in shorts]


def _plain(rest: str) -> str:
    bare = rest.strip(" []")
    return bare[:1].upper() + bare[1:]


def basis_of(values: Iterable[GuardedValue]) -> str:
    """How many municipalities stand behind the means of a chart: ``n = 98 bis 111 je Ziel``.

    ``""`` where any of the numbers is hidden: the others could give it away.
    """
    counts = [value.n for value in values if value.value is not None]
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return ""
    low, high = min(known), max(known)
    if low == high:
        return f"n = {format_number(low)}"
    return f"n = {format_number(low)} bis {format_number(high)} je Ziel"
