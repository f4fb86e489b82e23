"""What the ticked measures would change, in words; a possible step, never a forecast."""

from dataclasses import dataclass
from datetime import date

from assessment.german import format_date
from assessment.measures.model import Horizon
from assessment.measures.periods import quarter
from assessment.measures.what_if import Projection
from assessment.profiles.texts import sentence


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """One field today and then; ``None`` where it isn't rated."""

    name: str
    level: int | None
    projected: int | None
    target: int | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The projection as the page says it."""

    rows: tuple[WhatIfRow, ...]
    sentence: str
    conditions: tuple[str, ...]
    """What else a further level asks for."""
    no_effect: tuple[str, ...]
    note: str


def what_if(projection: Projection, begins: date) -> WhatIf:
    """Fields that change come first; the others keep the order of the questionnaire."""
    dimensions = sorted(projection.dimensions, key=lambda each: not each.raised)
    return WhatIf(
        rows=tuple(
            WhatIfRow(each.name, each.level, each.projected, each.target) for each in dimensions
        ),
        sentence=_sentence(projection, begins),
        conditions=tuple(f"{each.name}: {each.condition}" for each in dimensions if each.condition),
        no_effect=tuple(each.sentence for each in projection.no_effect),
        note=projection.note,
    )


def _sentence(projection: Projection, begins: date) -> str:
    if not projection.count:
        return sentence("what_if.nothing")
    raised = [each for each in projection.dimensions if each.raised]
    if len(raised) == 1:
        parts = [sentence("what_if.raised_one", name=raised[0].name)]
    else:
        text = "what_if.raised" if raised else "what_if.raised_none"
        parts = [sentence(text, n=len(raised))]
    text = "what_if.effort" if projection.count > 1 else "what_if.effort_one"
    parts.append(sentence(text, effort=projection.effort, n=projection.count))
    horizons = ", ".join(
        sentence("what_if.horizon_part", n=projection.horizons[horizon], word=horizon.value)
        for horizon in Horizon
        if projection.horizons.get(horizon)
    )
    if horizons:
        parts.append(sentence("what_if.horizon", parts=horizons))
    if projection.end is not None:
        parts.append(
            sentence("what_if.finished", quarter=quarter(projection.end), begin=format_date(begins))
        )
    return " ".join(parts)
