"""A survey that has been taken over, with everything a page reads from it computed once.

One copy a process: sessions hold references, equal content is shared, and what no session holds
any more is freed. Pages ask here and never compute.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from threading import RLock
from weakref import WeakValueDictionary

from assessment import pipeline
from assessment.german import fold
from assessment.pipeline import Assessment
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.overview import Overview
from assessment.profiles.results import mark_of
from assessment.profiles.type_profile import TypeProfile
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
        self._profile = lru_cache(maxsize=512)(self._compute_profile)

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

    def profile(self, key: str) -> MunicipalityProfile:
        """Profile of a municipality; ``KeyError`` for an unknown key."""
        return self._profile(key)

    def _compute_profile(self, key: str) -> MunicipalityProfile:
        return pipeline.municipality_profile(self.assessment, key)

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
