"""How a chosen group compares with everybody: order statistics per field, through the guard."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assessment.comparison.disclosure import MINIMUM_MEMBERS, OrderStatistics, order_statistics
from assessment.comparison.peers import PeerGroup
from assessment.german import format_number
from assessment.profiles.results import Assessment
from assessment.profiles.texts import points, sentence


@dataclass(frozen=True, slots=True)
class FieldMedians:
    """One field: the chosen group beside everybody."""

    dimension: str
    name: str
    group: OrderStatistics
    everybody: OrderStatistics

    @property
    def difference(self) -> int | None:
        """Median of the group minus that of everybody, from the shown numbers."""
        if self.group.median is None or self.everybody.median is None:
            return None
        return self.group.median - self.everybody.median


@dataclass(frozen=True, slots=True)
class GroupMedians:
    """All fields, in the order of the questionnaire, and what they say."""

    fields: tuple[FieldMedians, ...]
    sentences: tuple[str, ...]


def group_medians(
    assessment: Assessment, group: PeerGroup, dimensions: Collection[str] | None = None
) -> GroupMedians:
    """Median and quartiles of the group per field; how many answered each is not told.

    ``dimensions``: only these fields.
    """
    index, questionnaire = assessment.peers, assessment.survey.questionnaire
    everybody = index.everybody
    fields = tuple(
        FieldMedians(
            name,
            questionnaire.dimension_by_id[name].name,
            order_statistics(
                group.ordered[place], admitted=group.admitted[place], least=MINIMUM_MEMBERS
            ),
            order_statistics(everybody.ordered[place], least=MINIMUM_MEMBERS),
        )
        for place, name in enumerate(assessment.scores.dimensions)
        if dimensions is None or name in dimensions
    )
    return GroupMedians(fields, tuple(_sentences(fields)))


def _sentences(fields: Sequence[FieldMedians]) -> list[str]:
    known = [(field.difference, field.name) for field in fields if field.difference is not None]
    if not known:
        return [sentence("filter.medians_hidden")]
    said = []
    highest, lowest = max(known, key=lambda e: e[0]), min(known, key=lambda e: e[0])
    if highest[0] > 0:
        said.append(sentence("filter.medians", field=highest[1], difference=points(highest[0])))
    if lowest[0] < 0:
        said.append(sentence("filter.medians_below", field=lowest[1], difference=points(lowest[0])))
    if not said:
        said.append(sentence("filter.medians_alike"))
    hidden = len(fields) - len(known)
    if hidden == 1:
        said.append(sentence("filter.one_hidden"))
    elif hidden:
        said.append(sentence("filter.some_hidden", n=format_number(hidden)))
    return said
