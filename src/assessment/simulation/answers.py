"""Collects the answers of one wave and applies nonresponse to each item once."""

from collections.abc import Mapping

import numpy as np

from assessment.questionnaire.model import Item, OptionKind, Role
from assessment.simulation.assumptions import Assumptions
from assessment.simulation.nonresponse import (
    ANSWERED,
    BLANK,
    DONT_KNOW,
    NOT_APPLICABLE,
    Nonresponse,
    cell_states,
)
from assessment.simulation.randomness import Streams


class AnswerSheet:
    """Item id → object array of shape (n,), with ``None`` for blank cells."""

    def __init__(
        self,
        streams: Streams,
        assumptions: Assumptions,
        nonresponse: Nonresponse,
        page: Mapping[str, int],
        outside: Mapping[str, np.ndarray],
    ) -> None:
        """``page``: item → page it stands on; ``outside``: item → who is not responsible for it."""
        self._streams = streams
        self._assumptions = assumptions
        self._nonresponse = nonresponse
        self._page = page
        self._outside = outside
        self.answers: dict[str, np.ndarray] = {}

    def states(self, item: Item) -> np.ndarray:
        """State of each municipality's answer (:mod:`nonresponse`), shape (n,)."""
        given = self._assumptions.nonresponse
        if item.id in given.never:
            state = np.zeros(self._streams.n, dtype=np.int8)
            state[self._nonresponse.last_page < self._page[item.id]] = BLANK
            return state
        weight = 1.0
        if item.id in self._assumptions.calibrated_items:
            weight = given.weight["published"]
        elif item.has(Role.STRUCTURE):
            weight = given.weight["staff"]
        return cell_states(
            self._streams,
            self._assumptions,
            self._nonresponse,
            item=item.id,
            page=self._page[item.id],
            weight=weight,
            dont_know=_code(item, OptionKind.DONT_KNOW) is not None,
            not_applicable=self._outside.get(item.id),
        )

    def answers_item(self, item: Item) -> np.ndarray:
        """Who gives a real answer to the item, boolean of shape (n,)."""
        return self.states(item) == ANSWERED

    def put(self, item: Item, values: np.ndarray) -> None:
        """Store the answers of an item, with gaps, „weiß nicht“ and „nicht zuständig“ put in."""
        state = self.states(item)
        column = np.array(values, dtype=object)
        column[state == BLANK] = None
        column[state == DONT_KNOW] = _code(item, OptionKind.DONT_KNOW)
        column[state == NOT_APPLICABLE] = _code(item, OptionKind.NOT_APPLICABLE)
        self.answers[item.id] = column


def _code(item: Item, kind: OptionKind) -> str | None:
    return next((option.code for option in item.options if option.kind is kind), None)
