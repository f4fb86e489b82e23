"""Situations made by hand for the rules of recommendations."""

from collections.abc import Mapping
from typing import Any

from assessment.comparison.gap_types import Gap, GapRow, GapState, Reference
from assessment.measures.model import Catalogue, Measure
from assessment.measures.situation import LimitingAnswer, Situation
from assessment.questionnaire.default import default_questionnaire


def gap_row(
    field: str,
    shortfall: int,
    *,
    state: GapState = GapState.SHORTFALL,
    reference: Reference = Reference.PEER_MEDIAN,
) -> GapRow:
    """A field that falls short of one reference by ``shortfall`` points."""
    gap = Gap(reference, state, 25, 25 + shortfall, shortfall, 0, 2 * shortfall, 12)
    return GapRow(field, field, field, None, {reference: gap})


def situation(
    levels: Mapping[str, int | None],
    *,
    kind: str | None = "stadt",
    constrained: bool = False,
    gaps: Mapping[str, GapRow] | None = None,
    **more: Any,
) -> Situation:
    """A situation in which everything not said is unknown or empty."""
    values: dict[str, Any] = {
        "key": "01001001",
        "questionnaire": default_questionnaire(),
        "kind": kind,
        "budget": "c" if constrained else "a",
        "constrained": constrained,
        "levels": dict(levels),
        "outside": frozenset(),
        "type_id": None,
        "targets": {},
        "gaps": dict(gaps or {}),
        "goals": (),
        "limiting": {},
        "unknown": {},
        "unanswered": {},
    }
    return Situation(**(values | more))


def limiting(item: str = "D01", **more: Any) -> LimitingAnswer:
    """One answer that holds a field down."""
    values: dict[str, Any] = {
        "item": item,
        "text": "Eine Frage?",
        "answer": "gar nicht",
        "sensitive": False,
        "gate": False,
    }
    return LimitingAnswer(**(values | more))


def measure(name: str, **more: Any) -> Measure:
    """A voluntary measure of field MF01 from level 0 to 2."""
    values: dict[str, Any] = {
        "id": name,
        "title": f"Maßnahme {name}",
        "description": "Das ist eine Maßnahme.",
        "axis": "MF",
        "action_field": "QUER",
        "management_field": "MF01",
        "effort": 2,
        "benefit": 3,
        "level_from": 0,
        "level_to": 2,
        "responsible": "Hauptamt",
        "obligation": "freiwillig",
        "horizon": "kurz",
        "cost_kind": "laufend",
        "indicator": "Schritt getan (ja/nein)",
        "climate": "neutral",
    }
    return Measure.model_validate(values | more)


def catalogue(*measures: Measure) -> Catalogue:
    """A catalogue of these measures."""
    return Catalogue(id="test", version="1", title="Test", measures=measures)
