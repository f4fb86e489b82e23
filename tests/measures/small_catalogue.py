"""Catalogues by hand and by hypothesis for the tests of plans."""

from typing import Any

from hypothesis import strategies as st

from assessment.measures.model import Catalogue, Measure


def measure(measure_id: str, *, requires: tuple[str, ...] = (), **fields: Any) -> Measure:
    """A measure of field HF01 for levels 0–2, short, with costs once; ``fields`` say otherwise."""
    data: dict[str, Any] = {
        "id": measure_id,
        "title": f"Titel {measure_id}",
        "description": "Eine Beschreibung in einem Satz.",
        "axis": "HF",
        "action_field": "HF01",
        "management_field": "MF01",
        "effort": 2,
        "benefit": 3,
        "level_from": 0,
        "level_to": 2,
        "responsible": "Hauptamt",
        "obligation": "freiwillig",
        "horizon": "kurz",
        "cost_kind": "einmalig",
        "indicator": "Anzahl der Einrichtungen",
        "climate": "neutral",
        "requires": requires,
    }
    return Measure.model_validate(data | fields)


def catalogue(*measures: Measure) -> Catalogue:
    return Catalogue(id="probe", version="1", title="Probe", measures=measures)


FIELDS = ("HF01", "HF02", "HF03")
IDS = tuple(f"M{number:03}" for number in range(1, 13))


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Up to twelve measures in three fields; each may require earlier ones."""
    size = draw(st.integers(1, len(IDS)))
    measures = []
    for place, name in enumerate(IDS[:size]):
        low = draw(st.integers(0, 3))
        measures.append(
            measure(
                name,
                requires=tuple(
                    draw(st.lists(st.sampled_from(IDS[:place]), max_size=2, unique=True))
                    if place
                    else ()
                ),
                action_field=draw(st.sampled_from(FIELDS)),
                level_from=low,
                level_to=draw(st.integers(low + 1, 4)),
                horizon=draw(st.sampled_from(["kurz", "mittel", "lang"])),
                effort=draw(st.integers(1, 5)),
                kinds=draw(st.sampled_from([(), (), ("kreis",)])),
            )
        )
    return catalogue(*draw(st.permutations(measures)))
