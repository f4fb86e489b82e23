"""How every number is made, in words, with the constants the program really calculates with.

The same sections serve the page „Methodik“ and the printed paper; where a paragraph speaks of
pages, the paper has its own wording.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from assessment.comparison.answer_step import LEAST_NOISE
from assessment.comparison.comparison import STRENGTH_FROM_LEVEL
from assessment.comparison.disclosure import MINIMUM_OTHERS, QUARTILES_FROM
from assessment.content import data_path
from assessment.german import format_number, format_percent
from assessment.scoring.levels import POINTS_PER_LEVEL
from assessment.scoring.scores import MINIMUM_COVERAGE
from assessment.typology.model import Thresholds
from assessment.typology.naming import LEAST_CORRELATION
from assessment.typology.study import SMALLEST_CASES, SMALLEST_SHARE
from assessment.typology.verdict import LEAST_DECIDABLE, LEAST_STABLE


@dataclass(frozen=True, slots=True)
class MethodSection:
    """One question about the method: paragraphs, and the sources behind them."""

    id: str
    title: str
    text: tuple[str, ...]
    sources: tuple[str, ...]


def constants() -> Mapping[str, str]:
    """What the texts may name in braces."""
    thresholds = Thresholds()
    return {
        "abdeckung": format_percent(MINIMUM_COVERAGE),
        "schritt": format_number(POINTS_PER_LEVEL),
        "median": str(MINIMUM_OTHERS),
        "quartile": str(QUARTILES_FROM),
        "korrelation": format_number(LEAST_CORRELATION, 1),
        "anteil": format_percent(SMALLEST_SHARE),
        "faelle": str(SMALLEST_CASES),
        "wenige": str(LEAST_DECIDABLE),
        "stabil": format_number(LEAST_STABLE, 1),
        "sicher": format_percent(thresholds.assigned),
        "eher": format_percent(thresholds.likely),
        "rauschen": str(LEAST_NOISE),
        "staerke_ab": str(STRENGTH_FROM_LEVEL),
    }


@cache
def method_sections(*, paper: bool = False) -> tuple[MethodSection, ...]:
    """All sections of ``data/texts/methodik.yaml`` in order; a wrong name in braces is an error.

    ``paper``: worded for print, without the sections that are only for analysts.
    """
    with data_path("texts", "methodik.yaml").open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    values, sources = constants(), content["sources"]
    found = (
        MethodSection(
            entry["id"],
            entry["title"],
            tuple(
                paragraph.format(**values)
                for paragraph in (entry.get("paper", entry["text"]) if paper else entry["text"])
            ),
            tuple(sources[key] for key in entry["sources"]),
        )
        for entry in content["sections"]
    )
    return tuple(section for section in found if section.text)
