"""The dossier of the municipality on the page: survey, plan as it is now, an earlier wave."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from assessment.comparison.waves import PreparedWaves
from assessment.measures.model import Catalogue
from assessment.measures.plan_types import MunicipalityPlan
from assessment.profiles.dossier import Dossier
from assessment.profiles.results import Assessment
from assessment.profiles.variants import Variant
from assessment.ui.catalogue_state import current_catalogue, is_own
from assessment.ui.plan_state import plan_reader
from assessment.ui.taken import TakenSurvey
from assessment.ui.wave_pair import current_pair

_OWN = "assessment_of_own_catalogue"


@dataclass(frozen=True, slots=True)
class DossierSource:
    """Makes the dossier when it is asked for one, so that a file holds what counts at the click."""

    assessment: Assessment
    key: str
    waves: PreparedWaves | None
    read_plan: Callable[[], MunicipalityPlan | None]
    fresh: MunicipalityPlan | None = None
    """The plan where nobody has begun one yet; ``None``: then there is none."""

    def make(self, variant: Variant = Variant.PUBLIC) -> Dossier:
        """The dossier as of now."""
        plan = self.read_plan() or self.fresh
        return Dossier(self.assessment, self.key, plan, self.waves, variant)


def dossier_source(
    taken: TakenSurvey, key: str, fresh: MunicipalityPlan | None = None
) -> DossierSource:
    """Where the papers of a municipality come from in this session."""
    waves = earlier_wave(taken)
    return DossierSource(assessment_now(taken), key, waves, plan_reader(taken, key), fresh)


def earlier_wave(taken: TakenSurvey) -> PreparedWaves | None:
    """This survey with the earlier one that the page „Lücken“ compares it with, if any."""
    pair = current_pair(taken)
    return pair.prepared if pair is not None and pair.current_is_later else None


def assessment_now(taken: TakenSurvey) -> Assessment:
    """The assessment with this session's catalogue of measures."""
    if not is_own():
        return taken.assessment
    catalogue = current_catalogue()
    kept: tuple[str, Catalogue, Assessment] | None = st.session_state.get(_OWN)
    if kept is not None and kept[0] == taken.identifier and kept[1] is catalogue:
        return kept[2]
    made = replace(taken.assessment, own_catalogue=catalogue)
    st.session_state[_OWN] = (taken.identifier, catalogue, made)
    return made
