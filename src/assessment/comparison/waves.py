"""Two waves compared: the same municipality, the same questions only.

A change of a score has three parts: what the municipality itself changed (on the questions both
waves asked alike), what the others of its group changed in the same time, and what the changed
questionnaire adds or takes away. Only the first is its own doing. For it both waves are scored with
the later questionnaire's weights, on questions that are the same in both
(:mod:`assessment.comparison.wave_items`) and that concerned the municipality in both.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from assessment.comparison.cascade import TYPE
from assessment.comparison.disclosure import GuardedValue, is_safe
from assessment.comparison.own_change import OwnChanges, own_changes
from assessment.comparison.peers import PeerGroup
from assessment.comparison.transition_table import guarded_transitions
from assessment.comparison.type_transitions import transition_of
from assessment.comparison.wave_items import comparable_items
from assessment.comparison.wave_refusals import not_in_both, refusal_of_answers, refusal_of_pair
from assessment.comparison.wave_side import WaveSide
from assessment.comparison.wave_types import (
    FieldChange,
    ItemChange,
    TransitionTable,
    TypeTransition,
    WaveComparison,
)

__all__ = ["PreparedWaves", "WaveSide", "compare_waves", "transition_table"]

NEW_FIELD = "Das Feld gab es in der früheren Welle nicht."
NO_ITEMS = "Keine Frage dieses Feldes wurde in beiden Wellen gleich gestellt."
TOO_OPEN = "In einer der Wellen sind zu wenige der gleichen Fragen beantwortet."
OTHER_QUESTIONS = (
    "In einer der Wellen waren für die Kommune nicht dieselben Fragen zu beantworten; ihr Anteil "
    "steht getrennt von der eigenen Änderung."
)


class PreparedWaves:
    """Everything that two waves have in common, worked out once; nothing changes afterwards.

    A refusal (not the same questionnaire, the same wave twice, …) is a sentence, not an error:
    every comparison then carries it and nothing else.
    """

    def __init__(self, before: WaveSide, after: WaveSide) -> None:
        self.before, self.after = before, after
        self.waves = (before.survey.wave_label, after.survey.wave_label)
        columns = set(before.survey.answers.columns) & set(after.survey.answers.columns)
        self.items: tuple[ItemChange, ...] = comparable_items(
            before.survey.questionnaire, after.survey.questionnaire, columns
        )
        found = before.survey.keys.get_indexer(after.survey.keys)
        self._earlier: np.ndarray = found
        """Row in the earlier wave of each municipality of the later one, -1 = not in it."""
        self._panel = np.flatnonzero(found >= 0)
        self._place = {str(key): place for place, key in enumerate(after.survey.keys[self._panel])}
        self.refusal = refusal_of_pair(
            before.survey, after.survey, before.closed and after.closed, len(self._panel)
        )
        self.refusal = self.refusal or refusal_of_answers(self._own.differing, len(self._panel))

    @property
    def panel(self) -> int:
        """Municipalities that took part in both waves."""
        return len(self._panel)

    def comparison(self, key: str) -> WaveComparison:
        """One municipality over both waves; ``KeyError`` if it is in neither."""
        refusal = self.refusal
        if not refusal and key not in self._place:
            if key not in self.after.peers.rows and key not in self.before.peers.rows:
                raise KeyError(key)
            refusal = not_in_both(self.waves, in_later=key in self.after.peers.rows)
        if refusal:
            return WaveComparison(key, *self.waves, (), (), None, "", None, refusal)
        group, _ = self.after.peers.group_for(key)
        return WaveComparison(
            key=key,
            wave_before=self.waves[0],
            wave_after=self.waves[1],
            items=self.items,
            fields=self._fields(key, group),
            transition=self._transition(key),
            group_name=group.name,
            n_panel=self._others(group, key),
        )

    def earlier_points(self, key: str) -> dict[str, int]:
        """Dimension → points before, as they compare with today's: today's minus the own change.

        Where no question has changed these are the points the earlier wave shows. Empty for who
        isn't in both waves; dimensions without an own change are left out.
        """
        if self.refusal or key not in self._place:
            return {}
        return {
            one.dimension: min(max(one.after - one.own, 0), 100)
            for one in self.comparison(key).fields
            if one.after is not None and one.own is not None
        }

    def earlier_item_points(self, key: str) -> dict[str, int]:
        """Comparable question → points (0–100) of the earlier answer, where there was one."""
        if self.refusal or key not in self._place:
            return {}
        row = self._own.points_before[self._place[key]]
        return {
            name: int(value)
            for name, value in zip(self._own.items, row, strict=True)
            if not np.isnan(value)
        }

    def transitions(self) -> TransitionTable:
        """Earlier against later type of all municipalities of both waves."""
        return self._transitions

    @cached_property
    def _transitions(self) -> TransitionTable:
        if self.refusal:
            return guarded_transitions(None, None, (), self.refusal)
        pair = self._probabilities
        if pair is None:
            return guarded_transitions(None, None, (), self._no_types)
        assert self.after.membership is not None
        types = tuple(str(kind) for kind in self.after.membership.probability.columns)
        return guarded_transitions(*pair, types)

    @property
    def _no_types(self) -> str:
        if self.before.membership is None or self.after.membership is None:
            return "In einer der Wellen gibt es keine Typen; ein Wechsel lässt sich nicht zählen."
        return (
            "Die Wellen sind mit verschiedenen Typologien zugeordnet; ein Wechsel lässt sich so "
            "nicht zählen."
        )

    @cached_property
    def _probabilities(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Membership of the panel in both waves, each (panel, types)."""
        before, after = self.before.membership, self.after.membership
        if before is None or after is None:
            return None
        if self.before.typology_mark != self.after.typology_mark:
            return None
        if list(before.probability.columns) != list(after.probability.columns):
            return None
        rows = self._earlier[self._panel]
        return before.probability.to_numpy()[rows], after.probability.to_numpy()[self._panel]

    def _transition(self, key: str) -> TypeTransition | None:
        if self._probabilities is None or self.after.membership is None:
            return None
        place = self._place[key]
        types = tuple(str(kind) for kind in self.after.membership.probability.columns)
        before, after = (one[place] for one in self._probabilities)
        return transition_of(before, after, types, self._type_names, self.waves)

    @cached_property
    def _type_names(self) -> Mapping[str, str]:
        return next((p.names for p in self.after.peers.partitions if p.id == TYPE), {})

    def _others(self, group: PeerGroup, key: str) -> int | None:
        """Others of the group in both waves, ``None`` where that would tell of few."""
        inside = int(np.count_nonzero(group.members[self._panel]))
        others = inside - bool(group.members[self.after.peers.rows[key]])
        told = group.size_shown and is_safe(group.size - inside) and is_safe(others)
        return others if told else None

    @cached_property
    def _own(self) -> OwnChanges:
        common = {item.item for item in self.items if item.comparable}
        rows = self._earlier[self._panel]
        return own_changes(self.before.survey, self.after.survey, rows, self._panel, common)

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {name: column for column, name in enumerate(self._own.dimensions)}

    @cached_property
    def _changes(self) -> np.ndarray:
        """Own changes, shape (municipalities of the later wave, dimensions), ``NaN`` = none."""
        own = self._own
        found = np.full((len(self.after.survey.keys), len(own.dimensions)), np.nan)
        found[self._panel] = own.change
        return found

    @cached_property
    def _admitted(self) -> dict[tuple[str, str], np.ndarray]:
        return self.after.peers.admission(~np.isnan(self._changes))

    @cached_property
    def _ordered(self) -> dict[str, tuple[np.ndarray, ...]]:
        return {}

    def _fields(self, key: str, group: PeerGroup) -> tuple[FieldChange, ...]:
        row = self.after.peers.rows[key]
        admitted = next(
            self._admitted[name] for name, one in self.after.peers.groups.items() if one is group
        )
        return tuple(self._field(name, key, row, group, admitted) for name in self.after.dimensions)

    def _field(
        self, dimension: str, key: str, row: int, group: PeerGroup, admitted: np.ndarray
    ) -> FieldChange:
        place, own = self._place[key], self._own
        before, level_before = self.before.shown(dimension, int(self._earlier[row]))
        after, level_after = self.after.shown(dimension, row)
        shown = None if before is None or after is None else after - before
        column = self._columns.get(dimension)
        if column is None:
            known = dimension in self.before.places
            note = NO_ITEMS if known else NEW_FIELD
            return FieldChange(
                *(dimension, before, after, shown, None, None),
                GuardedValue(refusal=note),
                *(None, False, level_before, level_after, 0, note),
            )
        peers = self._peers(dimension, column, row, group, bool(admitted[column]))
        change = self._changes[row, column]
        mine = None if np.isnan(change) else int(change)
        rest = None if mine is None or shown is None else shown - mine
        note = "" if mine is not None else TOO_OPEN
        if rest and dimension in self._unchanged:
            note = OTHER_QUESTIONS
        return FieldChange(
            dimension=dimension,
            before=before,
            after=after,
            shown=shown,
            own=mine,
            questionnaire=rest,
            peers=peers,
            relative=None if mine is None or peers.value is None else mine - int(peers.value),
            distinguishable=bool(own.clear[place, column]),
            level_before=level_before,
            level_after=level_after,
            n_items=int(own.n_items[column]),
            note=note,
        )

    def _peers(
        self, dimension: str, column: int, row: int, group: PeerGroup, admitted: bool
    ) -> GuardedValue:
        """Median own change of the others of the group that took part in both waves."""
        ordered = self._ordered.get(group.id)
        if ordered is None:
            values = np.sort(self._changes[group.members], axis=0)
            known = (~np.isnan(values)).sum(axis=0)
            ordered = tuple(values[:n, place] for place, n in enumerate(known))
            self._ordered[group.id] = ordered
        own = float(self._changes[row, column])
        # A name of its own: the group keeps statistics, and those of scores are others.
        name = ("change", *self.waves, self.before.survey.provenance.data_hash, dimension)
        found = group.viewed(name, ordered[column], admitted, own, row)
        return GuardedValue(
            None if found.median is None else float(found.median), found.n, found.refusal
        )

    @cached_property
    def _unchanged(self) -> frozenset[str]:
        """Dimensions whose questions, weights and gates are the same in both questionnaires."""
        comparable = {item.item for item in self.items if item.comparable}
        sides = [side.survey.questionnaire for side in (self.before, self.after)]
        found = set()
        for dimension in self.after.dimensions:
            both = [
                {item.id: item.weight for item in book.items if item.dimension == dimension}
                for book in sides
            ]
            if both[0] == both[1] and {i for i, weight in both[1].items() if weight} <= comparable:
                found.add(dimension)
        return frozenset(found)


def compare_waves(before: WaveSide, after: WaveSide, key: str) -> WaveComparison:
    """One municipality over two waves; for several keep a :class:`PreparedWaves`."""
    return PreparedWaves(before, after).comparison(key)


def transition_table(before: WaveSide, after: WaveSide) -> TransitionTable:
    """Earlier against later type of all municipalities of both waves."""
    return PreparedWaves(before, after).transitions()
