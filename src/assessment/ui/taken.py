"""A survey that has been taken over, with everything a page reads from it computed once.

One copy a process: sessions hold references, equal content is shared, and what no session holds
any more is freed. Pages ask here and never compute.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from threading import RLock
from weakref import WeakKeyDictionary, WeakValueDictionary

from assessment import pipeline
from assessment.comparison.gap_types import GapRow
from assessment.comparison.gaps import item_gaps
from assessment.comparison.reference_values import published_comparisons
from assessment.comparison.targets import target_levels
from assessment.comparison.waves import PreparedWaves
from assessment.figures.figure import Figure
from assessment.figures.style import with_letter
from assessment.german import fold
from assessment.measures.advice_types import Advice
from assessment.pipeline import Assessment
from assessment.profiles.advice import advice_of, gap_rows
from assessment.profiles.field_gaps import FieldGaps, field_gaps
from assessment.profiles.gap_profile import GapProfile, gap_profile
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.overview import Overview
from assessment.profiles.participation import Participation, participation
from assessment.profiles.places import Places, places
from assessment.profiles.results import mark_of
from assessment.profiles.type_profile import TypeProfile
from assessment.profiles.type_tables import TypeTable, type_tables
from assessment.register import load_register
from assessment.survey import Survey
from assessment.typology.model import TypologyModel

MOST_HITS = 50
"""A choice never ships more options than this to the browser."""

_shared: WeakValueDictionary[str, "TakenSurvey"] = WeakValueDictionary()
_lock = RLock()


class TakenSurvey:
    """One survey with its assessment; profiles are computed at first use and kept."""

    def __init__(self, identifier: str, assessment: Assessment, *, frozen: bool) -> None:
        self.identifier = identifier
        self.assessment = assessment
        self.frozen = frozen
        """True where a given typology was applied instead of the survey's own."""
        self._figures: dict[tuple[str, ...], Figure] = {}
        self._profile = lru_cache(maxsize=512)(self._compute_profile)
        self._gaps = lru_cache(maxsize=512)(self._compute_gaps)
        self._advice = lru_cache(maxsize=512)(self._compute_advice)
        self._gap_profile = lru_cache(maxsize=128)(self._compute_gap_profile)
        self._field_gaps = lru_cache(maxsize=128)(self._compute_field_gaps)
        # Keys are weak: what this survey is compared with may belong to a session that ends.
        self._waves: WeakKeyDictionary[TakenSurvey, PreparedWaves] = WeakKeyDictionary()

    @property
    def survey(self) -> Survey:
        return self.assessment.survey

    @property
    def data_identifier(self) -> str:
        """The same for the same survey, whatever typology is applied to it."""
        return self.identifier.rpartition("\x1f")[0]

    @cached_property
    def overview(self) -> Overview:
        return pipeline.overview(self.assessment)

    @cached_property
    def type_profiles(self) -> tuple[TypeProfile, ...]:
        return tuple(pipeline.type_profiles(self.assessment))

    def figure(self, key: tuple[str, ...], make: Callable[[], Figure]) -> Figure:
        """A chart that depends on nothing but this survey and ``key``, drawn at its first use."""
        found = self._figures.get(key)
        if found is None:
            found = self._figures[key] = make()
        return found

    @cached_property
    def participation(self) -> Participation:
        """Participants against the register."""
        return participation(self.assessment, self.overview, load_register())

    @cached_property
    def places(self) -> Places:
        """Where the participants are."""
        return places(self.assessment, self.overview, load_register())

    @cached_property
    def type_tables(self) -> tuple[TypeTable, ...]:
        """Types by size and Land; the guard solves them at the first look (some 100 ms)."""
        return type_tables(self.assessment, self.overview)

    def profile(self, key: str) -> MunicipalityProfile:
        """Profile of a municipality; ``KeyError`` for an unknown key."""
        return self._profile(key)

    def _compute_profile(self, key: str) -> MunicipalityProfile:
        return pipeline.municipality_profile(self.assessment, key, self.advice(key))

    def gaps(self, key: str) -> tuple[GapRow, ...]:
        """Gaps of a municipality's fields; ``KeyError`` for an unknown key."""
        return self._gaps(key)

    def _compute_gaps(self, key: str) -> tuple[GapRow, ...]:
        return gap_rows(self.assessment, key)

    def advice(self, key: str) -> Advice:
        """Recommendations from the shipped catalogue, without regard to any plan."""
        return self._advice(key)

    def _compute_advice(self, key: str) -> Advice:
        return advice_of(self.assessment, key, gaps=self.gaps(key))

    def gap_profile(
        self, key: str, previous: tuple[tuple[str, int], ...] | None = None
    ) -> GapProfile:
        """Gaps in words. ``previous``: own earlier points per field, in pairs."""
        return self._gap_profile(key, previous)

    def _compute_gap_profile(
        self, key: str, previous: tuple[tuple[str, int], ...] | None
    ) -> GapProfile:
        rows = self.gaps(key)
        if previous is not None:
            rows = gap_rows(self.assessment, key, dict(previous))
        survey = self.survey
        return gap_profile(key, survey.name_of(key), rows, survey.questionnaire, self.advice(key))

    def field_gaps(self, key: str, dimension: str) -> FieldGaps:
        """One field of a municipality in detail; ``KeyError`` for an unknown one."""
        return self._field_gaps(key, dimension)

    def _compute_field_gaps(self, key: str, dimension: str) -> FieldGaps:
        survey, profile = self.survey, self.profile(key)
        rows = {row.dimension: row for row in profile.fields}
        spreads = {spread.dimension: spread for spread in self.overview.levels}
        items = item_gaps(
            self.assessment.peers,
            survey,
            self.assessment.scores,
            key,
            dimension,
            target_levels(survey, key),
        )
        return field_gaps(
            survey,
            key,
            rows[dimension],
            items,
            published_comparisons(survey, key),
            spreads.get(dimension),
            profile.peers.name,
        )

    def waves_with(self, other: "TakenSurvey") -> PreparedWaves:
        """This survey and another wave of its questionnaire, the earlier one first."""
        found = self._waves.get(other)
        if found is None:
            first, second = sorted((other, self), key=lambda one: one.survey.wave_order)
            found = self._waves[other] = pipeline.waves(first.assessment, second.assessment)
        return found

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All municipality keys, by name."""
        return tuple(key for _, key in sorted((self._folded[key], key) for key in self._folded))

    def label(self, key: str) -> str:
        """``Name (Schlüssel)`` as options show it."""
        name = self.survey.name_of(key)
        return f"{name} ({key})" if name != key else key

    def search(self, words: str, most: int = MOST_HITS) -> tuple[Sequence[str], int]:
        """Keys whose name or key contains all ``words``, best first, and how many there are."""
        wanted = fold(words).split()
        if not wanted:
            return self.keys[:most], len(self.keys)
        hits = [key for key in self.keys if all(part in self._searched[key] for part in wanted)]
        start = wanted[0]
        hits.sort(key=lambda key: not self._folded[key].startswith(start))
        return hits[:most], len(hits)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {str(key): fold(self.survey.name_of(str(key))) for key in self.survey.keys}

    @cached_property
    def _searched(self) -> dict[str, str]:
        return {key: f"{name} {key}" for key, name in self._folded.items()}

    def __contains__(self, key: object) -> bool:
        return key in self._folded


def share(survey: Survey, typology: TypologyModel | None = None) -> TakenSurvey:
    """The process's one copy of this survey under this typology, computed if it is new.

    Raises:
        InputRefused: if the survey can't be assessed (the sentence says why).
    """
    origin = survey.provenance
    # The name and the wave are shown, so the same bytes under another name are another survey.
    parts = (origin.data_hash, origin.sha256, origin.file_name, survey.wave)
    frozen = mark_of(typology) if typology else ""
    identifier = "\x1f".join((*parts, survey.questionnaire.version, frozen))
    with _lock:
        found = _shared.get(identifier)
        if found is None:
            assessed = pipeline.assess(survey, typology=typology)
            found = TakenSurvey(identifier, assessed, frozen=typology is not None)
            _shared[identifier] = found
        return found


def type_names(taken: TakenSurvey) -> dict[str, str]:
    """Types of a survey with letter and name, in their order; none without a typology."""
    model = taken.assessment.typology
    if model is None:
        return {}
    return {cluster.id: with_letter(cluster.id, cluster.name) for cluster in model.clusters}
