"""A small catalogue and advice by hand: every word of the page can be predicted."""

from datetime import date

from assessment.comparison.gap_types import Reference
from assessment.measures.advice_types import (
    Advice,
    Link,
    LinkKind,
    Priority,
    PriorityClass,
    Recommendation,
)
from assessment.measures.model import (
    Axis,
    Catalogue,
    ClimateEffect,
    CostKind,
    Horizon,
    LegalBasis,
    Measure,
    Obligation,
)
from assessment.questionnaire.model import Dimension, Questionnaire

BOOK = Questionnaire(
    id="klein",
    version="1",
    title="Klein",
    dimensions=(
        Dimension(id="HF01", name="Bildung", block="HF"),
        Dimension(id="HF02", name="Bürgerinnen und Bürger", block="HF"),
        Dimension(id="MF01", name="Strategie", block="MF"),
        Dimension(id="MF05", name="Daten", block="MF"),
    ),
    blocks={"HF": "Handlungsfelder", "MF": "Managementfelder"},
    items=(),
)


def measure(measure_id: str, field: str = "MF01", **more) -> Measure:
    """A measure of a management field (``MF…``) or an action field (``HF…``)."""
    axis = Axis.ACTION_FIELD if field.startswith("HF") else Axis.MANAGEMENT_FIELD
    values = {
        "title": f"Maßnahme {measure_id}",
        "description": "Was dabei im Einzelnen geschieht.",
        "action_field": field if axis is Axis.ACTION_FIELD else "QUER",
        "management_field": "MF01" if axis is Axis.ACTION_FIELD else field,
        "effort": 2,
        "benefit": 4,
        "level_from": 0,
        "level_to": 2,
        "responsible": "Hauptamt",
        "obligation": Obligation.VOLUNTARY,
        "horizon": Horizon.SHORT,
        "cost_kind": CostKind.RUNNING,
        "indicator": "Anteil in Prozent",
        "climate": ClimateEffect.NEUTRAL,
    }
    return Measure(id=measure_id, axis=axis, **(values | more))


CATALOGUE = Catalogue(
    id="klein",
    version="1",
    title="Kleiner Katalog",
    measures=(
        measure(
            "M1",
            obligation=Obligation.DUTY,
            legal=(LegalBasis(text="Gemeindeordnung", checked=date(2026, 11, 22)),),
        ),
        measure("M2", requires=("M1",), effort=3, benefit=5),
        measure("M3", "HF01", obligation=Obligation.PARTLY),
        measure("M4", "HF01", horizon=Horizon.LONG, effort=5, responsible="Schulverwaltung"),
        measure("M5", "MF05", strong_type="S"),
        measure("M6", "HF02", kinds=("kreis",)),
    ),
)


def recommendation(measure_id: str, level: int = 0, **more) -> Recommendation:
    """A recommendation with a full chain."""
    given = CATALOGUE[measure_id]
    values = {
        "priority": Priority(
            0.8, Reference.PEER_MEDIAN, 2, "Das Feld ist wichtig.", given.effort, 0.4,
            PriorityClass.MEDIUM, "0,8² × 2 ÷ 3 = 0,4",
        ),
        "chain": (
            Link(LinkKind.ANSWER, "Auf D01 steht „gar nicht“.", ("D01",)),
            Link(LinkKind.GAP, "20 Punkte Abstand zum Median.", (given.dimension,)),
            Link(LinkKind.RULE, "Bei Stufe 0 passt sie.", ("R1",)),
            Link(LinkKind.MEASURE, given.title, (measure_id,)),
            Link(LinkKind.EXPECTED, f"Stufe {level + 1} wird möglich."),
        ),
        "duty": given.obligation is Obligation.DUTY,
        "voluntary_mark": False,
        "missing": (),
        "without": "Dann bleibt es bei Einzellösungen.",
        "partner": "",
    }  # fmt: skip
    return Recommendation(
        measure=given,
        dimension=given.dimension,
        level=level,
        expected_level=level + 1,
        **(values | more),
    )


def advice(*recommendations: Recommendation, **more) -> Advice:
    """Advice with these recommendations in their order."""
    values = {
        "outside_responsibility": (),
        "not_rated": (),
        "order_reason": "Zuerst Pflichten, dann nach Vorrang.",
        "catalogue_id": "klein",
        "catalogue_version": "1",
    }
    return Advice(recommendations, **(values | more))
