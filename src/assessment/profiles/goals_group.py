"""Whose goals a municipality's are put beside.

Means add up, so that many overlapping groups could be taken from each other: only the types and
everybody show means of goals, never the narrower groups of the cascade.
"""

import numpy as np

from assessment.comparison.peers import EVERYBODY, TYPE, PeerGroup
from assessment.profiles.goals_of import GoalRow, goal_rows
from assessment.profiles.results import Assessment, type_sizes


def goal_groups(assessment: Assessment) -> dict[str, np.ndarray]:
    """All groups whose goal means any page shows: type id → members, last everybody."""
    groups = assessment.peers.groups
    everybody = groups[EVERYBODY, EVERYBODY].members
    found = {}
    for kind in type_sizes(assessment):
        group = groups.get((TYPE, kind))
        if kind:
            found[kind] = group.members if group else np.zeros_like(everybody)
    return {**found, EVERYBODY: everybody}


def municipality_goals(
    assessment: Assessment, key: str, peers: PeerGroup
) -> tuple[tuple[GoalRow, ...], str]:
    """Goals beside those of the own type, and the name of the group the means are of.

    ``peers``: whom its scores are compared with; where that has nothing to do with the type (it
    stands between types), goals are put beside everybody's as well. No rows without a typology.
    """
    deviations = assessment.goal_deviations
    if deviations is None or assessment.membership is None:
        return (), ""
    groups = goal_groups(assessment)
    step, _, label = peers.id.partition(":")
    kind = label.split("|")[0] if step.split("_")[0] == TYPE else EVERYBODY
    if kind not in groups:
        kind = EVERYBODY
    shown = assessment.peers.groups[(EVERYBODY if kind == EVERYBODY else TYPE), kind]
    rows = goal_rows(
        assessment.survey,
        deviations,
        assessment.peers.rows[key],
        key,
        tuple(groups.values()),
        list(groups).index(kind),
        size_shown=shown.size_shown,
    )
    return rows, shown.name
