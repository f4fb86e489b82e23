"""A roadmap as a table of years: each cell names the quarters in which a measure runs."""

from collections.abc import Sequence
from datetime import date

from assessment.profiles.roadmap_profile import RoadmapEntry
from assessment.profiles.texts import sentence

MOST_YEARS = 5


def timeline(
    entries: Sequence[RoadmapEntry],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], frozenset[tuple[int, int]]]:
    """Columns, rows and the cells to be filled; years after the fifth share a column.

    ``entries``: with a period; one without is left out.
    """
    periods = [
        (entry.title, entry.start, entry.end) for entry in entries if entry.start and entry.end
    ]
    first = min(start.year for _, start, _ in periods)
    last = max(max(end.year for _, _, end in periods), first)
    years = list(range(first, min(last, first + MOST_YEARS - 1) + 1))
    open_end = last > years[-1]
    names = [str(year) for year in years]
    if open_end:
        names[-1] = sentence("slides.from_year", year=years[-1])
    rows, shaded = [], set()
    for number, (title, start, end) in enumerate(periods):
        cells = []
        for place, year in enumerate(years):
            until = last if open_end and year == years[-1] else year
            text = _quarters(start, end, year, until)
            if text:
                shaded.add((number, place + 1))
            cells.append(text)
        rows.append((title, *cells))
    columns = (sentence("slides.measure_column"), *names)
    return columns, tuple(rows), frozenset(shaded)


def _quarters(start: date, end: date, year: int, until: int) -> str:
    """„Q2–Q4“ of a year; ``""`` where nothing runs. Of several years the last is named."""
    begin, finish = max(start, date(year, 1, 1)), min(end, date(until, 12, 31))
    if begin > finish:
        return ""
    if until > year:
        return sentence("slides.until_year", year=finish.year)
    low, high = (begin.month + 2) // 3, (finish.month + 2) // 3
    return f"Q{low}" if low == high else f"Q{low}–Q{high}"
