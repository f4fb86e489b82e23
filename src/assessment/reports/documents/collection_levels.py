"""How far the municipalities are: the spread of every field, not only its middle."""

from collections.abc import Mapping

from assessment.comparison.disclosure import OrderStatistics
from assessment.german import format_number
from assessment.profiles.group_medians import group_medians
from assessment.profiles.overview import LevelSpread, Overview
from assessment.profiles.results import Assessment
from assessment.profiles.texts import sentence
from assessment.reports.document import Block, Column, Heading, Paragraph, Scale, Table

LEVELS = range(5)


def levels_section(assessment: Assessment, seen: Overview, source: str) -> tuple[Block, ...]:
    """One table per block: municipalities at each level, median and middle half."""
    heading = Heading(sentence("collection_paper.levels_heading"))
    if not seen.levels:
        return heading, Paragraph(sentence("profile_paper.no_points"))
    everybody = {
        one.dimension: one.everybody
        for one in group_medians(assessment, assessment.peers.everybody).fields
    }
    tables = [
        _table(name, spreads, everybody, source) for name, spreads in _joined(seen.levels).items()
    ]
    reading = Paragraph(sentence("collection_paper.levels_reading"))
    return (heading, reading, *tables)


def _joined(levels: tuple[LevelSpread, ...]) -> dict[str, list[LevelSpread]]:
    """Spreads per block; a block of a single field joins the one before it."""
    blocks: dict[str, list[LevelSpread]] = {}
    for spread in levels:
        name = spread.block_name or sentence("profile_paper.all_fields")
        blocks.setdefault(name, []).append(spread)
    joined: dict[str, list[LevelSpread]] = {}
    for name, spreads in blocks.items():
        if len(spreads) == 1 and joined:
            joined[list(joined)[-1]].extend(spreads)
        else:
            joined[name] = spreads
    return joined


def _table(
    name: str,
    spreads: list[LevelSpread],
    everybody: Mapping[str, OrderStatistics],
    source: str,
) -> Table:
    hidden = any(None in (*spread.counts, spread.not_rated) for spread in spreads)
    return Table(
        sentence("collection_paper.levels_caption", block=name),
        (
            Column(name, 50),
            *(Column(str(level), 11, right=True) for level in LEVELS),
            Column(sentence("collection_paper.unrated"), 15, right=True),
            Column(sentence("collection_paper.median"), 15, right=True),
            Column(sentence("profile_paper.scale"), 30),
        ),
        tuple(_row(spread, everybody[spread.dimension]) for spread in spreads),
        note=sentence("collection_paper.hidden_note") if hidden else "",
        source=source,
    )


def _row(spread: LevelSpread, found: OrderStatistics) -> tuple[str | Scale, ...]:
    return (
        spread.name,
        *(_count(n) for n in spread.counts),
        _count(spread.not_rated),
        format_number(spread.median),
        Scale(low=found.low, high=found.high, median=found.median),
    )


def _count(n: int | None) -> str:
    return sentence("collection_paper.hidden_short") if n is None else format_number(n)
