"""What a result rests on, complete enough to work it out again."""

from dataclasses import dataclass

from assessment import __version__
from assessment.comparison.answer_step import LEAST_NOISE
from assessment.comparison.disclosure import MINIMUM_OTHERS, QUARTILES_FROM
from assessment.scoring.scores import MINIMUM_COVERAGE
from assessment.survey import Survey
from assessment.typology.model import ModelProvenance, TypologyModel

SCORING_METHOD = "weighted_mean_fixed_anchors"
COMPARISON_METHOD = "median_and_quartiles_of_others"


@dataclass(frozen=True, slots=True)
class ScoringRecord:
    """How scores were made; shares 0–1."""

    method: str = SCORING_METHOD
    least_coverage: float = MINIMUM_COVERAGE


@dataclass(frozen=True, slots=True)
class ComparisonRecord:
    """Limits of the comparison with others: numbers of others, points."""

    method: str = COMPARISON_METHOD
    least_others: int = MINIMUM_OTHERS
    quartiles_from: int = QUARTILES_FROM
    least_difference: int = LEAST_NOISE


@dataclass(frozen=True, slots=True)
class ProvenanceRecord:
    """Input, questionnaire, methods with their parameters, program."""

    simulated: bool
    file_name: str
    file_sha256: str
    data_hash: str
    dialect: str
    wave: str
    municipalities: int
    questionnaire_id: str
    questionnaire_version: str
    questionnaire_proposed: bool
    scoring: ScoringRecord
    comparison: ComparisonRecord
    typology: ModelProvenance | None
    typology_mark: str | None
    program_version: str
    """Of the program that made this result; the survey may have been read by an earlier one."""
    read_with_program_version: str


def provenance_record(
    survey: Survey, typology: TypologyModel | None = None, typology_mark: str | None = None
) -> ProvenanceRecord:
    """The record of a survey's results. ``typology``: the model used, if any."""
    source, book = survey.provenance, survey.questionnaire
    return ProvenanceRecord(
        simulated=survey.simulated,
        file_name=source.file_name,
        file_sha256=source.sha256,
        data_hash=source.data_hash,
        dialect=source.dialect,
        wave=survey.wave,
        municipalities=len(survey.keys),
        questionnaire_id=book.id,
        questionnaire_version=book.version,
        questionnaire_proposed=book.proposed,
        scoring=ScoringRecord(),
        comparison=ComparisonRecord(),
        typology=typology.provenance if typology else None,
        typology_mark=typology_mark,
        program_version=__version__,
        read_with_program_version=source.program_version,
    )
