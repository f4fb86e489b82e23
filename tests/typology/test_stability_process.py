"""The second process answers what the first would; without it the first answers itself."""

import sys

import numpy as np
import pytest

from assessment.simulation.goal_survey import SCENARIOS, draw_goal_survey
from assessment.typology import stability_process
from assessment.typology.goal_data import GoalData
from assessment.typology.method import Method
from assessment.typology.progress import Stopped, silent
from assessment.typology.stability import null_level, quick_stabilities
from assessment.typology.stability_process import StabilityProcess

WORTH_IT = 1_000_000


@pytest.fixture(scope="module")
def data() -> GoalData:
    drawn = draw_goal_survey(150, SCENARIOS["medium"], 3)
    rated = np.asarray(drawn.ratings, dtype=np.int16)
    orders = np.asarray(drawn.orders, dtype=np.int16)
    options = rated.shape[1]
    found = GoalData(
        n=len(rated),
        rated=rated,
        steps=5,
        orders=orders,
        options=options,
        links=tuple(range(options)),
    )
    return found.take(found.canonical_order())


def test_both_processes_say_the_same(data: GoalData):
    with StabilityProcess(WORTH_IT) as second:
        assert second._process is not None
        quick = second.quick(data, [2, 3], 5, 1, (3,), silent)
        null = second.null(data, Method.RESPONSE_STYLE, 2, 1, silent)
        assert second._process is not None
    assert quick == quick_stabilities(data, [2, 3], 5, 1, both=(3,))
    assert null == null_level(data, Method.RESPONSE_STYLE, 2, 1)


def test_small_work_starts_no_process(data: GoalData):
    with StabilityProcess(100) as second:
        assert second._process is None
        assert second.quick(data, [2], 3, 1, (), silent).keys() == {2}


def test_a_process_that_dies_is_done_without(data: GoalData):
    with StabilityProcess(WORTH_IT) as second:
        assert second._process is not None
        second._process.kill()
        found = second.quick(data, [2], 3, 1, (), silent)
        assert second._process is None
    assert found == quick_stabilities(data, [2], 3, 1)


def test_a_process_that_cannot_start_is_done_without(data: GoalData, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nirgends/python")
    with StabilityProcess(WORTH_IT) as second:
        assert second.null(data, Method.RESPONSE_STYLE, 2, 1, silent)[1] <= 1


def test_who_stops_does_not_wait_for_the_answer(data: GoalData):
    def stop(share: float, what: str) -> None:
        raise Stopped

    with StabilityProcess(WORTH_IT) as second:
        process = second._process
        with pytest.raises(Stopped):
            second.quick(data, list(range(2, 9)), 500, 1, (), stop)
    assert process is not None
    assert process.poll() is not None


def test_data_survive_the_way(data: GoalData):
    back = stability_process._unpacked(stability_process._packed(data))
    assert (back.n, back.steps, back.options, back.links) == (
        data.n,
        data.steps,
        data.options,
        data.links,
    )
    assert np.array_equal(back.rated, data.rated)
    assert np.array_equal(back.orders, data.orders)
    assert back.categories is None
