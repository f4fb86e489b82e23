"""The one place that strings the stages together, for pages and command line alike."""

from functools import cache
from typing import TYPE_CHECKING

from assessment.comparison.peers import build_peer_index
from assessment.content import data_path
from assessment.importing.data_hash import data_hash
from assessment.measures.advice_types import Advice
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
from assessment.typology.fit import fit
from assessment.typology.model import TypologyModel

if TYPE_CHECKING:
    from assessment.comparison.waves import PreparedWaves

__all__ = [
    "SAMPLE_WAVES",
    "Assessment",
    "assess",
    "assess_sample",
    "load_sample",
    "municipality_profile",
    "overview",
    "sample_typology",
    "type_profiles",
    "waves",
]

SAMPLE_FILE = "beispiel_2026.xlsx"
SAMPLE_TYPOLOGY = "typologie_2026.json"
SAMPLE_WAVES = ("2026", "2028")
"""Waves of the simulated sample; the later one is assessed with the earlier one's typology."""


def assess(survey: Survey, typology: TypologyModel | None = None, seed: int = 0) -> Assessment:
    """Score a survey, group it (or assign it to a frozen ``typology``) and order its peers.

    A survey without usable goals is assessed without types; ``typology_refusal`` says why. With a
    given ``typology`` that doesn't fit the survey, ``InputRefused`` is raised instead.
    """
    scores = score_survey(survey)
    refusal = ""
    if typology is None:
        try:
            typology = _shipped_typology(survey, seed) or fit(survey, seed=seed)
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


def load_sample(wave: str = SAMPLE_WAVES[0]) -> Survey:
    """A wave of the simulated sample, imported like any file; read once per process.

    Raises ``InputRefused`` (``WAVE``) for a wave that there isn't.
    """
    if wave not in SAMPLE_WAVES:
        raise InputRefused(
            "WAVE",
            f"Von den Beispieldaten gibt es keine Welle „{wave}“; bitte eine der Wellen "
            f"{' und '.join(SAMPLE_WAVES)} wählen.",
        )
    return _sample(wave)


@cache
def _sample(wave: str) -> Survey:
    # Imported here: who assesses a survey that is already read needs no readers.
    from assessment.importing.importer import Decisions, import_survey
    from assessment.questionnaire.default import default_questionnaire

    name = SAMPLE_FILE if wave == SAMPLE_WAVES[0] else f"beispiel_{wave}.xlsx"
    # The first wave has no label of its own: the shipped typology was learnt on it as it is.
    label = "" if wave == SAMPLE_WAVES[0] else wave
    data = data_path("sample", name).read_bytes()
    return import_survey(data, name, default_questionnaire(), Decisions(wave=label)).survey


@cache
def sample_typology() -> TypologyModel | None:
    """The frozen typology shipped with the sample, read once per process; ``None`` without file."""
    path = data_path("sample", SAMPLE_TYPOLOGY)
    return TypologyModel.from_json(path.read_text(encoding="utf-8")) if path.is_file() else None


def assess_sample(wave: str = SAMPLE_WAVES[0]) -> Assessment:
    """Assess a wave of the sample; later ones are assigned to the first one's typology."""
    survey = load_sample(wave)
    return assess(survey, typology=None if wave == SAMPLE_WAVES[0] else sample_typology())


def _shipped_typology(survey: Survey, seed: int) -> TypologyModel | None:
    """The frozen typology shipped with the sample, if this is the sample and nothing has changed.

    It is the very model a fit gives (a test compares the bytes), without what a fit must import.
    """
    model = sample_typology() if survey.simulated else None
    if model is None:
        return None
    made = model.provenance
    same = (
        made.data_hash == survey.provenance.data_hash
        and (made.wave, made.seed) == (survey.wave, seed)
        and made.program_version == survey.provenance.program_version
        # A part of the sample still carries the hash of the whole.
        and data_hash(survey.answers, survey.status) == made.data_hash
    )
    return model if same else None


def waves(before: Assessment, after: Assessment) -> "PreparedWaves":
    """Two assessments as waves, prepared once for all municipalities.

    Types of both waves come from the later one's typology; where the earlier survey doesn't fit it,
    its types are left out.
    """
    # Imported here: most surveys are the only one of their session.
    from assessment.comparison.waves import PreparedWaves, WaveSide

    model = after.typology
    membership = before.membership
    if model is None:
        membership = None
    elif before.typology_mark != after.typology_mark:
        try:
            membership = model.assign(before.survey)
        except InputRefused:
            membership = None
    mark = after.typology_mark
    return PreparedWaves(
        WaveSide(before.survey, before.scores, membership, before.peers, mark),
        WaveSide(after.survey, after.scores, after.membership, after.peers, mark),
    )


def municipality_profile(
    assessment: Assessment, key: str, advice: Advice | None = None
) -> MunicipalityProfile:
    """Everything the page of one municipality says; ``KeyError`` for an unknown key.

    ``advice``: its recommendations, where they are known already.
    """
    return _municipality_profile(assessment, key, advice)


def type_profiles(assessment: Assessment) -> tuple[TypeProfile, ...]:
    """One profile per type in the order B, O, S, C, then unnamed groups; empty without types."""
    return _type_profiles(assessment)


def overview(assessment: Assessment) -> Overview:
    """Everything the start page says."""
    return _overview(assessment)
