"""Inferring a proposed codebook from an export that comes without one."""

from assessment.questionnaire.inference.cell_lists import match_parts
from assessment.questionnaire.inference.notes import write_proposal_notes
from assessment.questionnaire.inference.proposal import (
    ProposedQuestionnaire,
    propose_questionnaire,
)

__all__ = [
    "ProposedQuestionnaire",
    "match_parts",
    "propose_questionnaire",
    "write_proposal_notes",
]
