"""What a slide is made of, before any layout: title, sentences, one table or chart, notes."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlideTable:
    """Texts only; ``shaded`` names cells (row, column) that are filled."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    alt: str
    shaded: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class SlideChart:
    """Bars from 0 to 100 points, one series a name."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]
    alt: str


@dataclass(frozen=True, slots=True)
class SlideItem:
    """One paragraph; ``label`` stands before it in bold."""

    text: str
    label: str = ""
    dot: bool = False
    """One of a list."""


@dataclass(frozen=True, slots=True)
class SlideContent:
    """One slide: a title that says the message, what shows it, and what to say."""

    title: str
    short_title: str = ""
    """Taken where the title needs more than two lines; ``""``: the title is shortened."""
    items: tuple[SlideItem, ...] = ()
    table: SlideTable | None = None
    chart: SlideChart | None = None
    note: str = ""
    """One sentence below the chart or table."""
    say: tuple[str, ...] = ()
    """For the notes page."""


def texts_of(slide: SlideContent) -> Iterator[str]:
    """All texts of a slide, for whoever checks what leaves the house."""
    yield slide.title
    yield slide.short_title
    for item in slide.items:
        yield item.label
        yield item.text
    if slide.table is not None:
        yield from slide.table.columns
        for row in slide.table.rows:
            yield from row
        yield slide.table.alt
    if slide.chart is not None:
        yield from slide.chart.categories
        yield slide.chart.alt
    yield slide.note
    yield from slide.say
