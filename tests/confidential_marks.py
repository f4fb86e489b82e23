"""A survey whose confidential questions and answers can be told from everything else."""

from dataclasses import replace

from assessment import pipeline
from assessment.profiles.results import Assessment
from assessment.questionnaire.model import Questionnaire

CANARY = "Kanarienvogel"


def with_canaries(assessment: Assessment) -> Assessment:
    """The same answers, with confidential questions and options worded as nothing else is."""
    book = assessment.survey.questionnaire
    items = tuple(
        item.model_copy(
            update={
                "text": f"{CANARY} Frage {item.id}?",
                "options": tuple(
                    option.model_copy(update={"label": f"{CANARY} {item.id} {option.code}"})
                    for option in item.options
                ),
            }
        )
        if item.sensitive
        else item
        for item in book.items
    )
    changed = book.model_copy(update={"items": items})
    # Derived tables are kept with the model they were worked out of.
    changed = Questionnaire.model_validate(changed.model_dump(by_alias=True))
    survey = replace(assessment.survey, questionnaire=changed)
    return pipeline.assess(survey, typology=assessment.typology)
