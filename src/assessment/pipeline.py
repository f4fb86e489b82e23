"""The one place that strings the stages together, for pages and command line alike."""

from functools import cache

from assessment.comparison.peers import build_peer_index
from assessment.content import data_path
from assessment.profiles.goals_of import goal_deviations
from assessment.profiles.municipality import MunicipalityProfile
from assessment.profiles.municipality import municipality_profile as _municipality_profile
from assessment.profiles.overview import Overview
from assessment.profiles.overview import overview as _overview
from assessment.profiles.results import Assessment, mark_of
from assessment.profiles.type_profile import TypeProfile
from assessment.profiles.type_profile import type_profiles as _type_profiles
from assessment.remarks import InputRefused
from assessment.scoring.scores import score_survey
from assessment.survey import Survey
from assessment.typology.centred_kmeans import fit_typology
from assessment.typology.model import TypologyModel

__all__ = [
    "Assessment",
    "assess",
    "load_sample",
    "municipality_profile",
    "overview",
    "type_profiles",
]

SAMPLE_FILE = "beispiel_2026.xlsx"


def assess(survey: Survey, typology: TypologyModel | None = None, seed: int = 0) -> Assessment:
    """Score a survey, group it (or assign it to a frozen ``typology``) and order its peers.

    A survey without usable goals is assessed without types; ``typology_refusal`` says why. With a
    given ``typology`` that doesn't fit the survey, ``InputRefused`` is raised instead.
    """
    scores = score_survey(survey)
    refusal = ""
    if typology is None:
        try:
            typology = fit_typology(survey, seed=seed)
        except InputRefused as refused:
            refusal = str(refused)
    membership = typology.assign(survey) if typology else None
    return Assessment(
        survey=survey,
        scores=scores,
        typology=typology,
        membership=membership,
        peers=build_peer_index(scores, survey, membership, typology),
        goal_deviations=goal_deviations(survey, typology) if typology else None,
        typology_refusal=refusal,
        typology_mark=mark_of(typology) if typology else None,
    )


@cache
def load_sample() -> Survey:
    """The simulated sample, imported like any file; read once per process."""
    # Imported here: who assesses a survey that is already read needs no readers.
    from assessment.importing.importer import import_survey
    from assessment.questionnaire.default import default_questionnaire

    data = data_path("sample", SAMPLE_FILE).read_bytes()
    return import_survey(data, SAMPLE_FILE, default_questionnaire()).survey


def municipality_profile(assessment: Assessment, key: str) -> MunicipalityProfile:
    """Everything the page of one municipality says; ``KeyError`` for an unknown key."""
    return _municipality_profile(assessment, key)


def type_profiles(assessment: Assessment) -> tuple[TypeProfile, ...]:
    """One profile per type in the order B, O, S, C, then unnamed groups; empty without types."""
    return _type_profiles(assessment)


def overview(assessment: Assessment) -> Overview:
    """Everything the start page says."""
    return _overview(assessment)
