"""The second wave as it would be collected: some no longer take part, some are new."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from assessment.questionnaire.model import Questionnaire, Role
from assessment.register import (
    SIMULATED_PER_LAND,
    simulated_kreis_key,
    simulated_municipality_key,
    simulated_verband_key,
)
from assessment.register.simulated_keys import (
    SIMULATED_KREISE_PER_LAND,
    SIMULATED_VERBAENDE_PER_LAND,
)
from assessment.simulation.assumptions import Assumptions, load_assumptions
from assessment.simulation.randomness import Streams
from assessment.simulation.simulated_survey import FEWEST, SimulatedSurvey, simulate

_MAKERS = {
    "kreis": (simulated_kreis_key, SIMULATED_KREISE_PER_LAND),
    "verband": (simulated_verband_key, SIMULATED_VERBAENDE_PER_LAND),
}
_OTHERS = (simulated_municipality_key, SIMULATED_PER_LAND)


def second_wave(
    n: int = 412,
    seed: int = 2020,
    questionnaire: Questionnaire | None = None,
    assumptions: Assumptions | None = None,
) -> SimulatedSurvey:
    """Wave 2 of ``simulate(n, seed)``: the declared share of it, then those who joined.

    Who joined bears keys and names that the first wave doesn't have. Refusals as in
    :func:`~assessment.simulation.simulated_survey.simulate`.
    """
    assumptions = assumptions or load_assumptions()
    later = simulate(n, seed, questionnaire, assumptions, wave=2)
    chance = Streams(seed, n, 2).generator("participation").random(n)
    stays = np.flatnonzero(chance < assumptions.change.stays_percent / 100)
    wanted = round(assumptions.change.joins_percent / 100 * n)
    others = simulate(max(wanted, FEWEST), seed + 1, questionnaire, assumptions, wave=2)
    joined, keys = _new_keys(later, others, wanted)
    parts = (_part(later, stays), _with_keys(_part(others, joined), keys))
    return replace(
        later,
        keys=_both(part.keys for part in parts),
        names=_both(part.names for part in parts),
        answers={item: _both(part.answers[item] for part in parts) for item in later.answers},
        last_page=_both(part.last_page for part in parts),
        submitted=_both(part.submitted for part in parts),
        types=_both(part.types for part in parts),
    )


def _both(arrays: Iterable[np.ndarray]) -> np.ndarray:
    return np.concatenate(list(arrays))


def _part(survey: SimulatedSurvey, rows: np.ndarray) -> SimulatedSurvey:
    return replace(
        survey,
        keys=survey.keys[rows],
        names=survey.names[rows],
        answers={item: values[rows] for item, values in survey.answers.items()},
        last_page=survey.last_page[rows],
        submitted=survey.submitted[rows],
        types=survey.types[rows],
    )


def _with_keys(survey: SimulatedSurvey, keys: list[str]) -> SimulatedSurvey:
    new = np.array(keys, dtype=object)
    item = survey.questionnaire.first(Role.KEY)
    answers = dict(survey.answers)
    if item is not None:
        answers[item.id] = new
    return replace(survey, keys=new, answers=answers)


def _new_keys(
    first: SimulatedSurvey, others: SimulatedSurvey, wanted: int
) -> tuple[np.ndarray, list[str]]:
    """Rows of ``others`` that can join, and a free key of their Land and kind for each."""
    kind_item = others.questionnaire.first(Role.KIND)
    assert kind_item is not None  # Without kinds there are no keys to simulate.
    kinds = others.answers[kind_item.id]
    used, names = set(first.keys.tolist()), set(first.names.tolist())
    rows: list[int] = []
    keys: list[str] = []
    for row, (key, kind) in enumerate(zip(others.keys.tolist(), kinds, strict=True)):
        if len(rows) == wanted or others.names[row] in names:
            continue
        maker, most = _MAKERS.get(kind, _OTHERS)
        candidates = (maker(key[:2], number) for number in range(1, most + 1))
        free = next((new for new in candidates if new not in used), None)
        if free is not None:
            used.add(free)
            rows.append(row)
            keys.append(free)
    return np.array(rows, dtype=int), keys
